"""A live market that has gone silent: whatever needs a price is refused, and is told since when."""

import pytest

from bot.app import commands
from tests.fakes.ports import NOON, FixedMarks
from tests.walk.house import Home, shown
from tests.walk.market import live_home
from tests.walk.trading import furnished

PRICELESS = {
    # they say what is written down: texts, settings, what was done, who is who
    *("about", "export", "faq", "forget", "help", "history", "learn", "link", "no", "privacy"),
    *("proof", "receipt", "set", "share", "start", "stats", "status", "unlink", "venue"),
    *("host", "hostfaq", "schedule"),  # and what a group's hosts decide
    *("challenge", "league", "answer", "trade"),  # games have a market and a silence of their own
    "choose",  # the advice follows from the answers; its example is left out
    "cancel",  # an order may always be taken back
    "replay",  # recorded prices, which do not age
    "yes",  # without a preview there is nothing to confirm
}
LISTING = {"/alert", "/alert liq 5%", "/posmode"}
"""Lines of the other commands that only show or keep what is written down."""
LINES = [
    line
    for c in commands()
    if c.name not in PRICELESS
    for line in c.examples
    if line not in LISTING
]
MORE = ["/orders", "/close #1", "/ff #1", "/replay ftx mine", "10x long btc", "/price all"]
NEED_A_PRICE = [line for line in LINES + MORE if line != "/ff #3"]  # which is held by nobody


@pytest.fixture
def stale() -> Home:
    """Mira's house with positions and orders, two minutes after the last price."""
    home = furnished(live_home())
    home.clock.advance(120)
    return home


@pytest.mark.parametrize("line", NEED_A_PRICE)
def test_whatever_needs_a_price_says_since_when_there_is_none(stale: Home, line: str) -> None:
    reply = stale.say(line)
    assert reply.outcome == "stale_price"
    first, *rest = shown(reply).splitlines()
    assert first == (
        "Binance prices are stale since 2026-12-01 12:00 UTC, 2 min ago. "
        "Nothing is decided on prices older than 1 min."
    )
    assert rest == ["[1] Status"]


@pytest.mark.parametrize(
    "line", sorted(LISTING) + [c.examples[0] for c in commands() if c.name in PRICELESS]
)
def test_whatever_needs_none_is_answered_all_the_same(stale: Home, line: str) -> None:
    assert stale.say(line).outcome != "stale_price"


def test_the_button_of_the_refusal_says_how_the_market_is(stale: Home) -> None:
    ((status,),) = stale.say("/pf").choices
    assert stale.say(status.say, button=True).outcome == "ok"


def test_a_confirm_that_comes_too_late_for_its_price_says_since_when() -> None:
    home = live_home()
    confirm = home.say("/open long btc 10x 100 isolated").choices[0][0]
    source = home.services.prices._source
    assert isinstance(source, FixedMarks)
    source.move("BTCUSDT", 85840, at=NOON.replace(hour=11, minute=58, second=30))
    reply = home.say(confirm.say, button=True, kept=True)
    assert reply.outcome == "stale_price"
    assert "since 2026-12-01 11:58 UTC" in shown(reply)


@pytest.mark.parametrize(("group", "moment"), [(False, "21:00 JST"), (True, "12:00 UTC")])
def test_the_moment_is_in_the_zone_of_who_reads_alone(
    stale: Home, group: bool, moment: str
) -> None:
    stale.say("/set zone Asia/Tokyo")
    assert f"stale since 2026-12-01 {moment}" in shown(stale.say("/price btc", group=group))


@pytest.mark.parametrize("line", ["/pf", "/compare 10x long btc mine"])
def test_so_is_that_of_what_is_answered_alone_in_a_group(stale: Home, line: str) -> None:
    stale.say("/set zone Asia/Tokyo")
    reply = stale.say(line, group=True, addressed=True)
    assert reply.private
    assert "stale since 2026-12-01 21:00 JST" in shown(reply)


def test_a_market_that_never_had_a_price_says_since_when_it_waits() -> None:
    home = Home(source=FixedMarks({}, market="bybit"))
    home.clock.advance(7)
    assert shown(home.say("/price btc")).splitlines()[0] == (
        "Bybit has had no price that can be relied on since 2026-12-01 12:00 UTC, 7 s ago. "
        "Nothing is decided until it has."
    )
