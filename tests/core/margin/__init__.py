"""The margin itself, one file per module."""
