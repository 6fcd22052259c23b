"""Before and after, side by side: what a choice changes for every position it touches.

A choice of mode, leverage or margin moves walls; what matters of a wall is where it falls and how
much stands behind it. The table has one part per position that is touched, and what stays free.
"""

from collections.abc import Iterator

from bot.chat.figures import Figure, Label, Money, Percent, Size, Times
from bot.chat.i18n import Translate
from bot.chat.positions import limit_of, mode_word, price_figure, side_word
from bot.chat.reply import Row, Table, Words
from bot.chat.say import say
from core.money import ONE
from core.paper.account import PaperAccount, Position
from core.paper.records import Done
from core.paper.scene import Scene

Pair = tuple[Position, Position]


def switch_table(done: Done, scene: Scene, _: Translate) -> Table | None:
    """Return `switch_rows` with what is available as a table; None where nothing is touched."""
    rows = switch_rows(done, scene, _)
    if not rows:
        return None
    free = (a.available(scene.marks, scene.listing) for a in (done.before, done.after))
    last = Row(Label(_("Available")), tuple(Money(amount) for amount in free))
    return Table((_("before"), _("after")), (*rows, last))


def switch_rows(done: Done, scene: Scene, _: Translate) -> tuple[Row, ...]:
    """Return rows of two cells, before and after, for every position whose wall is touched."""
    rows: list[Row] = []
    for old, new in _pairs(done):
        part = tuple(_part(done, (old, new), scene, _))
        if any(len(set(row.cells)) > 1 for row in part):
            rows += [Row(_name(old, scene, _)), *part]
    return tuple(rows)


def switch_line(mode: str, symbol: str = "") -> str:
    """Return the line that shows what a switch to a mode would change, without doing it."""
    return say("switch", {"mode": mode, "symbol": symbol or None})


def _pairs(done: Done) -> Iterator[Pair]:
    """Positions that are there before and after."""
    after = {position.number: position for position in done.after.positions}
    for position in done.before.positions:
        if position.number in after:
            yield position, after[position.number]


def _name(position: Position, scene: Scene, _: Translate) -> Words:
    """#3 LONG 0.292 BTC."""
    leg = position.leg
    return Words(
        "{number} {side} {size}",
        {
            "number": Label(f"#{position.number}"),
            "side": Label(side_word(leg.side, _)),
            "size": Size(leg.quantity, scene.instrument(leg.symbol).base),
        },
    )


def _part(done: Done, pair: Pair, scene: Scene, _: Translate) -> Iterator[Row]:
    """One position: its mode and leverage where they change, then its wall."""
    old, new = pair
    if old.mode is not new.mode:
        yield _row(_("mode"), *(Label(mode_word(p.mode, _)) for p in pair))
    if old.leg.leverage != new.leg.leverage:
        yield _row(_("leverage"), *(Times(p.leg.leverage) for p in pair))
    sides: tuple[tuple[PaperAccount, Position], ...] = ((done.before, old), (done.after, new))
    limits = [limit_of(account, position, scene) for account, position in sides]
    symbol = old.leg.symbol
    mark = scene.mark(symbol)
    yield _row(_("Liq. price"), *(price_figure(symbol, limit, scene) for limit in limits))
    yield _row(
        _("away"),
        *(Label("-") if x is None else Percent(x / mark - ONE, signed=True) for x in limits),
    )
    yield _row(_("Can lose"), *(Money(a.pool(p).collateral) for a, p in sides))


def _row(label: str, *cells: Figure) -> Row:
    return Row(Label(label), cells)
