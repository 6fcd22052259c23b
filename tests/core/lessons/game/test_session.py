"""Some time of trading: when marks count, what is noted each minute, what an end is worth."""

from dataclasses import replace

import pytest

from core.lessons.game.errors import HeldTooShort
from core.lessons.game.kind import Deed
from core.lessons.game.session import Session
from core.lessons.game.trading import Waiting, endowed
from core.money import D
from core.paper.account import PaperAccount, bare
from core.paper.actions import CloseAll, Open
from core.paper.apply import applied
from tests.builders import BTC, ETH, Number, amount, rate
from tests.core.lessons.game.builders import at, candle, ground, tick
from tests.core.paper.builders import CROSS, wish

GROUND, START = ground(fee="0.001"), amount(1000)


def begun(player: int, start: Number = 1000) -> Deed:
    """Somebody's new account."""
    before, events = bare(0, ""), endowed(amount(start), GROUND)
    return Deed(player, before, events, applied(before, events, at()), at())


def session(*players: int) -> Session:
    """Ten minutes, with these players in it."""
    return Session(began=at(), ends=at(600)).entered([begun(p) for p in players], START)


def accounts(*players: int) -> dict[int, PaperAccount]:
    return {player: begun(player).after for player in players}


def traded(*players: int, size: int = 5) -> tuple[Session, dict[int, PaperAccount]]:
    """A session in which these players went long at 100 after ten seconds."""
    order = Open(wish(size, mode=CROSS))
    now = session(*players)
    for player in players:
        now = now.waited(Waiting(at(9), player, order))
    new, _, held = now.ticked(accounts(*players), GROUND, tick(10, 100))
    return new, dict(held)


# --- from when on marks matter


def test_the_first_mark_matters_and_then_the_first_of_each_minute() -> None:
    assert session(1).next_look == at(0)
    seen = session(1).seen(accounts(1), tick(61, 100))
    assert (seen.sampled, seen.next_look) == (at(60), at(120))


def test_the_end_matters_even_within_a_minute() -> None:
    late = replace(session(1), ends=at(590)).seen(accounts(1), tick(570, 100))
    assert late.next_look == at(590)


def test_an_order_matters_from_the_first_on_that_waits() -> None:
    seen = session(1, 2).seen(accounts(1, 2), tick(61, 100))
    for seconds in (75, 70):
        seen = seen.waited(Waiting(at(seconds), 1, CloseAll()))
    assert seen.next_look == at(70)
    behind = seen.waited(Waiting(at(500), 2, CloseAll()))
    assert behind.next_look == at(70)
    alone = replace(behind, waiting=behind.waiting[-1:])
    assert alone.next_look == at(120), "who is behind looks at every minute before the order"


def test_marks_count_after_the_beginning() -> None:
    assert not session(1).counts(tick(0, 100))
    assert session(1).counts(tick("0.1", 100))


def test_the_extremes_of_a_minute_that_goes_beyond_the_end_do_not_count() -> None:
    late = replace(session(1), ends=at(590))
    assert session(1).counts(candle(600, 90, 110, 100))
    assert not late.counts(candle(600, 90, 110, 100))
    assert late.counts(candle(600, 90, 110, 100).at_end())
    assert late.counts(tick(600, 100))


def test_the_last_marks_are_seen_or_what_a_minute_ended_at() -> None:
    now = session(1)
    assert not now.ends_with(tick("599.9", 100))
    assert now.ends_with(tick(600, 100))
    assert not now.ends_with(candle(600, 90, 110, 100))
    assert now.ends_with(candle(600, 90, 110, 100).at_end())


# --- orders


def test_an_order_is_checked_before_it_waits() -> None:
    now, held = traded(1)
    with pytest.raises(HeldTooShort):
        now.ordered(1, CloseAll(), at(60), held[1])
    waiting = now.ordered(1, CloseAll(), at(130), held[1]).waiting
    assert waiting == (Waiting(at(130), 1, CloseAll()),)


def test_what_is_filled_waits_no_more_and_was_judged_then() -> None:
    now, held = traded(1, 2)
    assert now.waiting == ()
    assert now.judged == at(10)
    assert held[1].positions[0].leg.quantity == 5
    new, deeds, closed = now.waited(Waiting(at(11), 2, CloseAll())).ticked(
        held, GROUND, tick(12, 110)
    )
    assert [deed.player for deed in deeds] == [2]
    assert (closed[1], closed[2].positions) == (held[1], ())
    assert new.notes[2].trades[0].gained == 50 - D("0.5") - D("0.55")


def test_where_nothing_happens_within_a_minute_it_is_the_very_same() -> None:
    now, held = traded(1)
    new, deeds, after = now.ticked(held, GROUND, tick(20, 101))
    assert new is now
    assert (deeds, after) == ((), held)


def test_the_first_marks_of_a_minute_are_noted() -> None:
    now, held = traded(1)
    new, _, _ = now.ticked(held, GROUND, tick(60, 110))
    assert (new.sampled, new.judged) == (at(60), at(60))
    assert new.notes[1].equity == 1000 - D("0.5") + 50


# --- what is noted


def test_who_has_no_account_or_no_mark_stays_as_they_were() -> None:
    now, held = traded(1, 2)
    other = tick(60, 110, ETH)
    assert now.seen(held, other).notes == now.notes
    seen = now.seen({1: held[1]}, tick(60, 110))
    assert seen.notes[2] == now.notes[2]
    assert seen.notes[1].equity > now.notes[1].equity


def test_at_the_end_the_fee_of_closing_is_taken_and_nothing_waits() -> None:
    now, held = traded(1)
    now = now.waited(Waiting(at(9), 1, CloseAll()))
    last = now.valued(held, GROUND, tick(600, 110))
    assert last.notes[1].equity == 1000 - D("0.5") + 50 - D("0.55")
    assert last.notes[1].peak == 1000 - D("0.5") + 50
    assert last.waiting == ()


def test_at_the_end_who_has_no_account_or_no_mark_keeps_what_was_noted_last() -> None:
    now, held = traded(1, 2)
    noted = now.notes
    assert now.valued({1: held[1]}, GROUND, tick(600, 110)).notes[2] == noted[2]
    assert now.valued(held, GROUND, tick(600, 110, ETH)).notes == noted


def test_a_refusal_is_forgotten_at_the_end() -> None:
    now, held = traded(1)
    now = replace(now, notes={1: replace(now.notes[1], refused="insufficient")})
    assert now.valued(held, GROUND, tick(600, 110)).notes[1].refused == ""


def test_who_was_liquidated_to_less_than_a_share_is_out_and_orders_no_more() -> None:
    def noted(equity: Number, falls: int) -> Session:
        now = session(1, 2)
        for player in (1, 2):
            now = now.waited(Waiting(at(5), player, CloseAll()))
        notes = replace(now.notes[1], equity=amount(equity), liquidations=falls)
        return replace(now, notes={**now.notes, 1: notes})

    out = noted(9, 1).without_broke(rate("0.01"), at(7))
    assert out.notes[1].out == at(7)
    assert [order.player for order in out.waiting] == [2]
    assert out.without_broke(rate("0.01"), at(8)) is out
    for still in (noted(10, 1), noted(9, 0)):
        assert still.without_broke(rate("0.01"), at(7)) is still


def test_its_end_can_be_moved() -> None:
    assert session(1).later(at(60) - at(0)).ends == at(660)


def test_late_ones_begin_anew_and_the_others_go_on() -> None:
    now, _ = traded(1)
    now = replace(now, notes={1: now.notes[1].seen(amount(7))})
    both = now.entered([begun(2)], START)
    assert [both.notes[player].equity for player in (1, 2)] == [7, 1000]


def test_marks_of_another_contract_judge_nobody() -> None:
    now, held = traded(1, size=20)
    assert now.ticked(held, GROUND, tick(20, 1, ETH))[1] == ()
    assert now.ticked(held, GROUND, tick(20, 1, BTC))[1][0].after.positions == ()
