"""The receipt of a liquidation: what happened, what it cost, what the other mode would have done.

Everything is reckoned by the core from the account as it stood just before; the words only choose
the sentence that fits the figures.
"""

from collections.abc import Iterator

from bot.chat.figures import Figure, Label, Moment, Money, Percent, Times
from bot.chat.i18n import Translate
from bot.chat.positions import mode_word, price_figure, side_word
from bot.chat.reply import Block, Choice, Row, Table, Text, Title, Words
from bot.chat.say import say
from core.margin.pool import MarginMode
from core.margin.sizing import Size, SizeKind
from core.money import ONE, ZERO, Price
from core.paper.account import Position
from core.paper.receipt import Otherwise, Receipt, behind_own_wall
from core.paper.scene import Scene

AVOID = "safer-mode-beginners"
"""The topic of the knowledge base under every receipt."""


def receipt_blocks(receipt: Receipt, scene: Scene, _: Translate) -> tuple[Block, ...]:
    """The receipt itself, without its small print."""
    blocks: list[Block] = [Title(headline(receipt, scene, _)), _table(receipt, scene, _)]
    if not receipt.event.whole:
        text = _("The rest of it is open, with its cushion back.")
        blocks.append(Text(Words(text)))
    if receipt.otherwise is not None:
        blocks.append(Text(otherwise_words(receipt, receipt.otherwise, scene, _), strong=True))
    return tuple(blocks)


def headline(receipt: Receipt, scene: Scene, _: Translate) -> Words:
    """LIQUIDATED LONG BTC 10x isolated."""
    event = receipt.event
    if len(receipt.positions) != 1:
        if event.whole:
            return Words(_("LIQUIDATED the cross pool"))
        return Words(_("LIQUIDATED IN PART the cross pool"))
    figures = _named(receipt.positions[0], scene, _)
    if event.whole:
        return Words(_("LIQUIDATED {side} {coin} {leverage} {mode}"), figures)
    return Words(_("LIQUIDATED IN PART {side} {coin} {leverage} {mode}"), figures)


def _named(position: Position, scene: Scene, _: Translate) -> dict[str, Figure]:
    leg = position.leg
    return {
        "side": Label(side_word(leg.side, _)),
        "coin": Label(scene.instrument(leg.symbol).base),
        "leverage": Times(leg.leverage),
        "mode": Label(mode_word(position.mode, _)),
    }


def _table(receipt: Receipt, scene: Scene, _: Translate) -> Table:
    return Table(("", ""), (*price_rows(receipt, scene, _), *_money_rows(receipt, _)))


def price_rows(receipt: Receipt, scene: Scene, _: Translate) -> Iterator[Row]:
    """The prices of every position: opened, mark, limit; no amounts."""
    for position in receipt.positions:
        if len(receipt.positions) > 1:
            text = _("{side} {coin} {leverage}")
            yield Row(Words(text, _named(position, scene, _)))
        yield from _position_rows(receipt, position, scene, _)


def _position_rows(
    receipt: Receipt, position: Position, scene: Scene, _: Translate
) -> Iterator[Row]:
    symbol, leg = position.leg.symbol, position.leg
    opened = price_figure(symbol, leg.entry_price, scene)
    yield Row(Label(_("opened")), (opened, Moment(position.opened_at, brief=True)))
    mark = price_figure(symbol, scene.mark(symbol), scene)
    yield Row(Label(_("mark")), (mark, Moment(scene.at, brief=True)))
    limit = dict(receipt.event.limits).get(symbol)
    if limit is not None:
        yield Row(Label(_("limit")), (price_figure(symbol, limit, scene), Label("")))


def _money_rows(receipt: Receipt, _: Translate) -> Iterator[Row]:
    what = _("margin") if receipt.event.mode is MarginMode.ISOLATED else _("wallet")
    if not receipt.event.whole:
        what = _("and fee")
    yield Row(Label(_("lost")), (Money(receipt.lost), Label(what)))
    if receipt.fees:
        yield Row(Label(""), (Money(receipt.fees, signed=True), Label(_("entry fee"))))
    yield Row(Label(_("left")), (Money(receipt.left), Label("")))
    yield Row(Label(_("of")), (Money(receipt.began, whole=True), Label("")))


# --- the other mode -------------------------------------------------------------------------------


def otherwise_words(receipt: Receipt, other: Otherwise, scene: Scene, _: Translate) -> Words:
    """What the other mode would have done with the same trade, in one sentence."""
    gap = receipt.lost + other.result  # how much less the other mode has lost
    figures: dict[str, Figure] = {
        "loss": Money(abs(other.result)),
        "gap": Money(abs(gap)),
        "left": Money(other.left),
    }
    if other.limit is not None:
        symbol = receipt.positions[0].leg.symbol
        figures["limit"] = price_figure(symbol, other.limit, scene)
    if other.mode is MarginMode.CROSS:
        text = _cross_text(other, less=gap >= ZERO, _=_)
    else:
        text = _isolated_text(other, less=gap >= ZERO, _=_)
    return Words(text, figures)


def _cross_text(other: Otherwise, *, less: bool, _: Translate) -> str:
    if other.gone:
        if less:
            return _("Cross would be liquidated too: {loss} lost, {gap} less than isolated.")
        return _("Cross would be liquidated too: {loss} lost, {gap} more than isolated.")
    if other.limit is None:
        return _("Cross would be open, down {loss}, with {left} still to lose.")
    if less:
        return _(
            "Cross would be open, down {loss} ({gap} less than isolated lost), "
            "with {left} still to lose; its limit is {limit}."
        )
    return _(
        "Cross would be open, down {loss} ({gap} more than isolated lost), "
        "with {left} still to lose; its limit is {limit}."
    )


def _isolated_text(other: Otherwise, *, less: bool, _: Translate) -> str:
    if other.gone and other.limit is not None:
        return _(
            "Isolated would have ended at {limit} with {loss} lost, {gap} less than cross lost."
        )
    if other.gone:
        return _(
            "Isolated, each behind its own wall, would have lost {loss}: {gap} less than cross."
        )
    if not less:
        return _("Isolated would be down {loss}, {gap} more than cross lost.")
    if other.result >= ZERO:
        return _("Isolated would be up {loss}, with {left} still behind its walls.")
    return _("Isolated would be down {loss}, with {left} still behind its walls.")


# --- buttons --------------------------------------------------------------------------------------


def receipt_choices(
    receipt: Receipt, number: int, scene: Scene, _: Translate
) -> tuple[tuple[Choice, ...], ...]:
    """Replay it in the other mode, the maths, and how to avoid it; `number` is the event's."""
    first: list[Choice] = []
    if receipt.otherwise is not None and number:
        mode = receipt.otherwise.mode
        label = _("Replay it as cross") if mode is MarginMode.CROSS else _("Replay it as isolated")
        first.append(Choice(label, say("receipt", {"id": str(number), "mode": mode.value})))
    maths = _maths(receipt, scene)
    if not maths and number:
        maths = say("proof", {"id": str(number)})
    if maths:
        first.append(Choice(_("Show the maths"), maths))
    avoid = Choice(_("How do I avoid this?"), f"/faq {AVOID}")
    return (tuple(first), (avoid,)) if first else ((avoid,),)


def _maths(receipt: Receipt, scene: Scene) -> str:
    """The line that works the very limit out; nothing where more than one trade made it."""
    if len(receipt.positions) != 1:
        return ""
    (position,) = receipt.positions
    if position.isolated and position.margin != behind_own_wall(position, scene).collateral:
        return ""
    size = Size(SizeKind.QUANTITY, position.leg.quantity)
    return say("maths", {**trade_of(position, scene), "size": size, "wallet": receipt.began})


def trade_of(position: Position, scene: Scene) -> dict[str, object]:
    """Return what a line says of a trade, whoever's wallet it is and however large."""
    leg = position.leg
    return {
        "side": leg.side,
        "symbol": leg.symbol,
        "leverage": leg.leverage,
        "entry": leg.entry_price,
        "venue": scene.listing.venue.id,
    }


def fast_forward(number: int, _: Translate) -> Choice:
    """The button under a first fill: an adverse move, played on a copy."""
    return Choice(_("Fast-forward a copy"), say("ff", {"id": str(number)}))


def replay_rows(receipt: Receipt, other: Otherwise, scene: Scene, _: Translate) -> Table:
    """The same trade behind both walls at the same marks, side by side."""
    columns = {receipt.event.mode: _real(receipt, scene), other.mode: _other(receipt, other, scene)}
    order = (MarginMode.ISOLATED, MarginMode.CROSS)
    labels = (_("result"), _("left in it"), _("liq. price"), _("away"))
    rows = tuple(
        Row(Label(label), tuple(columns[mode][place] for mode in order))
        for place, label in enumerate(labels)
    )
    return Table((_("Isolated"), _("Cross")), rows)


def _real(receipt: Receipt, scene: Scene) -> tuple[Figure, ...]:
    limit = receipt.event.limits[0][1] if len(receipt.event.limits) == 1 else None
    return (Money(-receipt.lost, signed=True), Money(ZERO), *_limit(receipt, limit, scene))


def _other(receipt: Receipt, other: Otherwise, scene: Scene) -> tuple[Figure, ...]:
    left = Money(ZERO if other.gone else other.left)
    return (Money(other.result, signed=True), left, *_limit(receipt, other.limit, scene))


def _limit(receipt: Receipt, limit: Price | None, scene: Scene) -> tuple[Figure, Figure]:
    symbol = receipt.positions[0].leg.symbol
    if limit is None:
        return Label("-"), Label("-")
    away = Percent(limit / scene.mark(symbol) - ONE, signed=True)
    return price_figure(symbol, limit, scene), away
