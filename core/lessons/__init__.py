"""Lessons: what can be looked up and learned."""
