"""/venue: whose rules apply, and which they are."""

from dataclasses import replace

from bot.chat.acting import act
from bot.chat.ask import Ask
from bot.chat.cards import title
from bot.chat.command import command
from bot.chat.figures import Label
from bot.chat.reply import Choice, Points, Reply, Text, Words
from bot.chat.symbols import base_of
from core.errors import UnknownVenue
from core.paper.actions import ChooseVenue
from core.venue import VENUES, Blocker, LiquidationSteps, ModeScope, RatioWay, Venue

_SHOWN = 36
"""Contracts that are named; a venue may list hundreds."""


@command(examples=("/venue", "/venue bybit"), writes=True)
def venue(ask: Ask, venue: str | None = None) -> Reply:
    """Choose whose rules are used, or show them.

    A paper account follows along, by a preview. Raises `UnknownVenue`, and `NotFlat` while the
    account holds positions or orders.
    """
    who, wanted = ask.request.who, venue or ask.defaults.venue
    if wanted not in VENUES:
        raise UnknownVenue(wanted, tuple(VENUES))
    chosen = VENUES[wanted]
    heading = ask._("Rules of {venue}.")
    if venue is not None:
        account = ask.services.accounts.look(ask.identity)
        if account.id and account.venue != chosen.id:
            return replace(act(ask, ChooseVenue(chosen.id)), private=ask.in_group)
        ask.services.people.change(who.platform, who.id, venue=chosen.id)
        heading = ask._("From now on your answers use the rules of {venue}.")
    others = [v for v in VENUES.values() if v is not chosen]
    return Reply(
        blocks=(
            title(ask, None, Words(heading, {"venue": Label(chosen.name)})),
            Points(tuple(Words(text) for text in _rules(ask, chosen))),
            Text(Words(ask._("Coins: {coins}"), {"coins": Label(_coins(ask, chosen))})),
        ),
        choices=(tuple(Choice(v.name, f"/venue {v.id}", kept=True) for v in others),),
        private=venue is not None and ask.in_group,
    )


def _rules(ask: Ask, chosen: Venue) -> list[str]:
    """What is particular about a venue, one sentence each."""
    rules = [_scope(ask, chosen), _switch(ask, chosen), _steps(ask, chosen)]
    if chosen.ratio is RatioWay.BALANCE_OVER_MAINTENANCE:
        rules.append(ask._("Its margin ratio falls: 100% from above is liquidation."))
    else:
        rules.append(ask._("Its margin ratio rises: 100% is liquidation."))
    if chosen.fee_in_trigger:
        rules.append(ask._("The closing fee counts as part of the requirement."))
    if chosen.close_fee_in_margin:
        rules.append(ask._("Margin carries the fee of closing at the bankruptcy price."))
    return rules


def _scope(ask: Ask, chosen: Venue) -> str:
    return {
        ModeScope.SYMBOL: ask._("The margin mode is set per contract."),
        ModeScope.ACCOUNT: ask._("The margin mode is one setting for the whole account."),
        ModeScope.ORDER: ask._("The margin mode is chosen with each order."),
    }[chosen.mode_scope]


def _switch(ask: Ask, chosen: Venue) -> str:
    """When the mode can be switched, and whether that is the venue's word or ours."""
    orders = Blocker.OPEN_ORDER in chosen.switch_blocked_by
    text = (
        ask._("Switching needs no open position and no open order.")
        if orders
        else ask._("Switching needs no open position.")
    )
    if "switch_blocked_by" in chosen.our_rules:
        text += " " + ask._("That is our rule: the venue's own is not established.")
    return text


def _steps(ask: Ask, chosen: Venue) -> str:
    return {
        LiquidationSteps.TIER_BY_TIER: ask._(
            "Large positions are reduced tier by tier before all is closed."
        ),
        LiquidationSteps.TWO_TIERS: ask._(
            "From the third tier on, positions are reduced by two tiers at a time."
        ),
        LiquidationSteps.FIFTH_FIRST: ask._(
            "Of large positions a fifth is closed first, the rest only if that is not enough."
        ),
    }[chosen.steps]


def _coins(ask: Ask, chosen: Venue) -> str:
    """The contracts in the tables: the first of them, and how many more."""
    listing = ask.services.prices.listings[chosen.id]
    coins = [base_of(symbol) for symbol in listing.tradable]
    shown = ", ".join(coins[:_SHOWN])
    if len(coins) <= _SHOWN:
        return shown
    return shown + " " + ask._("and {count} more").format(count=len(coins) - _SHOWN)
