"""What a venue says of its contracts, turned into a listing, or refused with the reason.

A venue's answer is not trusted more than a file: ladders pass the same check, maintenance amounts
must be those that leave no jump, and units that cannot be are refused. A contract that cannot be
read stays as it was and is named; where many cannot, or many are missing, the answer as a whole is
implausible and nothing of it is used. Source: margin specification, sections 2, 8 and 12.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from core.ladder import Row, ladder_of, leverage_of
from core.market import BracketTable, Instrument, Listing, Symbol
from core.money import ONE, ZERO, Amount, D, Quantity, Rate, plain

MOST_LOST = 10
"""One in so many known contracts may be missing or unreadable, and any single one."""

NEARLY_ONE = (D("0.9"), D("1.1"))
"""Between these initial margin x leverage lies, whichever way a venue rounds; 100 is a percent."""

FEE, AMOUNT = "fees", "maintenance_amount"
"""How `assumed` names what the venue did not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """One tier as a venue says it: sizes up to `cap`, in quote or in contracts.

    Rates are fractions. What a venue leaves out is None; `floor` and `amount` (quote) are only
    compared with what follows from the tier below.
    """

    cap: Decimal
    rate: Decimal
    max_leverage: Decimal | None = None
    initial: Decimal | None = None
    floor: Decimal | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """One contract as a venue says it.

    `step` and `min_quantity` count contracts of `contract` base units each; so do the tiers of a
    venue that counts them. `tiers` is None where the venue does not show them to everybody.
    """

    symbol: Symbol
    base: str
    tick: Decimal
    step: Decimal
    min_quantity: Decimal
    min_notional: Decimal
    contract: Decimal | None = None
    tiers: tuple[Tier, ...] | None = None
    maker_fee: Decimal | None = None
    taker_fee: Decimal | None = None
    liquidation_fee: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Everything a venue said at a moment; the sources are words for replies and lists."""

    venue: str
    at: datetime
    quoted: tuple[Quoted, ...]
    source: str
    tiers_source: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A contract that stays as it was, and why."""

    symbol: Symbol
    why: str


@dataclass(frozen=True, slots=True)
class Understood:
    """The listing an answer makes; `untiered` are contracts whose tiers nobody here knows."""

    listing: Listing
    unread: tuple[Unread, ...] = ()
    untiered: tuple[Symbol, ...] = ()


class Implausible(ValueError):
    """An answer that cannot be true as a whole; its text says why."""


def understood(answer: Answer, known: Listing) -> Understood:
    """Return what an answer makes of the contracts known so far. Raises `Implausible`."""
    if not answer.quoted:
        raise Implausible("it lists no contract at all")
    _check_units(answer.quoted)
    read: dict[Symbol, Instrument] = {}
    unread: list[Unread] = []
    untiered: list[Symbol] = []
    for quoted in answer.quoted:
        old = known.instruments.get(quoted.symbol)
        if quoted.tiers is None and old is None:
            untiered.append(quoted.symbol)
            continue
        try:
            read[quoted.symbol] = _instrument(quoted, answer, old, known)
        except ValueError as fault:
            unread.append(Unread(quoted.symbol, str(fault)))
    _check_readable(unread, len(answer.quoted))
    _check_complete(answer, known)
    kept = {u.symbol: known.instruments[u.symbol] for u in unread if u.symbol in known.instruments}
    return Understood(replace(known, instruments={**read, **kept}), tuple(unread), tuple(untiered))


def _check_units(quoted: Iterable[Quoted]) -> None:
    """A rate above one is a percent, or worse, in one contract as in all."""
    for each in quoted:
        for tier in each.tiers or ():
            if not tier.rate.is_finite() or tier.rate > ONE:
                raise Implausible(f"{each.symbol} has a maintenance rate of {tier.rate:f}")


def _check_readable(unread: list[Unread], told: int) -> None:
    if len(unread) > 1 and len(unread) * MOST_LOST > told:
        first = unread[0]
        raise Implausible(
            f"{len(unread)} of {told} contracts cannot be read, "
            f"the first of them {first.symbol}: {first.why}"
        )


def _check_complete(answer: Answer, known: Listing) -> None:
    before, told = tuple(known.tradable), {each.symbol for each in answer.quoted}
    missing = [symbol for symbol in before if symbol not in told]
    if len(missing) > 1 and len(missing) * MOST_LOST > len(before):
        raise Implausible(
            f"{len(missing)} of {len(before)} known contracts are missing, "
            f"the first of them {missing[0]}"
        )


# --- one contract ---------------------------------------------------------------------------------


def _instrument(
    quoted: Quoted, answer: Answer, old: Instrument | None, known: Listing
) -> Instrument:
    """Put one contract together. Raises `ValueError` with what is wrong with it."""
    unit, venue = quoted.contract or ONE, known.venue
    brackets, assumed = _brackets(quoted, answer, old)
    maker, taker, more = _fees(quoted, old, known)
    fee = quoted.liquidation_fee
    cleared = old.liquidation_fee if fee is None and old is not None else fee
    return Instrument(
        symbol=quoted.symbol,
        base=quoted.base,
        quote=venue.settle,
        tick=_above_zero("tick", quoted.tick),
        step=_above_zero("step", quoted.step * unit),
        min_quantity=Quantity(_above_zero("smallest order", quoted.min_quantity * unit)),
        min_notional=Amount(_plain("smallest order value", quoted.min_notional)),
        brackets=brackets,
        maker_fee=maker,
        taker_fee=taker,
        liquidation_fee=None if cleared is None else Rate(_plain("clearance fee", cleared)),
        trigger_fee=taker if venue.fee_in_trigger else Rate(ZERO),
        bankruptcy_fee=taker if venue.close_fee_in_margin else Rate(ZERO),
        significant=None if old is None else old.significant,
        isolated_only=False if old is None else old.isolated_only,
        assumed=assumed | more,
        source=answer.source,
        as_of=answer.at.date(),
    )


def _above_zero(name: str, value: Decimal) -> Decimal:
    found = _plain(name, value)
    if found <= ZERO:
        raise ValueError(f"the {name} is zero")
    return found


def _plain(name: str, value: Decimal) -> Decimal:
    if not value.is_finite() or value < ZERO:
        raise ValueError(f"the {name} is {value}")
    return plain(value)


def _fees(
    quoted: Quoted, old: Instrument | None, known: Listing
) -> tuple[Rate, Rate, frozenset[str]]:
    """The venue's fees where it says them, else as before; a new contract's are its peers'."""
    if quoted.maker_fee is not None and quoted.taker_fee is not None:
        maker, taker = _plain("maker fee", quoted.maker_fee), _plain("taker fee", quoted.taker_fee)
        return Rate(maker), Rate(taker), frozenset()
    like = old or next(iter(known.instruments.values()))
    taken = frozenset({FEE}) if old is None or FEE in old.assumed else frozenset()
    return like.maker_fee, like.taker_fee, taken


def _brackets(
    quoted: Quoted, answer: Answer, old: Instrument | None
) -> tuple[BracketTable, frozenset[str]]:
    """The ladder, and what of it was reckoned in the venue's place."""
    if quoted.tiers is None:
        assert old is not None
        return old.brackets, old.assumed & {AMOUNT}
    if not quoted.tiers:
        raise ValueError("it has no tiers")
    rows = [_row(tier) for tier in quoted.tiers]
    table = ladder_of(rows, quoted.contract, answer.tiers_source, answer.at.date())
    _check_floors(quoted.tiers)
    silent = _check_amounts(quoted.tiers, table) if quoted.contract is None else False
    return table, frozenset({AMOUNT}) if silent else frozenset()


def _row(tier: Tier) -> Row:
    """A tier as a row. Raises `ValueError` for rates and leverages that do not fit each other."""
    told = (tier.cap, tier.max_leverage, tier.initial, tier.floor, tier.amount)
    if not all(value is None or value.is_finite() for value in told):
        raise ValueError("a figure of a tier is none")
    leverage = _leverage(tier)
    if tier.rate * leverage > ONE:
        raise ValueError(f"{tier.rate:f} of maintenance at {leverage:f}x is more than the margin")
    return Row(plain(tier.cap), Rate(plain(tier.rate)), plain(leverage))


def _leverage(tier: Tier) -> Decimal:
    """The leverage told, or 1 / initial margin; where both are, they must agree."""
    leverage, initial = tier.max_leverage, tier.initial
    if leverage is None:
        if initial is None or initial <= ZERO:
            raise ValueError("a tier has neither a leverage nor an initial margin")
        return leverage_of(initial)
    if initial is not None and not NEARLY_ONE[0] <= initial * leverage <= NEARLY_ONE[1]:
        raise ValueError(f"initial margin x leverage is {plain(initial * leverage):f}, not 1")
    return leverage


def _check_floors(tiers: tuple[Tier, ...]) -> None:
    """Where floors are told, each begins at the cap below, or one contract above it."""
    below = ZERO
    for tier in tiers:
        if tier.floor is not None and not below <= tier.floor <= below + ONE:
            raise ValueError(f"gap or disorder at {tier.floor:f}")
        below = tier.cap


def _check_amounts(tiers: tuple[Tier, ...], table: BracketTable) -> bool:
    """Whether amounts had to be reckoned; those that are told must leave no jump."""
    for tier, bracket in zip(tiers, table.brackets, strict=True):
        if tier.amount is None:
            continue
        reckoned = bracket.maintenance_amount
        if abs(tier.amount - reckoned) > max(ONE, reckoned / 1000):
            raise ValueError(
                f"the maintenance amount at {bracket.floor:f} is {tier.amount:f}, "
                f"but {reckoned:f} leaves no jump"
            )
    return any(tier.amount is None for tier in tiers[1:])
