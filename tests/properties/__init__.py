"""What must hold for every trade: hypothesis looks for the one that breaks it."""
