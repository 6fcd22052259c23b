"""A card of the guessing game: the trade, what stands behind it, and how it is judged."""

from collections.abc import Iterator

from bot.chat.figures import Figure, Label, Money, Size, Times
from bot.chat.games.quiz_items import share
from bot.chat.games.seen import Seen
from bot.chat.i18n import Translate
from bot.chat.positions import mode_word, side_word
from bot.chat.reply import Block, Facts, Notes, Words
from bot.chat.symbols import base_of
from core.lessons.game.cards import Beside, Card
from core.margin.pool import MarginMode
from core.money import ZERO

Rows = tuple[tuple[str, Figure], ...]


def card_blocks(seen: Seen, card: Card) -> tuple[Block, ...]:
    """Return the figures of a card: the trade, its wall, its tier, and the other position."""
    _, blocks = seen._, list[Block]()
    blocks.append(Facts((*_trade(seen, card), *_wall(card, _), *_tier(card, _))))
    if card.beside is not None:
        blocks.append(Facts(_beside(seen, card.beside), _("In the same wallet")))
    return tuple(blocks)


def card_notes(seen: Seen, card: Card) -> Notes:
    """Return a card's small print."""
    return Notes(tuple(_profile(seen, card)))


def _profile(seen: Seen, card: Card) -> Iterator[Words]:
    """By whose rules it is judged, and what is held still."""
    _, listing = seen._, seen.ground.listing
    yield Words(_("{venue} rules"), {"venue": Label(listing.venue.name)})
    yield Words(_("the fee of opening is paid"))
    fee = listing.instrument(card.symbol).trigger_fee
    if fee:
        yield Words(_("the closing fee of {rate} counts in"), {"rate": share(fee)})
    if card.beside is not None:
        yield Words(_("the other mark stands still"))


def _trade(seen: Seen, card: Card) -> Rows:
    _ = seen._
    trade = f"{side_word(card.side, _)} {base_of(card.symbol)}"
    return (
        (_("trade"), Label(trade)),
        (_("mode"), Label(mode_word(card.mode, _))),
        (_("leverage"), Times(card.leverage)),
        (_("size"), Size(card.quantity, base_of(card.symbol))),
        (_("entry and mark"), seen.price(card.symbol, card.entry)),
    )


def _wall(card: Card, _: Translate) -> Rows:
    """What stands behind it; in cross the wallet, with the margin beside it for reckoning."""
    wallet = (_("wallet"), Money(card.wallet, "USDT", whole=True))
    margin = (_("margin"), Money(card.margin, "USDT", whole=True))
    return (margin, wallet) if card.mode is MarginMode.ISOLATED else (wallet, margin)


def _tier(card: Card, _: Translate) -> Rows:
    rate = (_("maintenance"), share(card.rate))
    if card.amount == ZERO:
        return (rate,)
    return (rate, (_("deduction"), Money(card.amount, "USDT", whole=True)))


def _beside(seen: Seen, beside: Beside) -> Rows:
    _ = seen._
    trade = f"{side_word(beside.side, _)} {base_of(beside.symbol)}"
    return (
        (_("trade"), Label(trade)),
        (_("leverage"), Times(beside.leverage)),
        (_("size"), Size(beside.quantity, base_of(beside.symbol))),
        (_("entry"), seen.price(beside.symbol, beside.entry)),
        (_("mark"), seen.price(beside.symbol, beside.mark)),
    )
