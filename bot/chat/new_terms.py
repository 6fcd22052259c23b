"""New terms of a contract in words: what a venue announced, and what it does to one's positions.

The message may come twice, since it is delivered at least once; the edition in the small print
tells a repeat from news. The figures are those at the prices when it was announced.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from bot.chat.demo import small_warning
from bot.chat.figures import Count, Figure, Label, Moment, Money, Percent, PriceOf, Size
from bot.chat.i18n import Translate
from bot.chat.positions import mode_word, side_word
from bot.chat.reply import Block, Choice, Notes, Reply, Row, Table, Text, Title, Words
from bot.chat.say import coin_word
from bot.chat.symbols import base_of
from core.alerts.books import News
from core.editions import in_force
from core.margin.pool import MarginMode
from core.market import Instrument, Listing
from core.money import ONE, ZERO, Price
from core.paper.new_terms import Announcement, Effect, NewTerms, Turn

SHOWN = 6
"""Positions that are shown with their figures; the others are counted."""

Part = tuple[NewTerms, Effect]


def new_terms_reply(
    news: News, told: Announcement, listings: Mapping[str, Listing], _: Translate, zone: str = ""
) -> Reply:
    """Word an announcement: which contracts, each position before and after, what can be done."""
    listing = in_force(listings, told.venue, news.at)
    title, *more = _sentences(told, listing, _)
    parts = [(terms, e) for terms in told.terms if _changes(terms) for e in terms.effects]
    blocks: list[Block] = [Title(title), *(Text(words) for words in more)]
    if parts:
        blocks += _of_positions(parts, listing, _)
    return Reply(
        blocks=(*blocks, Notes(tuple(_print(news, told, parts, _)))),
        choices=_choices(parts, _),
        private=True,
        short=title,
        zone=zone,
    )


def _changes(terms: NewTerms) -> bool:
    return terms.turn is Turn.CHANGED


def _sentences(told: Announcement, listing: Listing, _: Translate) -> Iterator[Words]:
    """What the venue did, one sentence for each kind of it."""
    texts = {
        Turn.CHANGED: _("{venue} changes the terms of {coins} on {when}."),
        Turn.DELISTED: _(
            "{venue} lists {coins} no longer. Your position goes on under its terms and can be "
            "closed; nothing new is opened."
        ),
        Turn.WITHDRAWN: _("{venue} takes back what it announced for {coins}: its terms stay."),
    }
    for turn, text in texts.items():
        coins = [base_of(terms.symbol) for terms in told.terms if terms.turn is turn]
        if coins:
            figures: dict[str, Figure] = {
                "venue": Label(listing.venue.name),
                "coins": Label(", ".join(coins)),
                "when": Moment(told.applies_at),
            }
            yield Words(text, figures)


# --- positions ------------------------------------------------------------------------------------


def _of_positions(parts: list[Part], listing: Listing, _: Translate) -> Iterator[Block]:
    """A table of the positions, and what can be done about them."""
    rows = [row for part in parts[:SHOWN] for row in _rows(*part, listing, _)]
    yield Table((_("now"), _("then")), tuple(rows))
    if len(parts) > SHOWN:
        text = _("And {count} more positions: see the portfolio.")
        yield Text(Words(text, {"count": Count(len(parts) - SHOWN)}))
    falling = [effect for _terms, effect in parts if effect.falls]
    if falling:
        text = _("At these prices the new terms would liquidate {positions}.")
        numbers = ", ".join(f"#{effect.number}" for effect in falling)
        yield Text(Words(text, {"positions": Label(numbers)}), strong=True)
    yield Text(
        Words(
            _("Until then you can add margin, make a position smaller, or close it."),
        )
    )


def _rows(terms: NewTerms, effect: Effect, listing: Listing, _: Translate) -> Iterator[Row]:
    """One position: what it needs to stay and where it ends, before and after."""
    leg, instrument = effect.leg, listing.instrument(terms.symbol)
    yield Row(
        Words(
            _("#{number} {side} {size} {mode}"),
            {
                "number": Count(effect.number),
                "side": Label(side_word(leg.side, _)),
                "size": Size(leg.quantity, instrument.base),
                "mode": Label(mode_word(effect.mode, _)),
            },
        )
    )
    yield Row(Label(_("maintenance")), tuple(Money(amount) for amount in effect.needed))
    yield Row(Label(_("liq. price")), tuple(_price(price, instrument) for price in effect.limit))
    if terms.taker_fee[0] != terms.taker_fee[1]:
        yield Row(Label(_("taker fee")), tuple(_rate(fee) for fee in terms.taker_fee))


def _price(price: Price | None, instrument: Instrument) -> PriceOf:
    return PriceOf(price, instrument.tick_at(price or ONE))


def _rate(rate: Decimal) -> Percent:
    """A rate with as many digits as it needs in percent, four at most."""
    exponent = (rate * 100).normalize().as_tuple().exponent
    return Percent(rate, min(4, max(2, -exponent if isinstance(exponent, int) else 0)))


# --- what stands below ----------------------------------------------------------------------------


def _print(news: News, told: Announcement, parts: list[Part], _: Translate) -> Iterator[Words]:
    """On which prices this was reckoned, and which edition it is."""
    if any(effect.stood_in for _terms, effect in parts):
        yield Words(_("reckoned at your entry where the contract had no fresh price"))
    elif parts:
        when: dict[str, Figure] = {"when": Moment(told.prices_of)}
        yield Words(_("reckoned at the marks of {when}, the others held still"), when)
    figures: dict[str, Figure] = {"number": Count(told.edition), "when": Moment(news.at)}
    yield Words(_("edition {number} of the venue's figures, {when}"), figures)
    yield from small_warning(told.market, _)


def _choices(parts: list[Part], _: Translate) -> tuple[tuple[Choice, ...], ...]:
    """The portfolio; for a single position, what makes it safer."""
    portfolio = Choice(_("Portfolio"), "/pf")
    if len(parts) != 1:
        return ((portfolio,),)
    effect = parts[0][1]
    half = Choice(_("Close half"), f"/close #{effect.number} 50%", kept=True)
    more = (effect.needed[1] - effect.needed[0]).to_integral_value(rounding="ROUND_CEILING")
    if more <= ZERO or effect.mode is not MarginMode.ISOLATED:
        return ((half, portfolio),)
    line = f"/margin {coin_word(effect.leg.symbol)} +{more:f}"
    add = Choice(_("Add {more}").replace("{more}", f"{more:f}"), line, kept=True)
    return ((add, half, portfolio),)
