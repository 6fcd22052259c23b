"""Recorded events as files: `scenarios/index.toml` says what they are, tables hold their prices.

`<id>.csv` holds the hours and `<id>.fine.csv`, where there is one, finer steps of some of them;
both are whole millionths of a coin's first open. `<id>.funding.csv` holds the rates of the coins
that have them, as they were published, by the hour at whose beginning they were settled. A file
that breaks this is refused by its name.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, DecimalException
from importlib.resources import files
from importlib.resources.abc import Traversable

from core.lessons.scenario import HOUR, Bar, Candle, Coin, Heading, PriceKind, Scenario
from core.market import Symbol
from core.money import ONE, ZERO, D, Price, Rate

FOLDER = files("bot") / "content" / "scenarios"

INDEX = "index.toml"

_MILLIONTH = Decimal("1e-6")
_FIGURES = ("open", "high", "low", "close")
_RATES = ("hour", "coin", "rate")
_QUOTE = "USDT"
_MOST = 10_000
"""More hours than these are no event."""

_EVENT: Mapping[str, type] = {
    "id": str,
    "name": str,
    "told": str,
    "first_hour": datetime,
    "hours": int,
    "coins": dict,
}
_FINE: Mapping[str, type] = {"fine_hour": int, "fine_hours": int, "fine_minutes": int}
_COIN: Mapping[str, type] = {"first": str, "price": str, "source": str, "read": date}
_COIN_MORE: Mapping[str, type] = {"fine": str, "funding": str}

Table = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Entry:
    """One event of the index; `fine_minutes` is 0 where it has no finer rows."""

    heading: Heading
    fine_coins: tuple[Symbol, ...] = ()
    fine_hour: int = 0
    fine_hours: int = 0
    fine_minutes: int = 0


class ScenarioFiles:
    """Reads the events of a content folder, by default the one that comes with the program."""

    def __init__(self, folder: Traversable | None = None) -> None:
        """Take the folder that holds the index and the tables; the index is read once."""
        self._folder = folder or FOLDER
        self._read: tuple[_Entry, ...] | None = None

    def headings(self) -> tuple[Heading, ...]:
        """Return all events, oldest first. Raises `ValueError` with the file and the fault."""
        return tuple(entry.heading for entry in self._entries())

    def scenario(self, id_: str) -> Scenario:
        """Return one event. Raises `LookupError`, and `ValueError` with the file and the fault."""
        entry = next((each for each in self._entries() if each.heading.id == id_), None)
        if entry is None:
            raise LookupError(id_)
        heading = entry.heading
        candles = self._candles(f"{id_}.csv", "hour", heading.coins, heading.hours)
        if any(bar.open != ONE for bar in candles[0].values()):
            raise ValueError(f"{id_}.csv: a coin does not begin at one")
        hours = (
            Candle(heading.first_hour + timedelta(hours=n), HOUR, bars)
            for n, bars in enumerate(candles)
        )
        return Scenario(
            heading=heading,
            candles=tuple(hours),
            finer=dict(self._finer(entry)),
            funding=self._funding(heading),
        )

    def _entries(self) -> tuple[_Entry, ...]:
        if self._read is None:
            text = self._text(INDEX)
            try:
                whole = tomllib.loads(text)
                _typed(whole, {"scenario": list}, "")
                self._read = _ordered(tuple(map(_entry, _tables(whole["scenario"]))))
            except ValueError as fault:
                raise ValueError(f"{INDEX}: {fault}") from None
        return self._read

    def _text(self, name: str) -> str:
        try:
            return self._folder.joinpath(name).read_text(encoding="utf-8")
        except OSError as fault:
            raise ValueError(f"{name}: {fault.strerror}") from None
        except UnicodeDecodeError:
            raise ValueError(f"{name}: it is no text") from None

    def _finer(self, entry: _Entry) -> Iterator[tuple[int, tuple[Candle, ...]]]:
        """Yield the finer candles by the number of their hour."""
        if not entry.fine_minutes:
            return
        heading, minutes = entry.heading, entry.fine_minutes
        each = HOUR // minutes
        count = entry.fine_hours * each
        steps = self._candles(f"{heading.id}.fine.csv", "step", entry.fine_coins, count)
        for n in range(entry.fine_hours):
            hour = entry.fine_hour + n
            at = heading.first_hour + timedelta(hours=hour)
            yield (
                hour,
                tuple(
                    Candle(at + timedelta(minutes=m * minutes), minutes, steps[n * each + m])
                    for m in range(each)
                ),
            )

    def _candles(
        self, name: str, counted: str, coins: Collection[Symbol], count: int
    ) -> list[dict[Symbol, Bar]]:
        """Read a table: so many numbered candles, every coin once in each."""
        rows = self._rows(name, (counted, "coin", *_FIGURES))
        candles: list[dict[Symbol, Bar]] = [{} for _ in range(count)]
        for row in rows:
            try:
                number, symbol, bar = _read(row)
            except (ValueError, DecimalException):
                raise ValueError(f"{name}: {row!r} is no row") from None
            if not bar.sound:
                raise ValueError(f"{name}: {row!r} does not lie between its low and its high")
            if not 0 <= number < count or symbol in candles[number]:
                raise ValueError(f"{name}: {row!r} stands twice or beyond the end")
            candles[number][symbol] = bar
        wanted = set(coins)
        for number, candle in enumerate(candles):
            if candle.keys() != wanted:
                raise ValueError(f"{name}: {counted} {number} has not every coin once")
        return candles

    def _funding(self, heading: Heading) -> dict[int, dict[Symbol, Rate]]:
        """Read the rates of the coins that have some."""
        wanted = {coin.symbol for coin in heading.coins.values() if coin.funding}
        found: dict[int, dict[Symbol, Rate]] = {}
        name = f"{heading.id}.funding.csv"
        for row in self._rows(name, _RATES) if wanted else ():
            try:
                number, coin, figure = row.split(",")
                hour, symbol, rate = int(number), Symbol(coin + _QUOTE), Rate(D(figure))
            except (ValueError, DecimalException):
                raise ValueError(f"{name}: {row!r} is no row") from None
            if not rate.is_finite() or abs(rate) >= ONE:
                raise ValueError(f"{name}: {row!r} tells no rate")
            if not 0 < hour < heading.hours or symbol in found.setdefault(hour, {}):
                raise ValueError(f"{name}: {row!r} stands twice or beyond the ends")
            found[hour][symbol] = rate
        if {symbol for rates in found.values() for symbol in rates} != wanted:
            raise ValueError(f"{name}: its coins are not those of the index")
        return found

    def _rows(self, name: str, columns: tuple[str, ...]) -> list[str]:
        """Return a table's rows, below the columns it must have."""
        head, *rows = self._text(name).splitlines() or [""]
        if tuple(head.split(",")) != columns:
            raise ValueError(f"{name}: the columns are {', '.join(columns)}")
        return rows


def _read(row: str) -> tuple[int, Symbol, Bar]:
    number, coin, *figures = row.split(",")
    open_, high, low, close = (Rate(D(int(figure)) * _MILLIONTH) for figure in figures)
    return int(number), Symbol(coin + _QUOTE), Bar(open_, high, low, close)


def _entry(table: Table) -> _Entry:
    """Read one event of the index."""
    fine = _FINE if "fine_minutes" in table else {}
    name = str(table.get("id", "an event"))
    _typed(table, {**_EVENT, **fine}, f"{name}: ")
    coins = table["coins"]
    assert isinstance(coins, dict)
    if plain := [coin for coin, each in coins.items() if not isinstance(each, dict)]:
        raise ValueError(f"{name}: {plain[0]}: is no table")
    heading = _heading(table, dict(_coin(name, coin, each) for coin, each in coins.items()))
    if not fine:
        if any(coin.fine for coin in heading.coins.values()):
            raise ValueError(f"{name}: a coin has finer rows, and the event tells of none")
        return _Entry(heading)
    symbols = tuple(Symbol(coin + _QUOTE) for coin, each in coins.items() if "fine" in each)
    hour, hours, minutes = (_whole(table, key) for key in _FINE)
    if not symbols or HOUR % minutes or hour + hours > heading.hours:
        raise ValueError(f"{name}: finer rows lie outside, of no coin, or do not fill an hour")
    return _Entry(heading, symbols, hour, hours, minutes)


def _ordered(entries: tuple[_Entry, ...]) -> tuple[_Entry, ...]:
    ids = [entry.heading.id for entry in entries]
    if ids != sorted(set(ids)):
        raise ValueError("an id stands twice or out of order")
    return entries


def _heading(table: Table, coins: Mapping[Symbol, Coin]) -> Heading:
    first_hour = table["first_hour"]
    assert isinstance(first_hour, datetime)
    if first_hour.tzinfo is None:
        raise ValueError(f"{table['id']}: first_hour names no zone")
    return Heading(
        id=str(table["id"]),
        name=str(table["name"]),
        told=str(table["told"]),
        first_hour=first_hour,
        hours=_whole(table, "hours"),
        coins=coins,
    )


def _coin(event: str, name: str, table: Table) -> tuple[Symbol, Coin]:
    """Read one coin of an event."""
    where = f"{event}: {name}: "
    more = {key: kind for key, kind in _COIN_MORE.items() if key in table}
    _typed(table, {**_COIN, **more}, where)
    read, symbol = table["read"], Symbol(name + _QUOTE)
    assert isinstance(read, date)
    try:
        first, kind = D(str(table["first"])), PriceKind(str(table["price"]))
        fine = PriceKind(str(table["fine"])) if "fine" in table else None
    except (DecimalException, ValueError):
        raise ValueError(f"{where}a price or its kind cannot be read") from None
    if not (first.is_finite() and first > ZERO):
        raise ValueError(f"{where}the first price is not above zero")
    return symbol, Coin(
        symbol=symbol,
        first=Price(first),
        price=kind,
        source=str(table["source"]),
        read=read,
        fine=fine,
        funding=str(table.get("funding", "")),
    )


def _whole(table: Table, key: str) -> int:
    value = table[key]
    assert isinstance(value, int)
    if value < (0 if key == "fine_hour" else 1) or value > _MOST:
        raise ValueError(f"{table.get('id')}: {key} is too {'large' if value > 0 else 'small'}")
    return value


def _typed(table: Table, wanted: Mapping[str, type], where: str) -> None:
    """Complain of keys that are missing, unknown, empty or of another type."""
    if strange := sorted(table.keys() - wanted.keys()):
        raise ValueError(f"{where}unknown key {', '.join(strange)}")
    for key, kind in wanted.items():
        if key not in table:
            raise ValueError(f"{where}{key} is missing")
        if type(table[key]) is not kind or table[key] in ("", {}, []):
            raise ValueError(f"{where}{key} must be of type {kind.__name__}, and say something")


def _tables(values: object) -> tuple[Table, ...]:
    """Return a list of tables."""
    assert isinstance(values, list)
    if not all(isinstance(value, dict) for value in values):
        raise ValueError("scenario must hold tables")
    return tuple(values)
