"""Badges: what earns each, to the letter, and what comes close and does not."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone

import pytest

from core.lessons.badges import (
    DAYS,
    LEVEL,
    STANDING,
    TOPIC,
    Rescue,
    Steady,
    by_ratio,
    by_warnings,
    crash_marks,
    explained,
    lasted,
    rescue,
    steady,
    stood_isolated,
)
from core.lessons.challenges.crash import Crash
from core.lessons.challenges.duel import Duel
from core.lessons.challenges.last import Last
from core.lessons.challenges.quiz import Quiz
from core.lessons.game.asks import Ask, Given
from core.lessons.game.bout import Bout
from core.lessons.game.items import Choice, Item
from core.lessons.game.match import Round
from core.lessons.game.rounds import Rounds
from core.lessons.game.starting_book import scene_of
from core.lessons.game.survival import Survivor
from core.market import MarkPrice, Marks
from core.money import D
from core.paper.account import PaperAccount, bare
from core.paper.actions import Action, CloseAll, MoveMargin, Open, decide
from core.paper.apply import applied
from core.paper.events import Event, Granted, VenueChosen, Warned, WasReset
from core.paper.records import Recorded
from core.paper.scene import Intent
from core.paper.sweeping import swept
from tests.builders import BTC, NOON, Number, amount, price, rate
from tests.core.lessons.game.crashes import A, B, both, on, reel
from tests.core.lessons.game.test_bout import TERMS
from tests.core.paper.builders import CROSS, scene, stops, venue, wish


def _marks(at: datetime, btc: Number) -> Marks:
    return Marks("test", at, {BTC: MarkPrice(price(btc), at)})


HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Story:
    """What happens to one account, hour by hour, with BTC at a price."""

    happened: list[Recorded] = field(default_factory=list)
    at: datetime = NOON
    account: PaperAccount = field(default_factory=lambda: bare(1, "test"))
    seen: dict[datetime, Marks] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tell(VenueChosen(venue="binance"), Granted(amount=amount(10_000)))

    def tell(self, *events: Event) -> None:
        self.happened += [Recorded(0, 0, self.at, "", event) for event in events]
        self.account = applied(self.account, events, self.at)

    def do(self, action: Action | Intent, btc: Number = 60_000) -> "Story":
        """Do something an hour later."""
        self.at += HOUR
        there = _marks(self.at, btc)
        self.seen[self.at] = there
        action = Open(action) if isinstance(action, Intent) else action
        self.tell(*decide(self.account, action, replace(scene(btc=btc), marks=there, at=self.at)))
        return self

    def sweep(self, btc: Number) -> "Story":
        """Let the market come to a price an hour later: it warns, or it liquidates."""
        self.at += HOUR
        there = replace(scene(btc=btc), marks=_marks(self.at, btc), at=self.at)
        self.tell(*swept(self.account, there))
        return self

    def add(self, margin: Number = 100, btc: Number = 54_250) -> "Story":
        return self.do(MoveMargin(1, amount(margin)), btc)

    def close(self, percent: int = 100, btc: Number = 60_000) -> "Story":
        return self.do(CloseAll(D(percent)), btc)

    def rescue(self) -> Rescue:
        """By warnings, as in a portfolio."""
        return rescue(bare(1, "test"), self.happened, by_warnings(self.happened))

    def rescue_in_a_game(self) -> Rescue:
        """By the marks of each moment."""
        danger = by_ratio(self.seen, venue())
        return rescue(bare(1, "test"), self.happened, danger)


def warned() -> Story:
    """An isolated long at 10x from 60,000 that its owner was warned of at 54,250."""
    story = Story().do(wish("0.1")).sweep(54_250)
    assert isinstance(story.happened[-1].event, Warned)
    return story


# --- rescue


def test_margin_after_a_warning_and_an_own_close_is_a_rescue_at_the_close() -> None:
    story = warned().add()
    assert story.rescue() == Rescue(open=1)
    story.close(50)
    assert story.rescue() == Rescue(open=1)
    story.close()
    assert story.rescue() == Rescue(earned=story.at)


def test_a_stop_of_its_owner_is_their_own_close() -> None:
    story = Story().do(wish("0.1", stops=stops(profit=61_000))).sweep(54_250).add().sweep(61_500)
    assert story.account.positions == ()
    assert story.rescue() == Rescue(earned=story.at)


def test_without_a_warning_margin_rescues_nothing() -> None:
    assert Story().do(wish("0.1")).add(btc=59_000).close().rescue() == Rescue()


def test_margin_that_came_before_the_warning_rescues_nothing() -> None:
    story = Story().do(wish("0.1")).add(10, btc=59_000).sweep(54_150).close(btc=55_000)
    assert any(isinstance(each.event, Warned) for each in story.happened)
    assert story.rescue() == Rescue()


def test_a_warning_stands_for_a_day() -> None:
    in_time, late = warned(), warned()
    in_time.at += STANDING - HOUR
    late.at += STANDING
    assert in_time.add().rescue().open == 1
    assert late.add().rescue() == Rescue()


def test_margin_taken_out_rescues_nothing() -> None:
    story = warned().add(2_000).close()
    story.happened = [e for e in story.happened if not isinstance(e.event, Warned)]
    assert story.rescue() == Rescue()
    out = Story().do(wish("0.1")).add(2_000, btc=60_000).sweep(60_000)
    out.tell(Warned(scope=1, ratio=rate("0.9")))
    assert out.do(MoveMargin(1, amount(-500)), 60_000).close().rescue() == Rescue()


def test_what_was_liquidated_later_was_not_rescued() -> None:
    story = warned().add(10).sweep(40_000)
    assert story.account.positions == ()
    assert story.rescue() == Rescue()


def test_a_reset_closes_nothing() -> None:
    story = warned().add()
    pockets = tuple((p.number, p.margin) for p in story.account.positions)
    story.tell(WasReset(wallet=story.account.wallet, pockets=pockets, resets=1))
    assert story.rescue() == Rescue()


def test_in_a_game_the_margin_ratio_of_the_moment_tells_danger() -> None:
    near = Story().do(wish("0.1")).add(btc=54_250).close()
    assert near.rescue_in_a_game() == Rescue(earned=near.at)
    calm = Story().do(wish("0.1")).add(btc=57_000).close()
    assert calm.rescue_in_a_game() == Rescue()
    assert D("0.8") == LEVEL


def test_without_a_mark_of_that_moment_there_was_no_danger() -> None:
    story = Story().do(wish("0.1")).add(btc=54_250).close()
    story.seen = {at: replace(each, prices={}) for at, each in story.seen.items()}
    assert story.rescue_in_a_game() == Rescue()
    story.seen = {}
    assert story.rescue_in_a_game() == Rescue()


def test_in_a_crash_margin_moves_at_the_opens_of_its_ticks() -> None:
    ground = on(reel(both(90), both(80), both(70)))
    one = Survivor(amount(1), amount(1), acts=((1, "cut25"), (2, "add"), (3, "cash")))
    story = Story().do(wish("0.1")).add(10, 60_000).add(10, 60_000)
    told = crash_marks(Crash(survivors={1: one}), 1, story.happened, ground)
    first, second = (each.at for each in story.happened[-2:])
    assert told == {
        first: scene_of(2, ground, first).marks,
        second: scene_of(3, ground, second).marks,
    }
    assert told[first].price(A) == told[first].price(B) != told[second].price(A)


# --- survived in isolated


def stood(story: Story) -> bool:
    return stood_isolated(bare(1, "test"), story.happened)


def test_whoever_holds_isolated_positions_alone_at_the_end_stood() -> None:
    assert stood(Story().do(wish("0.1")))
    assert stood(Story().do(wish("0.1")).close(50))


@pytest.mark.parametrize(
    "story",
    [
        Story,
        lambda: Story().do(wish("0.1")).close(),
        lambda: Story().do(wish("0.1", mode=CROSS)),
        lambda: Story().do(wish("0.1", mode=CROSS)).close().do(wish("0.1")),
        lambda: Story().do(wish("0.1")).sweep(40_000).do(wish("0.01"), 40_000),
    ],
    ids=["nothing", "closed", "cross", "cross before", "liquidated"],
)
def test_whoever_held_nothing_or_cross_or_fell_did_not(story: Callable[[], Story]) -> None:
    assert not stood(story())


def test_what_was_handed_out_behind_cross_may_be_got_rid_of() -> None:
    handed = Story()
    handed.at -= HOUR  # the book is there at the first moment
    handed.do(wish("0.1", mode=CROSS)).close().do(wish("0.1"))
    assert stood(handed)


def round_(number: int, *, over: bool = True, forfeit: bool = False) -> Round:
    bout = Bout(symbol=BTC, terms=TERMS, isolated=frozenset({1}), over=over, forfeit=forfeit)
    return Round(number, 0, bout)


def test_of_a_duel_the_rounds_count_that_were_played_to_their_end() -> None:
    play = Duel(
        teams=((1,), (2,)),
        past=(round_(1), round_(2, forfeit=True)),
        round=round_(3),
    )
    assert lasted(play, 1) == (1, 3)
    assert lasted(replace(play, round=round_(3, over=False)), 1) == (1,)


def test_of_a_crash_and_a_ladder_whoever_is_not_out() -> None:
    crash = Crash(over=True, survivors={1: Survivor(amount(1), amount(1))})
    assert lasted(crash, 1) == (1,)
    assert lasted(replace(crash, over=False), 1) == ()
    out = Survivor(amount(1), amount(1), out=True)
    assert lasted(replace(crash, survivors={1: out}), 1) == ()
    ladder = Last(over=True, out={2: NOON})
    assert (lasted(ladder, 1), lasted(ladder, 2)) == ((1,), ())
    assert lasted(replace(ladder, over=False), 1) == ()
    assert lasted(Quiz(), 1) == ()


# --- contagion

CHOICES = tuple(Choice(text=text) for text in "pqrs")
ABOUT = Item(
    id="q", kind="faq", category="modes", level="easy", choices=CHOICES, right=1, source=TOPIC
)


def quiz(*told: tuple[Item, str], void: str = "") -> Quiz:
    """A quiz in which player 1 answered each item; question n was closed n seconds after noon."""
    asks = tuple(
        Ask(
            number=n,
            opened=NOON,
            closed=NOON + timedelta(seconds=n),
            given=(Given(1, 5, value),) if value else (),
            void=void,
        )
        for n, (_, value) in enumerate(told, 1)
    )
    return Quiz(rounds=Rounds(asks=asks), items=tuple(item for item, _ in told))


def test_a_right_answer_about_contagion_explains_it_when_the_question_is_closed() -> None:
    other = replace(ABOUT, source="funding-timing")
    play = quiz((other, "b"), (ABOUT, "a"), (ABOUT, "b"), (ABOUT, "b"))
    assert explained(play, 1) == NOON + timedelta(seconds=3)
    assert explained(play, 2) is None


@pytest.mark.parametrize(
    "play",
    [
        quiz((ABOUT, "a")),
        quiz((ABOUT, "")),
        quiz((ABOUT, "b"), void="host"),
        quiz((replace(ABOUT, source=""), "b")),
        quiz((replace(ABOUT, choices=()), "100")),
        Last(),
    ],
    ids=["wrong", "silent", "struck out", "other topic", "a number", "no quiz"],
)
def test_anything_else_explains_nothing(play: Quiz | Last) -> None:
    assert explained(play, 1) is None


# --- steady


def days(*numbers: int) -> list[datetime]:
    return [NOON + number * DAY for number in numbers]


EVERY_WEEK = (0, 8, 20, 27)
OVER = NOON.replace(hour=0) + DAYS * DAY


def test_four_weeks_with_a_trade_and_thirty_days_without_a_fall_are_steady() -> None:
    assert steady(days(*EVERY_WEEK), (), OVER) == Steady(earned=OVER)
    assert steady(days(*EVERY_WEEK), days(-1, 30), OVER) == Steady(earned=OVER)


def test_it_is_not_over_before_the_thirtieth_day_is() -> None:
    almost = steady(days(*EVERY_WEEK), (), OVER - timedelta(seconds=1))
    assert almost == Steady(days=29, weeks=4)


@pytest.mark.parametrize("fall", [0, 13, 29])
def test_a_fall_on_any_day_ends_it(fall: int) -> None:
    found = steady(days(*EVERY_WEEK), days(fall), OVER)
    assert found.earned is None


def test_a_week_without_a_trade_ends_it() -> None:
    assert steady(days(0, 8, 27), (), OVER).earned is None
    assert steady(days(0, 6, 7, 13, 14, 28), (), OVER).earned is None


def test_after_a_fall_it_begins_again_with_a_trade() -> None:
    again = [each + 3 for each in EVERY_WEEK]
    assert steady(days(0, *again), days(1), OVER + 3 * DAY) == Steady(earned=OVER + 3 * DAY)


def test_the_first_stretch_counts_and_stays() -> None:
    weekly = range(0, 120, 7)
    assert steady(days(*weekly), days(45), OVER + 100 * DAY) == Steady(earned=OVER)


def test_what_is_under_way_is_told() -> None:
    assert steady((), (), OVER) == Steady()
    assert steady(days(0), (), NOON) == Steady(days=0, weeks=1)
    assert steady(days(0, 8), (), NOON + 10 * DAY) == Steady(days=10, weeks=2)
    assert steady(days(0, 8), days(9), NOON + 10 * DAY) == Steady()
    # the first week without a trade is over: it counts from the later trade
    assert steady(days(0, 14), (), NOON + 15 * DAY) == Steady(days=1, weeks=1)


def test_days_are_those_of_utc() -> None:
    late = [each.astimezone(timezone(timedelta(hours=13))) for each in days(*EVERY_WEEK)]
    assert steady(late, (), OVER) == Steady(earned=OVER)
