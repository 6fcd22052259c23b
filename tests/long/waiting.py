"""What must be true of alerts after a process was killed: each waits, or fired once, and is told.

An alert that a person was told of is in the books until it fires or they delete it. When it fires,
it goes and its news are posted in one transaction, so no moment finds both or neither of them.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from bot.adapters.database.codec import loads
from core.alerts.alert import LiquidationAlert, PriceAlert, What
from core.alerts.books import News
from core.market import Marks
from core.money import D, Price, Rate, down
from tests.long.market import COINS

NEAR, FAR = 2, 60
"""Ten-thousandths of the mark between which a price is waited for."""

Number = tuple[int, int]
"""A learner, and the number of one of their alerts."""


def wish(draw: Random, marks: Marks) -> What:
    """Something to wait for: as a rule a price that will soon be there."""
    if draw.random() < 0.2:
        return LiquidationAlert(Rate(D(draw.choice(("0.05", "0.1")))))
    symbol = draw.choice(sorted(COINS))
    mark, tick = marks.price(symbol), D(COINS[symbol][1])
    away = mark * D(draw.randint(NEAR, FAR)) / D(10_000)
    rising = draw.random() < 0.5
    price = down(mark + away if rising else mark - away, tick)
    return PriceAlert(symbol, Price(price), rising=price > mark)


@dataclass
class Waiting:
    """What people were told of their alerts, and what became of them."""

    promised: dict[Number, bool] = field(default_factory=dict)
    """The alerts that were set; True for those that go when they fire."""
    given_up: set[Number] = field(default_factory=set)
    """Those that were about to be deleted."""
    fired: int = 0

    def heard(self, what: str, learner: str, number: str, kind: str = "") -> None:
        """Take in what a life tells of an alert."""
        key = int(learner), int(number)
        if what == "alert":
            self.promised[key] = kind == PriceAlert.__name__
        else:
            self.given_up.add(key)

    def wrong(self, rows: sqlite3.Connection, brought: set[str], *, clean: bool) -> Iterator[str]:
        """Everything that is not as it must be; `brought` are the keys of news that people got."""
        waits = set(rows.execute("SELECT learner, number FROM alert"))
        found = rows.execute("SELECT key, body, sent_at FROM news").fetchall()
        news = {str(key): loads(News, str(body)) for key, body, _ in found}
        fired: Counter[Number] = Counter()
        for key, each in news.items():
            if each.fired is None:
                continue
            alert, marks = each.fired.alert, each.fired.marks
            if isinstance(alert.what, PriceAlert):
                fired[alert.learner, alert.number] += 1
                mark, price = marks.price(alert.what.symbol), alert.what.price
                if mark < price if alert.what.rising else mark > price:
                    yield f"news {key}: the price was not there"
        self.fired = len(news)
        yield from self._of_alerts(waits, fired)
        yield from (f"news {key}: told, and not posted" for key in brought - news.keys())
        sent = {str(key) for key, _, sent_at in found if clean or sent_at is not None}
        yield from (f"news {key}: struck off, and not brought" for key in sent - brought)

    def _of_alerts(self, waits: set[Number], fired: Counter[Number]) -> Iterator[str]:
        """Each price alert waits or fired, once; the others wait until they are deleted."""
        for number, count in fired.items():
            if count > 1:
                yield f"alert {number}: fired {count} times"
            if number in waits:
                yield f"alert {number}: fired, and waits still"
        for number, goes in self.promised.items():
            gone = number not in waits and not (goes and fired[number])
            if gone and number not in self.given_up:
                yield f"alert {number}: lost"
