"""/price: the ticker, or one contract."""

from bot.chat.ask import Ask
from bot.chat.cards import look, price_on, reading_notes, small_print, title
from bot.chat.command import command
from bot.chat.demo import DEMO
from bot.chat.figures import Age, Figure, Label, Moment, Percent, PriceOf
from bot.chat.reply import Choice, Facts, Reply, Row, Table, Words
from core.market import Symbol
from core.money import D
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
    rows = [_row(stage, coin) for coin in TICKER]
    table = Table((ask._("USDT"), ask._("24 h")), tuple(row for row in rows if row))
    return Reply(
        blocks=(
            title(ask, stage, Words(ask._("Prices."))),
            *reading_notes(ask),
            table,
            small_print(_notes(ask, stage)),
        ),
        choices=(
            (
                look(ask._("Refresh"), "/price"),
                Choice(ask._("Compare BTC"), "/compare 10x long BTC"),
            ),
        ),
    )


def _row(stage: Stage, coin: str) -> Row | None:
    """One line; USDT is worth itself."""
    if coin == "USDT":
        one = PriceOf(D(1), D("0.0001"))
        return Row(Label(coin), (one, Percent(D(0), signed=True)))
    symbol = Symbol(f"{coin}USDT")
    mark = stage.marks.get(symbol)
    if mark is None:
        return None
    change: Figure = Label("-") if mark.change is None else Percent(mark.change, signed=True)
    return Row(Label(coin), (price_on(stage, symbol, mark.price), change))


def _notes(ask: Ask, stage: Stage) -> list[Words]:
    """What kind of price this is and how old."""
    age: dict[str, Figure] = {"age": Age(stage.age)}
    if stage.marks.market == DEMO:
        return [Words(ask._("mark = recorded last price, {age} old"), age)]
    return [Words(ask._("mark price {age} old"), age)]


def _one(ask: Ask, stage: Stage, symbol: Symbol) -> Reply:
    """One contract with its funding. Raises `UnknownSymbol`, `NoPrice`."""
    instrument, mark = stage.instrument(symbol), stage.marks.mark(symbol)
    rows: list[tuple[str, Figure]] = [(ask._("Mark price"), price_on(stage, symbol, mark.price))]
    if mark.change is not None:
        rows.append((ask._("24 h"), Percent(mark.change, signed=True)))
    if mark.day_ago is not None:
        rows.append((ask._("24 h ago"), price_on(stage, symbol, mark.day_ago)))
    if mark.funding is not None:
        rows.append((ask._("Funding rate"), Percent(mark.funding, 4, signed=True)))
    if mark.funding_at is not None:
        rows.append((ask._("due"), Moment(mark.funding_at)))
    coin = instrument.base
    return Reply(
        blocks=(
            title(ask, stage, Words(ask._("{symbol}."), {"symbol": Label(symbol)})),
            *reading_notes(ask),
            Facts(tuple(rows)),
            small_print(_notes(ask, stage)),
        ),
        choices=(
            (
                look(ask._("Refresh"), f"/price {coin}"),
                Choice(ask._("10x long"), f"/compare 10x long {coin}"),
                Choice(ask._("10x short"), f"/compare 10x short {coin}"),
            ),
        ),
        short=Words("{symbol} {price}", {"symbol": Label(symbol), "price": rows[0][1]}),
    )
