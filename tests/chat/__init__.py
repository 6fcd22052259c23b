"""Tests of the conversation: how lines are read and how answers are worded."""
