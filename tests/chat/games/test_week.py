"""The board of the week: how a season stands, how the last one ended, and silence."""

from decimal import Decimal

import pytest

from bot.chat.games.week import week_view
from bot.chat.i18n import english
from core.services.leagues import Week
from core.services.rating import SeasonLine
from tests.walk.group import shown

MIRA, TOBI = SeasonLine(1, "Mira", Decimal("23.2"), 2, 1), SeasonLine(2, "", Decimal(7), 1, 2)
NOVEMBER, DECEMBER = ("2026-11", (MIRA, TOBI)), ("2026-12", (TOBI,))


def view(week: Week) -> list[str]:
    reply = week_view(week, english)
    assert reply is not None
    return shown(reply).splitlines()


def test_an_empty_season_says_nothing() -> None:
    assert week_view(Week("", "2026-12", ()), english) is None


def test_it_is_the_season_s_board_and_says_why_it_comes() -> None:
    text = view(Week("", "2026-12", (DECEMBER,)))
    assert text[0] == "Season 2026-12."
    table = [line.split() for line in text[1:3]]
    assert table == [["points", "games"], ["2", "anonymous", "7", "1"]]
    assert text[-1].endswith("posted weekly because this group's hosts asked for it: /schedule")


def test_the_result_of_the_last_month_comes_before_the_new_one() -> None:
    text = view(Week("", "2026-12", (NOVEMBER, DECEMBER)))
    titles = [line for line in text if line.startswith("Season")]
    assert titles == ["Season 2026-11, the result.", "Season 2026-12."]
    assert not any("new month" in line for line in text)


def test_in_a_new_month_without_games_the_result_stands_alone() -> None:
    text = view(Week("", "2026-12", (NOVEMBER,)))
    assert text[0] == "Season 2026-11, the result."
    assert "In the new month no rated game has ended yet." in text


@pytest.mark.parametrize(
    ("seasons", "title"),
    [
        ((DECEMBER,), "Winter cup, season 2026-12."),
        ((NOVEMBER, DECEMBER), "Winter cup, season 2026-11, the result."),
    ],
)
def test_a_league_s_board_bears_its_name(
    seasons: tuple[tuple[str, tuple[SeasonLine, ...]], ...], title: str
) -> None:
    text = view(Week("Winter cup", "2026-12", seasons))
    assert text[0] == title
    assert max(len(line) for line in text if line.startswith(("1 ", "2 "))) <= 30
