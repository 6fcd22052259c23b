"""/pf: what you hold, what it is worth, where it ends."""

from bot.chat.ask import Ask
from bot.chat.cards import title
from bot.chat.command import command
from bot.chat.figures import Code, Count, Figure, Label, Money
from bot.chat.positions import (
    account_card,
    joint_line,
    order_line,
    position_card,
    position_title,
)
from bot.chat.reply import Block, Choice, Points, Reply, Text, Words
from bot.chat.say import coin_word
from bot.chat.symbols import base_of
from core.market import Symbol
from core.money import ONE, D, down
from core.paper.account import PaperAccount, Position
from core.paper.scene import Scene
from core.venue import VENUES

Row = tuple[Choice, ...]

TEN = D(10)
"""The share of its margin that a button adds to a position: a tenth, shown before it is done."""

SHOWN = 4
"""So many positions have buttons of their own; of more, each is opened by its coin first."""


@command(
    aliases=("portfolio", "positions", "pos"),
    examples=("/pf", "/pf BTC"),
    personal=True,
)
def pf(ask: Ask, symbol: Symbol | None = None) -> Reply:
    """Show your paper positions, orders and account."""
    account = ask.services.accounts.look(ask.identity)
    scene = ask.services.trading.scene(account)
    held = tuple(p for p in account.positions if symbol in {None, p.leg.symbol})
    return Reply(
        blocks=(
            title(ask, None, _heading(ask, account, scene)),
            *_beginning(ask, account, symbol),
            *(block for p in held for block in _position(ask, account, p, scene)),
            *_orders(ask, account, scene, symbol),
            account_card(account, scene, ask._),
            *_joint(ask, account, scene),
            *_paused(ask),
        ),
        choices=_choices(ask, account, held),
        short=_short(ask, account, scene),
    )


def _heading(ask: Ask, account: PaperAccount, scene: Scene) -> Words:
    """Whose rules the account follows, and how often it was begun anew."""
    text = ask._("Your paper portfolio on {venue}.")
    if account.resets:
        text = ask._("Your paper portfolio on {venue}, resets: {resets}.")
    venue = Label(scene.listing.venue.name)
    return Words(text, {"venue": venue, "resets": Count(account.resets)})


def _beginning(ask: Ask, account: PaperAccount, symbol: Symbol | None) -> tuple[Text, ...]:
    """How to begin, where nothing is held."""
    if symbol is not None and account.holding(symbol) is None:
        text = ask._("You hold nothing in {coin}.")
        return (Text(Words(text, {"coin": Label(base_of(symbol))})),)
    if account.positions:
        return ()
    line = Code("/open long btc 10x 500 isolated")
    text = ask._("No open position. Begin with a line such as {line}; it is shown to you first.")
    return (Text(Words(text, {"line": line})),)


def _position(
    ask: Ask, account: PaperAccount, position: Position, scene: Scene
) -> tuple[Block, ...]:
    """One position: its line and its card."""
    heading = Text(position_title(position, scene, ask._), strong=True)
    return (heading, position_card(account, position, scene, ask._))


def _orders(
    ask: Ask, account: PaperAccount, scene: Scene, symbol: Symbol | None
) -> tuple[Block, ...]:
    """What waits to be filled."""
    resting = account.orders if symbol is None else account.ordered(symbol)
    if not resting:
        return ()
    lines = tuple(order_line(order, scene, ask._) for order in resting)
    return (Text(Words(ask._("Open orders:"))), Points(lines))


def _joint(ask: Ask, account: PaperAccount, scene: Scene) -> tuple[Text, ...]:
    line = joint_line(account, scene, ask._)
    return () if line is None else (Text(line),)


def _paused(ask: Ask) -> tuple[Text, ...]:
    """Accounts of other markets, which rest until their prices come again."""
    text = ask._("Paused: your account on {market} prices, with {positions} and {orders}.")
    return tuple(
        Text(
            Words(
                text,
                {
                    "market": Label(_market(ask, other.market)),
                    "positions": Label(_counted(ask, "positions", len(other.positions))),
                    "orders": Label(_counted(ask, "orders", len(other.orders))),
                },
            )
        )
        for other in ask.services.accounts.paused(ask.identity)
    )


def _market(ask: Ask, market: str) -> str:
    return VENUES[market].name if market in VENUES else ask._("demo")


def _counted(ask: Ask, what: str, count: int) -> str:
    """A number of positions or orders in words."""
    if what == "orders":
        return ask._("orders: {count}").replace("{count}", str(count))
    return ask._("positions: {count}").replace("{count}", str(count))


def _choices(ask: Ask, account: PaperAccount, held: tuple[Position, ...]) -> tuple[Row, ...]:
    """A row for each position, and where to go from here."""
    if not account.positions and not account.orders:
        first = Choice(ask._("Open 10x long BTC"), "/open long btc 10x 500 isolated", kept=True)
        return ((first,), (Choice(ask._("Compare first"), "/compare 10x long btc"),))
    rows: list[Row] = []
    if len(held) > SHOWN:
        symbols = list(dict.fromkeys(p.leg.symbol for p in held))[:5]
        rows.append(tuple(Choice(base_of(s), f"/pf {coin_word(s)}") for s in symbols))
    else:
        rows += [_row(ask, position) for position in held]
    more = [Choice(ask._("History"), "/history"), Choice(ask._("Stats"), "/stats")]
    if account.orders:
        more.insert(0, Choice(ask._("Orders"), "/orders"))
    return (*rows, tuple(more))


def _row(ask: Ask, position: Position) -> Row:
    """What can be done with a position; each is shown before it is done."""
    number = position.number
    close = ask._("Close #{number}").replace("{number}", str(number))
    choices = [Choice(close, f"/close #{number}", kept=True)]
    if position.isolated:
        coin = coin_word(position.leg.symbol)
        tenth = max(ONE, down(position.margin / TEN, ONE))
        choices.append(Choice(ask._("Add margin"), f"/margin {coin} +{tenth}", kept=True))
    choices.append(Choice(ask._("Stop"), f"/stop #{number}", kept=True))
    return tuple(choices)


def _short(ask: Ask, account: PaperAccount, scene: Scene) -> Words:
    """One sentence for a toast."""
    figures: dict[str, Figure] = {
        "count": Count(len(account.positions)),
        "available": Money(account.available(scene.marks, scene.listing), "USDT"),
    }
    return Words(ask._("Open positions: {count}, available {available}"), figures)
