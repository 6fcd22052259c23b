"""Alerts and scheduled posts: what people and groups want to hear of without asking again."""
