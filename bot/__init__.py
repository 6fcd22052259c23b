"""The bot: everything that touches the world, round a core that touches nothing."""
