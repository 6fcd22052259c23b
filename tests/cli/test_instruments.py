"""`marginbot instruments`: refreshed from an exchange on loopback, listed, its changes told."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import localcontext

import pytest

from bot.adapters.content.instrument_files import load_listings
from bot.adapters.prices import contracts
from bot.cli import main
from core.money import EXACT
from tests.fakes.exchange import Exchange
from tests.fakes.exchange.binance import Quote
from tests.fakes.exchange.elsewhere import Elsewhere
from tests.fakes.exchange.rules import Spec, specs_of

with localcontext(EXACT):
    LISTINGS = load_listings()
Ran = Callable[..., tuple[int, str, str]]
RISK_LIMIT = "v5/market/risk-limit"


@pytest.fixture
def venue(monkeypatch: pytest.MonkeyPatch) -> Iterator[Exchange]:
    with Elsewhere() as exchange:
        monkeypatch.setenv("PRICES_BASE_URL", exchange.base)
        exchange.specs = specs_of(LISTINGS["bybit"])
        yield exchange


@pytest.fixture
def ran(capsys: pytest.CaptureFixture[str]) -> Ran:
    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([*words])
        out, err = capsys.readouterr()
        return status, out, err

    return run


def dearer(spec: Spec) -> Spec:
    """The same contract with a higher rate in its first tier; the amounts are left to be reckoned.

    So every tier but the first is another one too, by its amount.
    """
    rungs = (replace(spec.rungs[0], rate="0.0052"), *spec.rungs[1:])
    return spec.other(rungs=tuple(replace(rung, amount="") for rung in rungs))


def refreshed(ran: Ran, *more: str, venue: str = "bybit") -> list[str]:
    status, out, err = ran("instruments", "refresh", "--venue", venue, *more)
    assert (status, err) == (0, "")
    return out.splitlines()


def test_a_refresh_is_written_once_and_said(venue: Exchange, ran: Ran) -> None:
    first = refreshed(ran)
    assert first[0].startswith("Bybit, read 20")
    assert first[0].endswith(": 7 contracts")
    assert first[1].split()[:3] == ["same", "figures", "7"]
    assert first[-2:] == ["Applies at once: 7", "Written as edition 1."]
    again = refreshed(ran)
    assert again[1:] == ["No change: nothing was written."]


def test_everything_that_differs_has_its_line(venue: Exchange, ran: Ran) -> None:
    refreshed(ran)
    btc, eth = venue.specs["BTCUSDT"], venue.specs["ETHUSDT"]
    venue.specs |= {
        "BTCUSDT": dearer(btc),
        "ETHUSDT": eth.other(tick="0.05", more={"makerFee": "0.0001", "takerFee": "0.0006"}),
        "NEWUSDT": eth,
        "ODDUSDT": Spec(),
    }
    del venue.specs["XRPUSDT"]
    lines = [" ".join(line.split()) for line in refreshed(ran)]
    assert lines[1:] == [
        "new 1 NEWUSDT",
        "gone 1 XRPUSDT",
        "tick 1 ETHUSDT",
        "fees 1 ETHUSDT",
        "tiers BTCUSDT: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, …; maintenance rises",
        "left as it was ODDUSDT: it has no tiers",
        "Applies at once: 4",
        "Written as edition 2.",
    ]


def test_a_dry_run_writes_nothing(venue: Exchange, ran: Ran) -> None:
    assert refreshed(ran, "--dry-run")[-1] == "Dry run: nothing was written."
    assert refreshed(ran)[-1] == "Written as edition 1."


def test_binance_says_that_its_tiers_stay_at_their_dates(venue: Exchange, ran: Ran) -> None:
    venue.specs = {**specs_of(LISTINGS["binance"]), "NEWUSDT": Spec()}
    lines = [" ".join(line.split()) for line in refreshed(ran, venue="binance")]
    assert "tiers stay at their dates: this venue shows them to accounts only" in lines
    assert "left out 1 contracts whose tiers nobody here knows" in lines
    status, out, _ = ran("instruments", "list", "--venue", "binance")
    assert (status, "edition 1" in out, "tiers of 2026-09-29, 30 contracts" in out) == (
        0,
        True,
        True,
    )


def test_okx_is_asked_contract_by_contract(venue: Exchange, ran: Ran) -> None:
    venue.specs = specs_of(LISTINGS["okx"])
    assert refreshed(ran, venue="okx")[-1] == "Written as edition 1."


def test_the_list_tells_sources_dates_and_editions(venue: Exchange, ran: Ran) -> None:
    refreshed(ran)
    status, out, _ = ran("instruments", "list")
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert status == 0
    assert lines[0] == "Binance: 30 contracts"
    assert "the program's own files" in lines
    at = lines.index("Bybit: 7 contracts")
    assert lines[at + 1].startswith("edition 1, 20")
    assert "7 contracts: Bybit GET /v5/market/risk-limit, linear" in lines[at + 2]


def test_a_position_delays_its_contract_and_its_holder_is_told_once(
    venue: Exchange, ran: Ran, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEFAULT_VENUE", "bybit")
    assert ran("ask", "/set confirm off")[0] == 0
    assert ran("ask", "/open 10x long btc 500 isolated")[0] == 0
    venue.specs["BTCUSDT"] = dearer(venue.specs["BTCUSDT"])
    lines = refreshed(ran)
    assert lines[-4] == "Applies at once: 6"
    assert lines[-3].startswith("Applies 20")
    assert lines[-3].endswith(": BTCUSDT")
    assert lines[-2:] == [
        "Accounts whose owners are told: 1",
        "Written as edition 1.",
    ]
    assert refreshed(ran)[-1] == "No change: nothing was written."
    _, listed, _ = ran("instruments", "list", "--venue", "bybit")
    assert "waits until 20" in listed
    _, answer, _ = ran("ask", "/price btc")
    assert "Bybit changes the terms of BTC on 20" in answer
    assert "liq. price" in answer
    _, later, _ = ran("ask", "/price btc")
    assert "changes the terms" not in later


def test_on_live_prices_it_is_reckoned_at_the_live_mark(
    venue: Exchange, ran: Ran, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEFAULT_VENUE", "bybit")
    monkeypatch.setenv("PRICES_SOURCE", "bybit")
    monkeypatch.setenv("PRICES_SECOND", "none")
    assert ran("ask", "/set confirm off")[0] == 0
    assert ran("ask", "/open 10x long btc 500 isolated")[0] == 0
    venue.specs["BTCUSDT"] = dearer(venue.specs["BTCUSDT"])
    venue.second["BTCUSDT"] = Quote("86000.00")
    assert "Accounts whose owners are told: 1" in refreshed(ran)
    answer = ran("ask", "/price btc")[1]
    assert "Bybit changes the terms of BTC" in answer
    assert "reckoned at the marks of 20" in answer


def test_what_is_gone_is_listed_no_more(venue: Exchange, ran: Ran) -> None:
    refreshed(ran)
    del venue.specs["XRPUSDT"]
    assert refreshed(ran)[-1] == "Written as edition 2."
    out = ran("instruments", "list", "--venue", "bybit")[1]
    assert out.startswith("Bybit: 6 contracts")
    assert ", 6 contracts: Bybit GET" in out


# --- what goes wrong


def test_without_the_library_it_says_how_to_install_it(
    ran: Ran, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contracts, "find_spec", lambda _: None)
    status, out, err = ran("instruments", "refresh", "--venue", "okx")
    assert (status, out) == (1, "")
    assert "pip install 'marginbot[live]'" in err


def test_without_a_network_nothing_is_written(ran: Ran, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRICES_BASE_URL", "http://127.0.0.1:9")
    monkeypatch.setattr(contracts, "TRIES", 1)
    status, out, err = ran("instruments", "refresh", "--venue", "bybit")
    assert (status, out) == (1, "")
    assert err.startswith("marginbot: Bybit gave no answer that can be used, nothing was written: ")
    assert "the program's own files" in ran("instruments", "list", "--venue", "bybit")[1]


def test_an_answer_that_cannot_be_true_writes_nothing(venue: Exchange, ran: Ran) -> None:
    del venue.specs["XRPUSDT"], venue.specs["ETHUSDT"]
    status, out, err = ran("instruments", "refresh", "--venue", "bybit")
    assert (status, out) == (1, "")
    assert "2 of 7 known contracts are missing" in err
    assert "the program's own files" in ran("instruments", "list", "--venue", "bybit")[1]


@pytest.mark.parametrize(
    "words",
    [["refresh"], ["refresh", "--venue", "hyperliquid"], ["list", "--venue", "mexc"], []],
    ids=" ".join,
)
def test_what_cannot_be_done_is_bad_usage(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["instruments", *words])
    assert ended.value.code == 2
