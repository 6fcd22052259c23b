"""Data folders become core values here: instruments, the recorded market, the FAQ."""
