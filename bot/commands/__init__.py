"""One file per command; the file is the command. Nothing here imports its neighbour."""
