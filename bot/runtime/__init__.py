"""Loops and rooms that live as long as the process: threads, clocks, logs."""
