"""What `Books` keep for later: commands behind buttons, and notes."""

import re
from datetime import timedelta, timezone

import pytest

from core.ports import Units
from tests.contracts.conftest import Doors
from tests.contracts.samples import MONTH, NOW, SECOND, STRANGE


@pytest.mark.parametrize("say", ["/compare 10x long BTC", STRANGE, "/faq " + "x" * 100_000])
def test_a_kept_command_is_found_under_eight_plain_characters(units: Units, say: str) -> None:
    with units.writing() as books:
        token = books.keep_choice(say, NOW + MONTH)
    assert re.fullmatch(r"[A-Za-z0-9_-]{8}", token)
    with units.reading() as books:
        assert books.choice(token, NOW) == say


def test_the_same_command_has_the_same_token_and_another_has_another(doors: Doors) -> None:
    with doors().writing() as books:
        first = books.keep_choice("/liq 10x long BTC", NOW + MONTH)
        other = books.keep_choice("/liq 10x long ETH", NOW + MONTH)
    with doors().writing() as books:
        again = books.keep_choice("/liq 10x long BTC", NOW + MONTH)
    assert first == again != other


def test_a_kept_command_ends_at_its_moment(units: Units) -> None:
    berlin = timezone(timedelta(hours=1))
    with units.writing() as books:
        token = books.keep_choice("/liq", NOW.astimezone(berlin))
    with units.reading() as books:
        assert books.choice(token, NOW - timedelta(microseconds=1)) == "/liq"
        assert books.choice(token, NOW) is None


def test_a_command_kept_again_lasts_until_the_later_moment(units: Units) -> None:
    with units.writing() as books:
        token = books.keep_choice("/liq", NOW + SECOND)
        books.keep_choice("/liq", NOW + 3 * SECOND)
        books.keep_choice("/liq", NOW + 2 * SECOND)
        assert books.choice(token, NOW + 2 * SECOND) == "/liq"
        assert books.choice(token, NOW + 3 * SECOND) is None


def test_a_token_nobody_gave_out_means_nothing(units: Units) -> None:
    with units.reading() as books:
        assert books.choice("AAAAAAAA", NOW) is None
        assert books.choice("", NOW) is None
        assert books.choice("x" * 5000, NOW) is None


def test_commands_that_are_out_of_date_can_be_cleared_away(units: Units) -> None:
    with units.writing() as books:
        old = books.keep_choice("/old", NOW)
        new = books.keep_choice("/new", NOW + SECOND)
    with units.writing() as books:
        assert books.drop_choices(NOW) == 1
        assert books.drop_choices(NOW) == 0
        assert books.choice(old, NOW - MONTH) is None
        assert books.choice(new, NOW) == "/new"


def test_a_note_is_kept_and_can_be_changed(units: Units) -> None:
    with units.writing() as books:
        assert books.note("hash") is None
        books.set_note("hash", "1")
        books.set_note("hash", STRANGE)
    with units.reading() as books:
        assert books.note("hash") == STRANGE


def test_the_first_note_stays(units: Units) -> None:
    with units.writing() as books:
        assert books.first_note("epoch", "a") == "a"
        assert books.first_note("epoch", "b") == "a"
    with units.writing() as books:
        assert books.first_note("epoch", "c") == "a"
        assert books.note("epoch") == "a"
