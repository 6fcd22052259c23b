"""What a wrong choice means: the mistake that leads to it, by the kind of item."""

from collections.abc import Mapping

from bot.chat.i18n import Translate

Slips = Mapping[str, str]


def slip_text(kind: str, slip: str, _: Translate) -> str:
    """Return what a slip is in words. Raises `KeyError` for one there is not."""
    return {**_of_money(_), **_of_sizes(_), **_of_limits(_)}[kind][slip]


def _of_money(_: Translate) -> Mapping[str, Slips]:
    """Slips of sums: what a trade costs, makes and pays."""
    twice = _("leverage counted twice")
    on_margin = _("reckoned on the margin, not on the position")
    other = _("the result of the other side")
    upside = _("multiplied, not divided")
    return {
        "margin_needed": {
            "squared": twice,
            "borrowed": _("that is what is borrowed"),
            "whole": _("that is the whole position"),
            "multiplied": upside,
        },
        "position_size": {
            "margin": _("that is the margin itself"),
            "borrowed": _("that is what is borrowed"),
            "added": _("the margin added once more"),
            "divided": _("divided, not multiplied"),
        },
        "fee": {
            "on_margin": on_margin,
            "leverage": twice,
            "both_ways": _("opening and closing together"),
            "percent": _("the percent sign got lost"),
        },
        "funding": {
            "wrong_side": _("the other side gets that"),
            "on_margin": on_margin,
            "leverage": twice,
            "a_day": _("three times: a whole day"),
        },
        "pnl": {
            "leverage": twice,
            "wrong_side": other,
            "on_margin": _("divided by the leverage"),
            "both": _("the other side, and leverage counted twice"),
        },
        "roe": {
            "no_leverage": _("the move of the price alone"),
            "wrong_side": other,
            "squared": twice,
            "both": _("the other side, and without leverage"),
        },
    }


def _of_sizes(_: Translate) -> Mapping[str, Slips]:
    """Slips of what is left, of what comes back, and of how much to take."""
    return {
        "effective": {
            "button": _("the leverage that was chosen, not the real one"),
            "multiplied": _("the chosen and the real leverage multiplied"),
            "upside_down": _("the wallet over the position"),
            "divided": _("the chosen leverage over the real one"),
        },
        "recovery": {
            "same": _("the same percentage, but of less money"),
            "left": _("that is what is left"),
            "half_more": _("half more than the loss"),
            "double": _("twice the loss"),
            "triple": _("three times the loss"),
        },
        "risk_size": {
            "multiplied": _("multiplied, not divided"),
            "tenth": _("a decimal slipped"),
            "half": _("half of it"),
            "whole": _("the way to the stop left out"),
            "double": _("twice as much"),
        },
    }


def _of_limits(_: Translate) -> Mapping[str, Slips]:
    """Slips about where a position ends, its tier, and what a liquidation took."""
    prices = {
        "no_maintenance": _("the maintenance margin left out: that is bankruptcy"),
        "wrong_side": _("on the wrong side of the entry"),
        "squared": _("leverage counted twice"),
        "half_room": _("half of the way only"),
        "maintenance_away": _("maintenance brings it nearer, not further away"),
    }
    return {
        "liq_price": prices,
        "own_limit": prices,
        "maintenance": {
            "no_amount": _("the tier's deduction left out"),
            "on_margin": _("reckoned on the margin, not on the position"),
            "initial": _("that is the initial margin"),
            "half_initial": _("half of the initial margin"),
            "amount_added": _("the deduction added"),
        },
        "max_leverage": {
            "tier_below": _("the tier below has that"),
            "tier_above": _("the tier above has that"),
            "first_tier": _("only the smallest positions have that"),
            "far_above": _("a much higher tier has that"),
        },
        "own_loss": {
            "margin": _("that was its initial margin"),
            "distance": _("the loss up to that price alone"),
            "half": _("half of it"),
            "position": _("that was the whole position"),
            "everything": _("that is all that stood behind it"),
        },
    }
