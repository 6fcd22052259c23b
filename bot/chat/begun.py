"""How often an account was begun anew, and when last: public, and said before it is done again."""

from bot.chat.ask import Ask
from bot.chat.figures import Count, Day
from bot.chat.reply import Words
from core.paper.actions import Action, Reset
from core.services.identities import last_reset


def resets_before(ask: Ask, action: Action) -> tuple[Words, ...]:
    """Say before another reset how many there were; nothing before the first or another action."""
    if not isinstance(action, Reset):
        return ()
    count = ask.services.accounts.look(ask.identity).resets
    last = last_reset(ask.services.accounts.history(ask.identity))
    if last is None:
        return ()
    text = ask._("Resets so far: {count}, last {day}.")
    return (Words(text, {"count": Count(count), "day": Day(last.date())}),)
