"""Speaking first at a terminal: a notice is printed when it comes, above the line being typed."""

import sys

from bot.adapters.console.render import text
from bot.chat.ports import Outcome
from bot.chat.reply import Reply


def deliver(reply: Reply, *, colours: bool) -> Outcome:
    """Print a reply; a terminal that is gone takes nothing any more."""
    try:
        sys.stdout.write(text(reply, colours=colours) + "\n\n")
        sys.stdout.flush()
    except (OSError, ValueError):
        return Outcome.LATER
    return Outcome.DELIVERED
