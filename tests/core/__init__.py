"""The core alone: sentences about one module each, without clock, files or network."""
