"""Instruments from `bot/content/instruments`: one file per venue, every group with source and date.

A file holds facts in the venue's own units; what follows from the venue's rules (which fee counts
in the trigger, which in the margin) is put together here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, localcontext
from importlib.resources import files
from importlib.resources.abc import Traversable

from bot.adapters.content.json_fields import Fields, read_fields
from bot.adapters.content.ladders import ladder, written_rows
from core.ladder import notional_brackets
from core.market import Bracket, BracketTable, Instrument, Listing, Symbol
from core.money import EXACT, ONE, ZERO, Amount, Quantity, Rate, plain
from core.venue import VENUES, Venue, venue_named

FOLDER = files("bot") / "content" / "instruments"

_FILE = ("venue", "quote", "counts", "fees", "groups", "instruments", "newer_known")
_INSTRUMENT = (
    *("base", "contract", "tick", "step", "min_quantity", "min_notional", "liquidation_fee"),
    *("significant", "isolated_only", "assumed", "tiers", "then"),
)


@dataclass(frozen=True, slots=True)
class NewerTier:
    """A tier that a newer, partial source gives otherwise than the ladder in use.

    `newer.max_leverage` is 0 where the source gives the rate only. `used` is the tier of the
    ladder in use at the same floor. `as_of` is as exact as the source: a day or a month.
    """

    newer: Bracket
    used: Bracket
    source: str
    as_of: str


def load_listings(folder: Traversable = FOLDER) -> dict[str, Listing]:
    """Read all venues' instruments, by venue id in the order of `core.venue.VENUES`.

    Raises `ValueError`, naming the file and the symbol, for anything that is not as it should be.
    """
    with localcontext(EXACT):
        return {venue.id: _listing(_read(folder, venue), venue) for venue in VENUES.values()}


def newer_differences(
    listing_id: str, symbol: Symbol, folder: Traversable = FOLDER
) -> tuple[NewerTier, ...]:
    """Return where a newer, partial source differs from the ladder in use, tier by tier.

    Empty where none is known or where it agrees. Raises `UnknownVenue`.
    """
    venue = venue_named(listing_id)
    fields = _read(folder, venue)
    newer = dict(fields.each("newer_known")) if "newer_known" in fields.values else {}
    if symbol not in newer:
        return ()
    own = dict(fields.each("instruments"))
    if symbol not in own:
        raise newer[symbol].wrong("no ladder in use beside it")
    with localcontext(EXACT):
        used = _instrument(fields, own[symbol], symbol, venue).brackets
        return tuple(_differences(newer[symbol], used))


def _read(folder: Traversable, venue: Venue) -> Fields:
    fields = read_fields(folder / f"{venue.id}.json")
    fields.only(*_FILE)
    if fields.text("venue") != venue.id:
        raise fields.wrong(f"venue is not {venue.id}")
    return fields


def _listing(fields: Fields, venue: Venue) -> Listing:
    own = {Symbol(name): inner for name, inner in fields.each("instruments")}
    return Listing(venue, {name: _instrument(fields, own[name], name, venue) for name in own})


def _instrument(fields: Fields, own: Fields, symbol: Symbol, venue: Venue) -> Instrument:
    """Put one contract together from its file's fields and its own."""
    own.only(*_INSTRUMENT)
    contract = own.figure("contract", "1")
    counted = contract if fields.text("counts", "notional") == "contracts" else None
    maker, taker = (Rate(fields.inner("fees").figure(name)) for name in ("maker", "taker"))
    source, as_of = _group(fields, "filters")
    return Instrument(
        symbol=symbol,
        base=own.text("base"),
        quote=fields.text("quote"),
        tick=_above_zero(own, "tick", ONE),
        step=_above_zero(own, "step", contract),
        min_quantity=Quantity(_above_zero(own, "min_quantity", contract)),
        min_notional=Amount(own.figure("min_notional")),
        brackets=ladder(own, *_group(fields, "tiers"), counted),
        maker_fee=maker,
        taker_fee=taker,
        liquidation_fee=_liquidation_fee(own),
        trigger_fee=taker if venue.fee_in_trigger else Rate(ZERO),
        bankruptcy_fee=taker if venue.close_fee_in_margin else Rate(ZERO),
        significant=int(own.figure("significant")) if "significant" in own.values else None,
        isolated_only=own.truth("isolated_only"),
        assumed=own.words("assumed"),
        source=source,
        as_of=as_of,
    )


def _above_zero(own: Fields, name: str, unit: Decimal) -> Decimal:
    value = plain(own.figure(name) * unit)
    if value <= ZERO:
        raise own.wrong(f"{name} must be above zero")
    return value


def _liquidation_fee(own: Fields) -> Rate | None:
    """The clearance fee rate, or None where no source was found."""
    return Rate(own.figure("liquidation_fee")) if "liquidation_fee" in own.values else None


def _group(fields: Fields, name: str) -> tuple[str, date | None]:
    """Return a group's source and its date, None where the source gives a month or a year only."""
    group = fields.inner("groups").inner(name)
    written = group.text("as_of")
    try:
        return group.text("source"), date.fromisoformat(written) if len(written) > 7 else None
    except ValueError:
        raise group.wrong(f"as_of is no date: {written}") from None


def _differences(fields: Fields, used: BracketTable) -> Iterator[NewerTier]:
    """Lay each newer tier beside the tier in use at its floor."""
    fields.only("source", "as_of", "tiers")
    for newer in notional_brackets(tuple(written_rows(fields))):
        old = used.brackets[used.index(newer.floor)]
        leverage = newer.max_leverage or old.max_leverage
        if old != replace(newer, max_leverage=leverage):
            yield NewerTier(newer, old, fields.text("source"), fields.text("as_of"))
