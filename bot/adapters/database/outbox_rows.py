"""The outbox in rows: notices that were booked with their events, on their way to people."""

from datetime import datetime
from typing import cast

from bot.adapters.database import statements as sql
from bot.adapters.database.codec import dumps, loads
from bot.adapters.database.shelf import Transaction
from core.paper.records import Due, Notice


class OutboxRows:
    """The part of `core.ports.PaperBooks` that is about notices."""

    def __init__(self, transaction: Transaction) -> None:
        """Take the open transaction."""
        self._box = transaction

    def post(self, notice: Notice) -> None:
        """Put a notice into the outbox; the same event is told a learner once."""
        row = {"learner": notice.learner, "event": notice.event, "body": dumps(notice)}
        self._box.change(sql.POST, {**row, "due": notice.at})

    def due(self, now: datetime, limit: int, platform: str = "") -> tuple[Due, ...]:
        """Return notices whose time has come, oldest first, of a platform's people or of all."""
        values: dict[str, object] = {"now": now, "most": limit}
        if platform:
            values["platform"] = platform
        rows = self._box.rows(sql.DUE_THERE if platform else sql.DUE, values)
        return tuple(
            Due(cast("int", number), loads(Notice, str(body)), cast("int", attempts))
            for number, attempts, body in rows
        )

    def told(self, learner: int, event: int) -> Notice | None:
        """Return the notice of an event, delivered or not, or None."""
        found = self._box.row(sql.TOLD, {"learner": learner, "event": event})
        return None if found is None else loads(Notice, str(found[0]))

    def delivered(self, notice: int, at: datetime) -> None:
        """Keep that a notice arrived."""
        self._box.change(sql.DELIVERED, {"notice": notice, "at": at})

    def put_off(self, notice: int, until: datetime | None) -> None:
        """Try a notice again later; None gives it up."""
        self._box.change(sql.PUT_OFF, {"notice": notice, "until": until})
