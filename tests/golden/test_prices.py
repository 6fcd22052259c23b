"""Prices, on the demo market and on live ones, as each platform shows them."""

import pytest

from bot.chat.reply import Reply
from tests.golden.snapshots import FOLDER, PLATFORMS, kept, on_platform
from tests.walk.house import Home
from tests.walk.market import namesakes_home

LINES = {
    "demo-price": "/price",
    "demo-price-btc": "/price btc",
    "demo-funding": "/funding",
    "live-price": "/price",
    "live-price-btc": "/price btc",
    "live-funding": "/funding",
    "live-funding-btc": "/funding btc",
    "live-price-pepe": "/price pepe",
    "live-price-cross": "/price cross",
    "stale-price": "/price",
}


def answer(name: str) -> Reply:
    """Answer a line on its market: recorded, live, or two minutes after the last live price."""
    market = name.split("-", maxsplit=1)[0]
    home = Home() if market == "demo" else namesakes_home()
    if market == "stale":
        home.clock.advance(120)
    return home.say(LINES[name])


@pytest.fixture(scope="session")
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--golden-update"))


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("name", LINES)
def test_an_answer_is_as_it_was_kept(name: str, platform: str, update: bool) -> None:
    reply = answer(name)
    assert on_platform(reply, platform) == kept(name, platform, reply, update=update)


def test_nothing_is_kept_that_nobody_asks_for() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(LINES)
