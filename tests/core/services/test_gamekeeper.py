"""The keeper of games: time and market come to every game, once, whatever was missed."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from core.lessons.challenges.duel import REST
from core.lessons.game import inputs as i
from core.lessons.game.books import KeptGame
from core.lessons.game.errors import NotNow
from core.lessons.game.game import Phase, Room
from core.lessons.game.inputs import Input
from core.lessons.game.kind import Ground
from core.lessons.game.league import Member
from core.lessons.game.lifecycle import Fed, State
from core.lessons.game.market import LiveMarket
from core.money import D, display
from core.paper.records import Identity
from core.services.gamekeeper import ALIVE, ASLEEP, CHUNK, LEASE, OUTAGE, GameKeeper, Gap
from core.services.outbox import ATTEMPTS
from core.services.referee import Referee
from tests.builders import jumping, rate
from tests.core.lessons.game.builders import ground, plain
from tests.core.services.hall import (
    CROSS,
    HOST,
    ISOLATED,
    LENA,
    MIRA,
    PAIRS,
    ROOM,
    TOBI,
    CountingReferee,
    Hall,
)

MINUTE = timedelta(minutes=1)
ROUND = 900
"""Seconds of a round."""


@pytest.fixture
def hall() -> Hall:
    return Hall()


def entered(hall: Hall, **setup: str) -> int:
    """A duel at 10x that everybody has entered at 60,000."""
    number = hall.duel(**setup)
    hall.tick(1, 60000)
    return number


def missed(hall: Hall, *told: tuple[int, int, int, int]) -> None:
    """Tell what minutes were, by their number after the beginning: low, high, end."""
    began = hall.game().began
    assert began is not None
    first = began.replace(second=0, microsecond=0)
    for minute, low, high, end in told:
        hall.feed.minutes[first + minute * MINUTE] = (low, high, end)


def gained(hall: Hall, number: int = 1) -> dict[object, object]:
    """What each wall made of the wallet in the last round that is over."""
    result = hall.play(number).rounds[-1]
    first, second = result.gained[result.isolated], result.gained[1 - result.isolated]
    return {ISOLATED: display(first, 6), CROSS: display(second, 6)}


# --- who keeps


def test_one_process_keeps_games_until_it_is_silent_or_goes_home(hall: Hall) -> None:
    assert hall.keeper.leads("a")
    assert not hall.keeper.leads("b")
    hall.clock.advance(LEASE)
    assert hall.keeper.leads("b")
    hall.keeper.resign("b")
    assert hall.keeper.leads("a")


# --- what is due


def test_a_lobby_expires_or_begins_when_its_time_is_over(hall: Hall) -> None:
    alone, together = hall.opened(), hall.opened("guess")
    hall.join(alone, MIRA)
    hall.join(together, MIRA, TOBI)
    hall.tick(299)
    assert {hall.phase(alone), hall.phase(together)} == {Phase.OPEN}
    hall.tick(2000)
    hall.tick(1)
    assert (hall.phase(alone), hall.game(alone).why) == (Phase.FINAL, "expired")
    assert hall.phase(together) is Phase.RUNNING


def test_a_game_that_is_over_is_final_at_the_next_look(hall: Hall) -> None:
    number = hall.opened()
    hall.challenges.stop(hall.host(), number)
    assert hall.phase(number) is Phase.SETTLING
    hall.tick()
    assert hall.phase(number) is Phase.FINAL
    before = hall.kept(number)
    hall.tick()
    assert hall.kept(number) == before


def test_after_the_rest_the_next_round_is_announced_once(hall: Hall) -> None:
    number = entered(hall)
    hall.tick(ROUND, 60000)
    assert hall.deliver() == ["result1"]
    hall.tick(REST.total_seconds() - 1, 60000)
    assert hall.deliver() == []
    hall.tick(1, 60000)
    hall.tick(1, 60000)
    assert hall.deliver() == ["round2"]
    assert hall.heard(number).count("Due") == 1


def test_a_match_is_played_from_its_first_press_to_its_end(hall: Hall) -> None:
    number = entered(hall)
    said = []
    for low, closes in ((52000, 63000), (52000, 63000), (60000, 60000)):
        hall.tick(300, low)
        hall.tick(ROUND - 300, closes)
        said += hall.deliver()
        hall.tick(30, 60000)
        said += hall.deliver()
        hall.tick(1, 60000)
    assert hall.play(number).wins == (1, 1)
    assert said == ["result1", "round2", "result2", "round3", "result3", "end"]
    assert hall.phase(number) is Phase.FINAL
    assert hall.faults() == 0


def test_what_a_rated_game_was_worth_is_kept_once(hall: Hall) -> None:
    people = [Identity("telegram", str(n)) for n in range(20, 26)]
    with hall.units.writing() as books:
        learners = [books.paper.enroll(who, hall.clock.now()) for who in people]
    hall.clock.advance(timedelta(days=8))
    number = hall.opened(teams="halves")
    hall.join(number, *people)
    hall.challenges.begin(hall.host(), number)
    hall.deliver()
    hall.tick(1, 60000)
    for _ in range(3):
        hall.tick(ROUND, 60000)
        hall.tick(30, 60000)
        hall.deliver()
        hall.tick(1, 60000)
    assert hall.phase(number) is Phase.FINAL
    with hall.units.reading() as books:
        won = [books.games.wins(learner) for learner in learners]
    assert [[w.points for w in own] for own in won] == [["25.8"]] * 6, "10 x log2 6, all first"


# --- the live market


def test_a_round_is_played_by_the_marks_that_come(hall: Hall) -> None:
    entered(hall)
    assert hall.tick(1, 54000) == 1
    assert hall.tick(1, 54001) == 0
    hall.tick(ROUND - 2, 63000)
    assert gained(hall) == {ISOLATED: D("-1000"), CROSS: D("500")}


def test_marks_that_are_older_than_the_game_enter_nobody(hall: Hall) -> None:
    hall.price(50000)
    hall.clock.advance(1)
    hall.duel()
    hall.tick(1)
    assert hall.play().round.bout.opened is None
    hall.tick(1, 60000)
    assert hall.play().round.bout.opened == 60000


def test_an_order_is_filled_at_the_first_mark_after_it(hall: Hall) -> None:
    number = entered(hall)
    cross = hall.behind(number, CROSS)
    hall.price(61000)
    hall.act(number, cross, "hedge")
    hall.keeper.tick()
    hall.tick(1, 60000)
    account = hall.account(cross)
    assert account is not None
    assert account.positions[1].leg.entry_price == 60000


def test_games_in_which_nothing_can_happen_are_not_asked(hall: Hall) -> None:
    entered(hall)
    asked = len(hall.referee.asked)
    for n in range(600):
        hall.tick(1, 60000 + n % 30)
    looked = len(hall.referee.asked) - asked
    assert looked <= 2 * 10, "once a minute, and again when it is kept"


def unboxed() -> Ground:
    """The same contracts, with a jump in their ladder that nobody reaches: no box is drawn."""
    table = jumping((0, 125, "0.005"), (10**12, 1, "0.5"))
    return ground(*(replace(plain(symbol), brackets=table) for symbol in PAIRS))


def wild(hall: Hall) -> State:
    """A match of one round on a market that swings, with everything that may be done."""
    number = entered(hall)
    chance = 7
    for second in range(1, ROUND + 5):
        chance = chance * 1103515245 % 2**31
        swing = (chance >> 8) % 200 - 100
        hall.tick(1, 60000 + swing - second * 6)
        if second in {30, 60}:
            hall.act(number, hall.behind(number, ISOLATED), "add")
        if second == 200:
            hall.act(number, hall.behind(number, CROSS), "hedge")
    return hall.state(number)


def test_what_was_not_asked_would_have_changed_nothing() -> None:
    quick, slow = Hall(), Hall(on=unboxed())
    assert wild(quick) == wild(slow)
    assert len(quick.referee.asked) < len(slow.referee.asked) / 5
    assert quick.inputs() == slow.inputs()
    assert quick.play().rounds[0].bout.notes[1].liquidations in {0, 1}


def test_funding_is_settled_once_and_moves_the_walls(hall: Hall) -> None:
    number = entered(hall, length="4h")
    cross = hall.behind(number, CROSS)
    due = hall.clock.now().replace(hour=13, minute=0, second=0, microsecond=0)
    hall.feed.rates[due] = rate("0.001")
    for _ in range(61):
        hall.tick(60, 60000)
    account = hall.account(cross)
    assert account is not None
    assert round(account.wallet, 6) == 4990, "10,000 x 0.1 %"
    assert hall.heard().count("Funded") == 1
    assert hall.faults() == 0


# --- outages


def test_after_a_minute_without_a_price_a_game_is_frozen(hall: Hall) -> None:
    entered(hall)
    hall.silence()
    hall.tick(OUTAGE.total_seconds())
    assert hall.phase() is Phase.RUNNING
    hall.tick(1)
    assert (hall.phase(), hall.game().frozen) == (Phase.FROZEN, hall.clock.now())
    hall.seconds(5)
    assert hall.heard().count("Froze") == 1
    with pytest.raises(NotNow, match="frozen"):
        hall.act(1, hall.behind(1, CROSS), "hedge")


def test_it_thaws_by_the_first_price_and_then_meets_what_it_missed(hall: Hall) -> None:
    entered(hall)
    missed(hall, (1, 60000, 60000, 60000), (2, 53000, 60000, 59000))
    hall.silence()
    hall.tick(70)
    hall.tick(55, 59000)
    assert hall.phase() is Phase.RUNNING
    bout = hall.play().round.bout
    (isolated,) = bout.isolated
    assert bout.notes[isolated].liquidations == 1
    names = hall.heard()
    assert names.index("Thawed") < len(names) - 1 - names[::-1].index("Ticked")
    assert hall.faults() == 0


def test_a_long_outage_moves_the_end_and_the_minutes_count_all_the_same(hall: Hall) -> None:
    entered(hall)
    ends = hall.play().round.bout.span
    assert ends is not None
    missed(hall, *((minute, 59000, 61000, 60000) for minute in range(1, 9)))
    hall.silence()
    hall.tick(61)
    frozen = hall.clock.now()
    hall.tick(400, 60000)
    span = hall.play().round.bout.span
    assert span is not None
    assert span[1] == ends[1] + (hall.clock.now() - frozen)
    assert hall.game().moved


def test_the_second_long_outage_leaves_no_fair_game(hall: Hall) -> None:
    entered(hall)
    for _ in range(2):
        hall.silence()
        hall.tick(61)
        hall.tick(200, 60000)
    assert (hall.phase(), hall.game().why) == (Phase.SETTLING, "outage")
    hall.tick(1, 60000)
    assert hall.phase() is Phase.FINAL
    assert hall.deliver() == ["void"]


def test_a_game_that_is_frozen_for_more_than_a_day_is_void(hall: Hall) -> None:
    entered(hall)
    hall.silence()
    hall.tick(61)
    hall.tick(24 * 3600)
    assert hall.phase() is Phase.FROZEN
    hall.tick(1)
    assert (hall.phase(), hall.game().why) == (Phase.SETTLING, "outage")
    assert hall.heard()[-1] == "Stopped"


def test_a_rest_within_an_outage_ends_after_it_and_nothing_spins(hall: Hall) -> None:
    number = entered(hall)
    hall.silence()
    hall.tick(61)
    hall.leave(number, MIRA)
    heard = len(hall.heard())
    hall.seconds(60)
    assert len(hall.heard()) == heard
    assert hall.phase() is Phase.FROZEN
    hall.tick(1, 60000)
    assert hall.phase() is Phase.RUNNING
    hall.join(number, MIRA)
    hall.tick(REST.total_seconds() + 61, 60000)
    assert hall.deliver()[-1] == "round2"


def test_the_marks_of_other_pairs_are_no_news_of_ones_own(hall: Hall) -> None:
    entered(hall)
    own = hall.play().round.bout.symbol
    others = [symbol for symbol in PAIRS if symbol != own]
    for _ in range(7):
        hall.tick(10, 50000, *others)
    assert hall.phase() is Phase.FROZEN
    hall.tick(5, 60000, own)
    assert hall.phase() is Phase.RUNNING
    assert all(notes.liquidations == 0 for notes in hall.play().round.bout.notes.values())


def test_before_the_entry_the_pair_must_be_quoted_too(hall: Hall) -> None:
    hall.duel()
    own = hall.play().round.bout.symbol
    hall.tick(1, 60000, *(symbol for symbol in PAIRS if symbol != own))
    assert hall.play().round.bout.opened is None
    hall.tick(61, 60000, *(symbol for symbol in PAIRS if symbol != own))
    assert hall.phase() is Phase.FROZEN
    hall.tick(1, 60000, own)
    hall.tick(1, 60000, own)
    assert hall.play().round.bout.opened == 60000


def test_a_missed_minute_of_which_nothing_is_known_decides_nothing(hall: Hall) -> None:
    entered(hall)
    hall.tick(150, 59000)
    assert hall.phase() is Phase.RUNNING
    assert all(n.liquidations == 0 for n in hall.play().round.bout.notes.values())


# --- stops and starts


def test_after_a_stop_on_a_live_market_a_round_ends_when_it_should_have(hall: Hall) -> None:
    """The bot was down from the first minute to long after the end."""
    entered(hall)
    missed(hall, *((minute, 59000, 61000, 60500) for minute in range(1, 16)))
    missed(hall, *((minute, 20000, 61000, 62000) for minute in range(16, 30)))
    hall.keeper = hall.new_keeper()
    hall.tick(1700, 30000)
    result = hall.play().rounds[0]
    began = hall.game().began
    assert began is not None
    assert result.bout.closed == 62000, "what the minute of the end ended at"
    assert [n.liquidations for n in result.bout.notes.values()] == [0, 0]
    assert hall.play().due == began + 16 * MINUTE + REST


def test_that_the_bot_was_away_is_told_once_to_running_games(hall: Hall) -> None:
    running, waiting = entered(hall), hall.opened("guess")
    hall.tick(ASLEEP.total_seconds(), 60000)
    hall.keeper.wake()
    assert "Woke" not in hall.heard(running)
    hall.clock.advance(ASLEEP + timedelta(seconds=1))
    hall.keeper = hall.new_keeper()
    hall.keeper.wake()
    hall.keeper.wake()
    assert hall.heard(running).count("Woke") == 1
    assert hall.heard(waiting) == []
    assert [name for name in hall.deliver() if name.startswith("back")] == ["back16"]


def test_whoever_wakes_for_the_first_time_was_nowhere(hall: Hall) -> None:
    entered(hall)
    with hall.units.writing() as books:
        assert books.note(ALIVE) is not None
    fresh = Hall()
    fresh.keeper.wake()
    assert fresh.waiting() == []


def test_it_is_noted_every_few_seconds_that_running_games_are_looked_at(hall: Hall) -> None:
    def note() -> str | None:
        with hall.units.reading() as books:
            return books.note(ALIVE)

    hall.opened()
    hall.tick(1)
    assert note() is None
    hall.join(1, MIRA, TOBI)
    hall.tick(1)
    first = note()
    assert first is not None
    hall.seconds(4)
    assert note() == first
    hall.tick(1)
    assert note() != first


def slept(*naps: tuple[int, int], length: int = ROUND) -> Hall:
    """A duel on a path; before these seconds the bot sleeps for so long, and is started anew."""
    hall = Hall(path=True)
    number = hall.opened(leverage="50")
    hall.join(number, MIRA, TOBI)
    hall.deliver()
    begins = hall.clock.now()
    asleep = dict(naps)
    while hall.clock.now() < begins + timedelta(seconds=length):
        passed = int((hall.clock.now() - begins).total_seconds())
        nap = asleep.pop(passed, 0)
        if nap:
            hall.keeper = hall.new_keeper()
        hall.tick(nap or 1)
    hall.seconds(6)
    return hall


@pytest.mark.parametrize(
    "naps", [((100, 600),), ((1, 300), (400, 10), (500, 200)), ((2, ROUND + 300),)]
)
def test_a_path_game_that_slept_ends_as_one_that_was_awake(
    naps: tuple[tuple[int, int], ...],
) -> None:
    awake, asleep = slept(), slept(*naps)
    assert asleep.play().rounds[0] == awake.play().rounds[0]
    ours, theirs = (
        [what for what in hall.inputs() if not isinstance(what, i.Due)] for hall in (awake, asleep)
    )
    assert theirs == ours
    assert asleep.faults() == 0


def test_who_slept_for_very_long_catches_up_bit_by_bit() -> None:
    hall = Hall(path=True)
    number = hall.opened(length="24h")
    hall.join(number, MIRA, TOBI)
    hall.deliver()
    hall.tick(1)
    hall.tick(1)
    hall.clock.advance(3 * CHUNK)
    behind = []
    for _ in range(3):
        hall.keeper.tick()
        judged = hall.play().judged
        assert judged is not None
        behind.append((hall.clock.now() - judged).total_seconds())
    assert 2 * CHUNK <= behind[0] < 2 * CHUNK + 60, "of each minute the first second is judged"
    assert CHUNK <= behind[1] < CHUNK + 60
    assert behind[2] < 60


def test_started_anew_at_every_second_a_game_goes_on() -> None:
    """Five minutes are eight hours of the path: the funding between is settled once."""
    hall = Hall(path=True)
    number = hall.opened(leverage="50")
    hall.join(number, MIRA, TOBI)
    hall.deliver()
    for _ in range(320):
        hall.keeper = hall.new_keeper()
        hall.tick(1)
    other = Hall(path=True)
    other.opened(leverage="50")
    other.join(number, MIRA, TOBI)
    other.deliver()
    other.seconds(320)
    assert hall.state() == other.state()


# --- others


@dataclass(frozen=True)
class Meddled(CountingReferee):
    """Somebody acts just when the keeper has looked, and has not yet written."""

    act: list[Callable[[], object]] = field(default_factory=list)

    def judged(self, kept: KeptGame, what: Input) -> Fed:
        found = Referee.judged(self, kept, what)
        if isinstance(what, i.Ticked) and self.act:
            self.act.pop()()
        return found


def test_who_acts_while_the_keeper_looks_loses_nothing_and_no_mark_is_lost() -> None:
    hall = Hall()
    number = entered(hall)
    meddled = Meddled(lambda _: hall.ground)
    hall.keeper = GameKeeper(hall.units, hall.clock, meddled, hall.market)
    cross = hall.behind(number, CROSS)
    meddled.act.append(lambda: hall.act(number, cross, "hedge"))
    assert hall.tick(60, 54000) == 0
    assert hall.heard()[-1] == "Answered"
    assert hall.keeper.tick() == 1
    (isolated,) = hall.play().round.bout.isolated
    assert hall.play().round.bout.notes[isolated].liquidations == 1
    account = hall.account(cross)
    assert account is not None
    assert len(account.positions) == 1, "the hedge waits for a mark that is newer than itself"
    hall.tick(1, 54001)
    assert len(hall.state().accounts[hall.seats(number)[cross]].positions) == 2


def test_a_game_that_is_gone_meanwhile_is_forgotten() -> None:
    hall = Hall()
    number = entered(hall)
    hall.challenges.stop(hall.host(), number)
    assert hall.tick(1, 30000) == 0
    assert hall.phase() is Phase.FINAL
    assert hall.tick(1, 20000) == 0


@dataclass(frozen=True)
class Broken(CountingReferee):
    """A referee that cannot judge the game of one seed."""

    seed: str = ""

    def judged(self, kept: KeptGame, what: Input) -> Fed:
        if kept.state.game.seed == self.seed:
            raise ZeroDivisionError
        return Referee.judged(self, kept, what)


def broken(hall: Hall, seed: str) -> None:
    """From now on the game of a seed cannot be judged."""
    referee = Broken(lambda _: hall.ground, seed=seed)
    hall.keeper = GameKeeper(hall.units, hall.clock, referee, hall.market)


def test_a_game_that_cannot_be_judged_keeps_no_other_from_it() -> None:
    hall = Hall()
    first = hall.opened(leverage="10")
    hall.join(first, MIRA, TOBI)
    hall.deliver()
    elsewhere = Room("telegram", "-200")
    second = hall.challenges.draft(hall.by(HOST, hosts=True, room=elsewhere), "duel").number
    hall.challenges.open(hall.by(HOST), second)
    hall.join(second, MIRA, LENA)
    hall.deliver()
    broken(hall, hall.game(first).seed)
    with pytest.raises(ExceptionGroup) as faults:
        hall.tick(1, 60000)
    assert [type(fault) for fault in faults.value.exceptions] == [ZeroDivisionError]
    assert hall.play(first).round.bout.opened is None
    assert hall.play(second).round.bout.opened == 60000
    broken(hall, "")
    hall.tick(1, 60000)
    assert hall.play(first).round.bout.opened == 60000


def test_what_goes_wrong_at_waking_is_told_when_all_were_told() -> None:
    hall = Hall()
    number = entered(hall)
    broken(hall, hall.game(number).seed)
    hall.clock.advance(60)
    with pytest.raises(ExceptionGroup):
        hall.keeper.wake()
    with hall.units.reading() as books:
        assert books.note(ALIVE) == hall.clock.now().isoformat()


def test_what_is_due_of_a_broken_game_is_tried_again() -> None:
    hall = Hall()
    number = hall.opened()
    seed = hall.game(number).seed
    broken(hall, seed)
    for _ in range(2):
        with pytest.raises(ExceptionGroup):
            hall.tick(301)
    assert hall.phase(number) is Phase.OPEN
    broken(hall, "")
    hall.tick(1)
    assert hall.game(number).why == "expired"


# --- what is said


def test_a_round_begins_when_its_message_has_arrived(hall: Hall) -> None:
    number = hall.opened()
    hall.join(number, MIRA, TOBI)
    hall.tick(50, 60000)
    assert hall.heard(number)[2:] == []
    assert hall.deliver() == ["lobby", "round1"]
    assert hall.inputs(number)[-1] == i.Sent(at=hall.clock.now(), view="round", number=1)
    assert hall.play(number).round.bout.judged == hall.clock.now()


def test_a_message_that_cannot_be_sent_is_tried_again_and_ends_the_game_at_last(hall: Hall) -> None:
    number = hall.opened()
    hall.join(number, MIRA, TOBI)
    hall.keeper.sent(hall.due()[0], "m1")
    for tried in range(ATTEMPTS):
        hall.clock.advance(3600)
        (post,) = hall.due()
        assert (post.attempts, post.post.view) == (tried, "round")
        hall.keeper.unsent(post, for_good=False)
        assert hall.due() == ()
    assert (hall.phase(number), hall.game(number).why) == (Phase.SETTLING, "unreachable")
    assert hall.waiting() == []


def test_a_chat_that_cannot_be_reached_at_all_ends_the_game_at_once(hall: Hall) -> None:
    number = hall.opened()
    hall.join(number, MIRA, TOBI)
    lobby, first = hall.due()
    hall.keeper.unsent(lobby, for_good=True)
    assert hall.phase(number) is Phase.RUNNING, "nobody waits for a lobby"
    hall.keeper.unsent(first, for_good=True)
    assert hall.game(number).why == "unreachable"


def test_in_several_chats_a_round_begins_when_none_waits_any_more(hall: Hall) -> None:
    there = Room("discord", "77")
    with hall.units.writing() as books:
        league = books.leagues.add("League", "code", HOST, Member(ROOM, "ours", let_in=True))
        books.leagues.keep(league.with_member(Member(there, "theirs", let_in=True)))
    number = hall.opened(where="league")
    hall.join(number, MIRA, TOBI)
    hall.deliver()
    assert hall.play(number).round.bout.session is None
    for post in hall.keeper.posts("discord"):
        hall.keeper.unsent(post, for_good=True)
    assert hall.play(number).round.bout.session is not None, "it arrived in one of them"


def in_two_chats(hall: Hall, kind: str) -> int:
    """A game that begins in the hall's own chat and in one on Discord."""
    there = Room("discord", "77")
    with hall.units.writing() as books:
        league = books.leagues.add("League", "code", HOST, Member(ROOM, "ours", let_in=True))
        books.leagues.keep(league.with_member(Member(there, "theirs", let_in=True)))
    number = hall.opened(kind, where="league")
    hall.challenges.join(hall.by(MIRA), number, "Mira", chosen=True)
    hall.challenges.join(hall.by(TOBI, room=there), number, "Tobi", chosen=True)
    hall.challenges.begin(hall.host(), number)
    return number


def test_a_question_hears_which_chats_it_never_reached(hall: Hall) -> None:
    number = in_two_chats(hall, "quiz")
    hall.deliver()
    for post in hall.keeper.posts("discord"):
        hall.keeper.unsent(post, for_good=True)
    sent = hall.inputs(number)[-1]
    assert isinstance(sent, i.Sent)
    assert (sent.view, sent.missed) == ("item", (1,))
    assert hall.phase(number) is Phase.RUNNING
    assert hall.waiting() == [], "half of the players could see it"


def test_a_question_that_too_few_could_see_is_void_and_replaced(hall: Hall) -> None:
    number = in_two_chats(hall, "quiz")
    with hall.units.writing() as books:
        hall.referee.tell(books, number, i.Left(at=hall.clock.now(), player=1))
    hall.deliver()
    for post in hall.keeper.posts("discord"):
        hall.keeper.unsent(post, for_good=True)
    assert hall.waiting() == ["voided1"]


def test_a_chat_that_cannot_be_reached_holds_up_the_others_for_seconds_only(hall: Hall) -> None:
    number = in_two_chats(hall, "quiz")
    hall.deliver()
    for post in hall.keeper.posts("discord"):
        if post.post.view == "lobby":
            hall.keeper.sent(post, "m9")
    for _ in range(2):
        assert "Sent" not in hall.heard(number)
        (post,) = hall.keeper.posts("discord")
        hall.keeper.unsent(post, for_good=False)
        hall.clock.advance(60)
    assert hall.heard(number).count("Sent") == 1
    assert hall.keeper.posts("discord") == ()


def test_a_message_that_is_told_twice_begins_nothing_twice(hall: Hall) -> None:
    number = hall.opened()
    hall.join(number, MIRA, TOBI)
    posts = hall.due()
    for _ in range(2):
        for post in posts:
            hall.keeper.sent(post, "m")
        hall.tick(5, 60000)
    assert hall.play(number).round.bout.opened == 60000
    assert len([n for n in hall.heard(number) if n == "Ticked"]) == 1


def test_live_messages_are_brought_up_to_date_now_and_then(hall: Hall) -> None:
    entered(hall)
    every = timedelta(seconds=30)
    assert hall.keeper.live("telegram", every) == ()
    hall.tick(31, 60000)
    (live,) = hall.keeper.live("telegram", every)
    assert (live.post.view, live.message) == ("round", f"m{live.id}")
    hall.keeper.shown(live, live.message, "abc")
    assert hall.keeper.live("telegram", every) == ()
    hall.tick(31, 60000)
    (again,) = hall.keeper.live("telegram", every)
    assert again.shown == "abc"


def test_a_post_for_one_player_has_an_address_on_its_platform(hall: Hall) -> None:
    number = hall.opened()
    hall.join(number, MIRA)
    (lobby,) = hall.due()
    assert hall.keeper.addressee(lobby) is None
    with hall.units.reading() as books:
        learner = books.paper.learner(MIRA)
    mine = replace(lobby, learner=learner)
    assert hall.keeper.addressee(mine) == MIRA
    there = replace(mine, room=Room("discord", "7"))
    assert hall.keeper.addressee(there) is None
    with hall.units.writing() as books:
        assert learner is not None
        books.paper.rename(Identity("discord", "5"), learner)
    assert hall.keeper.addressee(there) == Identity("discord", "5")


def to_learn(hall: Hall) -> Gap | None:
    return hall.keeper.gap


def test_after_an_outage_it_tells_what_has_to_be_learned(hall: Hall) -> None:
    """Which contracts, and since when, as long as the minutes between are not known."""
    assert isinstance(hall.market, LiveMarket)
    hall.market = replace(hall.market, known=lambda _, __: None)
    hall.keeper = hall.new_keeper()
    number = hall.duel()
    hall.deliver()
    hall.tick(1, 60_000)
    hall.tick(1, 60_000)
    assert to_learn(hall) is None
    pair = hall.play(number).round.bout.symbol
    hall.silence()
    hall.tick(200)
    assert to_learn(hall) is None  # without present prices there is nothing to go on from
    hall.tick(1, 60_000)
    gap = to_learn(hall)
    assert gap is not None
    assert gap.symbols == {pair}
    assert (gap.until - gap.since).total_seconds() > 200
