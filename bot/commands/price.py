"""/price: the ticker, or one contract with everything that is known around its mark.

Positions are valued and liquidated at the mark. A trade far from it (the last price) moves nothing,
which is why a chart may touch a liquidation price and nobody is liquidated; the answer says so.
"""

from bot.chat.ask import Ask
from bot.chat.cards import look, mark_note, price_on, reading_notes, small_print, title
from bot.chat.command import command
from bot.chat.figures import Figure, Label, Moment, Percent, PriceOf
from bot.chat.i18n import Translate
from bot.chat.reply import Choice, Facts, Reply, Row, Table, Text, Words
from bot.chat.say import coin_word
from core.market import MarkPrice, Symbol
from core.money import ZERO, D, Rate, display
from core.services.prices import Stage

TICKER = ("BTC", "ETH", "USDT", "BNB", "XRP", "SOL", "DOGE", "ADA")


@command(aliases=("p",), examples=("/price", "/price btc"))
def price(ask: Ask, symbol: Symbol | None = None, all: bool = False) -> Reply:
    """Show prices with their change in 24 hours."""
    stage = ask.services.prices.stage(ask.defaults.venue)
    if symbol is None or all:
        return _ticker(ask, stage)
    return _one(ask, stage, symbol)


def _ticker(ask: Ask, stage: Stage) -> Reply:
    """Eight coins, as traders know them."""
    symbols = tuple(Symbol(f"{coin}USDT") for coin in TICKER)
    rows = [_row(stage, coin) for coin in TICKER]
    table = Table((ask._("USDT"), ask._("24 h")), tuple(row for row in rows if row))
    note = mark_note(ask, stage.marks.market, stage.age_of(*symbols))
    return Reply(
        blocks=(
            title(ask, stage, Words(ask._("Prices."))),
            *reading_notes(ask),
            table,
            small_print([note]),
        ),
        choices=(
            (
                look(ask._("Refresh"), "/price"),
                Choice(ask._("Compare BTC"), "/compare 10x long BTC"),
            ),
        ),
    )


def _row(stage: Stage, coin: str) -> Row | None:
    """One line; USDT is worth itself. A change that is not known stays blank."""
    if coin == "USDT":
        one = PriceOf(D(1), D("0.0001"))
        return Row(Label(coin), (one, Percent(D(0), signed=True)))
    symbol = Symbol(f"{coin}USDT")
    mark = stage.marks.get(symbol)
    if mark is None:
        return None
    change: Figure = Label("") if mark.change is None else Percent(mark.change, signed=True)
    return Row(Label(coin), (price_on(stage, symbol, mark.price), change))


def _one(ask: Ask, stage: Stage, symbol: Symbol) -> Reply:
    """One contract with its funding. Raises `UnknownSymbol`, `NoPrice`."""
    typed = coin_word(stage.instrument(symbol).symbol).upper()
    mark = stage.marks.mark(symbol)
    return Reply(
        blocks=(
            title(ask, stage, Words(ask._("{symbol}."), {"symbol": Label(symbol)})),
            *reading_notes(ask),
            Facts((*_prices(ask, stage, symbol, mark), *_funding(ask, stage, mark))),
            *_explained(mark, ask._),
            small_print([mark_note(ask, stage.marks.market, stage.age_of(symbol))]),
        ),
        choices=(
            (
                look(ask._("Refresh"), f"/price {typed}"),
                Choice(ask._("10x long"), f"/compare 10x long {typed}"),
                Choice(ask._("10x short"), f"/compare 10x short {typed}"),
            ),
        ),
        short=Words(
            "{symbol} {price}",
            {"symbol": Label(symbol), "price": price_on(stage, symbol, mark.price)},
        ),
    )


Rows = tuple[tuple[str, Figure], ...]


def _prices(ask: Ask, stage: Stage, symbol: Symbol, mark: MarkPrice) -> Rows:
    """The mark, what is known around it, and where it was a day ago; unknown ones are left out."""
    named = (
        (ask._("Mark price"), mark.price),
        (ask._("Last price"), mark.last),
        (ask._("Index price"), mark.index),
        (ask._("24 h ago"), mark.day_ago),
    )
    rows: list[tuple[str, Figure]] = [
        (name, price_on(stage, symbol, value)) for name, value in named if value is not None
    ]
    if mark.change is not None:
        rows.insert(-1, (ask._("24 h"), Percent(mark.change, signed=True)))
    return tuple(rows)


def _funding(ask: Ask, stage: Stage, mark: MarkPrice) -> Rows:
    """The rate that is still to come and when it is due."""
    rate = mark.funding_after(stage.now)
    if rate is None:
        return ()
    told: Rows = ((ask._("Funding rate"), Percent(rate, 4, signed=True)),)
    return told if mark.funding_at is None else (*told, (ask._("due"), Moment(mark.funding_at)))


def _explained(mark: MarkPrice, _: Translate) -> tuple[Text, ...]:
    """One line on which of the prices shown does what; nothing where the mark stands alone."""
    gap = mark.last_gap
    places = 2 if gap is None or display(gap, 4) else 4
    figures: dict[str, Figure] = {"gap": Percent(abs(gap or ZERO), places)}
    text = _against_last(gap, _) + (_after_index(gap, _) if mark.index is not None else "")
    return (Text(Words(f"{text}.", figures)),) if text else ()


def _against_last(gap: Rate | None, _: Translate) -> str:
    """The mark against the last trade, and how far apart they are."""
    if gap is None:
        return ""
    if not display(gap, 6):
        return _("Liquidation goes by the mark, not by the last trade")
    if gap > ZERO:
        return _("Liquidation goes by the mark, not by the last trade ({gap} above it)")
    return _("Liquidation goes by the mark, not by the last trade ({gap} below it)")


def _after_index(gap: Rate | None, _: Translate) -> str:
    """What the index is."""
    if gap is None:
        return _("Liquidation goes by the mark, which follows the index, an average of spot prices")
    return _("; the mark follows the index, an average of spot prices")
