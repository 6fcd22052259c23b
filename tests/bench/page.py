"""docs/benchmarks.md: the table of one run, the day and the machine, and how to read it."""

import os
import platform
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.row import HEAD, Row
from tests.house.tree import ROOT

PATH = ROOT / "docs" / "benchmarks.md"

TEXT = """\
# Benchmarks

`make bench` measures everything below in one run; `make bench ARGS=--write` also writes this page.
`make bench ARGS="--quick --only liquidation"` measures one part roughly.

Measured on {day} (UTC) on {machine}.

{table}

## How to read it

- A ratio is ours over the bare thing underneath, both measured in turns in the same run. It is the
  median of the rounds' own ratios, with the quartiles in brackets. Times belong to the machine;
  only ratios and counts have goals. A verdict compares the unrounded ratio with its goal.
- The garbage collector is off inside a timed part and runs before it. What needs nobody else (a
  price, a parse, an import) is timed in the thread's own time, so that a busy machine does not
  matter; what waits for others (Telegram) in real time, which needs a quiet one.
- *Liquidation price*: `core.margin.liquidation.liquidation_band` on Binance's real ladders over the
  same Decimal arithmetic in one plain function, under the same 34-digit context.
- *Parse*: `Grammar.read` of a typed line over `telegram.Update.de_json` of the update that carries
  that line.
- *Telegram*: from the moment an update is there to the moment the answer is in the chat of a Bot
  API server on loopback, in a process of its own; the other bot only sends back a text of the same
  length, with the same parse mode. Behind ours are the real database, prices, desks and logs.
- *Orders*: 64 people order at once on one SQLite file with `synchronous=FULL`. What is
  ready to be kept is given to all three: decided changes to our writer (desk, unit of work,
  entries, text, rows), rows of the same length to the ORM and to the bare statements. The whole
  way of an order, from the read account to the kept one, stands below them.
- *Portfolio read*: `Accounts.look` over an ORM's asynchronous session that reads the account with
  its three positions as rows; first one read after the other, then 64 at once through the reader
  desk.
- *Memory* and *import*: fresh processes. The bare side has python-telegram-bot, discord.py and
  SQLAlchemy with both clients built and, for memory, the same database open. What only tools for
  checks bring along (click, rich) is kept out on both sides. Import time is the best of all starts.
- *Live prices*: a message of the whole market (Binance's `!markPrice@arr`), from the tickers that
  ccxt hands over to the board everybody looks at, held against a second venue; over ccxt's own work
  on it, from the text on the line. For a second of it two fresh processes listen to one exchange:
  ccxt alone with the same questions, and the house with twenty positions; the difference is ours. A
  message is decided on when the sweep that saw it is over.
- *Oracle*: prices recomputed from the definition with exact fractions, on random pools.
"""


def line(row: Row) -> str:
    """Return a row as a terminal shows it."""
    parts = [f"{row.verdict:9} {row.what}: {row.ours}"]
    if row.baseline:
        parts.append(f"over {row.baseline}")
    if row.ratio:
        parts.append(f"= {row.ratio}")
    if row.goal:
        parts.append(f"(goal {row.goal})")
    return " ".join(parts)


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table."""
    cells = [HEAD, ("---",) * len(HEAD), *(row.cells for row in rows)]
    lines = ("| " + " | ".join(cell.replace("|", "/") for cell in each) + " |" for each in cells)
    return "\n".join(lines)


def machine() -> str:
    """Say in one line what was measured on: processor, cores, memory, system, Python."""
    model = re.search(r"^model name\s*:\s*(.+)$", _read("/proc/cpuinfo"), re.MULTILINE)
    total = re.search(r"^MemTotal:\s*(\d+)", _read("/proc/meminfo"), re.MULTILINE)
    parts = [
        model[1] if model else platform.machine(),
        f"{os.cpu_count()} cores",
        f"{int(total[1]) / 2**20:.0f} GiB" if total else "",
        platform.system(),
        f"{platform.python_implementation()} {platform.python_version()}",
    ]
    return ", ".join(part for part in parts if part)


def write(rows: Sequence[Row]) -> None:
    """Write the page."""
    day = datetime.now(UTC).date().isoformat()
    PATH.parent.mkdir(exist_ok=True)
    text = TEXT.format(day=day, machine=machine(), table=table(rows))
    PATH.write_text(text, encoding="utf-8")


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError:
        return ""
