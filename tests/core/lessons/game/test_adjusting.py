"""What hosts put right: it counts, is no fall, and costs a host who plays their place."""

from dataclasses import replace
from decimal import Decimal, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.database.codec import dumps, loads
from core.lessons.challenges.arena import KIND, Arena, score
from core.lessons.game import inputs as i
from core.lessons.game.adjusting import LARGEST, adjusters, read, told
from core.lessons.game.audit import Audit, agrees, audit
from core.lessons.game.errors import BadOption, NoPlayer, NotCovered
from core.lessons.game.kind import Post
from core.lessons.game.session import Adjustment
from core.market import Symbol
from core.money import ONE, D
from core.paper.actions import CloseAll, Open
from core.paper.ledger import GRANTS, WALLET, Posting, entry_for
from tests.builders import BTC, ETH, Number, amount
from tests.core.lessons.challenges.test_arena import Room, begun
from tests.core.lessons.game.builders import at
from tests.core.paper.builders import CROSS, wish
from tests.sims.recount.arena import arena
from tests.sims.recount.result import differences
from tests.sims.recount.told import WIDE, Told

HOUR = 3_600


def adjust(room: Room, about: str, seconds: float = 5, by: int = 0, reason: str = "lag") -> str:
    """Let a host put an account right; return what they are told."""
    ruling = i.Ruled(at=at(seconds), what="adjust", about=about, by=by, reason=reason)
    return room.feed(ruling).said


def recounted(room: Room) -> list[str]:
    """Where an independent count of the published game comes to something else."""
    with localcontext(WIDE):
        file = Told.read(dumps(audit(1, room.state, room.on, room.log)))
        return differences(file, arena(file))


def test_an_adjustment_is_a_balanced_entry_on_the_account_and_is_told_to_all() -> None:
    room = begun()
    found = room.feed(i.Ruled(at=at(5), what="adjust", about="1 250", reason="lag"))
    assert found.said == "adjusted"
    assert found.posts == (Post("adjusted", 1),), "into all its chats"
    (deed,) = found.deeds
    entries = [entry_for(event) for event in deed.events]
    assert [entry.postings for entry in entries if entry] == [
        (Posting(WALLET, 250 * 10**8), Posting(GRANTS, -250 * 10**8))
    ]
    assert room.account(1).wallet == 10_250
    assert room.play.adjustments == (Adjustment(1, amount(250), 0, "lag"),)
    adjust(room, "1 -50.5", 6)
    assert room.account(1).wallet == D("10199.5")
    assert room.posts[-1].number == 2


def test_it_counts_in_the_gain_and_is_no_trade() -> None:
    room = begun()
    adjust(room, "1 500")
    assert score(room.notes(1)) == 5
    assert (room.notes(1).trades, room.notes(1).touched) == ((), None)


@pytest.mark.parametrize("about", ["1 -5000", "1 5000", "1 -0.00000001"])
def test_the_fall_is_the_same_before_and_after(about: str) -> None:
    room = begun()
    room.order(1, Open(wish(100, mode=CROSS)), 0)
    for seconds, price in ((1, 100), (60, 120), (120, 108)):
        room.mark(seconds, price)
    fall = room.notes(1).drawdown
    assert fall == ONE - D(10_800) / D(12_000)
    adjust(room, about, 125)
    room.mark(180, 108)
    assert room.notes(1).drawdown - fall < D("1e-11")
    assert room.notes(1).equity == D(10_800) + D(about.split()[1])


def test_a_fall_after_it_is_measured_on_what_there_is_then() -> None:
    room = begun()
    room.order(1, Open(wish(100, mode=CROSS)), 0)
    room.mark(1, 100)
    adjust(room, "1 -5000", 2)
    room.mark(60, 95)
    assert room.notes(1).drawdown == D("0.1"), "500 of 5,000"


def test_of_nothing_a_gift_makes_the_peak_anew() -> None:
    broke = replace(begun().notes(1), equity=amount(-5), low=amount(-5))
    assert broke.adjusted(amount(105)).peak == 100
    assert broke.adjusted(amount(105)).low == 100


def test_no_more_is_taken_than_there_is_in_the_wallet() -> None:
    room = begun()
    with pytest.raises(NotCovered) as refusal:
        adjust(room, "1 -10000.01")
    assert refusal.value.free == 10_000
    assert adjust(room, "1 -10000") == "adjusted"


def test_only_who_still_plays_is_adjusted() -> None:
    room = begun("one", "two", "three")
    room.feed(i.Left(at=at(3), player=2))
    room.order(3, Open(wish(1_000, mode=CROSS)), 3)
    room.mark(4, 100)
    room.mark(64, "90")
    room.mark(124, "90")
    assert room.notes(3).out is not None
    for number in (2, 3, 9):
        with pytest.raises(NoPlayer):
            adjust(room, f"{number} 5", 130)
    assert room.play.adjustments == ()


@pytest.mark.parametrize(
    "about",
    ["", "1", "one 5", "1 0", "1 much", "1 NaN", "1 Infinity", "1 1000000.01", "1 0.000000001"],
)
def test_what_is_no_adjustment_is_refused(about: str) -> None:
    with pytest.raises(BadOption):
        adjust(begun(), about)


def test_an_adjustment_is_written_as_it_is_read() -> None:
    for value in ("250", "-0.5", f"{LARGEST}"):
        wanted = Adjustment(3, amount(value), by=2, reason="lag")
        ruling = i.Ruled(at=at(), what="adjust", about=told(wanted), by=2, reason="lag")
        assert read(ruling) == wanted


def test_before_and_after_it_is_traded_nothing_is_adjusted() -> None:
    room = Room()
    room.join("one", "two")
    room.feed(i.Began(at=at()))
    assert adjust(room, "1 5") == ""
    over = begun()
    over.mark(HOUR, 100)
    assert adjust(over, "1 5", HOUR + 1) == ""


# --- a host who plays


def traded(room: Room) -> Room:
    """Let 1 and 2 be listed, 1 with more."""
    seconds = 10.0
    for coin in range(5):
        for player in (1, 2):
            room.order(
                player, Open(wish(10 * (3 - player), mode=CROSS, symbol=_coin(coin))), seconds
            )
        room.mark(seconds + 1, 100)
        for player in (1, 2):
            room.order(player, CloseAll(), seconds + 130)
        room.mark(seconds + 131, 101)
        seconds += 200
    return room


def _coin(number: int) -> Symbol:
    return (BTC, ETH)[number % 2]


def test_a_host_who_adjusts_and_plays_has_no_place_any_more() -> None:
    room = traded(begun())
    assert room.places() == {1: 1, 2: 2}
    adjust(room, "2 1", 1_500, by=1)
    assert adjusters(room.play) == {1}
    assert room.places() == {2: 1, 1: 0}
    room.mark(HOUR, 100)
    assert room.places() == {2: 1, 1: 0}
    assert adjusters(loads(Arena, dumps(room.play))) == {1}, "after a restart, too"
    assert adjusters("a quiz") == frozenset()


def test_a_host_who_does_not_play_costs_nobody_a_place() -> None:
    room = traded(begun())
    adjust(room, "2 500", 1_500)
    assert room.places() == {2: 1, 1: 2}


# --- published, counted anew


def test_a_published_game_holds_the_sums_and_no_words_of_hosts() -> None:
    room = traded(begun())
    adjust(room, "2 500", 1_500, by=1, reason="Mira was away")
    room.mark(HOUR, 100)
    published = audit(1, room.state, room.on, room.log)
    text = dumps(published)
    assert "Mira" not in text
    assert '"about":"2 500"' in text
    assert agrees(loads(Audit, text), KIND) == ()
    forged = replace(
        published,
        inputs=tuple(
            replace(what, about="2 501") if isinstance(what, i.Ruled) else what
            for what in published.inputs
        ),
    )
    assert agrees(forged, KIND) == ("standings",)


Step = tuple[int, str, int]

steps = st.lists(
    st.tuples(
        st.integers(1, 2), st.sampled_from(["buy", "out", "", "give", "take"]), st.integers(80, 120)
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(steps)
def test_an_independent_count_comes_to_the_same(acts: list[Step]) -> None:
    room, seconds = begun(), 10
    for player, act, price in acts:
        _act(room, player, act, price, seconds)
        room.mark(seconds + 1, price)
        seconds += 130
    room.mark(HOUR, 100)
    assert recounted(room) == []


def _act(room: Room, player: int, act: str, price: Number, seconds: float) -> None:
    held = room.account(player).positions
    match act:
        case "buy" if not held:
            room.order(player, Open(wish(30, mode=CROSS)), seconds)
        case "out" if held:
            room.order(player, CloseAll(), seconds)
        case "give":
            adjust(room, f"{player} {Decimal(price) / 7:.8f}", seconds, by=player)
        case "take":
            adjust(room, f"{player} -{Decimal(price) / 3:.8f}", seconds)
        case _:
            pass
