"""The recorded market from `bot/content/market/demo`: one file of candles per coin, one of funding.

Prices stand in the files as whole numbers of ticks, so that nothing has to be rounded here or
later: a recording is integers and one tick size per coin.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, DecimalException
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from core.market import Symbol
from core.money import ZERO, D, Rate

FOLDER = files("bot") / "content" / "market" / "demo"

_COLUMNS = "open,high,low,close"


@dataclass(frozen=True, slots=True)
class CoinTape:
    """One coin's hours, in order; prices in ticks of `tick` (quote per base).

    `funding` are the rates of the settlements that were recorded, in order; none is made up.
    """

    symbol: Symbol
    tick: Decimal
    opens: Sequence[int]
    highs: Sequence[int]
    lows: Sequence[int]
    closes: Sequence[int]
    funding: tuple[Rate, ...]


@dataclass(frozen=True, slots=True)
class Recording:
    """A recorded market: coins whose hours all begin at `first_hour` (UTC).

    A replay starts at the open of hour `start` (from 0), so that a past exists. `source` says
    where the figures come from; `first_hour` and `last_hour` bound what was recorded.
    """

    coins: Mapping[Symbol, CoinTape]
    first_hour: datetime
    hours: int
    start: int
    source: str

    @property
    def last_hour(self) -> datetime:
        """The beginning of the last hour."""
        return self.first_hour + timedelta(hours=self.hours - 1)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A file's lines: `# name: value` at its head, then the columns' names, then the rows."""

    name: str
    head: Mapping[str, str]
    columns: str
    rows: Sequence[str]

    def wrong(self, why: str) -> ValueError:
        return ValueError(f"{self.name}: {why}")

    def told(self, name: str) -> str:
        if name not in self.head:
            raise self.wrong(f"the head does not tell its {name}")
        return self.head[name]


@cache  # the demo market and the games' paths play the same one
def load_recording(folder: Traversable = FOLDER) -> Recording:
    """Read the recorded market, once. Raises `ValueError`, naming the file, for anything amiss."""
    funding = dict(_funding(_sheet(folder / "funding.csv")))
    tapes: dict[Symbol, CoinTape] = {}
    shapes: set[tuple[str, str, int]] = set()
    source = ""
    for symbol in funding:  # one file at a time: its text weighs more than what is kept of it
        sheet = _sheet(folder / f"{symbol}.csv")
        shapes.add((sheet.told("first hour"), sheet.told("starts at hour"), len(sheet.rows)))
        tapes[Symbol(sheet.told("symbol"))] = _tape(sheet, funding)
        source = source or sheet.told("source")
    if len(shapes) != 1:
        raise ValueError("the recording's files do not cover the same hours")
    first, start, hours = shapes.pop()
    if not 24 <= int(start) < hours:
        raise ValueError("a replay starts a day or more into the recording")
    return Recording(tapes, _moment(first), hours, int(start), source)


def _sheet(file: Traversable) -> _Sheet:
    lines = file.read_text(encoding="utf-8").splitlines()
    comments = [line for line in lines if line.startswith("#")]
    pairs = (line[1:].partition(":") for line in comments)
    head = {name.strip(): value.strip() for name, _, value in pairs}
    body = lines[len(comments) :]
    if len(body) < 2:
        raise ValueError(f"{file.name}: no rows")
    return _Sheet(file.name, head, body[0], body[1:])


def _tape(sheet: _Sheet, funding: Mapping[str, tuple[Rate, ...]]) -> CoinTape:
    symbol, tick = Symbol(sheet.told("symbol")), D(sheet.told("tick"))
    if sheet.columns != _COLUMNS or symbol not in funding or tick <= ZERO:
        raise sheet.wrong(f"not a file of {_COLUMNS} in ticks")
    cells = array("i")
    try:
        for row in sheet.rows:
            cells.extend(map(int, row.split(",")))
    except ValueError as error:
        raise sheet.wrong(str(error)) from None
    opens, highs, lows, closes = (cells[n::4] for n in range(4))
    if len(cells) != 4 * len(sheet.rows):
        raise sheet.wrong("a row has not four figures")
    for n, (open_, high, low, close) in enumerate(zip(opens, highs, lows, closes, strict=True)):
        if not (0 < low <= open_ <= high and low <= close <= high):
            raise sheet.wrong(f"hour {n} does not lie between its low and its high")
    return CoinTape(symbol, tick, opens, highs, lows, closes, funding[symbol])


def _funding(sheet: _Sheet) -> Iterator[tuple[str, tuple[Rate, ...]]]:
    """Read a column of rates per coin; an empty cell is a settlement nobody recorded."""
    symbols = sheet.columns.split(",")[1:]
    rows = [row.split(",") for row in sheet.rows]
    times = [row[0] for row in rows]
    if times != sorted(set(times)) or any(len(row) != len(symbols) + 1 for row in rows):
        raise sheet.wrong("a settlement is out of order or lacks a cell")
    for place, symbol in enumerate(symbols, start=1):
        try:
            yield symbol, tuple(Rate(D(row[place])) for row in rows if row[place])
        except DecimalException:
            raise sheet.wrong(f"a rate of {symbol} is no figure") from None


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} names no zone")
    return moment
