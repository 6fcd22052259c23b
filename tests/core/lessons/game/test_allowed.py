"""What a host leaves room for where people trade: any whole leverage, and pairs of the market."""

from dataclasses import replace

import pytest

from core.lessons.challenges import arena, squads
from core.lessons.game.allowed import HIGHEST, PAIRS, coins, read_leverage, read_pairs
from core.lessons.game.errors import BadOption, FewPairs, NotAllowedHere
from core.lessons.game.lifecycle import chosen_option
from core.market import Symbol
from core.paper.actions import CloseAll, Open, Reset
from tests.builders import BTC, ETH, SOL, Number
from tests.core.lessons.challenges.test_arena import begun
from tests.core.lessons.game.builders import game, ground
from tests.core.paper.builders import CROSS, ISOLATED, wish


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("37", "37"), ("37x", "37"), ("37X", "37"), ("1", "1"), ("125x", "125"), ("007", "7")],
)
def test_any_whole_leverage_is_taken(typed: str, kept: str) -> None:
    assert read_leverage(typed, ground()) == kept


@pytest.mark.parametrize("typed", ["0", "126", "1.5", "-3", "x", "", "³", "9" * 5_000, "many"])
def test_what_is_no_leverage_is_refused_with_what_is(typed: str) -> None:
    with pytest.raises(BadOption) as refusal:
        read_leverage(typed, ground())
    assert refusal.value.allowed == (f"1-{HIGHEST}",)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("all", "all"),
        ("ALL", "all"),
        ("btc eth", "BTC ETH"),
        ("ETHUSDT, btc", "ETH BTC"),
        ("btc btcusdt sol", "BTC SOL"),
    ],
)
def test_pairs_are_taken_however_they_are_typed(typed: str, kept: str) -> None:
    assert read_pairs(typed, ground()) == kept


def test_a_coin_that_the_market_lacks_is_refused_with_those_it_has() -> None:
    with pytest.raises(BadOption) as refusal:
        read_pairs("btc doge", ground())
    assert (refusal.value.value, refusal.value.allowed) == ("DOGE", ("BTC", "ETH", "SOL"))
    on = replace(ground(), symbols=(BTC, ETH, Symbol("GONEUSDT")))
    assert tuple(coins(on)) == ("BTC", "ETH")
    with pytest.raises(BadOption):
        read_pairs("btc sol", on)


@pytest.mark.parametrize("typed", ["", "btc", "btc BTCUSDT"])
def test_it_takes_two_pairs(typed: str) -> None:
    with pytest.raises(FewPairs) as refusal:
        read_pairs(typed, ground())
    assert refusal.value.fewest == 2


def test_presets_are_read_like_anything_typed() -> None:
    for value in PAIRS.values:
        assert read_pairs(value, ground()) == value


@pytest.mark.parametrize("kind", [arena.KIND, squads.KIND])
def test_arena_and_squads_have_the_same_two(kind: arena.TradingArena | squads.SquadBattle) -> None:
    draft = replace(game(), kind=kind.name, phase=game().phase.DRAFT)
    now = chosen_option(draft, kind, "pairs", "eth btc", ground())
    now = chosen_option(now, kind, "leverage", "37x", ground())
    assert now.setup == {"pairs": "ETH BTC", "leverage": "37"}


@pytest.mark.parametrize(
    ("symbol", "leverage", "refused"),
    [
        (BTC, 10, None),
        (ETH, 37, None),
        (SOL, 10, ("pairs", "BTC ETH")),
        (BTC, 38, ("leverage", "37")),
    ],
)
def test_an_order_beyond_what_was_chosen_is_refused_with_it(
    symbol: Symbol, leverage: Number, refused: tuple[str, str] | None
) -> None:
    room = begun(pairs="BTC ETH", leverage="37")
    order = Open(wish(1, leverage=leverage, mode=CROSS, symbol=symbol))
    if refused is None:
        assert room.order(1, order, 1).said == "ordered"
        return
    with pytest.raises(NotAllowedHere) as refusal:
        room.order(1, order, 1)
    assert (refusal.value.what, refusal.value.allowed) == refused


def test_of_all_pairs_and_both_modes_none_is_refused_and_no_reset_taken() -> None:
    room = begun()
    for symbol, mode in ((SOL, CROSS), (BTC, ISOLATED)):
        assert room.order(1, Open(wish(1, mode=mode, symbol=symbol)), 1).said == "ordered"
    assert room.order(1, CloseAll(), 2).said == "ordered"
    with pytest.raises(NotAllowedHere):
        room.order(1, Reset(), 3)
    with pytest.raises(NotAllowedHere):
        begun(modes="cross").order(1, Open(wish(1, mode=ISOLATED)), 1)
