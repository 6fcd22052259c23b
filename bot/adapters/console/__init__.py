"""The reference platform: a terminal, or a pipe."""
