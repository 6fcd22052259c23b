"""The margin core: what a loss can reach, computed exactly.

Standard library only, synchronous, no clock, no files, no network. Everything here is a frozen
value or a function from values to values, so that it can be read, tested and trusted alone.
"""
