"""An event as files, in the very form in which `ScenarioFiles` reads it.

Each own event has a folder of its own name. It is written beside its place, read back, and only
then moved there: whoever looks sees the old event or the new one, never half of either.
"""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from bot.adapters.content.scenario_files import INDEX, ScenarioFiles
from core.lessons.recording import MILLIONTH
from core.lessons.scenario import HOUR, Bar, Candle, Coin, Scenario
from core.market import Symbol
from core.money import plain

_QUOTE = "USDT"


def texts(scenario: Scenario) -> dict[str, str]:
    """Return the files of an event, by name: its index, and its tables."""
    id_, coins = scenario.heading.id, scenario.heading.coins
    found = {
        INDEX: index_entry(scenario),
        f"{id_}.csv": _table("hour", scenario.candles, coins),
    }
    if scenario.finer:
        steps = [step for hour in sorted(scenario.finer) for step in scenario.finer[hour]]
        fined = [symbol for symbol, coin in coins.items() if coin.fine]
        found[f"{id_}.fine.csv"] = _table("step", steps, fined)
    if scenario.funding:
        found[f"{id_}.funding.csv"] = _rates(scenario)
    return found


def index_entry(scenario: Scenario) -> str:
    """Return an event's part of an index."""
    heading = scenario.heading
    lines = [
        "[[scenario]]",
        f"id = {_quoted(heading.id)}",
        f"name = {_quoted(heading.name)}",
        f"told = {_quoted(heading.told)}",
        f"first_hour = {heading.first_hour:%Y-%m-%dT%H:%M:%SZ}",
        f"hours = {heading.hours}",
    ]
    if scenario.finer:
        first = min(scenario.finer)
        lines += [
            f"fine_hour = {first}",
            f"fine_hours = {len(scenario.finer)}",
            f"fine_minutes = {HOUR // len(scenario.finer[first])}",
        ]
    lines += [f"coins.{_base(coin.symbol)} = {_coin(coin)}" for coin in heading.coins.values()]
    return "\n".join(lines) + "\n"


def store(scenario: Scenario, folder: Path) -> Path:
    """Write an event below a folder and return its place; an event of the same id is replaced.

    Raises `ValueError` where it could not be read back as it is, `OSError` where it could not be
    written; nothing is left behind then.
    """
    place = folder / scenario.heading.id
    folder.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
    try:
        for name, text in texts(scenario).items():
            (fresh / name).write_text(text, encoding="utf-8", newline="\n")
        if ScenarioFiles(fresh).scenario(scenario.heading.id) != scenario:
            raise ValueError(f"{scenario.heading.id} cannot be read back as it was written")
        fresh.chmod(0o755)
        _swap(fresh, place)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return place


def is_stored(scenario: Scenario, folder: Path) -> bool:
    """Whether the very same files are there already."""
    place = folder / scenario.heading.id
    with suppress(OSError):
        names = {each.name for each in place.iterdir()}
        wanted = texts(scenario)
        return names == wanted.keys() and all(
            (place / name).read_bytes() == text.encode() for name, text in wanted.items()
        )
    return False


def _swap(fresh: Path, place: Path) -> None:
    """Put a folder in the place of another; where that fails, the other comes back."""
    old = fresh.with_name(fresh.name.replace(".new-", ".old-"))
    replaced = place.exists()
    if replaced:
        place.rename(old)
    try:
        fresh.rename(place)
    except OSError:
        if replaced:
            old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _table(counted: str, candles: Iterable[Candle], symbols: Iterable[Symbol]) -> str:
    lines = [f"{counted},coin,open,high,low,close"]
    order = list(symbols)
    for number, candle in enumerate(candles):
        lines += [f"{number},{_base(s)},{_bar(candle.bars[s])}" for s in order]
    return "\n".join(lines) + "\n"


def _bar(bar: Bar) -> str:
    parts = (bar.open, bar.high, bar.low, bar.close)
    return ",".join(str(int(part / MILLIONTH)) for part in parts)


def _rates(scenario: Scenario) -> str:
    return "\n".join(("hour,coin,rate", *_rate_lines(scenario))) + "\n"


def _rate_lines(scenario: Scenario) -> Iterator[str]:
    for hour, rates in sorted(scenario.funding.items()):
        for symbol in scenario.heading.coins:
            if symbol in rates:
                yield f"{hour},{_base(symbol)},{plain(rates[symbol]):f}"


def _coin(coin: Coin) -> str:
    pairs: Mapping[str, str] = {
        "first": _quoted(f"{plain(coin.first):f}"),
        "price": _quoted(coin.price),
        **({"fine": _quoted(coin.fine)} if coin.fine else {}),
        "source": _quoted(coin.source),
        "read": f"{coin.read:%Y-%m-%d}",
        **({"funding": _quoted(coin.funding)} if coin.funding else {}),
    }
    return "{ " + ", ".join(f"{key} = {value}" for key, value in pairs.items()) + " }"


def _quoted(text: str) -> str:
    """Text of one line as TOML writes it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _base(symbol: Symbol) -> str:
    return symbol.removesuffix(_QUOTE)
