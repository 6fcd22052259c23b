"""The conversation, free of any platform: requests in, replies out, words between."""
