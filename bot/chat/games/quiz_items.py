"""What a quiz asks, in words: every kind of item, its figures, its choices, and why one is right.

An item names its kind and its figures; the sentences stand here, one question and one reason for
each kind, and the figures find their places in them by name.
"""

from collections.abc import Mapping
from decimal import Decimal

from bot.chat.figures import Count, Figure, Label, Money, Percent, Size, Times
from bot.chat.i18n import Translate
from bot.chat.positions import mode_word, side_word
from bot.chat.reply import Block, Facts, Row, Source, Table, Text, Words
from bot.chat.symbols import base_of
from core.lessons.game.items import FAQ, Choice, Item
from core.lessons.game.typed import LETTERS
from core.margin.pool import MarginMode, Side

HUNDRED = Decimal(100)

_IN_THE_QUESTION = frozenset({"loss", "risk", "stop", "price"})
"""Figures that the question itself tells."""


def letter(place: int) -> str:
    """Return what a choice is called."""
    return LETTERS[place].upper()


def question_words(item: Item, _: Translate) -> Words:
    """Return the question itself."""
    if item.kind == FAQ:
        return Words("{text}", {"text": Label(item.text)})
    return Words(_questions(_)[item.kind], figures_of(item, _))


def why_words(item: Item, _: Translate) -> Words:
    """Return why the right answer is right."""
    if item.kind == FAQ:
        return Words("{text}", {"text": Label(item.explanation)})
    return Words(_reasons(_)[item.kind], figures_of(item, _))


def source_of(item: Item, _: Translate) -> tuple[Source, ...]:
    """Return where it can be looked up: the topic of a question of the knowledge base."""
    if not item.source:
        return ()
    line = {"line": Label(f"/faq {item.source}")}
    return (Source(Words(_("More: {line}"), line)),)


def item_blocks(item: Item, _: Translate) -> tuple[Block, ...]:
    """Return an item as it is asked: the question, its figures, and the choices by letter."""
    blocks: list[Block] = [Text(question_words(item, _), strong=True)]
    rows = facts_of(item, _)
    if rows:
        blocks.append(Facts(rows))
    if item.choices:
        lines = tuple(Row(choice_words(item, place, _)) for place in range(len(item.choices)))
        blocks.append(Table((), lines))
    return tuple(blocks)


# --- choices --------------------------------------------------------------------------------------


def choice_words(item: Item, place: int, _: Translate) -> Words:
    """Return a choice with its letter."""
    answer = {"letter": Label(letter(place)), "answer": answer_of(item, item.choices[place], _)}
    return Words("{letter} {answer}", answer)


def answer_of(item: Item, choice: Choice, _: Translate) -> Figure:
    """Return what a choice says, as a figure in the item's unit."""
    number = choice.number
    if number is None:
        return Label(choice.text or _codes(_)[choice.code])
    match item.unit:
        case "quote":
            return Size(number, "USDT")
        case "percent":
            return Percent(number / HUNDRED)
        case "leverage":
            return Times(number)
        case _:
            return Count(number)


def _codes(_: Translate) -> Mapping[str, str]:
    """What choices without a number say."""
    return {
        "both": _("Both stand"),
        "cross": _("Only cross stands"),
        "isolated": _("Only isolated stands"),
        "none": _("Both are liquidated"),
    }


# --- figures --------------------------------------------------------------------------------------


def figures_of(item: Item, _: Translate) -> Mapping[str, Figure]:
    """Return everything that is known of an item by name, with the right answer as `right`."""
    found: dict[str, Figure] = {
        name: _figure(name, number, item) for name, number in item.numbers.items()
    }
    if "symbol" in item.names:
        found["coin"] = Label(base_of(item.names["symbol"]))
    if "side" in item.names:
        found["side"] = Label(side_word(Side(item.names["side"]), _))
    if "mode" in item.names:
        found["mode"] = Label(mode_word(MarginMode(item.names["mode"]), _))
    if item.choices:
        found["right"] = answer_of(item, item.choices[item.right], _)
    if "loss" in item.numbers:
        found["left"] = Percent((HUNDRED - item.numbers["loss"]) / HUNDRED, 0)
    return found


def _figure(name: str, number: Decimal, item: Item) -> Figure:
    match name:
        case "leverage":
            return Times(number)
        case "rate":
            return share(number)
        case "loss" | "stop":
            return share(number / HUNDRED)
        case "entry" | "exit" | "price":
            return Count(number)
        case "quantity":
            return Size(number, base_of(item.names["symbol"]))
        case _:
            return Money(number, "USDT", whole=True)


def share(rate: Decimal) -> Percent:
    """Return a rate with all its digits, as percent."""
    exponent = (rate * HUNDRED).normalize().as_tuple().exponent
    return Percent(rate, max(0, -exponent) if isinstance(exponent, int) else 0)


def facts_of(item: Item, _: Translate) -> tuple[tuple[str, Figure], ...]:
    """Return what is given, one figure a line; what the question tells itself is left out."""
    figures, rows = figures_of(item, _), list[tuple[str, Figure]]()
    if "coin" in figures and "side" in figures:
        side = side_word(Side(item.names["side"]), _)
        rows.append((_("trade"), Label(f"{side} {base_of(item.names['symbol'])}")))
    elif "coin" in figures:
        rows.append((_("coin"), figures["coin"]))
    elif "side" in figures:
        rows.append((_("side"), figures["side"]))
    if "mode" in figures:
        rows.append((_("mode"), figures["mode"]))
    labels = {**_labels(_), **_own_labels(_).get(item.kind, {})}
    for name, number in item.numbers.items():
        if name not in _IN_THE_QUESTION and (number or name != "amount"):
            rows.append((labels[name], figures[name]))
    return tuple(rows)


def _labels(_: Translate) -> Mapping[str, str]:
    return {
        "worth": _("position"),
        "leverage": _("leverage"),
        "margin": _("margin"),
        "wallet": _("wallet"),
        "quantity": _("size"),
        "entry": _("entry"),
        "exit": _("exit"),
        "rate": _("maintenance"),
        "amount": _("deduction"),
        "collateral": _("behind its wall"),
    }


def _own_labels(_: Translate) -> Mapping[str, Mapping[str, str]]:
    """What figures are called in some kinds alone."""
    return {
        "fee": {"rate": _("taker fee")},
        "funding": {"rate": _("funding rate")},
        "survives": {"margin": _("if isolated"), "wallet": _("if cross")},
    }


# --- sentences ------------------------------------------------------------------------------------


def _questions(_: Translate) -> Mapping[str, str]:
    return {
        "margin_needed": _("Which margin opens this position?"),
        "position_size": _("Which position does this margin open?"),
        "pnl": _("What does this trade make, before fees?"),
        "fee": _("What does it cost to open this position with a market order?"),
        "funding": _("What does it get (or pay: -) at one funding?"),
        "roe": _("What does this trade make in percent of its margin?"),
        "effective": _("In cross, alone in its wallet: what is its effective leverage?"),
        "recovery": _("You have lost {loss}. Which gain makes it good?"),
        "risk_size": _("The stop is {stop} away. Which position loses {risk} there?"),
        "liq_price": _("Isolated: at which price is it liquidated?"),
        "survives": _("The price goes to {price}. Which wall stands?"),
        "maintenance": _("What is its maintenance margin?"),
        "max_leverage": _("Which leverage does the tier of such a position allow at most?"),
        "own_loss": _("One of you was liquidated. What did it take?"),
        "own_limit": _("One of you was liquidated. At which price?"),
        "sudden": _("The nearest wins: at which price is it liquidated, isolated?"),
    }


def _reasons(_: Translate) -> Mapping[str, str]:
    return {
        "margin_needed": _("Margin is the position over its leverage: {worth} / {leverage}."),
        "position_size": _("The position is the margin times the leverage: {margin} x {leverage}."),
        "pnl": _(
            "The move of the price times the size, for a short the other way round. "
            "Leverage is in the size already."
        ),
        "fee": _("The fee is on the whole position, whatever the leverage: {worth} x {rate}."),
        "funding": _(
            "Above zero longs pay shorts, and on the whole position, not on the margin: "
            "{worth} x {rate}."
        ),
        "roe": _("The move of the price in percent, times {leverage}."),
        "effective": _(
            "What counts is the position over what stands behind it: {worth} / {wallet}."
        ),
        "recovery": _("From {left} back to the whole: what was lost over what is left."),
        "risk_size": _("The position is what you risk over the way to the stop: {risk} / {stop}."),
        "liq_price": _(
            "The loss may eat the margin down to the maintenance margin, not to zero: "
            "so it comes a little before 1/{leverage} of the way."
        ),
        "survives": _(
            "Isolated ends where its own margin is used up to the maintenance margin, "
            "cross where the whole wallet is."
        ),
        "maintenance": _(
            "The position times the tier's rate, less its deduction. "
            "Leverage has no part in it, and neither has the mode."
        ),
        "max_leverage": _("The larger the position, the higher its tier and the less leverage."),
        "own_loss": _("It took {right} of {collateral} that stood behind its wall ({mode})."),
        "own_limit": _(
            "There the loss had eaten the margin behind its wall down to the maintenance margin."
        ),
        "sudden": _("The loss may eat the margin down to the maintenance margin, not to zero."),
    }
