"""Funding: what holders of one side pay those of the other, settled on every open position.

Behind the cross wall the wallet pays; an isolated position's pocket pays, or the wallet first where
the venue does so. Neither goes below zero: what cannot be paid is forgiven and the insurance fund
pays it. Received funding goes where paid funding comes from. Amounts are rounded against the
trader. Source: margin specification, section 9.
"""

from collections.abc import Mapping

from core.margin.fees import funding_payment
from core.market import Symbol
from core.money import ZERO, Amount, Price, Rate, credit
from core.paper.account import PaperAccount, Position
from core.paper.apply import apply
from core.paper.events import Event, FundingSettled
from core.paper.scene import Scene
from core.venue import Purse


def funding_settled(
    account: PaperAccount, rates: Mapping[Symbol, Rate], scene: Scene
) -> tuple[Event, ...]:
    """Return the settlement of every position whose symbol has a rate and a mark.

    A position that was opened after the scene's moment was not held when it was due.
    """
    events: list[Event] = []
    for position in account.positions:
        symbol = position.leg.symbol
        quote = scene.marks.get(symbol)
        held = position.opened_at <= scene.at
        if held and symbol in rates and quote is not None:
            event = _settled(account, position, rates[symbol], quote.price, scene)
            account = apply(account, event, scene.at)
            events.append(event)
    return tuple(events)


def _settled(
    account: PaperAccount, position: Position, rate: Rate, mark: Price, scene: Scene
) -> FundingSettled:
    due = credit(funding_payment(position.leg, mark, rate))
    wallet_first = (
        not position.isolated or scene.listing.venue.isolated_funding_from is Purse.WALLET
    )
    wallet = _part(due, account.wallet) if wallet_first else Amount(ZERO)
    pocket = _part(Amount(due - wallet), position.margin)
    return FundingSettled(
        number=position.number,
        symbol=position.leg.symbol,
        rate=rate,
        mark=mark,
        from_wallet=wallet,
        from_pocket=pocket,
        forgiven=Amount(wallet + pocket - due),
    )


def _part(due: Amount, purse: Amount) -> Amount:
    """What a purse pays of a negative amount, at most what is in it; a positive one it takes."""
    return Amount(max(due, -max(purse, ZERO)))
