"""One test for each promise of a port, run on the fake and on the real thing."""
