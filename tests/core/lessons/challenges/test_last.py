"""Last trader standing: choices, the ladder, who goes out, and who wins."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.adapters.database.codec import dumps, loads
from core.lessons.challenges import kinds
from core.lessons.challenges.last import KIND, Last
from core.lessons.game import inputs as i
from core.lessons.game.audit import Audit, agrees, audit
from core.lessons.game.errors import BadOption, HeldTooShort, NoGame, NoSeat, NotNow, NotPlaying
from core.lessons.game.game import Game, Phase
from core.lessons.game.inputs import Input
from core.lessons.game.kind import Post, Table, is_friendly
from core.lessons.game.ladder import FIRST, FLAT, LADDER, START
from core.lessons.game.lifecycle import Fed, State, fed
from core.lessons.game.sides import Pick
from core.lessons.game.standing import Standing
from core.margin.pool import Side
from core.market import Symbol
from core.money import D
from core.paper.account import PaperAccount
from tests.builders import BTC, ETH, Number, amount, exact
from tests.core.lessons.game.builders import CROSS, ISOLATED, at, candle, ground, tick

__all__ = ["exact"]

STEP = 600


@dataclass
class Ladder:
    """A game of so many that is fed one input after another."""

    players: int = 3
    fee: Number = 0
    posts: list[Post] = field(default_factory=list)
    log: list[Input] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.on = ground(fee=self.fee)
        self.state = State(Game(kind="last", seed="5eed", phase=Phase.OPEN))
        for _ in range(self.players):
            self.feed(i.Joined(at=at(), name=""))
        self.feed(i.Began(at=at()))
        self.feed(i.Sent(at=at(), view="step", number=1))

    def feed(self, what: Input) -> Fed:
        found = fed(self.state, what, KIND, self.on)
        self.state = found.state
        self.posts += found.posts
        self.log.append(what)
        return found

    def pick(self, player: int, value: str, seconds: float) -> Fed:
        return self.feed(i.Answered(at=at(seconds), player=player, value=value))

    def picked(self, *values: str, price: Number = 1_000) -> "Ladder":
        """Let everybody choose, and be struck at a price."""
        for player, value in enumerate(values, 1):
            self.pick(player, value, 1)
        self.mark(2, price)
        return self

    def mark(self, seconds: float, price: Number, *symbols: Symbol) -> Fed:
        return self.feed(i.Ticked(marks=tick(seconds, price, *symbols)))

    def minutes(self, start: float, end: float, price: Number) -> None:
        """Let minute after minute pass at one price."""
        seconds = start
        while seconds <= end and self.state.game.phase is Phase.RUNNING:
            self.mark(seconds, price)
            seconds += 60

    @property
    def play(self) -> Last:
        assert isinstance(self.state.play, Last)
        return self.state.play

    def account(self, player: int) -> PaperAccount:
        return self.state.accounts[player]

    @property
    def table(self) -> Table:
        return Table(self.state.game, self.on, self.state.accounts)

    def standings(self) -> tuple[Standing, ...]:
        return self.play.standings(self.table)

    def places(self) -> dict[int, int]:
        return {one.player: one.place for one in self.standings()}


LONG_ISO, LONG_CROSS = "btc long isolated", "btc long cross"

# --- choosing -------------------------------------------------------------------------------------


def test_everybody_begins_with_the_same_when_the_message_is_there() -> None:
    mine = Ladder()
    assert mine.posts == [Post("step", 1, starts=True, live=True)]
    assert {account.wallet for account in mine.state.accounts.values()} == {START}
    assert (mine.play.turns, mine.play.leverage) == (at(STEP), D(3))
    assert mine.play.flat == dict.fromkeys((1, 2, 3), at() + FIRST)
    mine.feed(i.Sent(at=at(5), view="step", number=1))
    assert mine.play.turns == at(STEP)


def test_before_the_message_nothing_is_chosen_and_nobody_stands_anywhere() -> None:
    mine = Ladder()
    mine.state = State(Game(kind="last", seed="5eed", phase=Phase.OPEN))
    for _ in range(2):
        mine.feed(i.Joined(at=at(), name=""))
    mine.feed(i.Began(at=at()))
    with pytest.raises(NotNow, match="between"):
        mine.pick(1, LONG_ISO, 1)
    assert (mine.play.next_look, mine.play.judged, mine.standings()) == (None, None, ())
    assert mine.play.moved(timedelta(1)).turns is None


def test_parts_are_put_together_and_count_when_they_are_opened() -> None:
    mine = Ladder()
    assert mine.pick(1, "eth", 1).said == "ETHUSDT long isolated"
    assert mine.pick(1, "cross", 2).said == "ETHUSDT long cross"
    assert (mine.play.picks, mine.play.fresh) == ({}, {})
    assert mine.pick(1, "open", 3).said == "open ETHUSDT long cross"
    assert mine.play.picks == {1: Pick(ETH, Side.LONG, CROSS)}
    assert (mine.play.wishes, mine.play.fresh) == ({}, {1: at(3)})


def test_what_counts_is_struck_at_the_next_mark_with_half_of_the_wallet() -> None:
    mine = Ladder()
    mine.pick(1, LONG_ISO, 5)
    mine.mark(5, 1_000)
    assert not mine.account(1).positions  # it was there already when they chose
    found = mine.mark(6, 1_000)
    (position,) = mine.account(1).positions
    assert [deed.player for deed in found.deeds] == [1]
    assert (position.mode, position.margin, position.leg.quantity) == (ISOLATED, D(5_000), D(15))
    assert mine.play.fresh == {}
    assert 1 not in mine.play.flat


def test_somebody_may_choose_anew_after_two_minutes() -> None:
    mine = Ladder().picked(LONG_ISO, LONG_CROSS, LONG_CROSS)
    with pytest.raises(HeldTooShort) as refusal:
        mine.pick(1, "short open", 60)
    assert refusal.value.until == at(122)
    assert mine.pick(1, "short", 60).said == "BTCUSDT short isolated"  # a wish is free
    mine.pick(1, "open", 122)
    mine.mark(123, 1_010)
    (position,) = mine.account(1).positions
    assert position.leg.side is Side.SHORT
    assert mine.account(1).wallet_balance == START + 150


def test_strangers_and_what_there_is_not_are_refused() -> None:
    mine = Ladder()
    with pytest.raises(NotPlaying):
        mine.pick(9, LONG_ISO, 1)
    with pytest.raises(BadOption):
        mine.pick(1, "gold long isolated", 1)
    mine.feed(i.Left(at=at(2), player=1))
    with pytest.raises(NotPlaying):
        mine.pick(1, LONG_ISO, 3)


def test_a_choice_waits_for_a_mark_of_its_own_contract() -> None:
    mine = Ladder()
    mine.pick(1, "eth long cross", 1)
    mine.mark(2, 1_000, BTC)
    assert mine.play.fresh == {1: at(1)}
    mine.mark(3, 1_000, BTC, ETH)
    assert mine.account(1).symbols == {ETH}


def test_the_market_is_looked_at_for_a_choice_each_minute_and_at_every_limit() -> None:
    mine = Ladder()
    assert mine.play.next_look == at()
    mine.mark(1, 1_000)
    assert mine.play.next_look == at(60)
    mine.pick(1, LONG_ISO, 10)
    assert mine.play.next_look == at(1)
    assert mine.play.wants(mine.table) == {BTC}
    mine.minutes(60, 240, 1_000)
    assert mine.play.next_look == at(300)
    assert mine.play.judged == at(240)


# --- the ladder -----------------------------------------------------------------------------------


def test_at_each_step_everything_is_struck_anew_at_more() -> None:
    mine = Ladder().picked(LONG_ISO, LONG_CROSS, "eth short cross")
    mine.minutes(60, STEP - 60, 1_000)
    mine.mark(STEP, 1_100)
    assert mine.posts[-1] == Post("step", 2, live=True)
    assert (mine.play.step, mine.play.turns, mine.play.leverage) == (1, at(2 * STEP), D(5))
    first = mine.account(1).positions[0]
    assert (first.leg.leverage, first.margin) == (D(5), (START + 1_500) / 2)
    assert mine.account(3).wallet == START - 1_500
    assert {account.positions[0].leg.leverage for account in mine.state.accounts.values()} == {5}


def test_a_position_that_has_no_mark_at_the_turn_is_struck_when_it_has_one() -> None:
    mine = Ladder().picked(LONG_ISO, LONG_CROSS, "eth short cross")
    mine.mark(STEP, 1_000, BTC)
    assert mine.play.step == 1
    assert mine.account(3).positions[0].leg.leverage == 3
    mine.mark(STEP + 1, 1_000)
    assert mine.account(3).positions[0].leg.leverage == 5


def test_an_order_is_worth_two_hundred_thousand_at_most() -> None:
    mine = Ladder().picked(LONG_CROSS, LONG_CROSS, LONG_CROSS)
    for step in range(1, 8):
        mine.mark(step * STEP, 1_000)
    assert mine.play.leverage == 50
    (position,) = mine.account(1).positions
    assert position.leg.quantity == 200


def test_the_top_stays_and_after_three_steps_the_most_money_wins() -> None:
    mine = Ladder(fee="0.0001").picked(LONG_CROSS, "btc short cross", LONG_ISO)
    price = D(1_000)
    for step in range(1, len(LADDER) + 3):
        price += D("0.1")
        mine.mark(step * STEP, price)
        assert mine.play.leverage == LADDER[min(step, len(LADDER) - 1)]
    assert (mine.state.game.phase, mine.play.over) == (Phase.SETTLING, True)
    assert mine.posts[-1] == Post("end")
    assert mine.places() == {1: 1, 3: 1, 2: 3}
    best = mine.standings()[0]
    # What is open counts less the fee of closing it: nobody holds a rounding in their favour.
    assert best.figures[1] < mine.account(1).wallet_balance
    assert mine.play.next_look is None
    with pytest.raises(NoGame):
        mine.mark(9_999_999, 1)


# --- going out ------------------------------------------------------------------------------------


def test_whoever_is_liquidated_is_out() -> None:
    mine = Ladder().picked(LONG_ISO, LONG_CROSS, "btc short cross")
    mine.mark(30, 660)
    assert mine.play.out == {1: at(30)}
    mine.mark(60, 660)
    assert mine.places() == {3: 1, 2: 2, 1: 3}
    with pytest.raises(NotNow, match="out"):
        mine.pick(1, LONG_ISO, 40)


def test_a_missed_minute_may_be_what_took_somebody_out() -> None:
    mine = Ladder().picked(LONG_ISO, LONG_CROSS, "btc short cross")
    mine.feed(i.Ticked(marks=candle(120, 600, 1_000, 990)))
    assert mine.play.out == {1: at(120)}
    assert mine.state.game.phase is Phase.RUNNING


def test_in_a_missed_minute_nothing_is_struck_and_no_step_is_taken() -> None:
    mine = Ladder().picked(LONG_ISO, LONG_CROSS, "btc short cross")
    mine.feed(i.Ticked(marks=candle(STEP, 990, 1_010, 1_000)))
    assert mine.play.step == 0
    mine.mark(STEP + 1, 1_000)
    assert mine.play.step == 1


def test_whoever_chooses_nothing_in_time_is_out() -> None:
    mine = Ladder().picked(LONG_ISO, LONG_CROSS)
    mine.minutes(60, 240, 1_000)
    assert mine.play.out == {}
    mine.mark(300, 1_000)
    assert mine.play.out == {3: at(300)}


def test_whoever_cannot_open_anything_any_more_has_two_minutes() -> None:
    mine = Ladder().picked(LONG_ISO, LONG_CROSS, "btc short cross")
    account = replace(mine.account(3), wallet=amount(0), positions=())
    mine.state = replace(mine.state, accounts={**mine.state.accounts, 3: account})
    mine.mark(STEP, 1_000)
    assert mine.play.flat == {3: at(STEP) + FLAT}
    mine.mark(STEP + 119, 1_000)
    assert 3 not in mine.play.out
    mine.mark(STEP + 120, 1_000)
    assert 3 in mine.play.out


def test_whoever_leaves_is_out_and_stays_out() -> None:
    mine = Ladder().picked(LONG_ISO, LONG_CROSS, "btc short cross")
    mine.feed(i.Left(at=at(50), player=3))
    assert mine.play.out == {3: at(50)}
    mine.feed(i.Returned(at=at(60), player=3))
    with pytest.raises(NotNow, match="out"):
        mine.pick(3, LONG_ISO, 61)
    mine.feed(i.Left(at=at(70), player=3))
    assert mine.play.out == {3: at(50)}


def test_what_a_leaver_holds_is_closed_at_the_next_mark() -> None:
    mine = Ladder().picked(LONG_ISO, LONG_CROSS, "btc short cross")
    mine.feed(i.Left(at=at(50), player=3))
    found = mine.mark(51, 900)
    assert [deed.player for deed in found.deeds] == [3]
    assert not mine.account(3).positions
    assert mine.account(3).wallet == START + 1_500
    mine.minutes(60, STEP, 900)
    assert not mine.account(3).positions
    assert mine.places() == {2: 1, 1: 1, 3: 3}


def test_who_leaves_without_a_position_is_out_at_that_time() -> None:
    mine = Ladder()
    mine.feed(i.Left(at=at(50), player=3))
    assert (mine.play.out, mine.play.session) == ({3: at(50)}, Ladder().play.session)


def test_whoever_was_away_when_it_began_has_no_seat_on_the_ladder() -> None:
    mine = Ladder()
    mine.state = State(Game(kind="last", seed="5eed", phase=Phase.OPEN))
    for _ in range(4):
        mine.feed(i.Joined(at=at(), name=""))
    mine.feed(i.Began(at=at()))
    mine.feed(i.Left(at=at(1), player=4))
    mine.feed(i.Sent(at=at(2), view="step", number=1))
    mine.feed(i.Returned(at=at(3), player=4))
    with pytest.raises(NotNow, match="out"):
        mine.pick(4, LONG_ISO, 4)
    mine.feed(i.Left(at=at(5), player=4))
    assert mine.play.out == {}


def test_who_closes_has_two_minutes_to_open_anew() -> None:
    mine = Ladder().picked(LONG_ISO, LONG_CROSS, "eth short cross")
    with pytest.raises(HeldTooShort):
        mine.pick(3, "close", 60)
    assert mine.pick(3, "close", 130).said == "close"
    assert (mine.play.wishes, 3 in mine.play.picks) == ({3: Pick(ETH, Side.SHORT, CROSS)}, False)
    assert mine.play.next_look is not None
    assert mine.play.next_look <= at(130)
    mine.mark(131, 990)
    assert not mine.account(3).positions
    assert mine.play.flat == {3: at(131) + FLAT}
    with pytest.raises(NotNow, match="flat"):
        mine.pick(3, "close", 140)
    mine.pick(3, "open", 150)
    mine.mark(151, 990)
    assert mine.account(3).symbols == {ETH}
    assert mine.play.flat == {}


def test_who_closes_and_does_not_open_anew_is_out_and_at_a_step_is_not_opened_for_them() -> None:
    mine = Ladder().picked(LONG_ISO, LONG_CROSS, "eth short cross")
    mine.minutes(60, STEP - 60, 1_000)
    mine.pick(3, "close", STEP - 30)
    mine.mark(STEP - 29, 1_000)
    mine.mark(STEP, 1_000)
    assert not mine.account(3).positions
    mine.mark(STEP + 60, 1_000)
    assert 3 not in mine.play.out
    mine.mark(STEP + 91, 1_000)
    assert mine.play.out == {3: at(STEP + 91)}


def test_a_choice_that_waits_is_given_up_with_what_is_held() -> None:
    mine = Ladder().picked(LONG_ISO, LONG_CROSS, "eth short cross")
    mine.pick(3, "btc long cross", 130)
    mine.pick(3, "close", 131)
    assert mine.play.fresh == {}
    mine.mark(132, 1_000)
    assert not mine.account(3).positions
    # Closed twice before a mark comes, it is closed once.
    mine.pick(2, "close", 133)
    mine.pick(2, "close", 134)
    mine.mark(135, 1_000)
    assert mine.play.flat.keys() == {2, 3}


@pytest.mark.parametrize(("players", "friendly"), [(2, True), (3, False)])
def test_with_fewer_than_three_it_is_friendly(players: int, friendly: bool) -> None:
    mine = Ladder(players)
    assert is_friendly(mine.play) is friendly
    assert Last().friendly


def test_the_last_one_wins_at_once() -> None:
    mine = Ladder().picked(LONG_ISO, LONG_CROSS, "btc short cross")
    mine.mark(30, 660)
    mine.feed(i.Left(at=at(50), player=2))
    assert mine.state.game.phase is Phase.SETTLING
    assert mine.places() == {3: 1, 2: 2, 1: 3}


def test_those_who_fall_together_share_a_place() -> None:
    mine = Ladder().picked(LONG_ISO, LONG_ISO, LONG_ISO)
    mine.mark(30, 600)
    assert mine.state.game.phase is Phase.SETTLING
    assert mine.places() == {1: 1, 2: 1, 3: 1}


def test_marks_of_before_it_began_count_for_nothing() -> None:
    mine = Ladder()
    before = mine.play
    mine.mark(0, 1_000)
    assert mine.play == before


def test_a_halt_holds_the_ladder() -> None:
    mine = Ladder().picked(LONG_ISO, LONG_CROSS)
    mine.feed(i.Froze(at=at(100)))
    mine.feed(i.Thawed(at=at(1_000)))
    assert mine.play.turns == at(STEP + 900)
    assert mine.play.flat == {3: at(1_200)}
    assert mine.play.span is None


# --- the kind, kept and published -----------------------------------------------------------------


def test_the_kind_as_it_is_listed() -> None:
    assert kinds()["last"] is KIND
    open_game = Game(kind="last", seed="5eed")
    assert KIND.pace(open_game) == 36
    assert KIND.pace(replace(open_game, setup={"step": "1h"})) == 6
    assert not KIND.full(open_game)
    with pytest.raises(NoSeat):
        Ladder().feed(i.Joined(at=at(5), name=""))


def test_a_play_is_kept_and_read() -> None:
    mine = Ladder()
    mine.pick(1, "eth", 1)
    mine.pick(2, LONG_CROSS, 1)
    assert loads(Last, dumps(mine.play)) == mine.play
    mine.mark(2, 1_000)
    mine.mark(30, 600)
    assert loads(Last, dumps(mine.play)) == mine.play


def test_what_is_published_ends_alike_when_it_is_played_again() -> None:
    mine = Ladder().picked(LONG_ISO, LONG_CROSS, "eth short isolated")
    for step in range(1, 5):
        mine.mark(step * STEP, 1_000 + 20 * step)
    mine.mark(5 * STEP, 700)
    assert mine.state.game.phase is Phase.SETTLING
    told = loads(Audit, dumps(audit(7, mine.state, mine.on, mine.log)))
    assert agrees(told, KIND) == ()
    again = State(Game(kind="last", seed="5eed", phase=Phase.OPEN))
    for what in mine.log:
        again = fed(again, what, KIND, mine.on).state
    assert again == mine.state
