"""Every command, said as a newcomer says it: right figures, narrow tables, buttons that work."""

from collections.abc import Iterator

import pytest

from bot.app import commands
from bot.chat.numerals import Numerals
from bot.chat.render import COLUMNS, Writer, columns, facts_lines, maths_lines, table_lines
from bot.chat.reply import Facts, Maths, Reply, Table, Tone
from core.errors import Refusal
from core.venue import VENUES
from tests.walk.house import Home, shown
from tests.walk.trading import furnished

EXAMPLES = [example for c in commands() for example in c.examples if not c.host]
AMONG_OTHERS = {"league"}
"""Commands that have no meaning where somebody is alone."""
PUBLIC = [
    e
    for c in commands()
    for e in c.examples
    if not (c.personal or c.host or c.name in AMONG_OTHERS)
]
BEFORE = dict.fromkeys(
    ("/challenge status", "/challenge join"), ("/challenge duel", "/challenge open")
)
"""What must have been said before an example makes sense."""
OWN = [example for c in commands() for example in c.examples if c.personal]
SPENT = {"preview_used", "preview_gone", "insufficient", "nothing_changes", "not_flat"}
"""What a button may meet after the buttons before it were pressed, or on a small wallet."""
MORE = [
    "/compare short eth 20x 250",
    "/compare 1x long btc",
    "/compare 125x long btc 10",
    "/compare long btc 10x 9000 exit 70000",
    "/compare 3x short sol wallet 100000 margin 30000",
    "/compare 100x long doge",
    "/compare long 1000pepe 10x 100 @0.01",
    "/compare long btc 10x mine",
    "/maths 2x short btc",
    "/maths 1x long btc",
    "/liq short eth 20x 300 cross wallet 2000",
    "/liq long btc 10x 1000 iso -50",
    "/pnl long btc 10x -> 50000",
    "/pnl short btc 50x -> 90000",
    "/pnl long btc 10x -> 20000",
    "/hedge long btc long eth 20x 2000",
    "/hedge short btc long eth 5x",
    "/shock btc -60%",
    "/shock btc -40% eth -50% sol -60%",
    "/shock short btc +5%",
    "/max doge 75x wallet 1000000",
    "/avg long btc 0.1@60000 0.2@65000",
    "/ladder short btc wallet 1000000",
    "/price all",
    "/faq",
    "/faq how tall is mount everest",
    "/help compare",
    "/help group",
    "/help nonsense",
    "/set fee 0.04%",
    "/set zone Europe/Berlin",
    "/set margin 300",
    "/set confirm off",
    "what is the difference between isolated and cross",
    "10x long btc",
]
EXPECTED = """\
LONG 0.292 BTC, 10x, Binance. DEMO PRICES, not live.
worth 19,979.81 USDT at 68,424.0
            Isolated     Cross
Can lose    1,997.98  9,990.01
of wallet        20%      100%
Liq. price  61,829.0  34,349.1
  away        -9.64%   -49.80%
If BTC moves
 +10%      +1,997.98 +1,997.98
  -5%        -998.99   -998.99
 -10%     *-1,997.98 -1,997.98
 -20%     *-1,997.98 -3,995.96
 -50%     *-1,997.98*-9,990.01
* liquidated, position gone
"""


def leaves(kind: type[Refusal]) -> set[type[Refusal]]:
    """The core's own refusals; those of the grammar stand elsewhere."""
    below = [each for each in kind.__subclasses__() if each.__module__.startswith("core.")]
    return set().union(*map(leaves, below)) if below else {kind}


@pytest.fixture
def home() -> Home:
    return Home()


def fixed_lines(reply: Reply) -> Iterator[str]:
    writer = Writer(Numerals())
    for block in reply.blocks:
        if isinstance(block, Table):
            yield from table_lines(block, writer)
        elif isinstance(block, Facts):
            yield from facts_lines(block, writer)
        elif isinstance(block, Maths):
            yield from maths_lines(block, writer)


def test_the_first_comparison_reads_as_designed(home: Home) -> None:
    text = shown(home.say("/compare 10x long BTC"))
    assert text.startswith(EXPECTED)
    assert "At -10% both are down 1,997.98. Isolated is closed there" in text
    assert "can lose the other 7,992.03 too" in text
    assert "tier 1 of 2026-09-29" in text


@pytest.mark.parametrize("line", [*EXAMPLES, *MORE])
def test_no_fixed_line_is_wider_than_a_phone(home: Home, line: str) -> None:
    reply = home.say(line)
    assert reply.outcome != "fault"
    assert all(columns(text) <= COLUMNS for text in fixed_lines(reply))


@pytest.mark.parametrize("line", PUBLIC)
def test_every_example_in_the_help_is_answered(home: Home, line: str) -> None:
    for earlier in BEFORE.get(line, ()):
        home.say(earlier)
    assert home.say(line).tone is Tone.ANSWER


@pytest.mark.parametrize("line", OWN)
def test_every_example_about_an_account_is_understood(line: str) -> None:
    """What an account can do depends on what it holds; the line itself must always be read."""
    reply = furnished().say(line)
    assert reply.outcome in {"ok", "which", "no_receipt", *(kind.code for kind in leaves(Refusal))}


@pytest.mark.parametrize("line", [*EXAMPLES, *MORE])
def test_every_button_can_be_pressed(home: Home, line: str) -> None:
    for row in home.say(line).choices:
        for choice in row:
            pressed = home.say(choice.say, button=True, kept=choice.kept)
            assert pressed.tone is not Tone.TROUBLE or pressed.outcome in SPENT, choice.say


def test_a_what_if_keeps_quantity_and_entry(home: Home) -> None:
    first = home.say("/compare 10x long BTC")
    twenty = next(c for row in first.choices for c in row if c.label == "20x")
    home.clock.advance(3600)
    text = shown(home.say(twenty.say, button=True))
    assert "LONG 0.292 BTC, 20x" in text
    assert "65,263.9" in text
    assert "34,349.1" in text
    assert len(f"1=zzzzzz:{twenty.say}") <= 64


def test_another_leverage_typed_is_another_size_and_says_so(home: Home) -> None:
    assert "twice the size of the 10x trade: 0.584 BTC" in shown(home.say("/compare 20x long BTC"))


@pytest.mark.parametrize("venue", VENUES)
@pytest.mark.parametrize("verb", ["compare", "maths", "figures", "liq", "ladder"])
def test_every_venue_answers(home: Home, venue: str, verb: str) -> None:
    text = shown(home.say(f"/{verb} 10x long btc on {venue}"))
    assert VENUES[venue].name in text
    assert "NOT equal" not in text


def test_the_maths_are_checked_and_not_recited(home: Home) -> None:
    text = shown(home.say("/maths 10x long BTC"))
    assert "= 61,828.92" in text
    assert text.count("equal") == 2


def test_the_seed_answers_say_what_they_must(home: Home) -> None:
    switch = shown(home.say("/faq switch-margin-mode")).lower()
    assert all(word in switch for word in ("most exchanges", "that pair", "close first"))
    safer = shown(home.say("/faq safer-mode-beginners")).lower()
    assert all(word in safer for word in ("generally", "assigned", "entire"))


def test_an_uncovered_question_is_refused_honestly(home: Home) -> None:
    assert home.say("/faq how tall is mount everest").outcome == "unknown_topic"
