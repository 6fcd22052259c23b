"""A poll as Telegram has it: a quiz whose question, options and explanation keep its limits.

A question or an option that does not fit is not cut, because what is asked must stand there: then
it is the card with letters. An explanation is cut at a word, and a button tells all of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.adapters.telegram.limits import (
    EXPLANATION,
    OPTION,
    QUESTION,
    scrub,
    shortened,
    units,
    visible,
)
from bot.chat.render import Writer
from bot.chat.reply import Block, Choice, Poll


@dataclass(frozen=True, slots=True)
class Native:
    """A quiz in plain text; `more` are the buttons below it."""

    question: str
    options: tuple[str, ...]
    right: int
    explanation: str
    more: tuple[tuple[Choice, ...], ...] = ()


def native(blocks: Iterable[Block], writer: Writer) -> Native | None:
    """Return the quiz that a reply is, or None where it is none or does not fit."""
    match tuple(blocks):
        case (Poll() as poll,):
            return _fitting(poll, writer)
        case _:
            return None


def _fitting(poll: Poll, writer: Writer) -> Native | None:
    question = _line(" · ".join([writer.words(poll.question), *_given(poll, writer)]))
    options = tuple(_line(writer.figure(choice)) for choice in poll.choices)
    if not _fits(question, QUESTION) or not all(_fits(option, OPTION) for option in options):
        return None
    why = _line(writer.words(poll.why))
    source = "" if poll.source is None else "\n" + _line(writer.words(poll.source))
    told = shortened(why, EXPLANATION - units(source)) + source
    more = () if told == why + source else ((poll.whole,),)
    return Native(question, options, poll.right, told, more)


def _given(poll: Poll, writer: Writer) -> Iterable[str]:
    """The figures of the question, one behind the other."""
    return (f"{label} {writer.figure(figure)}" for label, figure in poll.given)


def _line(text: str) -> str:
    return " ".join(scrub(text).split())


def _fits(text: str, limit: int) -> bool:
    return visible(text) and units(text) <= limit
