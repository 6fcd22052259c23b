"""The arena: score, who is listed, ties, mirrored pairs, and an independent reckoning of it all."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.database.codec import dumps, loads
from core.lessons.challenges.arena import (
    KIND,
    START,
    Arena,
    closed,
    figures,
    listed,
    score,
)
from core.lessons.game import inputs as i
from core.lessons.game.audit import Audit, agrees, audit
from core.lessons.game.errors import (
    BadOption,
    NoGame,
    NoSeat,
    NotAllowedHere,
    NotNow,
    NotPlaying,
    TooFew,
)
from core.lessons.game.game import Phase
from core.lessons.game.kind import Ground, Table
from core.lessons.game.lifecycle import Fed, fed
from core.lessons.game.session import Session
from core.lessons.game.standing import Standing
from core.lessons.game.trades import Trade
from core.lessons.game.trading import Noted
from core.margin.pool import Side
from core.market import Symbol
from core.money import ONE, D
from core.paper.account import PaperAccount
from core.paper.actions import Action, CloseAll, Open, Reset
from tests.builders import BTC, ETH, Number, amount, rate
from tests.core.lessons.game.builders import Fixture, at, candle, game, ground, tick
from tests.core.lessons.game.builders import player as seat
from tests.core.paper.builders import CROSS, ISOLATED, LONG, SHORT, wish

HOUR, DAY = 3600, 86_400


@dataclass
class Room(Fixture):
    """An arena that is fed one input after another."""

    on: Ground = field(default_factory=ground)

    def __post_init__(self) -> None:
        self.kind = KIND
        super().__post_init__()

    def begin(self, *names: str) -> "Room":
        """Let it begin at noon, and its board arrive."""
        self.join(*names)
        self.feed(i.Began(at=at()))
        self.feed(i.Sent(at=at(), view="board", number=0))
        return self

    def order(self, player: int, action: Action, seconds: float) -> Fed:
        return self.feed(i.Ordered(at=at(seconds), player=player, action=action))

    def trade(
        self,
        player: int,
        since: float,
        until: float,
        prices: tuple[Number, Number],
        *,
        side: Side = LONG,
        size: Number = 10,
        symbol: Symbol = BTC,
    ) -> None:
        """Let somebody hold a cross position from a moment to another, at two prices."""
        self.order(player, Open(wish(size, side, CROSS, symbol=symbol)), since - 1)
        self.mark(since, prices[0])
        self.order(player, CloseAll(), until - 1)
        self.mark(until, prices[1])

    @property
    def play(self) -> Arena:
        assert isinstance(self.state.play, Arena)
        return self.state.play

    @property
    def session(self) -> Session:
        assert self.play.session is not None
        return self.play.session

    def notes(self, player: int) -> Noted:
        return self.session.notes[player]

    def account(self, player: int) -> PaperAccount:
        return self.state.accounts[player]

    @property
    def table(self) -> Table:
        return Table(self.game, self.on, self.state.accounts)

    def standings(self) -> tuple[Standing, ...]:
        return self.play.standings(self.table)

    def places(self) -> dict[int, int]:
        return {one.player: one.place for one in self.standings()}

    def ruled(self, about: str, by: int = 0) -> Fed:
        return self.feed(i.Ruled(at=at(9_999_999), what="pair", about=about, by=by))


def begun(*names: str, **setup: str) -> Room:
    return Room(setup=setup).begin(*(names or ("one", "two")))


# --- the score


def notes(change: Number = 0, fall: Number = 0, *trades: Trade, **more: object) -> Noted:
    """Notes of somebody who gained so much (quote) and fell by such a part."""
    now = replace(
        Noted.begun(START),
        equity=amount(D(START) + D(change)),
        drawdown=rate(fall),
        trades=trades,
    )
    return replace(now, **more)  # type: ignore[arg-type]  # named by the tests


def trade(
    number: int = 1,
    gained: Number = 0,
    symbol: Symbol = BTC,
    *,
    ended: float | None = 10,
) -> Trade:
    """A trade of ten seconds; None: it is open still."""
    return Trade(
        number=number,
        symbol=symbol,
        side=LONG,
        opened=at(),
        closed=None if ended is None else at(ended),
        gained=amount(gained),
    )


def test_the_worked_example() -> None:
    """A: +30 % with a fall of 40 %; B: +14 % with one of 6 %. B wins."""
    many = tuple(trade(n, 100) for n in range(5))
    a, b = notes(3_000, "0.4", *many), notes(1_400, "0.06", *many)
    assert [score(a), score(b)] == [10, 11]


def test_of_a_lucky_trade_the_excess_over_six_tenths_of_the_profit_does_not_count() -> None:
    lucky = notes(1_000, 0, trade(1, 900), trade(2, 100))
    assert score(lucky) == 7, "10 % less the 300 beyond 600"
    assert score(notes(1_000, 0, trade(1, 600), trade(2, 400))) == 10
    assert score(notes(1_000, 0, trade(1, 900, ended=None), trade(2, 100))) == 10


def test_without_a_profit_nothing_is_lucky() -> None:
    assert score(notes(-500, 0, trade(1, 900), trade(2, -1_400))) == -5
    assert score(notes(0, 0, trade(1, 900))) == 0
    assert score(notes()) == 0


def test_roi_is_on_the_start_and_the_fall_on_the_peak() -> None:
    room = begun()
    room.order(1, Open(wish(100, mode=CROSS)), 0)
    for seconds, price in ((1, 100), (60, 120), (120, 108), (180, 114)):
        room.mark(seconds, price)
    assert room.notes(1).drawdown == ONE - D(10_800) / D(12_000)
    room.mark(HOUR, 114)
    assert score(room.notes(1)) == 14 - 5


# --- who is listed


@pytest.mark.parametrize(
    ("trades", "week", "is_listed"),
    [
        ([(BTC, 1), (BTC, 2), (ETH, 3), (ETH, 4), (ETH, 5)], False, True),
        ([(BTC, 1), (BTC, 2), (ETH, 3), (ETH, 4)], False, False),
        ([(BTC, 1)] * 5, False, False),
        ([(BTC, 1), (BTC, 2), (ETH, 3), (ETH, 4), (ETH, 5)], True, False),
        ([(BTC, 1), (BTC, 2), (ETH, 3), (ETH, 4), (ETH, DAY)], True, True),
    ],
)
def test_it_takes_five_trades_two_pairs_and_two_days_of_a_week(
    trades: Sequence[tuple[Symbol, float]], week: bool, is_listed: bool
) -> None:
    own = [trade(n, 0, symbol, ended=ended) for n, (symbol, ended) in enumerate(trades)]
    assert listed(notes(0, 0, *own), week=week, left=False) is is_listed
    assert not listed(notes(0, 0, *own), week=week, left=True)


def test_what_is_open_still_is_no_closed_trade() -> None:
    own = [trade(n, 0, ETH if n else BTC) for n in range(4)]
    almost = notes(0, 0, *own, trade(5, ended=None))
    assert len(closed(almost)) == 4
    assert not listed(almost, week=False, left=False)


def test_a_position_closed_in_parts_is_one_trade() -> None:
    room = begun()
    room.order(1, Open(wish(10, mode=CROSS)), 0)
    room.mark(1, 100)
    for n in range(5):
        room.order(1, CloseAll(D(20)), 130 + n)
        room.mark(130.5 + n, 100)
    assert len(room.notes(1).trades) == 1
    assert closed(room.notes(1)) == ()


def test_a_leg_that_was_liquidated_is_a_closed_trade() -> None:
    room = begun()
    room.order(1, Open(wish(10, leverage=20)), 0)
    room.mark(1, 100)
    room.mark(2, 90)
    (fell,) = closed(room.notes(1))
    assert (fell.symbol, fell.closed) == (BTC, at(2))
    assert room.notes(1).liquidations == 1


def test_whoever_is_out_is_listed_below_all_who_live_by_how_long_they_lasted() -> None:
    room = begun("one", "two", "three")
    for player in (1, 2):
        room.order(player, Open(wish(1_990, mode=CROSS, leverage=20)), 0)
    room.mark(1, 100)
    room.order(2, CloseAll(), 130)
    room.mark(131, "99.9")
    room.mark(200, 94)
    assert room.notes(1).out == at(200)
    with pytest.raises(NotNow, match="out"):
        room.order(1, Open(wish(1)), 201)
    room.order(2, Open(wish(1_900, mode=CROSS, leverage=20)), 300)
    room.mark(301, 100)
    room.mark(400, 94)
    assert room.notes(2).out == at(400)
    assert room.notes(1).equity < START / 100
    room.mark(HOUR, 94)
    assert [list(one.figures) for one in room.standings()][:2] == [[0, 400], [0, 200]]
    assert room.places() == {2: 1, 1: 2, 3: 0}


def test_whoever_is_poor_without_a_fallen_wall_plays_on() -> None:
    room = begun()
    state = room.session.notes[1]
    poor = replace(state, equity=amount(1))
    assert (
        replace(room.session, notes={1: poor}).without_broke(rate("0.01"), at(5)).notes[1].out
        is None
    )


# --- ties


SESSION = Session(began=at(), ends=at(HOUR))


@pytest.mark.parametrize(
    "worse",
    [
        notes(990, 0, touched=at(5)),
        notes(1_010, "0.002", touched=at(5)),
        notes(1_000, 0, touched=at(5), liquidations=1),
        notes(1_000, 0, trade(), touched=at(5)),
        notes(1_000, 0, touched=at(6)),
        notes(1_000, 0, trade(ended=None), touched=at(5)),
        notes(1_000, 0),
    ],
    ids=["score", "fall", "walls", "trades", "later", "open still", "never done"],
)
def test_the_order_of_ties(worse: Noted) -> None:
    better = notes(1_000, 0, touched=at(5))
    assert figures(better, SESSION) > figures(worse, SESSION)


def test_where_nothing_tells_two_apart_they_share_a_place() -> None:
    room = begun("one", "two", "three")
    for n in range(5):
        since, symbol = 200 * n + 10, ETH if n % 2 else BTC
        for player in (1, 3):
            room.order(player, Open(wish(10, mode=CROSS, symbol=symbol)), since)
        room.mark(since + 1, 100)
        for player in (1, 3):
            room.order(player, CloseAll(), since + 150)
        room.mark(since + 151, 101)
    room.mark(HOUR, 100)
    assert room.places() == {1: 1, 3: 1, 2: 0}


# --- its way


def test_it_takes_two_and_begins_with_its_board() -> None:
    room = Room()
    room.join("one")
    with pytest.raises(TooFew):
        room.feed(i.Began(at=at()))
    room.join("two")
    room.feed(i.Began(at=at()))
    assert (room.play.next_look, room.play.judged, room.play.span) == (None, None, None)
    assert room.play.wants(room.table) == frozenset()
    assert room.standings() == ()
    assert room.play.moved(timedelta(1)) == room.play
    with pytest.raises(NotNow, match="between"):
        room.order(1, CloseAll(), 1)
    assert room.play.take(i.Left(at=at(1), player=1), room.table).play is room.play
    room.feed(i.Sent(at=at(), view="board", number=0))
    assert [room.account(p).wallet for p in (1, 2)] == [START, START]
    assert room.play.span == (at(), at(HOUR))
    assert room.play.judged == room.play.next_look == at()
    assert room.play.moved(timedelta(seconds=5)).span == (at(), at(HOUR + 5))


@pytest.mark.parametrize(
    ("length", "seconds", "pace"),
    [("1h", HOUR, 24), ("24h", DAY, 1), ("7d", 7 * DAY, 1), ("30d", 30 * DAY, 1)],
)
def test_an_hour_plays_a_day_and_all_else_as_it_comes(length: str, seconds: int, pace: int) -> None:
    room = begun(length=length)
    assert room.session.ends == at(seconds)
    assert KIND.pace(room.game) == pace


def test_it_begins_by_itself_when_two_hundred_are_there() -> None:
    assert not KIND.full(game(*(seat(n) for n in range(199))))
    assert KIND.full(game(*(seat(n) for n in range(200))))


def test_options_forbid_leverage_and_modes() -> None:
    room = begun(modes="cross")
    with pytest.raises(NotAllowedHere) as refusal:
        room.order(1, Open(wish(1, mode=ISOLATED)), 1)
    assert (refusal.value.what, refusal.value.allowed) == ("mode", "cross")
    with pytest.raises(NotAllowedHere) as refusal:
        room.order(1, Open(wish(1, mode=CROSS, leverage=21)), 1)
    assert (refusal.value.what, refusal.value.allowed) == ("leverage", "20")
    with pytest.raises(NotAllowedHere) as refusal:
        room.order(1, Reset(), 1)
    assert refusal.value.what == "action"
    assert room.order(1, Open(wish(1, mode=CROSS, leverage=20)), 1).said == "ordered"
    assert room.play.wants(room.table) == {BTC}


def test_what_only_the_last_second_could_fill_is_too_late() -> None:
    room = begun()
    with pytest.raises(NotNow, match="out"):
        room.order(1, Open(wish(1)), HOUR)
    with pytest.raises(NotPlaying):
        room.order(9, Open(wish(1)), 5)


def test_marks_from_before_the_board_do_not_count_and_quiet_ones_change_nothing() -> None:
    room = begun()
    assert room.feed(i.Ticked(marks=tick(0, 100))).state.play is room.play
    room.mark(5, 100)
    before = room.play
    assert room.mark(9, 101).state.play is before


def test_late_joiners_begin_with_the_same_money_and_have_less_time() -> None:
    room = begun(late="quarter")
    assert room.feed(i.Joined(at=at(900), name="three")).said == "joined"
    assert room.account(3).wallet == START
    assert room.game.player(3).late
    assert room.session.ends == at(HOUR)
    with pytest.raises(NoSeat, match="begun"):
        room.feed(i.Joined(at=at(901), name="four"))
    with pytest.raises(NoSeat):
        begun().feed(i.Joined(at=at(5), name="three"))


def test_who_leaves_is_closed_at_the_next_mark_and_stands_under_the_line() -> None:
    room = begun("one", "two", "three")
    room.order(1, Open(wish(1, mode=CROSS, at=50, symbol=ETH)), 0)
    room.order(1, Open(wish(10, mode=CROSS)), 0)
    room.mark(1, 100)
    room.feed(i.Left(at=at(5), player=1))
    room.mark(6, 101)
    assert not room.account(1).at_stake
    assert room.account(1).wallet == 10_010
    assert room.feed(i.Returned(at=at(9), player=1)).state.play == room.play
    with pytest.raises(NotPlaying):
        room.order(1, Open(wish(1)), 10)
    room.feed(i.Left(at=at(11), player=2))
    with pytest.raises(NotPlaying):
        room.order(2, Open(wish(1)), 12)
    room.mark(HOUR, 100)
    assert [one.listed for one in room.standings()] == [False] * 3


def test_who_was_away_when_it_began_begins_when_they_are_back() -> None:
    room = Room()
    room.join("one", "two", "three")
    room.feed(i.Began(at=at()))
    room.feed(i.Left(at=at(1), player=3))
    room.feed(i.Sent(at=at(2), view="board", number=0))
    assert room.feed(i.Returned(at=at(9), player=3)).said == "joined"
    assert room.account(3).wallet == START


def test_open_positions_end_at_the_last_mark_less_the_fee_of_closing_and_stay_open() -> None:
    room = Room(on=ground(fee="0.001")).begin("one", "two")
    room.order(1, Open(wish(10, mode=CROSS)), 0)
    room.mark(1, 100)
    room.mark(HOUR, 110)
    assert room.account(1).positions != ()
    assert room.notes(1).equity == 10_000 - 1 + 100 - D("1.1")
    assert room.game.phase is Phase.SETTLING
    assert room.views == ["board", "end"]
    assert room.play.take(i.Ticked(marks=tick(HOUR + 5, 1)), room.table).play is room.play
    assert room.play.take(i.Left(at=at(HOUR + 5), player=1), room.table).play is room.play
    assert (room.play.next_look, room.play.span) == (None, None)
    with pytest.raises(NotNow, match="between"):
        room.play.take(i.Ordered(at=at(1), player=1, action=CloseAll()), room.table)


# --- mirrored pairs


def mirrored_room() -> Room:
    """One gains what two loses, five times; three trades alone."""
    room = begun("one", "two", "three")
    for n in range(5):
        since, symbol = 400 * n + 10, ETH if n % 2 else BTC
        room.order(1, Open(wish(10, LONG, CROSS, symbol=symbol)), since)
        room.order(2, Open(wish(10, SHORT, CROSS, symbol=symbol)), since + 2)
        room.mark(since + 3, 100)
        room.order(1, CloseAll(), since + 150)
        room.order(2, CloseAll(), since + 150)
        room.mark(since + 151, 102)
        room.trade(3, since + 155, since + 290, (100, 101), symbol=symbol)
    room.mark(HOUR, 100)
    return room


def test_two_who_traded_against_each_other_share_the_lower_place_until_a_host_decides() -> None:
    room = mirrored_room()
    assert room.play.pairs.flagged == ((1, 2),)
    assert room.places() == {3: 1, 1: 2, 2: 2}
    found = room.ruled("1 2 clear")
    assert (found.said, [post.view for post in found.posts]) == ("ruled", ["ruling"])
    assert room.places() == {1: 1, 3: 2, 2: 3}
    assert room.game.phase is Phase.SETTLING
    again = room.ruled("1 2 shared")
    assert [post.number for post in again.posts] == [2]
    assert room.places() == {3: 1, 1: 2, 2: 2}


def test_a_host_who_plays_and_decides_is_not_listed() -> None:
    room = mirrored_room()
    room.ruled("1 2 clear", by=3)
    assert room.places() == {1: 1, 2: 2, 3: 0}


def test_what_cannot_be_decided_is_refused() -> None:
    room = mirrored_room()
    with pytest.raises(BadOption):
        room.ruled("1 3 clear")
    assert room.feed(i.Ruled(at=at(HOUR + 1), what="void", about="1")).said == ""
    with pytest.raises(NoGame):
        room.feed(i.Left(at=at(HOUR + 1), player=1))


def test_while_it_is_played_nothing_is_flagged_and_nothing_decided() -> None:
    room = begun()
    assert room.feed(i.Ruled(at=at(5), what="pair", about="1 2 clear")).said == ""
    assert room.play.pairs.flagged == ()


def test_a_void_one_is_not_decided_about() -> None:
    room = begun()
    room.feed(i.Stopped(at=at(5), why="stopped"))
    with pytest.raises(NoGame):
        room.ruled("1 2 clear")


# --- kept, published, reckoned again


def test_a_game_is_the_fold_of_its_log_and_can_be_played_again() -> None:
    room = mirrored_room()
    room.ruled("1 2 clear", by=2)
    state = room.first
    for what in room.log:
        state = fed(state, what, KIND, room.on).state
    assert state == room.state
    told = audit(1, room.state, room.on, room.log)
    assert agrees(loads(Audit, dumps(told)), KIND) == ()
    unruled = replace(told, inputs=told.inputs[:-1])
    assert agrees(unruled, KIND) == ("standings",)


def test_it_is_kept_to_the_last_digit() -> None:
    for room in (mirrored_room(), begun()):
        assert loads(Arena, dumps(room.play)) == room.play
    assert loads(Arena, dumps(Arena())) == Arena()


Act = tuple[int, str, int]

acts = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.sampled_from(["long btc", "short btc", "long eth", "short eth", "out", "half", ""]),
        st.integers(85, 115),
    ),
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(acts)
def test_an_independent_reckoning_comes_to_the_same_scores(steps: list[Act]) -> None:
    room = begun("one", "two", "three")
    own = {player: Hand() for player in (1, 2, 3)}
    seconds = 0
    for player, act, price in steps:
        seconds += 130
        if seconds >= HOUR - 130:
            break
        _act(room, own, player, act, seconds)
        room.mark(seconds + 1, price)
        for hand in own.values():
            hand.met(price, seconds + 1)
    room.mark(HOUR, 100)
    told = {one.player: one for one in room.standings()}
    for player, hand in own.items():
        hand.met(100, HOUR)
        assert score(room.notes(player)) == hand.score
        assert told[player].listed is (hand.closed >= 5 and len(hand.pairs) >= 2)


def _act(room: Room, own: "dict[int, Hand]", player: int, act: str, seconds: int) -> None:
    hand = own[player]
    if act in {"out", "half"}:
        room.order(player, CloseAll(D(50 if act == "half" else 100)), seconds)
        hand.wish = act
    elif act and not hand.size:
        side, coin = act.split()
        symbol = BTC if coin == "btc" else ETH
        order = Open(wish(20, LONG if side == "long" else SHORT, CROSS, symbol=symbol))
        room.order(player, order, seconds)
        hand.wish = act


class Hand:
    """One account by hand: at most one position of 20 coins at 10x, far from any wall."""

    def __init__(self) -> None:
        self.balance = self.peak = Decimal(10_000)
        self.size = self.entry = self.fall = Decimal(0)
        self.won: list[Decimal] = []
        self.running = Decimal(0)
        self.coin = self.wish = ""
        self.pairs: set[str] = set()
        self.closed = 0
        self.equity = self.balance
        self.minute = -1

    def met(self, price: int, seconds: int) -> None:
        """Do what is wished, and look at the equity where a minute begins."""
        act, self.wish = self.wish, ""
        if act in {"out", "half"} and self.size:
            part = self.size / 2 if act == "half" else self.size
            self.balance += part * (price - self.entry)
            self.running += part * (price - self.entry)
            self.size -= part
            if not self.size:
                self.closed += 1
                self.pairs.add(self.coin)
                self.won.append(self.running)
        elif act and act not in {"out", "half"}:
            side, self.coin = act.split()
            self.size = Decimal(20 if side == "long" else -20)
            self.entry, self.running = Decimal(price), Decimal(0)
        self.equity = self.balance + self.size * (price - self.entry)
        if seconds // 60 > self.minute or seconds == HOUR:
            self.minute = seconds // 60
            self.peak = max(self.peak, self.equity)
            self.fall = max(self.fall, 1 - self.equity / self.peak)

    @property
    def score(self) -> Decimal:
        """ROI in percent, less the lucky excess, less half of the fall in percent."""
        change = self.equity - 10_000
        lucky = max(Decimal(0), max(self.won, default=Decimal(0)) - change * Decimal("0.6"))
        roi = (change - (lucky if change > 0 else 0)) / 10_000 * 100
        return roi - self.fall * 50


def test_a_minute_that_nobody_saw_fells_walls_and_fills_no_order() -> None:
    room = begun()
    room.order(1, Open(wish(10, leverage=20)), 0)
    room.mark(1, 100)
    room.order(2, Open(wish(10)), 70)
    room.missed(candle(120, 90, 101, 100))
    assert room.notes(1).liquidations == 1
    assert room.account(2).positions == ()
    room.mark(121, 100)
    assert room.account(2).positions != ()
