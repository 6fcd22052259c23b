"""The Telegram adapter, end to end against a strict Bot API server on loopback."""
