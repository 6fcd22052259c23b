"""Benchmarks: what we cost over the bare thing underneath, measured side by side in one run.

`python -m tests.bench` measures everything and prints a table; `--write` keeps it in
docs/benchmarks.md. Absolute times belong to a machine; only ratios have goals.
"""
