"""Leagues: made in one chat, entered with a code, let in by a host; what they play together."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from core.alerts.books import Bulletin, Schedule
from core.errors import NotAllowed
from core.lessons.game.books import Won
from core.lessons.game.errors import BadCode, InLeague, NoGame, NoLeague, NotWaiting
from core.lessons.game.game import Game, Room
from core.lessons.game.league import League
from core.lessons.game.lifecycle import State
from core.paper.records import Identity
from core.services.game_options import LEAGUE, WHERE
from core.services.leagues import Leagues, Week
from core.services.playing import Playing
from core.services.rating import SeasonLine
from tests.core.services.hall import HOST, MIRA, ROOM, TOBI, Hall

SERVER = Room("discord", "77", "5")
OTHER = Room("telegram", "-200")
DORA = Identity("discord", "1")


@dataclass
class Place:
    """A hall with its leagues; codes are A, B, C ..."""

    hall: Hall = field(default_factory=Hall)

    def __post_init__(self) -> None:
        codes = iter("ABCDEFGH")
        self.leagues = Leagues(self.hall.units, self.hall.clock, lambda: next(codes))

    def by(self, room: Room = ROOM, *, hosts: bool = True, who: Identity = HOST) -> Playing:
        return self.hall.by(who, hosts=hosts, room=room)

    def founded(self, *others: Room) -> League:
        """A league of the first chat, with others let in."""
        league = self.leagues.found(self.by(), "Winter cup", "Traders")
        for room in others:
            self.leagues.ask(self.by(room), league.code, f"chat {room.chat}")
            league = self.leagues.decide(self.by(), "", let_in=True)
        return league


@pytest.fixture
def place() -> Place:
    return Place()


# --- who is in it


def test_a_host_makes_a_league_with_this_chat_as_its_first(place: Place) -> None:
    league = place.founded()
    assert (league.name, league.code, league.rooms) == ("Winter cup", "A", (ROOM,))
    assert place.leagues.of(ROOM) == league
    assert place.leagues.of(SERVER) is None


@pytest.mark.parametrize(
    ("name", "title", "called"),
    [("", "Traders", "Traders"), ("@<>", "", "league"), ("A" * 30, "x", "A" * 12)],
)
def test_a_league_is_called_by_a_clean_name(
    place: Place, name: str, title: str, called: str
) -> None:
    assert place.leagues.found(place.by(), name, title).name == called


def test_a_chat_is_in_one_league_at_a_time(place: Place) -> None:
    place.founded()
    with pytest.raises(InLeague, match="Winter cup"):
        place.leagues.found(place.by(), "Another", "")
    other = place.leagues.found(place.by(SERVER), "Summer cup", "")
    with pytest.raises(InLeague, match="Winter cup"):
        place.leagues.ask(place.by(), other.code, "")


def test_another_chat_asks_with_the_code_and_a_host_of_the_first_lets_it_in(place: Place) -> None:
    code = place.founded().code
    asked = place.leagues.ask(place.by(SERVER), code, "Server")
    assert asked.rooms == (ROOM,)
    assert [member.title for member in asked.waiting] == ["Server"]
    assert place.leagues.ask(place.by(SERVER), code, "Server") == asked
    let_in = place.leagues.decide(place.by(), asked.waiting[0].key, let_in=True)
    assert let_in.rooms == (ROOM, SERVER)
    assert place.leagues.of(SERVER) == let_in


def test_a_chat_that_is_turned_away_may_ask_again(place: Place) -> None:
    code = place.founded().code
    place.leagues.ask(place.by(SERVER), code, "Server")
    assert place.leagues.decide(place.by(), "", let_in=False).waiting == ()
    assert place.leagues.of(SERVER) is None
    assert place.leagues.ask(place.by(SERVER), code, "Server").waiting != ()


def test_who_is_let_in_is_who_was_meant_whoever_went_meanwhile(place: Place) -> None:
    code = place.founded().code
    place.leagues.ask(place.by(SERVER), code, "Server")
    both = place.leagues.ask(place.by(OTHER), code, "Other")
    first, second = both.waiting
    place.leagues.leave(place.by(SERVER))
    with pytest.raises(NotWaiting) as refusal:
        place.leagues.decide(place.by(), first.key, let_in=True)
    assert refusal.value.key == first.key
    assert place.leagues.decide(place.by(), second.key, let_in=True).rooms == (ROOM, OTHER)


def test_without_a_key_only_a_chat_that_waits_alone_is_meant(place: Place) -> None:
    code = place.founded().code
    with pytest.raises(NotWaiting):
        place.leagues.decide(place.by(), "", let_in=True)
    for room in (SERVER, OTHER):
        place.leagues.ask(place.by(room), code, "")
    with pytest.raises(NotWaiting):
        place.leagues.decide(place.by(), "", let_in=True)


def test_a_code_that_was_replaced_or_taken_back_lets_nobody_in(place: Place) -> None:
    old = place.founded().code
    new = place.leagues.renew(place.by()).code
    assert new != old
    with pytest.raises(BadCode):
        place.leagues.ask(place.by(SERVER), old, "")
    assert place.leagues.renew(place.by(), revoke=True).code == ""
    for code in (old, new, ""):
        with pytest.raises(BadCode):
            place.leagues.ask(place.by(SERVER), code, "")


def test_only_hosts_of_the_first_chat_have_the_code_and_decide(place: Place) -> None:
    code = place.founded(OTHER).code
    place.leagues.ask(place.by(SERVER), code, "")
    acts: list[Callable[[Playing], League]] = [
        place.leagues.renew,
        lambda by: place.leagues.decide(by, "", let_in=True),
    ]
    for act in acts:
        for by in (place.by(OTHER), place.by(hosts=False)):
            with pytest.raises(NotAllowed):
                act(by)
        with pytest.raises(NoLeague):
            act(place.by(Room("telegram", "-300")))
    for act in (
        lambda by: place.leagues.found(by, "x", ""),
        lambda by: place.leagues.ask(by, code, ""),
        place.leagues.leave,
    ):
        with pytest.raises(NotAllowed):
            act(place.by(Room("telegram", "-300"), hosts=False))


def test_a_chat_leaves_and_with_the_first_the_league_ends(place: Place) -> None:
    place.founded(SERVER)
    assert place.leagues.leave(place.by(SERVER)).rooms == (ROOM,)
    place.leagues.ask(place.by(SERVER), "A", "")
    assert place.leagues.leave(place.by()).members == ()
    assert place.leagues.of(SERVER) is None
    with pytest.raises(NoLeague):
        place.leagues.leave(place.by())


# --- what they play together


def duel_of_a_league(place: Place, room: Room = ROOM) -> int:
    challenges = place.hall.challenges
    number = challenges.draft(place.by(room), "duel").number
    challenges.choose(place.by(room), number, WHERE, LEAGUE)
    challenges.open(place.by(room), number)
    return number


def test_a_game_of_a_league_is_played_in_all_its_chats(place: Place) -> None:
    place.founded(SERVER)
    number = duel_of_a_league(place, SERVER)
    kept = place.hall.kept(number)
    assert kept.rooms == (SERVER, ROOM)
    assert kept.state.game.rooms == 2
    assert [post.room for post in place.hall.due()] == [ROOM]
    assert [post.room for post in place.hall.keeper.posts("discord")] == [SERVER]


def test_before_strangers_everybody_has_a_nickname_or_a_number(place: Place) -> None:
    place.founded(SERVER)
    number = duel_of_a_league(place)
    challenges = place.hall.challenges
    challenges.join(place.by(hosts=False, who=MIRA), number, "Mira Real")
    challenges.join(place.by(SERVER, who=DORA), number, "Shark", chosen=True)
    assert [(p.name, p.room) for p in place.hall.game(number).players] == [
        ("player #1", 0),
        ("Shark", 1),
    ]


def test_linked_identities_count_once(place: Place) -> None:
    place.founded(SERVER)
    number = duel_of_a_league(place)
    with place.hall.units.writing() as books:
        learner = books.paper.enroll(MIRA, place.hall.clock.now())
        books.paper.rename(DORA, learner)
    challenges = place.hall.challenges
    for room, who in ((ROOM, MIRA), (SERVER, DORA)):
        assert challenges.join(place.by(room, who=who), number, "x").said == "joined"
    assert len(place.hall.game(number).players) == 1
    assert challenges.seat(DORA, number) == challenges.seat(MIRA, number) == 1


def test_a_chat_that_plays_one_already_is_left_out(place: Place) -> None:
    place.founded(SERVER, OTHER)
    challenges = place.hall.challenges
    busy = challenges.draft(place.by(SERVER), "duel").number
    challenges.open(place.by(SERVER), busy)
    challenges.draft(place.by(OTHER), "duel")
    number = duel_of_a_league(place)
    assert place.hall.kept(number).rooms == (ROOM, OTHER)
    assert place.hall.game(number).rooms == 2


def test_a_chat_that_waits_or_is_in_no_league_plays_alone(place: Place) -> None:
    code = place.founded().code
    place.leagues.ask(place.by(SERVER), code, "")
    with pytest.raises(NoLeague):
        duel_of_a_league(place, SERVER)
    with pytest.raises(NoLeague):
        duel_of_a_league(place, OTHER)


def test_a_host_of_any_of_its_chats_may_stop_it(place: Place) -> None:
    place.founded(SERVER)
    number = duel_of_a_league(place)
    place.hall.challenges.stop(place.by(SERVER), number)
    with pytest.raises(NoGame):
        place.hall.challenges.begin(place.by(OTHER), number)


# --- the season


def win(place: Place, *wins: tuple[Identity, Room, str, bool]) -> None:
    """Keep what games were worth: to whom, in which chat, points, and whether several played."""
    now = place.hall.clock.now()
    with place.hall.units.writing() as books:
        for who, room, points, shared in wins:
            learner = books.paper.learner(who) or books.paper.enroll(who, now)
            game = books.games.add(State(Game(kind="duel", seed="5eed")), HOST, room).number
            name = f"nick{who.person}" if shared else f"real{who.person}"
            won = Won(f"{now:%Y-%m}", room, game, learner, name, 1, points, now, shared)
            books.games.win(won)


def lines(found: tuple[SeasonLine, ...]) -> list[tuple[str, str, int, int]]:
    return [(line.name, str(line.points), line.games, line.place) for line in found]


def test_a_season_of_a_league_counts_what_it_played_together_under_names_chosen_for_it(
    place: Place,
) -> None:
    place.founded(SERVER)
    win(
        place,
        (MIRA, ROOM, "10.0", False),
        (MIRA, ROOM, "5.0", True),
        (TOBI, ROOM, "3.0", True),
        (DORA, SERVER, "7.0", True),
        (DORA, OTHER, "99.0", True),
    )
    assert lines(place.leagues.season(SERVER, whole=True)) == [
        ("nick1", "7.0", 1, 1),
        ("nick1", "5.0", 1, 2),
        ("nick2", "3.0", 1, 3),
    ]
    assert lines(place.leagues.season(SERVER)) == [("nick1", "7.0", 1, 1)]
    assert lines(place.leagues.season(ROOM))[0][1:] == ("15.0", 2, 1)


def test_a_chat_outside_sees_no_season_of_a_league(place: Place) -> None:
    code = place.founded().code
    place.leagues.ask(place.by(SERVER), code, "")
    for room in (SERVER, OTHER):
        with pytest.raises(NoLeague):
            place.leagues.season(room, whole=True)
    assert place.leagues.season(OTHER) == ()


def test_a_season_is_the_present_month(place: Place) -> None:
    place.founded()
    win(place, (MIRA, ROOM, "10.0", False))
    place.hall.clock.advance(timedelta(days=31))
    assert place.leagues.season(ROOM) == ()


# --- the board of a week


def week(place: Place, told: str, *, whole: bool = False, room: Room = ROOM) -> Week:
    now = place.hall.clock.now()
    schedule = Schedule(
        platform=room.platform,
        chat=room.chat,
        topic=room.topic,
        board=Bulletin.SEASON,
        minute=480,
        zone="",
        due=now,
        weekday=0,
        whole=whole,
        told=told,
    )
    return place.leagues.week(schedule, now)


def told_by(week: Week) -> list[tuple[str, list[str]]]:
    return [(season, [str(line.points) for line in found]) for season, found in week.seasons]


def test_the_board_of_a_week_shows_the_present_season(place: Place) -> None:
    win(place, (MIRA, ROOM, "20.0", False))
    shown = week(place, "2026-12")
    assert (shown.league, shown.now, told_by(shown)) == ("", "2026-12", [("2026-12", ["20.0"])])


def test_the_first_one_of_a_month_tells_first_how_the_last_month_ended(place: Place) -> None:
    win(place, (MIRA, ROOM, "20.0", False))
    place.hall.clock.advance(timedelta(days=31))
    win(place, (MIRA, ROOM, "7.0", False))
    assert told_by(week(place, "2026-12")) == [("2026-12", ["20.0"]), ("2027-01", ["7.0"])]
    assert told_by(week(place, "2027-01")) == [("2027-01", ["7.0"])]


def test_a_season_in_which_nobody_has_won_is_left_out(place: Place) -> None:
    assert week(place, "2026-11").seasons == ()
    win(place, (MIRA, ROOM, "20.0", False))
    place.hall.clock.advance(timedelta(days=31))
    assert told_by(week(place, "2026-12")) == [("2026-12", ["20.0"])]


def test_after_two_months_of_silence_the_last_month_is_told_and_no_older_one(place: Place) -> None:
    win(place, (MIRA, ROOM, "20.0", False))
    place.hall.clock.advance(timedelta(days=62))
    assert week(place, "2026-11").seasons == ()


def test_a_league_s_board_is_the_league_s_where_the_chat_is_in_one(place: Place) -> None:
    place.founded(SERVER)
    win(place, (MIRA, ROOM, "20.0", False), (MIRA, ROOM, "5.0", True), (TOBI, SERVER, "7.0", True))
    shown = week(place, "2026-12", whole=True)
    assert (shown.league, told_by(shown)) == ("Winter cup", [("2026-12", ["7.0", "5.0"])])
    assert told_by(week(place, "2026-12")) == [("2026-12", ["25.0"])]
    other = week(place, "2026-12", whole=True, room=OTHER)
    assert (other.league, other.seasons) == ("", ())


def test_a_chat_that_waits_for_a_league_sees_its_own_season(place: Place) -> None:
    code = place.founded(SERVER).code
    place.leagues.ask(place.by(OTHER), code, "")
    win(place, (MIRA, OTHER, "3.0", False), (TOBI, SERVER, "7.0", True))
    shown = week(place, "2026-12", whole=True, room=OTHER)
    assert (shown.league, told_by(shown)) == ("", [("2026-12", ["3.0"])])
