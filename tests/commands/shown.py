"""What a reply shows, taken apart: labelled lines and buttons."""

import re
from decimal import Decimal

from bot.chat.render import Writer
from bot.chat.reply import Choice, Reply
from tests.walk.house import shown

NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?")


def line_of(reply: Reply, label: str) -> str:
    """Return what stands behind a label; fails where the label is missing."""
    found = [line for line in shown(reply).splitlines() if line.strip().startswith(label)]
    assert found, f"no line {label!r} in:\n{shown(reply)}"
    return found[0].strip().removeprefix(label)


def numbers(reply: Reply, label: str) -> list[Decimal]:
    """Return the numbers of a labelled line, from left to right."""
    typed = NUMBER.findall(line_of(reply, label).replace("*", " "))
    return [Decimal(number.replace(",", "")) for number in typed]


def button(reply: Reply, label: str) -> Choice:
    """Return the one button of that label."""
    (found,) = [choice for row in reply.choices for choice in row if choice.label == label]
    return found


def short_of(reply: Reply) -> str:
    """Return the reply's one sentence as text; fails where there is none."""
    assert reply.short is not None
    return Writer.of(reply, "en").words(reply.short)
