"""A season in words: the best ten, one's own line, and how points come about."""

from decimal import Decimal

from bot.chat.games.season import SHOWN, season_view
from bot.chat.i18n import english
from bot.chat.reply import Words
from core.services.rating import SeasonLine
from tests.walk.group import shown

TITLE = Words("Season 2026-12.")
HOW = (
    "10-7-5-3-2-1 by place, times log2 of the players",
    "the best eight games of a month count, three a day at most",
    "rated where five of a chat's players are known for a week",
)


def lines(count: int) -> tuple[SeasonLine, ...]:
    return tuple(
        SeasonLine(n, f"Bartholomew{n % 10}", Decimal(200 - n) / 2, n, n)
        for n in range(1, count + 1)
    )


def view(found: tuple[SeasonLine, ...], own: int | None = None) -> list[str]:
    return shown(season_view(found, TITLE, english, own)).splitlines()


def test_a_season_without_games_says_how_one_would_count() -> None:
    assert view(()) == [
        "Season 2026-12.",
        "No rated game has ended this month.",
        " · ".join(HOW),
    ]


def test_the_board_tells_points_and_games_in_thirty_columns() -> None:
    text = view(lines(2))
    assert [line.split() for line in text[1:4]] == [
        ["points", "games"],
        ["1", "Bartholomew1", "99.5", "1"],
        ["2", "Bartholomew2", "99", "2"],
    ]
    assert max(map(len, text[1:4])) <= 30


def test_the_best_ten_are_shown_and_the_asker_in_any_case() -> None:
    assert len(view(lines(SHOWN + 5))) == len(view(lines(SHOWN)))
    own = view(lines(SHOWN + 5), own=SHOWN + 3)
    assert own[SHOWN + 2].startswith("13 Bartholomew3")
    assert len(view(lines(SHOWN + 5), own=2)) == len(view(lines(SHOWN)))


def test_who_never_showed_a_name_is_anonymous() -> None:
    line = SeasonLine(1, "", Decimal(5), 1, 1)
    assert view((line,))[2].split() == ["1", "anonymous", "5", "1"]
