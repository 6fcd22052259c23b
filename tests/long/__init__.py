"""Proofs that take their time: `make crash` and `make soak`, and short runs of both."""
