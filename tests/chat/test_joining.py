"""What each side is shown while two are joined: names, choices, ways out."""

from datetime import UTC, datetime

import pytest

from bot.chat.figures import Label, Name
from bot.chat.joining import choosing, chosen, confirming, joined, offered
from bot.chat.reply import Reply, Title
from core.paper.records import Identity, Link
from tests.chat.asking import asking
from tests.walk.house import Home

MIRA, AMIR = Identity("telegram", "1"), Identity("discord", "9")
ASK = asking(Home())
LINK = Link(MIRA, "Mira", datetime(2026, 12, 1, tzinfo=UTC), AMIR, "Amir", AMIR)


def lines(reply: Reply) -> list[str]:
    return [choice.say for row in reply.choices for choice in row]


def test_every_button_is_kept_by_us_and_carries_the_code() -> None:
    ask = ASK
    for reply in (
        offered(ask, "ABCDEFGH"),
        choosing(ask, "ABCDEFGH", LINK),
        confirming(ask, "ABCDEFGH", LINK),
    ):
        assert all(line.startswith("/link ABCDEFGH") for line in lines(reply))
        assert all(choice.kept for row in reply.choices for choice in row)
        assert "/link ABCDEFGH no" in lines(reply)


def test_the_one_who_types_the_code_may_keep_either() -> None:
    assert lines(choosing(ASK, "ABCDEFGH", LINK))[:2] == [
        "/link ABCDEFGH there",
        "/link ABCDEFGH here",
    ]


@pytest.mark.parametrize(
    ("reply", "name", "platform"),
    [
        (choosing(ASK, "ABCDEFGH", LINK), "Mira", "Telegram"),
        (confirming(ASK, "ABCDEFGH", LINK), "Amir", "Discord"),
    ],
)
def test_names_come_from_outside_and_are_shown_as_such(
    reply: Reply, name: str, platform: str
) -> None:
    heading = reply.blocks[0]
    assert isinstance(heading, Title)
    assert heading.words.figures == {"name": Name(name), "platform": Label(platform)}


def test_somebody_without_a_name_is_shown_by_number() -> None:
    nameless = Link(MIRA, "", LINK.until, AMIR, "", MIRA)
    for reply in (chosen(ASK, nameless), joined(ASK, nameless)):
        (block,) = reply.blocks
        assert "name" in block.words.figures  # type: ignore[union-attr]  # a Text
