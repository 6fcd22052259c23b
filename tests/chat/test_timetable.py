"""Lines about boards that are posted by themselves: in any order, with slips, with little said."""

import pytest

from bot.chat.timetable import Meant, read_meant
from core.alerts.books import Bulletin
from core.errors import BadHour

PRICES, SEASON = Bulletin.PRICES, Bulletin.SEASON


@pytest.mark.parametrize(
    ("line", "minute"),
    [
        ("board", 480),
        ("prices at 7", 420),
        ("7:30", 450),
        ("every day at 8 pm", 1200),
        ("daily 8pm", 1200),
        ("boardz 9", 540),
        ("priecs 9h30", 570),
    ],
)
def test_an_hour_alone_or_a_word_for_prices_means_the_daily_board(line: str, minute: int) -> None:
    assert read_meant(line) == Meant(board=PRICES, minute=minute)


@pytest.mark.parametrize(
    ("line", "weekday", "minute"),
    [
        ("leaderboard", 0, 480),
        ("leaderboard mon 08:00", 0, 480),
        ("leaderbord monday 8", 0, 480),
        ("leader board fri", 4, 480),
        ("Weekly Sunday 18:30", 6, 1110),
        ("9pm, every thrusday", 3, 1260),
        ("season on wed at 12 am", 2, 0),
        ("tuesdy 7", 1, 420),
        ("weekly board sat", 5, 480),
    ],
)
def test_whatever_is_weekly_means_the_leaderboard(line: str, weekday: int, minute: int) -> None:
    assert read_meant(line) == Meant(board=SEASON, weekday=weekday, minute=minute)


@pytest.mark.parametrize("line", ["league", "weekly league", "leeague mon 8"])
def test_a_league_is_the_season_of_the_whole_league(line: str) -> None:
    assert read_meant(line) == Meant(board=SEASON, whole=True)


@pytest.mark.parametrize(
    ("line", "board"),
    [
        ("off", None),
        ("stop", None),
        ("off leaderboard", SEASON),
        ("leaderbord off", SEASON),
        ("off league", SEASON),
        ("off prices", PRICES),
        ("off the board", PRICES),
    ],
)
def test_one_board_can_be_ended_or_all(line: str, board: Bulletin | None) -> None:
    meant = read_meant(line)
    assert (meant.off, meant.board) == (True, board)


@pytest.mark.parametrize(
    ("line", "wrong", "weekly"),
    [
        ("noon", "noon", False),
        ("board 25", "25", False),
        ("board 8:61", "8:61", False),
        ("8 9", "9", False),
        ("board mon 8", "mon", False),
        ("leaderboard someday 8", "someday", True),
        ("leaderboard mon 25", "25", True),
        ("mon tue", "tue", True),
        ("mno 8", "mno", False),
        ("pm", "pm", False),
        ("hello", "hello", False),
    ],
)
def test_what_means_nothing_is_named_with_the_form_that_helps(
    line: str, wrong: str, weekly: bool
) -> None:
    with pytest.raises(BadHour) as refused:
        read_meant(line)
    assert (refused.value.text, refused.value.weekly) == (wrong, weekly)


def test_nothing_but_little_words_names_no_board() -> None:
    assert read_meant("every").board is None
