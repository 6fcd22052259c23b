"""What happened while nobody asked, in words: one notice, one message to its owner.

A notice may come twice, since it is delivered at least once; the event's number in the small print
tells a repeat from news.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.chat.demo import small_warning
from bot.chat.figures import Count, Figure, Label, Moment, Money, Percent, Size
from bot.chat.i18n import Translate
from bot.chat.positions import (
    joint_line,
    limit_of,
    limit_rows,
    order_line,
    position_title,
    price_figure,
    ratio_row,
    side_word,
)
from bot.chat.receipts import (
    fast_forward,
    headline,
    receipt_blocks,
    receipt_choices,
)
from bot.chat.reply import Block, Choice, Facts, Notes, Reply, Text, Title, Tone, Words
from bot.chat.say import coin_word
from core.margin.risk import risk
from core.money import ONE, ZERO, Amount, D, require
from core.paper.account import PaperAccount
from core.paper.events import (
    Event,
    OrderCancelled,
    PoolLiquidated,
    PositionIncreased,
    PositionReduced,
    Warned,
)
from core.paper.receipt import receipt
from core.paper.records import Notice
from core.paper.scene import Scene

CALM = D("0.5")
"""The margin ratio to which a warning reckons the margin that would help."""

Rows = tuple[tuple[str, Figure], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The parts of a notice: the first line, what follows it, and buttons."""

    title: Words
    blocks: tuple[Block, ...]
    choices: tuple[tuple[Choice, ...], ...] = ()


def notice_reply(
    notice: Notice, history: Iterable[Event], scene: Scene, _: Translate, zone: str = ""
) -> Reply:
    """Word a notice; `history` holds the account's events up to it, for a receipt's fees."""
    told = _told(notice, history, scene, _)
    print_ = [
        Words(
            _("event {number}, {when}"),
            {"number": Count(notice.event), "when": Moment(notice.at)},
        )
    ]
    print_ += small_warning(notice.marks.market, _)
    if notice.marks.estimated:
        print_.append(
            Words(_("estimate: prices were away, and a candle's worst price was taken first"))
        )
    return Reply(
        blocks=(*told.blocks, Notes(tuple(print_))),
        choices=told.choices,
        tone=Tone.ANSWER,
        private=True,
        short=told.title,
        zone=zone,
    )


def _told(notice: Notice, history: Iterable[Event], scene: Scene, _: Translate) -> Told:
    match notice.what:
        case PoolLiquidated() as event:
            made = receipt(notice.before, event, history, scene)
            blocks = receipt_blocks(made, scene, _)
            choices = receipt_choices(made, notice.event, scene, _)
            return Told(headline(made, scene, _), blocks, choices)
        case PositionReduced() as event:
            return _reduced(event, notice.after, scene, _)
        case PositionIncreased() as event:
            return _increased(event, notice, scene, _)
        case OrderCancelled() as event:
            return _cancelled(event, notice.before, scene, _)
        case Warned() as event:
            return _warned(event, notice.after, scene, _)
    return _plain(Words(_("Something happened to your account.")), (), _)


def _plain(title: Words, rows: Rows, _: Translate, *more: Choice) -> Told:
    """A title, a few figures, the way to the portfolio."""
    blocks: tuple[Block, ...] = (Title(title), Facts(rows)) if rows else (Title(title),)
    return Told(title, blocks, ((*more, Choice(_("Portfolio"), "/pf")),))


# --- fills ----------------------------------------------------------------------------------------


def _reduced(event: PositionReduced, after: PaperAccount, scene: Scene, _: Translate) -> Told:
    """A stop, a target or a limit order closed something."""
    text = {
        "stop_loss": _("Stop loss: closed {size} of {side} #{number} at {price}."),
        "take_profit": _("Target reached: closed {size} of {side} #{number} at {price}."),
    }.get(event.reason, _("Limit order filled: closed {size} of {side} #{number} at {price}."))
    title = Words(
        text,
        {
            "size": Size(event.quantity, scene.instrument(event.symbol).base),
            "side": Label(side_word(event.side, _)),
            "number": Count(event.number),
            "price": price_figure(event.symbol, event.price, scene),
        },
    )
    rows: Rows = (
        (_("realised PnL"), Money(event.pnl, signed=True)),
        (_("fee"), Money(event.fee)),
        (_("wallet balance"), Money(after.wallet_balance)),
    )
    return _plain(title, rows, _)


def _increased(event: PositionIncreased, notice: Notice, scene: Scene, _: Translate) -> Told:
    """A limit order opened or added to a position."""
    position = notice.after.position(event.number)
    title = Words(
        _("Limit order filled: {side} {size} at {price}."),
        {
            "side": Label(side_word(event.leg.side, _)),
            "size": Size(event.leg.quantity, scene.instrument(event.leg.symbol).base),
            "price": price_figure(event.leg.symbol, event.price, scene),
        },
    )
    limit = limit_of(notice.after, position, scene)
    rows: Rows = (
        (_("position"), Count(event.number)),
        (_("fee"), Money(event.fee)),
        (_("liq. price"), price_figure(event.leg.symbol, limit, scene)),
        (_("wallet balance"), Money(notice.after.wallet_balance)),
    )
    return _plain(title, rows, _, fast_forward(event.number, _))


def _cancelled(event: OrderCancelled, before: PaperAccount, scene: Scene, _: Translate) -> Told:
    """The mark reached an order, and it could not be filled."""
    line = order_line(before.order(event.number), scene, _)
    why = _reasons(_).get(event.reason, _("the rules did not allow the fill"))
    figures: Mapping[str, Figure] = {**line.figures, "why": Label(why)}
    title = Words(
        _("Order cancelled: {order}. Reason: {why}.").replace("{order}", line.text), figures
    )
    return _plain(title, (), _)


def _reasons(_: Translate) -> dict[str, str]:
    """Why a fill was refused, by the refusal's code."""
    return {
        "insufficient": _("less was available than it needed"),
        "nothing_to_reduce": _("there was nothing left to reduce"),
        "mode_fixed": _("the contract is held in the other margin mode"),
        "leverage_fixed": _("the contract is held with another leverage"),
        "leverage_too_high": _("the position would be too large for its leverage"),
        "size_too_large": _("the position would be beyond the last tier"),
        "delisted": _("the venue lists the contract no longer"),
        "overdrawn": _("the wallet could not pay the loss"),
    }


# --- a warning ------------------------------------------------------------------------------------


def _warned(event: Warned, account: PaperAccount, scene: Scene, _: Translate) -> Told:
    """How near the end is, and what would move it away."""
    if event.scope is None:
        return _warned_cross(account, scene, _)
    position = account.position(event.scope)
    leg = position.leg
    line = position_title(position, scene, _)
    title = Words(_("Near liquidation: {position}").replace("{position}", line.text), line.figures)
    rows = [
        ratio_row(account, position, scene, _),
        (_("mark"), price_figure(leg.symbol, scene.mark(leg.symbol), scene)),
        *limit_rows(account, position, scene, _),
    ]
    more = _helpful(account, event.scope, scene)
    half = Choice(_("Close half"), f"/close #{position.number} 50%", kept=True)
    choices = [half, Choice(_("Portfolio"), "/pf")]
    text = Words(_("More margin in it or a smaller position moves the limit away."))
    if more:
        text = Words(
            _("{more} more margin would bring the ratio to 50%; a smaller position moves it too."),
            {"more": Money(more)},
        )
        line_ = f"/margin {coin_word(leg.symbol).upper()} +{more:f}"
        choices.insert(0, Choice(_("Add {more}").replace("{more}", f"{more:f}"), line_, kept=True))
    return Told(title, (Title(title), Facts(tuple(rows)), Text(text)), (tuple(choices),))


def _helpful(account: PaperAccount, scope: int, scene: Scene) -> Amount:
    """Whole margin (quote) that brings a wall's ratio to 50 %; 0 where it is not available."""
    state = risk(account.pool(account.position(scope)), scene.marks, scene.listing)
    needed = require(state.maintenance_margin / CALM - state.margin_balance)
    whole = Amount(needed.to_integral_value(rounding="ROUND_CEILING"))
    return whole if ZERO < whole <= account.available(scene.marks, scene.listing) else Amount(ZERO)


def _warned_cross(account: PaperAccount, scene: Scene, _: Translate) -> Told:
    title = Words(_("Near liquidation: the cross pool"))
    rows = [ratio_row(account, None, scene, _)]
    for position in account.positions:
        limit = None if position.isolated else limit_of(account, position, scene)
        if limit is not None:
            base = scene.instrument(position.leg.symbol).base
            away = limit / scene.mark(position.leg.symbol) - ONE
            rows.append((_("{coin} may move").replace("{coin}", base), Percent(away, signed=True)))
    texts = [
        Words(_("A smaller position or a hedge moves the limit away; so does a fuller wallet."))
    ]
    joint = joint_line(account, scene, _)
    texts += [joint] if joint else []
    blocks: list[Block] = [Title(title), Facts(tuple(rows)), *(Text(words) for words in texts)]
    return Told(title, tuple(blocks), ((Choice(_("Portfolio"), "/pf"),),))
