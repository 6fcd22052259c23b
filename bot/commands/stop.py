"""/stop: the marks at which a position closes by itself."""

from dataclasses import replace
from decimal import Decimal

from bot.chat.acting import act
from bot.chat.ask import Ask
from bot.chat.cards import title
from bot.chat.command import command
from bot.chat.figures import Figure, Label, Percent
from bot.chat.held import positions_named, which_position
from bot.chat.positions import position_title, price_figure
from bot.chat.reply import Choice, Facts, Reply, Text, Words
from bot.chat.say import say
from bot.chat.stopping import stops_named
from bot.chat.unreached import unreached
from core.market import Symbol
from core.money import ONE, Price
from core.paper.account import NO_STOPS, Position, Stops
from core.paper.actions import SetStops
from core.paper.errors import NothingChanges
from core.paper.scene import Scene


@command(
    aliases=("stops", "sl"),
    examples=("/stop btc sl 5%", "/stop btc tp 10%", "/stop btc off"),
    writes=True,
    personal=True,
)
def stop(
    ask: Ask,
    symbol: Symbol | None = None,
    id: str | None = None,
    sl: Decimal | str | None = None,
    tp: Decimal | str | None = None,
    off: bool = False,
) -> Reply:
    """Set, show or take away a position's stop loss and take profit.

    Moves in percent start from the mark. Raises `UnknownPosition`, `StopWrongSide`, and
    `NothingChanges` where it is so already.
    """
    account = ask.services.accounts.look(ask.identity)
    found = positions_named(account, symbol, id)
    if not found:
        text = ask._("No position is open, so there is nothing to stop.")
        example = "/open long btc 10x 100 sl 5%"
        return Reply((title(ask, None, Words(text)),), ((Choice(example, example, kept=True),),))
    if len(found) > 1:
        return which_position(ask, found, say("stop", {"sl": sl, "tp": tp, "off": off}))
    (position,) = found
    scene = ask.services.trading.scene(account)
    if sl is None and tp is None and not off:
        return _shown(ask, position, scene)
    leg = position.leg
    instrument, mark = scene.instrument(leg.symbol), scene.mark(leg.symbol)
    new = stops_named(sl, tp, leg.side, mark, instrument)
    stops = _joined(NO_STOPS if off else position.stops, new)
    if stops == position.stops:
        raise NothingChanges(_plain(stops))
    return act(ask, SetStops(position.number, stops))


def _joined(old: Stops, new: Stops) -> Stops:
    """What is named takes the place of what was there."""
    if new.loss is not None:
        old = replace(old, loss=new.loss)
    return old if new.profit is None else replace(old, profit=new.profit)


def _plain(stops: Stops) -> str:
    prices = [f"{price.normalize():f}" for price in (stops.loss, stops.profit) if price is not None]
    return " / ".join(prices) or "off"


def _shown(ask: Ask, position: Position, scene: Scene) -> Reply:
    """What is set now, and what may be pressed."""
    number, stops = position.number, position.stops
    line = position_title(position, scene, ask._)
    heading = Words(ask._("Stops of {position}.").replace("{position}", line.text), line.figures)
    rows: list[tuple[str, Figure]] = [
        (ask._("mark"), price_figure(position.leg.symbol, scene.mark(position.leg.symbol), scene))
    ]
    for name, price in ((ask._("stop loss"), stops.loss), (ask._("target"), stops.profit)):
        rows += _rows(ask, position, scene, (name, price))
    buttons = [
        Choice(ask._("Stop 5% away"), f"/stop #{number} sl 5%", kept=True),
        Choice(ask._("Target 10% away"), f"/stop #{number} tp 10%", kept=True),
    ]
    if stops.any:
        buttons.append(Choice(ask._("Take away"), f"/stop #{number} off", kept=True))
    text = ask._("Both close the whole position at the market when the mark is there.")
    account = ask.services.accounts.look(ask.identity)
    note = unreached(account, position, scene, ask._)
    return Reply(
        (title(ask, None, heading), Facts(tuple(rows)), Text(Words(text)), *note),
        choices=(tuple(buttons),),
    )


def _rows(
    ask: Ask, position: Position, scene: Scene, stop: tuple[str, Price | None]
) -> list[tuple[str, Figure]]:
    """One closing mark and how far it is from the mark, or that there is none."""
    name, price = stop
    if price is None:
        return [(name, Label(ask._("none")))]
    symbol = position.leg.symbol
    away = Percent(price / scene.mark(symbol) - ONE, signed=True)
    return [(name, price_figure(symbol, price, scene)), (ask._("away"), away)]
