"""/maths: the liquidation price worked out with the person's own numbers, and checked."""

from decimal import Decimal

from bot.chat.ask import Ask
from bot.chat.cards import again, look, reading_notes, small_print, trade_of, trade_title
from bot.chat.command import command
from bot.chat.figures import Count, Figure, Label, Money, PriceOf, exact
from bot.chat.reply import Maths, Reply, Words
from core.margin.compare import Comparison, Outcome
from core.margin.pool import MarginMode, Side
from core.margin.risk import closing_fee
from core.margin.sizing import Size as TradeSize
from core.market import Symbol
from core.money import ZERO
from core.services.compare import Seen

CENT = Decimal("0.01")
SAME = Decimal("1e-18")
"""Relative difference up to which the check line may say "equal"."""


@command(aliases=("math",), examples=("/maths 10x long BTC", "/maths short eth 20x 250"))
def maths(
    ask: Ask,
    side: Side,
    symbol: Symbol,
    leverage: Decimal | None = None,
    size: TradeSize | None = None,
    entry: Decimal | None = None,
    wallet: Decimal | None = None,
    venue: str | None = None,
) -> Reply:
    """Show the formula of both liquidation prices with the numbers in it."""
    seen = ask.services.compare(trade_of(ask, side, symbol, leverage), ask.terms(wallet, venue))
    c = seen.comparison
    return Reply(
        blocks=(
            trade_title(ask, seen.stage, c.leg),
            *reading_notes(ask),
            _maths(ask, seen, c.isolated),
            _maths(ask, seen, c.cross),
            small_print(_legend(ask, seen)),
        ),
        choices=(
            (
                look(ask._("Back"), again(ask, "compare", c.leg)),
                look(ask._("More figures"), again(ask, "figures", c.leg)),
            ),
        ),
    )


def _maths(ask: Ask, seen: Seen, outcome: Outcome) -> Maths:
    """One mode: collateral, formula, numbers, result, check."""
    isolated = outcome.mode is MarginMode.ISOLATED
    lines = [_collateral(seen, outcome), *_formula(seen, outcome), *_check(ask, outcome)]
    return Maths(ask._("isolated") if isolated else ask._("cross"), tuple(lines))


def _collateral(seen: Seen, outcome: Outcome) -> Words:
    """What stands behind the position, and from where."""
    c: Comparison = seen.comparison
    fee = closing_fee(c.leg, seen.stage.instrument(c.leg.symbol))
    figures: dict[str, Figure] = {"w": exact(outcome.pool.collateral - fee)}
    if outcome.mode is MarginMode.ISOLATED:
        figures |= {"cost": exact(c.leg.entry_cost), "leverage": Count(c.leg.leverage)}
        return Words("W = {cost}/{leverage} = {w}", figures)
    figures |= {"wallet": exact(c.wallet), "fee": exact(c.fee), "closing": exact(fee)}
    text = "W = {wallet} - {fee} - {closing} = {w}" if fee else "W = {wallet} - {fee} = {w}"
    return Words(text, figures)


def _formula(seen: Seen, outcome: Outcome) -> list[Words]:
    """LP = (W + c - s*q*E) / (q*(m + phi - s)), in symbols, in numbers, and its value."""
    leg = outcome.leg
    instrument = seen.stage.instrument(leg.symbol)
    bracket = outcome.bracket or instrument.brackets.at(leg.quantity, leg.entry_cost)
    backing = outcome.pool.collateral - closing_fee(leg, instrument)
    amount, rate, phi = bracket.maintenance_amount, bracket.maintenance_rate, instrument.trigger_fee
    minus = "-" if leg.side is Side.LONG else "+"
    top: list[tuple[str, Decimal]] = [("W", backing), *([("c", amount)] if amount else [])]
    bottom: list[tuple[str, Decimal]] = [("m", rate), *([("f", phi)] if phi else [])]
    over = " + ".join(name for name, _ in top) + f" {minus} q*E"
    under = " + ".join(name for name, _ in bottom) + f" {minus} 1"
    sign = leg.side.sign
    value = (backing + amount - sign * leg.entry_cost) / (leg.quantity * (rate + phi - sign))
    figures: dict[str, Figure] = {name: exact(number) for name, number in top + bottom}
    figures |= {"qe": exact(leg.entry_cost), "q": exact(leg.quantity)}
    figures["lp"] = PriceOf(value, CENT)
    return [
        Words(f"LP = ({over}) / (q*({under}))"),
        Words(" = (" + _places(top) + f" {minus} " + "{qe})", figures),
        Words("   / ({q}*(" + _places(bottom) + f" {minus} 1))", figures),
        Words(" = {lp}", figures),
    ]


def _places(terms: list[tuple[str, Decimal]]) -> str:
    return " + ".join("{" + name + "}" for name, _ in terms)


def _check(ask: Ask, outcome: Outcome) -> list[Words]:
    """Put the price back in: balance and requirement must meet. Evaluated, not recited."""
    risk, limit = outcome.at_limit, outcome.limit
    if risk is None or limit is None:
        return [Words(ask._("not above zero: no price"))]
    balance, needed = risk.margin_balance, risk.maintenance_margin
    same = abs(balance - needed) <= SAME * max(abs(needed), CENT)
    verdict = ask._("equal") if same else ask._("NOT equal")
    figures: dict[str, Figure] = {"price": PriceOf(limit, CENT), "verdict": Label(verdict)}
    return [
        Words(ask._("check at {price}"), figures),
        Words(" " + ask._("margin balance {balance}"), {"balance": Money(balance)}),
        Words(" " + ask._("maintenance {needed} {verdict}"), {"needed": Money(needed), **figures}),
    ]


def _legend(ask: Ask, seen: Seen) -> list[Words]:
    """What the letters mean."""
    instrument = seen.stage.instrument(seen.comparison.leg.symbol)
    legend = [
        Words(ask._("W collateral, q quantity, E entry price")),
        Words(ask._("m, c maintenance rate and amount of the tier at LP")),
    ]
    if instrument.trigger_fee > ZERO:
        legend.append(Words(ask._("f closing fee, inside the test on this venue")))
    if instrument.bankruptcy_fee > ZERO:
        legend.append(
            Words(ask._("the closing fee stands in margin and requirement alike on this venue"))
        )
    return legend
