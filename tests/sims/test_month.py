"""A month of games in two groups and their league: every season's board, counted anew."""

from datetime import timedelta
from pathlib import Path

from tests.sims.month import DISCORD, HOST, TELEGRAM, Month, Person
from tests.sims.recount.season import board, won

LONG, SHORT = timedelta(days=30), timedelta(days=1)

TRADERS = [Person(f"t{n}", f"Mira{n}") for n in range(6)]
SERVER = [Person(f"d{n}", f"Tobi{n}", DISCORD) for n in range(5)]
NEW = [Person(f"n{n}", f"New{n}") for n in range(3)]
MIRA_THERE = Person("t0", "Mira0", DISCORD)
"""The first of the traders, on the other platform."""

DECEMBER = "2026-12"
SHOWN = 10
"""Lines of a board."""


async def agrees(month: Month) -> list[int]:
    """Every board is what the independent count says; return how many lines each has."""
    found, lines = won(month.games, month.since), []
    for group in (TELEGRAM, DISCORD, "club"):
        said = await month.board(group)
        assert said == board(found, DECEMBER, [group], shared=False), group
        lines.append(len(said))
    said = await month.board(TELEGRAM, "/league board")
    assert said == board(found, DECEMBER, [TELEGRAM, DISCORD], shared=True)[:SHOWN]
    assert said == await month.board(DISCORD, "/league board")
    return [*lines, len(said)]


async def test_a_month_of_games_is_worth_what_an_independent_count_says(tmp_path: Path) -> None:
    month = Month(tmp_path)
    month.known(dict.fromkeys((*TRADERS, *SERVER, MIRA_THERE), LONG))
    month.known(dict.fromkeys(NEW, SHORT))
    await month.league()
    await month.linked(TRADERS[0], MIRA_THERE)

    # November's last day counts for November.
    await month.day(0)
    await month.quizzed(TELEGRAM, TRADERS)
    await month.day(1)
    assert await agrees(month) == [0, 0, 0, 0]

    # Each group by itself; who is on both platforms is one person in either.
    await month.quizzed(TELEGRAM, TRADERS)
    await month.quizzed(DISCORD, [*SERVER, MIRA_THERE])
    assert await agrees(month) == [6, 6, 0, 0]

    # Together: whoever is on both platforms joins on both, and has one seat.
    await month.day(2)
    both = await month.quizzed(TELEGRAM, [*TRADERS, *SERVER, MIRA_THERE], "league")
    assert len(both.seats) == len(TRADERS) + len(SERVER)
    assert await agrees(month) == [6, 6, 0, SHOWN]

    # A day of four: nobody has more than three rated games of it.
    await month.day(3)
    for _ in range(4):
        await month.quizzed(TELEGRAM, TRADERS)
    assert [line.games for line in await month.board(TELEGRAM)] == [5] * 6
    assert await agrees(month) == [6, 6, 0, SHOWN]

    # Too few who are known: three old hands and three newcomers, in a group of their own.
    await month.day(4)
    await month.quizzed("club", [*TRADERS[:3], *NEW])
    assert await agrees(month) == [6, 6, 0, SHOWN]

    # Two who traded against each other share a place until a host calls it chance.
    await month.day(5)
    arena = await month.traded(TELEGRAM, TRADERS)
    tied = await month.board(TELEGRAM)
    assert await agrees(month) == [6, 6, 0, SHOWN]
    await month.say(HOST, f"/challenge pair {arena.number} 1 2 clear", TELEGRAM, host=True)
    assert await month.board(TELEGRAM) != tied
    assert await agrees(month) == [6, 6, 0, SHOWN]

    # A question that is struck out after the end has never counted.
    await month.day(6)
    quiz = await month.quizzed(TELEGRAM, TRADERS)
    before = await month.board(TELEGRAM)
    for number in (1, 2, 3):
        line = f"/challenge void {quiz.number} {number}"
        await month.say(HOST, line, TELEGRAM, host=True)
    assert await month.board(TELEGRAM) != before
    assert await agrees(month) == [6, 6, 0, SHOWN]

    # The best eight of a month count, of ten.
    for day in (7, 8, 9):
        await month.day(day)
        await month.quizzed(TELEGRAM, TRADERS)
    assert [line.games for line in await month.board(TELEGRAM)] == [10] * 6
    assert await agrees(month) == [6, 6, 0, SHOWN]

    # Two who played that league's game side by side turn out to be one: their lower seat stays.
    for lines, one, other in ((10, TRADERS[5], SERVER[4]), (9, SERVER[3], TRADERS[4])):
        await month.linked(one, other)
        assert await agrees(month) == [6, 6, 0, lines]
