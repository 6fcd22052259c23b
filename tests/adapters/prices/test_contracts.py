"""A venue's contracts through the real ccxt: pages, tiers, what is left out, and faults."""

from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import localcontext
from typing import Any

import pytest

from bot.adapters.content.instrument_files import load_listings
from bot.adapters.prices import contracts
from bot.adapters.prices.contracts import ContractSource, Unanswered, can_ask
from bot.adapters.prices.side import Patience
from core.editions import Listings
from core.market import Listing, Measure, Symbol
from core.money import EXACT, ZERO, D
from core.venue_answer import Answer, Implausible, Understood, understood
from core.venue_changes import Part, changes
from tests.builders import exact
from tests.fakes.exchange import Exchange
from tests.fakes.exchange.rules import Rung, Spec, specs_of
from tests.fakes.ports import FixedClock

__all__ = ["exact"]

BTC, ETH = Symbol("BTCUSDT"), Symbol("ETHUSDT")
VENUES = ("binance", "bybit", "okx")
with localcontext(EXACT):
    LISTINGS = load_listings()
STOCKS: dict[str, dict[str, Any]] = {
    "bybit": {"symbolType": "stock"},
    "okx": {"instCategory": "3"},
    "binance": {"contractType": "TRADIFI_PERPETUAL"},
}
CLOSED: dict[str, dict[str, Any]] = {
    "bybit": {"status": "Closed"},
    "okx": {"state": "suspend"},
    "binance": {"status": "SETTLING"},
}
RISK_LIMIT, TIERS = "v5/market/risk-limit", "api/v5/public/position-tiers"


def known(venue: str) -> Listing:
    """A venue as the files know it."""
    return LISTINGS[venue]


@pytest.fixture
async def venue() -> AsyncIterator[Exchange]:
    async with Exchange() as exchange:
        yield exchange


async def asked(venue: Exchange, name: str = "bybit", last: float = 0.02) -> Answer:
    source = ContractSource(name, FixedClock(), venue.base, Patience(0.01, last))
    return await source.answer()


async def told(venue: Exchange, name: str = "bybit") -> Understood:
    return understood(await asked(venue, name), known(name))


@pytest.mark.parametrize("name", VENUES)
async def test_what_the_venue_says_as_the_files_do_is_the_same_in_every_figure(
    venue: Exchange, name: str
) -> None:
    venue.specs = specs_of(known(name))
    found = await told(venue, name)
    made = changes(known(name), found.listing)
    assert (found.unread, made.new, made.gone) == ((), (), ())
    parts = {part for each in made.changed for part in each.parts}
    fees = {Part.FEES} if name == "binance" else set()  # the clearance fee is public there
    assert parts == {Part.SOURCE} | fees
    assert len(made.changed) == len(known(name).instruments)


async def test_tiers_come_page_by_page(venue: Exchange) -> None:
    few = specs_of(known("bybit"))
    many = {f"C{number}USDT": few["BTCUSDT"] for number in range(40)}
    venue.specs, venue.page = {**few, **many}, 15
    found = await told(venue)
    assert (len(found.listing.instruments), found.unread) == (len(few) + 40, ())
    assert venue.asked[RISK_LIMIT] == 4


async def test_a_cursor_that_never_ends_is_no_answer(
    venue: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    venue.specs, venue.page = specs_of(known("bybit")), 0
    with pytest.raises(Unanswered, match="do not end"):
        await asked(venue)
    venue.page = 1
    monkeypatch.setattr(contracts, "PAGES", 3)
    with pytest.raises(Unanswered, match="do not end"):
        await asked(venue)


@pytest.mark.parametrize("name", VENUES)
async def test_stocks_and_what_is_not_traded_are_left_out(venue: Exchange, name: str) -> None:
    venue.specs = specs_of(known(name))
    other = venue.specs["BTCUSDT"]
    venue.specs["TSLAUSDT"] = other.other(more=STOCKS[name])
    venue.specs["GONEUSDT"] = other.other(more=CLOSED[name])
    symbols = {each.symbol for each in (await asked(venue, name)).quoted}
    assert symbols == set(known(name).instruments)


async def test_names_that_nobody_could_type_are_left_out(venue: Exchange) -> None:
    venue.specs = {name: Spec() for name in ("BTCUSDT", "4USDT", "币安USDT", "0GUSDT")}
    assert {each.symbol for each in (await asked(venue)).quoted} == {"BTCUSDT", "0GUSDT"}


async def test_contracts_count_coins_at_okx(venue: Exchange) -> None:
    venue.specs = specs_of(known("okx"))
    contract = (await told(venue, "okx")).listing.instrument(BTC)
    assert contract.brackets.measure is Measure.QUANTITY
    assert contract.brackets.brackets[1].floor == D(10)
    assert (contract.step, contract.min_quantity) == (D("0.0001"), D("0.0001"))
    assert set(contract.brackets.amounts) == {ZERO}
    assert contract.trigger_fee == contract.taker_fee
    assert venue.asked[TIERS] == len(venue.specs)


async def test_a_contract_at_okx_that_counts_quote_is_left_out(venue: Exchange) -> None:
    venue.specs = specs_of(known("okx"))
    venue.specs["ODDUSDT"] = venue.specs["BTCUSDT"].other(more={"ctValCcy": "USDT"})
    assert Symbol("ODDUSDT") not in {each.symbol for each in (await asked(venue, "okx")).quoted}


async def test_binance_tells_no_tiers_but_its_clearance_fee(venue: Exchange) -> None:
    venue.specs = specs_of(known("binance"))
    venue.specs["NEWUSDT"] = Spec()
    found = await told(venue, "binance")
    contract = found.listing.instrument(BTC)
    assert contract.brackets is known("binance").instrument(BTC).brackets
    assert contract.liquidation_fee == D("0.012")
    assert found.untiered == (Symbol("NEWUSDT"),)
    assert contract.as_of == FixedClock().now().date()


async def test_fees_of_ccxt_are_not_the_venues(venue: Exchange) -> None:
    venue.specs = specs_of(known("bybit"))
    venue.specs["NEWUSDT"] = venue.specs["BTCUSDT"]
    venue.specs["ETHUSDT"] = venue.specs["ETHUSDT"].other(
        more={"makerFee": "0.0003", "takerFee": "0.0007"}
    )
    found = (await told(venue)).listing
    assert found.instrument(BTC).taker_fee == D("0.00055")
    assert found.instrument(Symbol("NEWUSDT")).taker_fee == D("0.00055")
    assert "fees" in found.instrument(Symbol("NEWUSDT")).assumed
    assert (found.instrument(ETH).maker_fee, found.instrument(ETH).taker_fee) == (
        D("0.0003"),
        D("0.0007"),
    )
    assert found.instrument(ETH).bankruptcy_fee == D("0.0007")


async def test_percents_for_fractions_are_refused(venue: Exchange) -> None:
    percent = Rung("2000000", "0.5", "100", "1")  # as the documents show them
    venue.specs = {
        symbol: spec.other(rungs=(percent,)) for symbol, spec in specs_of(known("bybit")).items()
    }
    with pytest.raises(Implausible, match="initial margin x leverage is 100, not 1"):
        await told(venue)


async def test_amounts_that_a_venue_leaves_out_are_reckoned_and_said_to_be(
    venue: Exchange,
) -> None:
    rungs = tuple(
        replace(rung, amount=amount)
        for rung, amount in zip(
            specs_of(known("bybit"))["BTCUSDT"].rungs, ["", None] * 20, strict=False
        )
    )
    venue.specs = specs_of(known("bybit"))
    venue.specs["BTCUSDT"] = venue.specs["BTCUSDT"].other(rungs=rungs)
    contract = (await told(venue)).listing.instrument(BTC)
    assert contract.brackets.amounts == known("bybit").instrument(BTC).brackets.amounts
    assert "maintenance_amount" in contract.assumed


# --- faults


@pytest.mark.parametrize("status", [429, 503])
async def test_a_venue_that_cannot_just_now_is_asked_again(venue: Exchange, status: int) -> None:
    venue.specs = specs_of(known("bybit"))
    venue.statuses, venue.until = {RISK_LIMIT: status}, {RISK_LIMIT: 2}
    assert len((await asked(venue)).quoted) == len(venue.specs)
    assert venue.asked[RISK_LIMIT] == 3


@pytest.mark.parametrize("status", [403, 429, 503])
async def test_a_venue_is_given_up_after_a_few_tries(venue: Exchange, status: int) -> None:
    venue.specs, venue.statuses = specs_of(known("bybit")), {RISK_LIMIT: status}
    with pytest.raises(Unanswered):
        await asked(venue)
    assert venue.asked[RISK_LIMIT] == 4


async def test_a_question_that_the_venue_does_not_take_is_asked_once(venue: Exchange) -> None:
    venue.specs = specs_of(known("bybit"))
    venue.answers = {RISK_LIMIT: {"retCode": 10001, "retMsg": "params error"}}
    with pytest.raises(Unanswered, match="params error"):
        await asked(venue)
    assert venue.asked[RISK_LIMIT] == 1


async def test_who_asks_to_come_again_in_an_hour_is_given_up_at_once(venue: Exchange) -> None:
    venue.specs, venue.statuses = specs_of(known("bybit")), {RISK_LIMIT: 429}
    venue.headers = {"Retry-After": "3600"}
    with pytest.raises(Unanswered):
        await asked(venue)
    assert venue.asked[RISK_LIMIT] == 1


async def test_a_venue_that_is_not_there_is_said_to_be() -> None:
    source = ContractSource("okx", FixedClock(), "http://127.0.0.1:9", Patience(0.01, 0.01))
    with pytest.raises(Unanswered, match="ExchangeNotAvailable"):
        await source.answer()


async def test_an_answer_of_another_shape_is_none(venue: Exchange) -> None:
    venue.specs = specs_of(known("bybit"))
    venue.answers = {RISK_LIMIT: {"retCode": 0, "result": {"list": [{"symbol": "BTCUSDT"}]}}}
    with pytest.raises(Unanswered, match="shape nobody knows: KeyError"):
        await asked(venue)


async def test_figures_that_are_none_leave_their_contract_as_it_was(venue: Exchange) -> None:
    venue.specs = specs_of(known("bybit"))
    first, *others = venue.specs["BTCUSDT"].rungs
    broken = (replace(first, cap="much"), *others)
    venue.specs["BTCUSDT"] = venue.specs["BTCUSDT"].other(rungs=broken)
    found = await told(venue)
    assert [each.symbol for each in found.unread] == [BTC]
    assert found.listing.instrument(BTC) is known("bybit").instrument(BTC)


def test_the_library_is_here_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    assert can_ask()
    monkeypatch.setattr(contracts, "find_spec", lambda _: None)
    assert not can_ask()


def test_every_source_has_its_words() -> None:
    assert set(contracts.SOURCES) == set(VENUES) <= set(Listings(LISTINGS, FixedClock().now))
