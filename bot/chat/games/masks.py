"""Anonymous admins: a line of theirs waits for a press, which is made under their own name."""

from bot.chat.ask import Ask
from bot.chat.reply import Choice, Reply, Text, Tone, Words


def unmasked(ask: Ask, line: str, *, aside: bool = False) -> Reply:
    """Return a line as a button: done under the name of whoever presses it.

    An `aside` one is for everybody, each for themselves.
    """
    words = Words(ask._("You write anonymously. Press, and it is done under your own name."))
    choice = Choice(line, line, kept=True, aside=aside)
    return Reply((Text(words),), ((choice,),), Tone.ASK, short=words)
