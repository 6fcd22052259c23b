"""Shown first, done once: previews, repeats, other people's tokens, prices that ran away."""

from datetime import timedelta

import pytest

from core.market import Symbol
from core.money import D
from core.paper.errors import CatchingUp, NotYours, PreviewGone, PreviewUsed
from core.paper.events import PositionIncreased
from core.paper.records import Identity
from core.services.backlog import Backlog, keep_backlog
from tests.core.services.floor import BTC, ETH, MIRA, TOBI, Floor, wish

BEGUN = ["VenueChosen", "Granted"]


@pytest.fixture
def floor() -> Floor:
    return Floor()


# --- shown, then done


def test_a_preview_changes_nothing(floor: Floor) -> None:
    shown = floor.preview(wish("0.1"))
    assert len(shown.done.after.positions) == 1
    assert floor.account().positions == ()
    assert floor.history() == BEGUN


def test_confirm_does_what_was_shown(floor: Floor) -> None:
    shown = floor.preview(wish("0.1"))
    done = floor.trading.confirm(floor.asked(), shown.token)
    assert done.after == floor.account()
    assert done.after.positions[0].leg == shown.done.after.positions[0].leg
    assert floor.history() == [*BEGUN, "PositionIncreased"]


def test_a_market_order_fills_at_the_first_mark_after_confirm_and_half_the_spread(
    floor: Floor,
) -> None:
    shown = floor.preview(wish("0.1"))
    floor.move(60100)
    (event,) = floor.trading.confirm(floor.asked(), shown.token).events
    assert isinstance(event, PositionIncreased)
    assert event.price == D("60106.1")  # 60,100 x 1.0001 = 60,106.01, on the dearer tick
    assert event.seen == D(60006)
    assert event.fee == event.price * D("0.1") * D("0.0005")


def test_a_second_press_is_answered_with_the_first_result(floor: Floor) -> None:
    shown = floor.preview(wish("0.1"))
    first = floor.trading.confirm(floor.asked(), shown.token)
    floor.move(61000)
    assert floor.trading.confirm(floor.asked(), shown.token) == first
    assert floor.history() == [*BEGUN, "PositionIncreased"]


def test_a_redelivered_request_acts_once(floor: Floor) -> None:
    first = floor.act(wish("0.1"), request="update 7")
    floor.move(61000)
    assert floor.act(wish("0.1"), request="update 7") == first
    assert floor.trading.repeated(floor.asked(request="update 7")) == first
    assert floor.trading.repeated(floor.asked()) is None
    assert floor.account().positions[0].leg.quantity == D("0.1")


def test_a_redelivered_confirm_acts_once(floor: Floor) -> None:
    token = floor.preview(wish("0.1")).token
    asked = floor.asked()
    assert floor.trading.confirm(asked, token) == floor.trading.confirm(asked, token)
    assert floor.history() == [*BEGUN, "PositionIncreased"]


# --- tokens


def test_a_token_nobody_gave_out_opens_nothing(floor: Floor) -> None:
    for token in ("", "preview00001", "x" * 5000, "'; DROP TABLE preview; --"):
        with pytest.raises(PreviewGone):
            floor.trading.confirm(floor.asked(), token)
        with pytest.raises(PreviewGone):
            floor.trading.discard(floor.asked(), token)


@pytest.mark.parametrize(
    ("who", "chat"),
    [(TOBI, "1"), (MIRA, "-5"), (Identity("discord", "1"), "1")],
    ids=["another person", "another chat", "the same number elsewhere"],
)
def test_a_foreign_token_is_refused_and_stays_its_owners(
    floor: Floor, who: Identity, chat: str
) -> None:
    token = floor.preview(wish("0.1")).token
    with pytest.raises(NotYours):
        floor.trading.confirm(floor.asked(who, chat), token)
    assert floor.account(who).positions == ()
    floor.trading.confirm(floor.asked(), token)
    with pytest.raises(NotYours):
        floor.trading.confirm(floor.asked(who, chat), token)


def test_a_stranger_cannot_let_somebody_elses_preview_go(floor: Floor) -> None:
    token = floor.preview(wish("0.1")).token
    with pytest.raises(PreviewGone):
        floor.trading.discard(floor.asked(TOBI), token)
    assert floor.trading.confirm(floor.asked(), token).after.positions


def test_a_preview_lives_for_a_minute(floor: Floor) -> None:
    first, second = (floor.preview(wish("0.1")).token for _ in range(2))
    floor.move(60000, seconds=60)
    floor.trading.confirm(floor.asked(), first)
    floor.move(60000, seconds=1)
    with pytest.raises(PreviewGone):
        floor.trading.confirm(floor.asked(), second)


def test_a_preview_of_another_market_is_gone(floor: Floor) -> None:
    token = floor.preview(wish("0.1")).token
    live = Floor(floor.units, market="binance")
    with pytest.raises(PreviewGone):
        live.trading.confirm(live.asked(), token)
    with pytest.raises(PreviewGone):
        live.trading.renew(live.asked(), token)


def test_what_was_let_go_is_gone_and_what_was_done_cannot_be_let_go(floor: Floor) -> None:
    dropped, kept = (floor.preview(wish("0.1")).token for _ in range(2))
    floor.trading.discard(floor.asked(), dropped)
    with pytest.raises(PreviewGone):
        floor.trading.confirm(floor.asked(), dropped)
    floor.trading.confirm(floor.asked(), kept)
    with pytest.raises(PreviewUsed):
        floor.trading.discard(floor.asked(), kept)
    assert floor.history() == [*BEGUN, "PositionIncreased"]


def test_yes_finds_the_newest_preview_of_this_chat(floor: Floor) -> None:
    assert floor.trading.latest(floor.asked()) is None
    first = floor.preview(wish("0.1")).token
    floor.clock.advance(1)
    second = floor.preview(wish("0.2")).token
    floor.preview(wish("0.3"), chat="-5")
    assert floor.trading.latest(floor.asked()) == second
    floor.trading.discard(floor.asked(), second)
    assert floor.trading.latest(floor.asked()) == first
    floor.trading.lapse(floor.asked())
    assert floor.trading.latest(floor.asked()) is None
    assert floor.trading.latest(floor.asked(chat="-5")) is not None


def test_a_renewed_preview_has_another_token_and_present_marks(floor: Floor) -> None:
    old = floor.preview(wish("0.1"))
    floor.move(62000)
    new = floor.trading.renew(floor.asked(), old.token)
    assert new.token != old.token
    assert new.scene.mark(new.done.after.positions[0].leg.symbol) == D(62000)
    with pytest.raises(PreviewGone):
        floor.trading.confirm(floor.asked(), old.token)
    with pytest.raises(NotYours):
        floor.trading.renew(floor.asked(TOBI), new.token)
    assert floor.trading.confirm(floor.asked(), new.token).after.positions


# --- live prices that were away


@pytest.fixture
def live(floor: Floor) -> Floor:
    """The same floor on prices that may fail."""
    floor.trading._prices._status = floor.trading._prices.status
    return floor


def test_after_prices_were_away_nobody_trades_before_what_happened_is_judged(live: Floor) -> None:
    live.act(wish("0.1"))
    live.move(60000, seconds=91)
    with pytest.raises(CatchingUp) as refused:
        live.act(wish("0.1"))
    began = live.clock.now() - timedelta(seconds=91)
    assert refused.value.fields() == {"symbols": (), "since": began, "asked": None}
    with pytest.raises(CatchingUp):
        live.preview(wish("0.1"))
    live.sweep(live.market.marks())
    live.sweep.keep(live.clock.now())
    assert len(live.act(wish("0.1")).after.positions) == 1


def test_a_short_pause_holds_nobody_up(live: Floor) -> None:
    live.act(wish("0.1"))
    live.move(60000, seconds=90)
    assert live.act(wish("0.1")).events


def test_who_has_nothing_at_stake_waits_for_nothing(live: Floor) -> None:
    live.act(wish("0.1"), TOBI)
    live.move(60000, seconds=1000)
    assert live.act(wish("0.1"), MIRA).events


def wait_for(live: Floor, symbol: Symbol, *, asked: bool = False) -> None:
    """Let a contract wait to be judged."""
    now = live.clock.now()
    with live.units.writing() as books:
        keep_backlog(books, "demo", Backlog({symbol: now}, now if asked else None))


def test_who_holds_a_contract_that_is_not_judged_yet_waits(live: Floor) -> None:
    live.act(wish("0.1"))
    live.act(wish("1", symbol=ETH), TOBI)
    wait_for(live, BTC, asked=True)
    with pytest.raises(CatchingUp) as refused:
        live.act(wish("1", symbol=ETH))
    now = live.clock.now()
    assert refused.value.fields() == {"symbols": (BTC,), "since": now, "asked": now}
    assert live.trading.backlog().asked == now
    assert live.act(wish("1", symbol=ETH), TOBI).events
    wait_for(live, Symbol("XRPUSDT"))  # which is silent still
    assert live.act(wish("1", symbol=ETH)).events


def test_a_recording_misses_nothing(floor: Floor) -> None:
    floor.act(wish("0.1"))
    floor.move(60000, seconds=1000)
    assert floor.act(wish("0.1")).events
