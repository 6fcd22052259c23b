"""Cards as they are read on a phone: everything that is needed to reckon, and nothing else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.adapters.console.render import text
from bot.adapters.content.instrument_files import load_listings
from bot.chat.games.guess_card import card_blocks, card_notes
from bot.chat.games.seen import Seen
from bot.chat.i18n import english
from bot.chat.render import COLUMNS, columns
from bot.chat.reply import Facts, Reply
from core.lessons.challenges.guess import KIND
from core.lessons.game.books import KeptGame
from core.lessons.game.cards import Card, drawn_card
from core.lessons.game.game import Game
from core.lessons.game.lifecycle import State
from core.margin.pool import MarginMode
from core.paper.records import Identity
from tests.builders import NOON, amount, exact
from tests.fakes.asking import ground

__all__ = ["exact"]

VENUES = load_listings()


def seen(venue: str = "binance") -> Seen:
    kept = KeptGame(
        number=1,
        state=State(Game(kind="guess", seed="1")),
        host=Identity("telegram", "1"),
        rooms=(),
    )
    return Seen(kept, KIND, ground(VENUES[venue]), NOON + timedelta(0), True, english)


def lines(card: Card, venue: str = "binance") -> list[str]:
    blocks = (*card_blocks(seen(venue), card), card_notes(seen(venue), card))
    return text(Reply(blocks)).splitlines()


def cards(venue: str) -> list[Card]:
    return [drawn_card(f"{n}", ground(VENUES[venue]), n % 9 + 1, n % 9 + 1) for n in range(40)]


@pytest.mark.parametrize("venue", sorted(VENUES))
def test_a_card_fits_a_phone_on_every_venue(venue: str) -> None:
    for card in cards(venue):
        blocks = [b for b in card_blocks(seen(venue), card) if isinstance(b, Facts)]
        printed = [line for b in blocks for line in text(Reply((b,))).splitlines()]
        assert max(map(columns, printed)) <= COLUMNS
        assert VENUES[venue].venue.name in lines(card, venue)[-1]


def test_it_tells_the_trade_its_wall_and_its_tier() -> None:
    card = next(c for c in cards("binance") if c.mode is MarginMode.ISOLATED and c.beside is None)
    labels = [line.split("  ")[0] for line in lines(card)]
    assert labels[:8] == [
        *("trade", "mode", "leverage", "size", "entry and mark", "margin", "wallet"),
        "maintenance",
    ]
    assert lines(card)[-1] == "Binance rules · the fee of opening is paid"


def test_in_cross_the_wallet_comes_first_and_the_other_position_stands_below() -> None:
    card = next(c for c in cards("binance") if c.mode is MarginMode.CROSS and c.beside is not None)
    printed = lines(card)
    names = [line.split("  ")[0] for line in printed]
    assert names.index("wallet") < names.index("margin")
    below = printed[printed.index("In the same wallet") + 1 :]
    assert [line.split("  ")[0] for line in below[:5]] == [
        *("trade", "leverage", "size", "entry", "mark")
    ]
    assert printed[-1].endswith("the other mark stands still")


def test_a_higher_tier_tells_its_deduction_and_a_closing_fee_is_named() -> None:
    card = cards("binance")[0]
    printed = lines(replace(card, amount=amount(50)))
    assert any(line.startswith("deduction") and line.endswith("50 USDT") for line in printed)
    venue, listing = next(
        (name, each)
        for name, each in sorted(VENUES.items())
        if any(i.trigger_fee for i in each.instruments.values())
    )
    found = [c for c in cards(venue) if listing.instrument(c.symbol).trigger_fee]
    assert found
    assert all("the closing fee of " in lines(card, venue)[-1] for card in found)
