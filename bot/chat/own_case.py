"""What an answer of the knowledge base means for a position that the asker holds."""

from collections.abc import Callable, Mapping

from bot.chat.ask import Ask
from bot.chat.figures import Figure, Label, Moment, Money, Percent, Times
from bot.chat.i18n import Translate
from bot.chat.positions import limit_of, mode_word, price_figure, ratio_row, side_word
from bot.chat.reply import Words
from core.errors import Refusal
from core.lessons.wording import words
from core.margin.fees import funding_payment
from core.margin.pool import MarginMode
from core.margin.risk import maintenance_margin, notional, return_on_margin, risk, unrealized_pnl
from core.money import ONE, ZERO, D, credit
from core.paper.account import PaperAccount, Position
from core.paper.scene import Scene


class Case:
    """One position of the asker's, at the present marks."""

    def __init__(self, account: PaperAccount, position: Position, scene: Scene) -> None:
        """Take the account, the position in it, and the scene."""
        self.account = account
        self.position = position
        self.scene = scene
        self.leg = position.leg
        self.mark = scene.mark(position.leg.symbol)

    def named(self, _: Translate) -> dict[str, Figure]:
        """Side, coin, leverage and mode."""
        return {
            "side": Label(side_word(self.leg.side, _)),
            "coin": Label(self.scene.instrument(self.leg.symbol).base),
            "leverage": Times(self.leg.leverage),
            "mode": Label(mode_word(self.position.mode, _)),
        }


def own_words(ask: Ask, kind: str, question: str) -> Words | None:
    """Return what an answer means for the asker's own position; None where they hold none.

    Only in private: elsewhere others would read it. A position is meant by its coin where the
    question names one, else it is the largest.
    """
    if not kind or ask.in_group:
        return None
    try:
        account = ask.services.accounts.look(ask.identity)
        if not account.positions:
            return None
        scene = ask.services.trading.scene(account)
        case = Case(account, _meant(account, scene, question), scene)
        text, figures = _KINDS[kind](case, ask._)
    except Refusal:  # without fresh marks nothing is said of a position
        return None
    return Words(text, {**case.named(ask._), **figures})


def _meant(account: PaperAccount, scene: Scene, question: str) -> Position:
    """The position whose coin is named, else the one worth most."""
    asked = set(words(question))
    named = [p for p in account.positions if scene.instrument(p.leg.symbol).base.lower() in asked]
    return max(named or account.positions, key=lambda p: notional(p.leg, scene.mark(p.leg.symbol)))


Told = tuple[str, Mapping[str, Figure]]

_TENTH = D("0.1")


def _liquidation(case: Case, _: Translate) -> Told:
    limit = limit_of(case.account, case.position, case.scene)
    if limit is None:
        return _(
            "Your {side} {coin} at {leverage}, {mode}: no price of it alone liquidates it."
        ), {}
    text = _("Your {side} {coin} at {leverage}, {mode}: liquidated at {limit}, {away} away.")
    return text, {
        "limit": price_figure(case.leg.symbol, limit, case.scene),
        "away": Percent(limit / case.mark - ONE, signed=True),
    }


def _margin(case: Case, _: Translate) -> Told:
    instrument = case.scene.instrument(case.leg.symbol)
    text = _("Your {side} {coin} at {leverage}, {mode}: it needs {needed}; {ratio_name}: {ratio}.")
    position = case.position if case.position.isolated else None
    name, ratio = ratio_row(case.account, position, case.scene, _)
    needed = Money(maintenance_margin(case.leg, case.mark, instrument))
    return text, {"needed": needed, "ratio_name": Label(name), "ratio": ratio}


def _loss(case: Case, _: Translate) -> Told:
    if case.position.isolated:
        text = _("Your {side} {coin} at {leverage}, isolated: it can lose its margin, {most}.")
        return text, {"most": Money(case.position.margin)}
    text = _(
        "Your {side} {coin} at {leverage}, cross: everything behind the cross wall can go, {most}."
    )
    state = risk(case.account.cross, case.scene.marks, case.scene.listing)
    return text, {"most": Money(max(ZERO, state.margin_balance))}


def _leverage(case: Case, _: Translate) -> Told:
    worth = sum(
        (notional(p.leg, case.scene.mark(p.leg.symbol)) for p in case.account.positions), ZERO
    )
    equity = case.account.wallet_balance + sum(
        (unrealized_pnl(p.leg, case.scene.mark(p.leg.symbol)) for p in case.account.positions), ZERO
    )
    if equity <= ZERO:
        return _("Your {side} {coin} is set to {leverage}."), {}
    text = _(
        "Your {side} {coin} is set to {leverage}; all you hold is worth {real} of all you have."
    )
    return text, {"real": Times((worth / equity).quantize(_TENTH))}


def _funding(case: Case, _: Translate) -> Told:
    mark = case.scene.marks.prices[case.leg.symbol]
    if mark.funding is None or mark.funding_at is None:
        return _("No funding rate is known for your {side} {coin}."), {}
    due = credit(funding_payment(case.leg, case.mark, mark.funding))
    text = _("Your {side} {coin}: at the present rate {rate} it gets {due} at {moment}.")
    if due < ZERO:
        text = _("Your {side} {coin}: at the present rate {rate} it pays {due} at {moment}.")
    return text, {
        "rate": Percent(mark.funding, 4, signed=True),
        "due": Money(abs(due)),
        "moment": Moment(mark.funding_at),
    }


def _result(case: Case, _: Translate) -> Told:
    text = _("Your {side} {coin} at {leverage}: PnL {pnl}, ROE {roe}.")
    return text, {
        "pnl": Money(unrealized_pnl(case.leg, case.mark), signed=True),
        "roe": Percent(return_on_margin(case.leg, case.mark), signed=True),
    }


def _switch(case: Case, _: Translate) -> Told:
    if case.position.mode is MarginMode.CROSS:
        text = _(
            "You hold {side} {coin} at {leverage} in cross: to make it isolated, close it first."
        )
    else:
        text = _(
            "You hold {side} {coin} at {leverage}, isolated: to make it cross, close it first."
        )
    return text, {}


def _balance(case: Case, _: Translate) -> Told:
    text = _("Of your wallet balance {wallet}, {free} is available beside {side} {coin}.")
    free = case.account.available(case.scene.marks, case.scene.listing)
    return text, {"wallet": Money(case.account.wallet_balance), "free": Money(free)}


_KINDS: Mapping[str, Callable[[Case, Translate], Told]] = {
    "liquidation": _liquidation,
    "margin": _margin,
    "loss": _loss,
    "leverage": _leverage,
    "funding": _funding,
    "result": _result,
    "switch": _switch,
    "balance": _balance,
}
