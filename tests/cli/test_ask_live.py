"""`marginbot ask` on live prices: the exchange on loopback, in a thread and a loop of its own."""

from collections.abc import Callable, Iterator

import pytest

from bot.cli import main
from tests.cli.conftest import Typed
from tests.fakes.exchange import Exchange
from tests.fakes.exchange.binance import Quote
from tests.fakes.exchange.elsewhere import Elsewhere


@pytest.fixture
def venue(monkeypatch: pytest.MonkeyPatch) -> Iterator[Exchange]:
    with Elsewhere() as exchange:
        monkeypatch.setenv("PRICES_SOURCE", "binance")
        monkeypatch.setenv("PRICES_BASE_URL", exchange.base)
        yield exchange


@pytest.fixture
def asked(capsys: pytest.CaptureFixture[str]) -> Callable[[str], tuple[int, str]]:
    def ask(line: str) -> tuple[int, str]:
        capsys.readouterr()
        status = main(["ask", line])
        return status, capsys.readouterr().out

    return ask


Asked = Callable[[str], tuple[int, str]]


def test_the_status_tells_market_state_and_age(venue: Exchange, asked: Asked) -> None:
    status, out = asked("/status")
    assert status == 0
    assert out.startswith("Prices: Binance, polled since ")
    assert "DEMO" not in out
    assert "checked with" in out
    assert "Bybit" in out


def test_a_live_answer_is_reckoned_on_the_live_mark(venue: Exchange, asked: Asked) -> None:
    status, out = asked("/price btc")
    assert status == 0
    assert "85,840.4" in out
    assert "DEMO" not in out
    assert "recorded" not in out
    assert "Binance mark price 0 s old" in out


def test_the_index_is_told_apart_from_the_mark(venue: Exchange, asked: Asked) -> None:
    _, out = asked("/price btc")
    assert "\nIndex price" in out
    assert "Liquidation goes by the mark" in out
    assert "follows the index, an average of spot prices." in out


def test_an_exchange_that_does_not_answer_is_told_as_it_is(venue: Exchange, asked: Asked) -> None:
    venue.statuses = {"*": 503}
    status, out = asked("/status")
    assert status == 0
    assert out.startswith("Prices: Binance, stale since ")
    assert "Orders are refused and nothing is liquidated until prices come again." in out
    status, out = asked("/open 10x long btc 500 isolated")
    assert status == 2
    assert "Binance has had no price that can be relied on since 20" in out


def test_no_order_is_taken_on_a_mark_that_the_second_venue_denies(
    venue: Exchange, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRICES_STALE_AFTER", "2")
    venue.quotes["BTCUSDT"] = Quote("111592.52")
    status, out = asked("/open 10x long btc 500 isolated")
    assert status == 2
    assert "111,592" not in out
    assert "BTC" in out


def test_every_line_of_a_conversation_has_fresh_prices(
    venue: Exchange, capsys: pytest.CaptureFixture[str], typed: Typed
) -> None:
    typed("/price btc", "/status", "/price eth")
    assert main(["ask", "-"]) == 0
    out = capsys.readouterr().out
    assert "85,840.4" in out
    assert "2,000.5" in out
