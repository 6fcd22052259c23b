"""What the exchange on loopback says of its contracts: figures as text, in no venue's words yet."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from core.market import Instrument, Listing

PER_CONTRACT = Decimal("0.01")
"""Coins in one contract, where a venue counts contracts."""


@dataclass(frozen=True)
class Rung:
    """One tier; `amount` may be empty or None, as venues leave it out."""

    cap: str
    rate: str
    leverage: str
    initial: str
    amount: str | None = "0"


@dataclass(frozen=True)
class Spec:
    """One contract; `more` goes into the message as it stands."""

    tick: str = "0.1"
    step: str = "0.001"
    smallest: str = "0.001"
    worth: str = "5"
    rungs: tuple[Rung, ...] = ()
    more: dict[str, Any] = field(default_factory=dict)

    def other(self, **changed: Any) -> "Spec":
        return replace(self, **changed)


def spec_of(instrument: Instrument) -> Spec:
    """A contract of ours as a venue would say it."""
    rungs = tuple(
        Rung(
            cap=f"{bracket.cap:f}",
            rate=f"{bracket.maintenance_rate:f}",
            leverage=f"{bracket.max_leverage:f}",
            initial=f"{(1 / bracket.max_leverage):.6f}",
            amount=f"{bracket.maintenance_amount:f}",
        )
        for bracket in instrument.brackets.brackets
    )
    return Spec(
        tick=f"{instrument.tick:f}",
        step=f"{instrument.step:f}",
        smallest=f"{instrument.min_quantity:f}",
        worth=f"{instrument.min_notional:f}",
        rungs=rungs,
    )


def specs_of(listing: Listing) -> dict[str, Spec]:
    """All contracts of ours, so that the venue says what is known already."""
    return {symbol: spec_of(each) for symbol, each in listing.instruments.items()}


def in_contracts(coins: str) -> str:
    """Coins as a count of contracts."""
    return f"{(Decimal(coins) / PER_CONTRACT).normalize():f}"
