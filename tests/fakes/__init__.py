"""Real code that stands in for the outside: one fake per port, and servers on loopback."""
