"""Buttons: what is written into 64 bytes, and what is believed when it comes back.

`1=5xk2:/compare 20x long BTC`: the version, how the answer comes (`=` in place of the message, `.`
as a new one, `!` in a small window), for whom the button is (base 36; 0 is everybody), and the
command. A command that is too long, or that changes something, is kept by the desk and only its
token is written, after `#`. Data comes from the client and old keyboards live forever: what does
not read is an old button, never a fault.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.helpers import create_deep_linked_url

from bot.adapters.telegram.limits import DATA, LABEL, ROW, ROWS, scrub, shortened, visible
from bot.chat.ports import Desk
from bot.chat.reply import Choice

EVERYBODY = 0

_VERSION = "1"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_FORM = re.compile(_VERSION + r"([.=!])([0-9a-z]{1,13}):(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button as it came back.

    `say` is the command, `owner` who may have it done; `kept` that the command was in our keeping
    and not in the client's; `aside` that each who presses it is answered alone.
    """

    say: str
    owner: int
    replace: bool
    kept: bool = False
    aside: bool = False

    def belongs_to(self, person: int) -> bool:
        """Whether the answer goes into the chat, or only to the person who pressed."""
        return self.owner in {EVERYBODY, person}


async def keyboard(
    choices: Iterable[tuple[Choice, ...]], owner: int, desk: Desk, me: str = ""
) -> InlineKeyboardMarkup | None:
    """Return the inline keyboard of a reply; rows that are too long go on in the next.

    `me` is the bot's name, to which doors into the private chat lead.
    """
    rows: list[list[InlineKeyboardButton]] = []
    for row in choices:
        buttons = [
            _door(choice, me) if choice.door and me else await _button(choice, owner, desk)
            for choice in row
            if choice.say
        ]
        rows += [buttons[start : start + ROW] for start in range(0, len(buttons), ROW)]
    return InlineKeyboardMarkup(rows[:ROWS]) if rows else None


def _door(choice: Choice, me: str) -> InlineKeyboardButton:
    """A button that opens the private chat, where the line is asked for."""
    text = shortened(scrub(choice.label), LABEL)
    return InlineKeyboardButton(text, url=create_deep_linked_url(me, choice.door))


async def _button(choice: Choice, owner: int, desk: Desk) -> InlineKeyboardButton:
    text = shortened(scrub(choice.label), LABEL)
    owner = EVERYBODY if choice.aside else owner
    data = _data(choice, owner, choice.say)
    too_long = len(data.encode("utf-8", "replace")) > DATA
    if choice.kept or too_long or choice.say.startswith("#"):
        data = _data(choice, owner, "#" + await desk.keep(choice.say))
    return InlineKeyboardButton(text if visible(text) else "…", callback_data=data)


def _data(choice: Choice, owner: int, say: str) -> str:
    way = "!" if choice.aside else "=" if choice.replace else "."
    return f"{_VERSION}{way}{_base36(owner)}:{say}"


async def read(data: str, desk: Desk) -> Pressed | None:
    """Read a button's data; None is an old button."""
    found = _FORM.fullmatch(data)
    if not found:
        return None
    way, owner, say = found.groups()
    kept = say.startswith("#")
    known = await desk.kept(say[1:]) if kept else say
    return Pressed(known, int(owner, 36), way == "=", kept, way == "!") if known else None


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
