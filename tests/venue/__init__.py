"""Worked examples that exchanges published, as data."""
