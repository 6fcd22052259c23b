"""How challenges are worded."""
