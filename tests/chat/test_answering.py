"""Which texts may answer something, and which price they mean."""

import pytest

from bot.chat.answering import Meant, may_answer, meant
from bot.chat.request import Chat, Place, Request, Who
from core.lessons.game.errors import BadAnswer
from core.money import D
from tests.builders import exact

__all__ = ["exact"]

MIRA = Who("telegram", "1")


def request(text: str, **more: object) -> Request:
    return Request("r", MIRA, Chat("1"), text=text, **more)  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize(
    "text",
    [
        "54000",
        "54,000",
        "54.000",
        "54k",
        "54.5K",
        "$54,000",
        "54000!",
        "never",
        "Never",
        " b ",
        "D",
    ],
)
def test_a_number_never_and_a_letter_may_be_an_answer(text: str) -> None:
    assert may_answer(request(text))


@pytest.mark.parametrize(
    "text",
    ["", "e", "10x long btc", "/price", "54000 btc", "nevermind", "-5", "1" * 25, "what is adl?"],
)
def test_anything_else_is_none(text: str) -> None:
    assert not may_answer(request(text))


def test_neither_is_what_others_can_read_nor_a_press_nor_a_form() -> None:
    assert not may_answer(Request("r", MIRA, Chat("-5", Place.GROUP), text="54000"))
    assert not may_answer(request("54000", button=True))
    assert not may_answer(request("54000", command="answer"))


@pytest.mark.parametrize(
    ("text", "entry", "value", "instead"),
    [
        ("54000", "60000", "54000", ""),
        ("54,000", "60000", "54000", ""),
        ("54k", "60000", "54000", ""),
        ("$54,000.50", "60000", "54000.5", ""),
        ("54.000", "60000", "54", "54000"),
        ("54", "60000", "54", "54000"),
        ("54.000!", "60000", "54", ""),
        ("65,000", "60", "65000", "65"),
        ("1.234", "1.3", "1.234", ""),
        ("0.0541", "0.06", "0.0541", ""),
        ("1", "60000", "1", ""),
        ("never", "60000", "never", ""),
        ("NEVER", "60000", "never", ""),
    ],
)
def test_a_number_is_read_beside_the_entry(text: str, entry: str, value: str, instead: str) -> None:
    assert meant(text, D(entry)) == Meant(value, instead)


@pytest.mark.parametrize("text", ["", "moon", "-5", "0", "5..4", "!", "1e9"])
def test_what_is_no_price_is_refused(text: str) -> None:
    with pytest.raises(BadAnswer):
        meant(text, D(60000))
