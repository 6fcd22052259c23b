"""What a venue says: read like a file, refused where it cannot be, never half believed."""

from dataclasses import replace

import pytest

from core.market import Listing, Measure, Symbol
from core.money import ONE, ZERO, D
from core.venue import BYBIT, OKX
from core.venue_answer import Answer, Implausible, Quoted, Tier, Understood, understood
from tests.builders import BTC, BTCUSDT, ETH, ETHUSDT, NOON, bybit, exact, listing, okx

__all__ = ["exact"]

TIERS = (
    Tier(cap=D(100), rate=D("0.01"), max_leverage=D(50), initial=D("0.02"), amount=D(0)),
    Tier(cap=D(300), rate=D("0.02"), max_leverage=D(25), initial=D("0.04"), amount=D(1)),
)
KNOWN = listing(bybit(BTCUSDT), bybit(ETHUSDT), venue=BYBIT)


def quoted(symbol: str = "BTCUSDT", **changed: object) -> Quoted:
    told = Quoted(
        symbol=Symbol(symbol),
        base=symbol.removesuffix("USDT"),
        tick=D("0.10"),
        step=D("0.001"),
        min_quantity=D("0.001"),
        min_notional=D("5.00"),
        tiers=TIERS,
    )
    return replace(told, **changed)  # type: ignore[arg-type]  # by name


def tier(**changed: object) -> tuple[Tier, ...]:
    """The ladder with another second tier."""
    return (TIERS[0], replace(TIERS[1], **changed))  # type: ignore[arg-type]  # by name


def answered(*told: Quoted, known: Listing = KNOWN) -> Understood:
    answer = Answer(venue=known.venue.id, at=NOON, quoted=told, source="here", tiers_source="there")
    return understood(answer, known)


def why(told: Quoted, known: Listing = KNOWN) -> str:
    """Why a contract is left as it was, among others that are not."""
    found = answered(told, quoted("ETHUSDT"), known=known)
    (unread,) = found.unread
    assert unread.symbol == told.symbol
    assert found.listing.instruments.get(told.symbol) is known.instruments.get(told.symbol)
    return unread.why


def test_a_contract_is_read_with_its_sources_and_the_day() -> None:
    contract = answered(quoted(), quoted("ETHUSDT")).listing.instrument(BTC)
    assert (str(contract.tick), str(contract.min_notional)) == ("0.1", "5")
    assert (contract.source, contract.brackets.source) == ("here", "there")
    assert contract.as_of == contract.brackets.as_of == NOON.date()
    assert contract.brackets.continuous
    assert contract.brackets.amounts == (ZERO, ONE)
    assert (contract.assumed, contract.quote, contract.delisted) == (frozenset(), "USDT", False)


def test_fees_are_as_before_unless_the_venue_says_them() -> None:
    old = KNOWN.instrument(BTC)
    fees = {"maker_fee": D("0.0001"), "taker_fee": D("0.0004")}
    found = answered(quoted(), quoted("ETHUSDT", **fees)).listing
    assert found.instrument(BTC).taker_fee == found.instrument(BTC).bankruptcy_fee == old.taker_fee
    assert found.instrument(ETH).taker_fee == found.instrument(ETH).bankruptcy_fee == D("0.0004")
    assert found.instrument(ETH).trigger_fee == 0


def test_a_new_contracts_fees_are_its_peers_and_said_to_be_assumed() -> None:
    first = answered(quoted(), quoted("ETHUSDT"), quoted("NEWUSDT")).listing
    new = first.instrument(Symbol("NEWUSDT"))
    assert new.taker_fee == KNOWN.instrument(BTC).taker_fee
    assert new.assumed == {"fees"}
    again = answered(quoted(), quoted("ETHUSDT"), quoted("NEWUSDT"), known=first).listing
    assert again.instrument(Symbol("NEWUSDT")).assumed == {"fees"}


def test_a_clearance_fee_is_kept_where_the_venue_says_none() -> None:
    known = listing(replace(bybit(BTCUSDT), liquidation_fee=D("0.01")), bybit(ETHUSDT), venue=BYBIT)  # type: ignore[arg-type]  # a rate
    found = answered(quoted(), quoted("ETHUSDT", liquidation_fee=D("0.02")), known=known).listing
    assert found.instrument(BTC).liquidation_fee == D("0.01")
    assert found.instrument(ETH).liquidation_fee == D("0.02")


def test_what_a_venue_does_not_tell_of_tiers_stays() -> None:
    known = KNOWN.instrument(BTC)
    found = answered(
        quoted(tiers=None, tick=D(1)), quoted("ETHUSDT"), quoted("NEWUSDT", tiers=None)
    )
    assert found.listing.instrument(BTC).brackets is known.brackets
    assert found.listing.instrument(BTC).tick == 1
    assert found.untiered == (Symbol("NEWUSDT"),)
    assert Symbol("NEWUSDT") not in found.listing.instruments


def test_contracts_are_counted_in_coins() -> None:
    known = listing(okx(BTCUSDT), okx(ETHUSDT), venue=OKX)
    tiers = (
        Tier(cap=D(1000), rate=D("0.01"), max_leverage=D(50), initial=D("0.02"), floor=D(0)),
        Tier(cap=D(3000), rate=D("0.02"), max_leverage=D(25), initial=D("0.04"), floor=D(1001)),
    )
    told = quoted(contract=D("0.01"), step=D("0.1"), min_quantity=D(1), tiers=tiers)
    contract = answered(told, quoted("ETHUSDT"), known=known).listing.instrument(BTC)
    assert (contract.step, contract.min_quantity) == (D("0.001"), D("0.01"))
    assert contract.brackets.measure is Measure.QUANTITY
    assert [each.cap for each in contract.brackets.brackets] == [10, 30]
    assert contract.trigger_fee == contract.taker_fee
    gap = (tiers[0], replace(tiers[1], floor=D(1002)))
    assert why(replace(told, tiers=gap), known) == "gap or disorder at 1002"


def test_what_is_left_out_of_a_tier_follows_from_the_rest() -> None:
    silent = (replace(TIERS[0], amount=None), replace(TIERS[1], amount=None, max_leverage=None))
    contract = answered(quoted(tiers=silent), quoted("ETHUSDT")).listing.instrument(BTC)
    assert contract.brackets.amounts == (ZERO, ONE)
    assert contract.brackets.brackets[1].max_leverage == 25
    assert contract.assumed == {"maintenance_amount"}
    first_only = (replace(TIERS[0], amount=None), TIERS[1])
    contract = answered(quoted(tiers=first_only), quoted("ETHUSDT")).listing.instrument(BTC)
    assert contract.assumed == frozenset()


def test_an_amount_that_was_rounded_is_the_exact_one() -> None:
    rounded = tier(amount=D("1.4"))
    contract = answered(quoted(tiers=rounded), quoted("ETHUSDT")).listing.instrument(BTC)
    assert contract.brackets.amounts == (ZERO, ONE)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (quoted(tick=D(0)), "the tick is zero"),
        (quoted(step=D("NaN")), "the step is NaN"),
        (quoted(min_notional=D(-1)), "the smallest order value is -1"),
        (quoted(liquidation_fee=D("Infinity")), "the clearance fee is Infinity"),
        (quoted(maker_fee=D(-1), taker_fee=D(0)), "the maker fee is -1"),
        (quoted(tiers=()), "it has no tiers"),
        (quoted(tiers=tier(cap=D("NaN"))), "a figure of a tier is none"),
        (quoted(tiers=tier(amount=D("NaN"))), "a figure of a tier is none"),
        (quoted(tiers=tier(rate=D("0.01"))), "the rate does not rise at 100"),
        (quoted(tiers=tier(initial=D(4))), "initial margin x leverage is 100, not 1"),
        (
            quoted(tiers=tier(max_leverage=None, initial=None)),
            "a tier has neither a leverage nor an initial margin",
        ),
        (
            quoted(tiers=tier(max_leverage=None, initial=D(0))),
            "a tier has neither a leverage nor an initial margin",
        ),
        (
            quoted(tiers=tier(rate=D("0.5"))),
            "0.5 of maintenance at 25x is more than the margin",
        ),
        (
            quoted(tiers=tier(amount=D(50))),
            "the maintenance amount at 100 is 50, but 1 leaves no jump",
        ),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_contract_that_cannot_be_stays_as_it_was(told: Quoted, reason: str) -> None:
    assert why(told) == reason


def test_a_new_contract_that_cannot_be_is_left_out() -> None:
    found = answered(quoted(), quoted("ETHUSDT"), quoted("NEWUSDT", tiers=()))
    assert [each.symbol for each in found.unread] == ["NEWUSDT"]
    assert set(found.listing.instruments) == {BTC, ETH}


def test_what_the_venue_does_not_tell_of_stays_as_it_was_known() -> None:
    known = listing(replace(bybit(BTCUSDT), isolated_only=True, significant=5), venue=BYBIT)
    contract = answered(quoted(), known=known).listing.instrument(BTC)
    assert (contract.isolated_only, contract.significant) == (True, 5)


# --- an answer as a whole


def test_an_answer_without_a_contract_is_none() -> None:
    with pytest.raises(Implausible, match="no contract at all"):
        answered()


@pytest.mark.parametrize("rate", ["1.1", "50", "NaN"])
def test_a_rate_that_cannot_be_makes_all_of_it_doubtful(rate: str) -> None:
    with pytest.raises(Implausible, match="BTCUSDT has a maintenance rate of"):
        answered(quoted(tiers=tier(rate=D(rate))), quoted("ETHUSDT"))


def names(count: int) -> list[str]:
    return [f"C{number}USDT" for number in range(count)]


def test_one_contract_in_ten_may_be_unreadable() -> None:
    good = [quoted(name) for name in ("BTCUSDT", "ETHUSDT", *names(18))]
    bad = [quoted(f"B{number}USDT", tiers=()) for number in range(3)]
    assert len(answered(*good, *bad[:2]).unread) == 2
    with pytest.raises(Implausible, match=r"3 of 23 contracts cannot be read.*B0USDT: it has no"):
        answered(*good, *bad)


def test_one_known_contract_in_ten_may_be_missing() -> None:
    many = answered(*(quoted(name) for name in ("BTCUSDT", "ETHUSDT", *names(18)))).listing
    left = [quoted(name) for name in ("BTCUSDT", "ETHUSDT", *names(16))]
    assert len(answered(*left, known=many).listing.instruments) == 18
    with pytest.raises(Implausible, match=r"3 of 20 known contracts are missing.*C15USDT"):
        answered(*left[:-1], known=many)


def test_a_single_contract_of_few_may_go() -> None:
    assert set(answered(quoted()).listing.instruments) == {BTC}


def test_what_went_before_is_not_missed() -> None:
    gone = [replace(each, delisted=True) for each in KNOWN.instruments.values()]
    known = listing(*gone, replace(bybit(BTCUSDT), symbol=Symbol("NEWUSDT")), venue=BYBIT)
    assert set(answered(quoted("NEWUSDT"), known=known).listing.instruments) == {"NEWUSDT"}
