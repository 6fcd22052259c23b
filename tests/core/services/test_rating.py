"""What games are worth: which are rated, for whom, how often, and the best eight of a month."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from core.lessons.challenges.arena import Arena
from core.lessons.challenges.last import Last
from core.lessons.game.books import KeptGame, Won
from core.lessons.game.game import Game, Phase, Player, Room
from core.lessons.game.lifecycle import State
from core.lessons.game.session import Session
from core.lessons.game.standing import BEST
from core.lessons.game.trades import Trade
from core.lessons.game.trading import Noted
from core.margin.pool import Side
from core.market import Symbol
from core.money import D
from core.paper.records import Identity
from core.services.rating import (
    A_DAY,
    COMPANY,
    KNOWN,
    keep_wins,
    season,
    season_before,
    season_of,
    wins,
)
from tests.builders import BTC, ETH, amount
from tests.core.lessons.game.builders import ground
from tests.fakes.ports import MemoryUnits

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
ROOM, SERVER = Room("telegram", "-5"), Room("discord", "77")
HOST = Identity("telegram", "9")
GROUND = ground()


def trades(number: int) -> tuple[Trade, ...]:
    """Five closed trades on two pairs."""
    coins: tuple[Symbol, ...] = (BTC, ETH)
    return tuple(
        Trade(
            number=n,
            symbol=coins[n % 2],
            side=Side.LONG,
            opened=NOON + timedelta(minutes=7 * number + n),
            closed=NOON + timedelta(minutes=7 * number + n, seconds=9),
        )
        for n in range(5)
    )


def arena(*gains: int, idle: int = 0, hidden: frozenset[int] = frozenset()) -> State:
    """An arena that is over: who gained so much, and some who did nothing."""
    notes = {
        number: replace(
            Noted.begun(amount(10_000)), equity=amount(10_000 + gain), trades=trades(number)
        )
        for number, gain in enumerate(gains, 1)
    }
    notes |= {len(gains) + n: Noted.begun(amount(10_000)) for n in range(1, idle + 1)}
    players = tuple(
        Player(number=n, name=f"p{n}", joined=NOON, hidden=n in hidden, room=n % 2) for n in notes
    )
    session = Session(began=NOON, ends=NOON + timedelta(hours=1), notes=notes)
    game = Game(
        kind="arena",
        seed="5eed",
        phase=Phase.FINAL,
        players=players,
        began=NOON,
        ended=NOON + timedelta(hours=1),
    )
    return State(game, Arena(session=session, over=True))


class House:
    """Books with people whom the bot has known for so long."""

    def __init__(self, people: int = 7, known: timedelta = KNOWN) -> None:
        self.units = MemoryUnits()
        with self.units.writing() as books:
            self.people = [
                books.paper.enroll(Identity("telegram", str(n)), NOON - known)
                for n in range(people)
            ]

    def kept(self, state: State, *rooms: Room, hours: int = 0) -> KeptGame:
        """A game with these people in its seats, that ended so much later."""
        ended = (state.game.ended or NOON) + timedelta(hours=hours)
        state = replace(state, game=replace(state.game, ended=ended))
        with self.units.writing() as books:
            kept = books.games.add(state, HOST, rooms[0] if rooms else ROOM)
            for other in rooms[1:]:
                books.games.enter(kept.number, other)
            for player, learner in zip(state.game.players, self.people, strict=False):
                books.games.sit(kept.number, learner, player.number)
            found = books.games.game(kept.number)
        assert found is not None
        return found

    def worth(self, kept: KeptGame) -> tuple[Won, ...]:
        with self.units.writing() as books:
            found = wins(books, kept, GROUND)
            keep_wins(books, kept, GROUND)
        return found

    def season(self, *rooms: Room, shared: bool = False) -> list[tuple[str, str, int, int]]:
        with self.units.reading() as books:
            lines = season(books, "2026-12", rooms or (ROOM,), shared=shared)
        return [(line.name, str(line.points), line.games, line.place) for line in lines]


def told(found: tuple[Won, ...]) -> list[tuple[str, int, str]]:
    return [(won.name, won.place, won.points) for won in found]


# --- which are rated


def test_places_are_worth_points_by_the_number_of_those_who_are_listed() -> None:
    house = House()
    found = house.worth(house.kept(arena(500, 400, 300, 200, idle=1)))
    assert told(found) == [
        ("p1", 1, "20.0"),
        ("p2", 2, "14.0"),
        ("p3", 3, "10.0"),
        ("p4", 4, "6.0"),
    ]
    assert {(won.season, won.room, won.shared) for won in found} == {("2026-12", ROOM, False)}


def test_a_ladder_that_fewer_than_three_climbed_is_worth_nothing_however_many_had_joined() -> None:
    house, state = House(), arena(7, 6, 5, 4, 3, 2, 1)
    assert isinstance(state.play, Arena)
    assert state.play.session is not None
    for count, worth in ((2, 0), (3, 3)):
        notes = {n: state.play.session.notes[n] for n in range(1, count + 1)}
        ladder = Last(session=replace(state.play.session, notes=notes), over=True)
        game = replace(state.game, kind="last")
        assert len(house.worth(house.kept(State(game, ladder)))) == worth


def test_a_place_without_points_is_kept_as_one_of_the_rated_games_of_the_day() -> None:
    house = House()
    found = house.worth(house.kept(arena(7, 6, 5, 4, 3, 2, 1)))
    assert told(found)[-1] == ("p7", 7, "0")


def test_it_takes_five_whom_the_bot_has_known_for_a_week() -> None:
    state = arena(500, 400, 300, 200, 100)
    assert COMPANY == 5
    assert House(4).worth(House(4).kept(state)) == ()
    young = House(7, KNOWN - timedelta(hours=1) - timedelta(seconds=1))
    assert young.worth(young.kept(state)) == ()
    just = House(7, KNOWN - timedelta(hours=1))
    assert len(just.worth(just.kept(state))) == 5


def test_they_need_not_play_it_who_played_in_the_same_chat() -> None:
    house = House(7)
    two = arena(500, 400)
    kept = house.kept(two)
    assert house.worth(kept) == ()
    house.kept(arena(*range(7)), replace(ROOM, topic="9"))
    assert told(house.worth(kept)) == [("p1", 1, "10.0"), ("p2", 2, "7.0")]
    elsewhere = house.kept(two, SERVER)
    assert house.worth(elsewhere) == ()
    assert len(house.worth(house.kept(two, SERVER, ROOM))) == 2


def test_a_ladder_of_two_is_friendly() -> None:
    house = House(7)
    house.kept(arena(*range(7)))
    for count, many in ((2, 0), (3, 3)):
        notes = {n: Noted.begun(amount(10_000)) for n in range(1, count + 1)}
        session = Session(began=NOON, ends=NOON + timedelta(hours=1), notes=notes)
        game = replace(arena(*range(count)).game, kind="last")
        assert len(house.worth(house.kept(State(game, Last(session=session, over=True))))) == many


@pytest.mark.parametrize("why", ["stopped", "outage", "expired"])
def test_a_void_game_is_worth_nothing(why: str) -> None:
    house, state = House(), arena(5, 4, 3, 2, 1)
    void = replace(state, game=replace(state.game, why=why))
    assert house.worth(house.kept(void)) == ()


def test_a_game_that_never_began_is_worth_nothing() -> None:
    house, state = House(), arena(5, 4, 3, 2, 1)
    assert house.worth(house.kept(replace(state, play=None))) == ()


def test_one_who_is_listed_alone_has_won_against_nobody() -> None:
    house = House()
    assert house.worth(house.kept(arena(5, idle=5))) == ()


def test_who_is_forgotten_has_no_points_and_the_others_keep_theirs() -> None:
    house, state = House(), arena(5, 4, 3, 2, 1, 0)
    kept = house.kept(state)
    with house.units.writing() as books:
        books.games.stand(kept.number, 1)
    assert [won.name for won in house.worth(kept)] == ["p2", "p3", "p4", "p5", "p6"]


def test_a_person_has_three_rated_games_a_day() -> None:
    house = House()
    games = [house.kept(arena(5, 4, 3, 2, 1), hours=n) for n in range(A_DAY + 1)]
    assert [len(house.worth(kept)) for kept in games] == [5, 5, 5, 0]
    tomorrow = house.kept(arena(5, 4, 3, 2, 1), hours=12)
    assert len(house.worth(tomorrow)) == 5


# --- told anew


def test_what_a_game_was_worth_is_told_anew_in_the_place_of_what_it_was() -> None:
    house, state = House(), arena(500, 400, 300, 200, 100)
    games = [house.kept(state, hours=n) for n in range(A_DAY)]
    for kept in games:
        house.worth(kept)
    first = games[0]
    play = first.state.play
    assert isinstance(play, Arena)
    flagged = replace(play, pairs=replace(play.pairs, flagged=((1, 2),)))
    with house.units.writing() as books:
        keep_wins(books, replace(first, state=replace(first.state, play=flagged)), GROUND)
        found = [
            (won.place, won.points) for won in books.games.wins(house.people[0]) if won.game == 1
        ]
        everything = [len(books.games.wins(learner)) for learner in house.people[:5]]
    assert found == [(1, "23.2")]
    assert everything == [3] * 5
    assert house.season()[0][1] == "69.6"


def test_a_pair_that_shares_has_the_points_of_the_lower_place() -> None:
    house, state = House(), arena(500, 400, 300, 200, 100)
    kept = house.kept(state)
    play = state.play
    assert isinstance(play, Arena)
    flagged = replace(play, pairs=replace(play.pairs, flagged=((1, 3),)))
    found = house.worth(replace(kept, state=replace(kept.state, play=flagged)))
    assert [(won.name, won.place) for won in found[:4]] == [
        ("p2", 1),
        ("p1", 2),
        ("p3", 2),
        ("p4", 4),
    ]
    assert found[1].points == found[2].points


# --- the season


def test_a_season_is_a_calendar_month() -> None:
    assert season_of(datetime(2026, 12, 31, 23, 59, tzinfo=UTC)) == "2026-12"
    assert season_of(datetime(2027, 1, 1, tzinfo=UTC)) == "2027-01"


def test_before_january_there_is_december() -> None:
    assert season_before("2027-01") == "2026-12"
    assert season_before("2028-03") == "2028-02"


def win(house: House, learner: int, points: str, *, room: Room = ROOM, **more: object) -> None:
    with house.units.writing() as books:
        game = books.games.add(arena(1, 1), HOST, room).number
        won = Won("2026-12", room, game, house.people[learner], f"p{learner}", 1, points, NOON)
        books.games.win(replace(won, **more))  # type: ignore[arg-type]  # named by the tests


def test_the_best_eight_results_of_a_season_count() -> None:
    house = House()
    for n in range(BEST + 2):
        win(house, 0, str(n))
    assert house.season() == [("p0", str(sum(range(2, BEST + 2))), BEST + 2, 1)]


def test_equal_points_share_a_place() -> None:
    house = House()
    for learner, points in enumerate(("5", "7.5", "5", "1")):
        win(house, learner, points)
    assert house.season() == [
        ("p1", "7.5", 1, 1),
        ("p0", "5", 1, 2),
        ("p2", "5", 1, 2),
        ("p3", "1", 1, 4),
    ]


def test_several_chats_are_one_board_and_a_person_is_one_line() -> None:
    house = House()
    win(house, 0, "5")
    win(house, 0, "2", room=SERVER)
    win(house, 1, "6", room=SERVER)
    assert house.season(ROOM, SERVER) == [("p0", "7", 2, 1), ("p1", "6", 1, 2)]
    assert house.season(SERVER) == [("p1", "6", 1, 1), ("p0", "2", 1, 2)]


def test_for_a_league_only_what_several_chats_played_counts() -> None:
    house = House()
    win(house, 0, "5", name="Real name")
    win(house, 0, "2", name="nick", shared=True)
    assert house.season(ROOM, shared=True) == [("nick", "2", 1, 1)]


def test_who_played_unnamed_is_unnamed_in_the_season_until_they_show_a_name() -> None:
    house = House()
    kept = house.kept(arena(5, 4, 3, 2, 1, hidden=frozenset({1})))
    house.worth(kept)
    assert house.season()[0][0] == ""
    win(house, 0, "1", name="Mira")
    win(house, 0, "1", name="")
    assert house.season()[0][0] == "Mira"


def test_in_a_league_the_points_are_in_the_chat_that_somebody_came_from() -> None:
    house = House()
    kept = house.kept(arena(5, 4, 3, 2, 1), ROOM, SERVER)
    found = house.worth(kept)
    assert {won.shared for won in found} == {True}
    assert [won.room for won in found] == [SERVER, ROOM, SERVER, ROOM, SERVER]


def test_points_are_decimal_to_a_tenth() -> None:
    house = House()
    found = house.worth(house.kept(arena(5, 4, 3, 2, 1)))
    assert [Decimal(won.points) for won in found] == [D("23.2"), D("16.3"), D("11.6"), 7, D("4.6")]
