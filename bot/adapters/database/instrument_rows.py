"""Venues' contracts in rows: editions, and the contracts each of them changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Select, bindparam, insert, select

from bot.adapters.database.codec import dumps, loads
from bot.adapters.database.shelf import Transaction, Written
from bot.adapters.database.tables import CONTRACT, EDITION
from core.editions import Edition, Version
from core.market import Instrument

_edition, _contract = EDITION.c, CONTRACT.c


def _editions() -> Select[Any]:
    """Editions after one, oldest first."""
    columns = (_edition.id, _edition.venue, _edition.source, _edition.fetched_at)
    return select(*columns).where(_edition.id > bindparam("after")).order_by(_edition.id)


def _contracts() -> Select[Any]:
    """The contracts of an edition."""
    columns = (_contract.applies_at, _contract.body)
    return select(*columns).where(_contract.edition == bindparam("which"))


AFTER = Written(_editions)
OF = Written(_contracts)
ADD = Written(
    lambda: (
        insert(EDITION)
        .values(
            venue=bindparam("venue"),
            source=bindparam("source"),
            fetched_at=bindparam("fetched_at", type_=_edition.fetched_at.type),
        )
        .returning(_edition.id)
    )
)
PUT = Written(
    lambda: insert(CONTRACT).values(
        edition=bindparam("edition"),
        symbol=bindparam("symbol"),
        applies_at=bindparam("applies_at", type_=_contract.applies_at.type),
        body=bindparam("body"),
    )
)


class InstrumentRows:
    """Implements `core.editions.InstrumentBooks` on one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Take the open transaction."""
        self._rows = transaction

    def editions(self, after: int = 0) -> tuple[Edition, ...]:
        """Return all editions that came after one, oldest first."""
        # The cursor is read to its end before another statement is run.
        found = list(self._rows.rows(AFTER, {"after": after}))
        return tuple(self._whole(row) for row in found)

    def _whole(self, row: Sequence[object]) -> Edition:
        number, venue, source, fetched_at = row
        versions = (
            Version(loads(Instrument, str(body)), cast("datetime", applies_at))
            for applies_at, body in self._rows.rows(OF, {"which": number})
        )
        return Edition(
            id=cast("int", number),
            venue=str(venue),
            source=str(source),
            fetched_at=cast("datetime", fetched_at),
            # Databases sort text each in its own way.
            versions=tuple(sorted(versions, key=lambda version: version.symbol)),
        )

    def keep(self, edition: Edition) -> Edition:
        """Keep a new edition; return it with the books' number."""
        row = {name: getattr(edition, name) for name in ("venue", "source", "fetched_at")}
        number = self._rows.added(ADD, row)
        self._rows.change_each(
            PUT,
            (
                {
                    "edition": number,
                    "symbol": version.symbol,
                    "applies_at": version.applies_at,
                    "body": dumps(version.instrument),
                }
                for version in edition.versions
            ),
        )
        (kept,) = self.editions(number - 1)
        return kept
