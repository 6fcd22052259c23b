"""One folder per outside thing; none knows another, and `bot.app` brings them together."""
