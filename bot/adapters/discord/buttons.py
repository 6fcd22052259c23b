"""Buttons that outlive the process: everything a press needs stands in the button's own id.

An id is `m1:PERSON:FLAG+PLACE:LINE`: the form's version, for whom the answer was, whether the next
answer replaces this one, is for whoever presses alone or needs a line first, a digit that keeps ids
of one message apart, and the line that the button stands for (`#TOKEN` where the line is kept by
the desk). What comes back is from a client, so it is no more than what that person might have
typed.
"""

import re
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass
from typing import Protocol, Self, cast

import discord
from typing_extensions import override

from bot.adapters.discord.limits import (
    CUSTOM_ID,
    FORM_TITLE,
    IN_A_ROW,
    LABEL,
    ROWS,
    shortened,
    units,
)
from bot.chat.ports import Desk
from bot.chat.reply import Choice

_LABELLED = "|"
"""Before the label of a form's field, behind the token of its line."""

VERSION = "m1"
EVERYBODY = 0
"""For whom an answer is that anybody may press."""

_FORM = re.compile(r"m1:(?P<person>[0-9a-z]+):(?P<flag>[rnaf])[0-9a-z]:(?P<line>.+)", re.DOTALL)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press, read: for whom the answer was, its line or the token of it, and where to answer.

    `label` is that of a form's field.
    """

    person: str
    line: str
    replace: bool = False
    aside: bool = False
    form: bool = False
    label: str = ""

    @property
    def token(self) -> str:
        """The token under which the line is kept, or nothing."""
        return self.line[1:] if self.line.startswith("#") else ""

    def by(self, user: int) -> bool:
        """Whether the press is by one of those whom the answer was for; 0 is everybody."""
        return self.person in {base36(user), "0"}


class Pressable(Protocol):
    """Whoever answers presses: the client."""

    def is_new(self, interaction: discord.Interaction) -> bool:
        """Whether a press came for the first time."""

    def pressed(self, interaction: discord.Interaction, pressed: Pressed | None) -> Awaitable[None]:
        """Answer a press; None stands for a button of another version."""


class Press(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"(?s)(?P<all>.+)"
):
    """Any button under a message of ours, those of other versions included."""

    @classmethod
    @override
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[discord.Client],
        item: discord.ui.Item[discord.ui.View],
        match: re.Match[str],
        /,
    ) -> Self:
        return cls(cast("discord.ui.Button[discord.ui.View]", item))

    @override
    async def interaction_check(self, interaction: discord.Interaction[discord.Client], /) -> bool:
        return not interaction.user.bot

    @override
    async def callback(self, interaction: discord.Interaction[discord.Client]) -> None:
        pressed, client = read(self.custom_id), cast("Pressable", interaction.client)
        if not client.is_new(interaction):
            return
        if pressed is not None and pressed.form:
            title = self.item.label or pressed.label
            await interaction.response.send_modal(form(self.custom_id, title, pressed.label))
        else:
            await client.pressed(interaction, pressed)


def base36(number: int) -> str:
    """Return a whole number in digits and letters."""
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = _DIGITS[digit] + text
    return text or "0"


def read(custom_id: str) -> Pressed | None:
    """Return what an id says, or None when it is of another version or not ours."""
    found = _FORM.fullmatch(custom_id)
    if found is None:
        return None
    flag, line, label = found["flag"], found["line"], ""
    if flag == "f":
        line, _, label = line.partition(_LABELLED)
    return Pressed(found["person"], line, flag == "r", flag in "af", flag == "f", label)


async def custom_id(choice: Choice, place: int, person: int, desk: Desk) -> str:
    """Return the id of a button; a line that changes something or is too long is kept."""
    flag = "f" if choice.form else "a" if choice.aside else "r" if choice.replace else "n"
    front = f"{VERSION}:{base36(EVERYBODY if choice.aside else person)}:{flag}{_DIGITS[place]}:"
    line = choice.say
    too_long = units(front + line) > CUSTOM_ID
    if choice.kept or choice.form or too_long or line.startswith("#"):
        line = "#" + await desk.keep(line)
    return front + line + (choice.form and _LABELLED + shortened(choice.form, FORM_TITLE))


async def view(
    choices: tuple[tuple[Choice, ...], ...], person: int, desk: Desk
) -> discord.ui.View | None:
    """Return rows of buttons for a person, or None without choices."""
    made = discord.ui.View(timeout=None)
    for place, (row, choice) in enumerate(_placed(choices)):
        button: discord.ui.Button[discord.ui.View] = discord.ui.Button(
            label=shortened(choice.label.strip(), LABEL) or "·",
            custom_id=await custom_id(choice, place, person, desk),
            row=row,
        )
        made.add_item(Press(button))
    # Presses find their way by the id alone. A finished view is sent like any other, but the
    # library remembers nothing of it: no timer, and nothing that grows with every answer.
    made.stop()
    return made if made.children else None


def _placed(choices: tuple[tuple[Choice, ...], ...]) -> Iterator[tuple[int, Choice]]:
    """Yield choices with their rows: long rows are broken; too many rows are closed up."""
    kept = [[choice for choice in row if choice.say.strip()] for row in choices]
    rows = [row[i : i + IN_A_ROW] for row in kept for i in range(0, len(row), IN_A_ROW)]
    if len(rows) > ROWS:
        flat = [choice for row in rows for choice in row][: ROWS * IN_A_ROW]
        rows = [flat[i : i + IN_A_ROW] for i in range(0, len(flat), IN_A_ROW)]
    for number, row in enumerate(rows):
        yield from ((number, choice) for choice in row)


TYPED = "typed"
"""The id of a form's field."""


def form(custom_id: str, title: str, label: str = "") -> discord.ui.Modal:
    """Return a form of one line under the id of its button, so that it outlives the process, too.

    What is sent comes by the id alone; the library needs to remember it only while it is open.
    """
    made = discord.ui.Modal(title=shortened(title, FORM_TITLE), custom_id=custom_id, timeout=600)
    field = discord.ui.TextInput[discord.ui.Modal](
        label=shortened(label or title, FORM_TITLE), custom_id=TYPED, max_length=100
    )
    return made.add_item(field)


def typed_in(parts: object) -> str:
    """Return what was typed into a form, however deep its field stands."""
    if isinstance(parts, dict):
        if parts.get("custom_id") == TYPED:
            return str(parts.get("value", ""))
        return next((found for part in parts.values() if (found := typed_in(part))), "")
    if isinstance(parts, list):
        return next((found for part in parts if (found := typed_in(part))), "")
    return ""
