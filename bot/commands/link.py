"""/link: one person, one portfolio, on several platforms."""

from bot.chat.ask import Ask
from bot.chat.command import command
from bot.chat.joining import (
    LENGTH,
    choosing,
    chosen,
    confirming,
    dropped,
    joined,
    offered,
    waiting,
)
from bot.chat.reply import Reply
from core.paper.errors import LinkGone
from core.paper.records import Link

NAME = 64
"""So much of a name is kept while a code waits."""


@command(examples=("/link",), writes=True, personal=True)
def link(ask: Ask, text: str | None = None) -> Reply:
    """Join your Telegram and Discord accounts into one portfolio.

    Previews that still wait are let go, so that a `yes` to its questions cannot answer them. Raises
    `LinkGone`, `LinkRefused`, `NotFlat`.
    """
    ask.services.trading.lapse(ask.asked)
    identities, name = ask.services.identities, ask.request.who.name[:NAME]
    code, answer = _typed(text)
    if not code:
        return offered(ask, identities.offer(ask.identity, name))
    if answer == "no":
        identities.refuse(code, ask.identity)
        return dropped(ask)
    found = identities.claim(code, ask.identity, name)
    if ask.identity == found.first:
        return _asker(ask, code, found, answer)
    if answer in {"here", "there"}:
        keeps = ask.identity if answer == "here" else found.first
        return chosen(ask, identities.choose(code, ask.identity, keeps))
    return choosing(ask, code, found)


def _asker(ask: Ask, code: str, found: Link, answer: str) -> Reply:
    """The side that asked for the code looks at it, or gives the last word."""
    if found.keeps is None:
        return waiting(ask, code)
    if answer == "yes":
        return joined(ask, ask.services.identities.agree(code, ask.identity))
    return confirming(ask, code, found)


def _typed(text: str | None) -> tuple[str, str]:
    """The code and the word behind it. Raises `LinkGone` for what cannot be a code."""
    code, _, answer = (text or "").strip().partition(" ")
    code = code.strip("<>\"'`.").upper()
    if code and not (len(code) == LENGTH and code.isascii() and code.isalpha()):
        raise LinkGone
    return code, answer.strip().lower()
