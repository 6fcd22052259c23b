"""Alerts as tables: what waits, what fired and is on its way, what groups scheduled.

alert         what a person waits for                  (id; a learner's number is theirs alone)
alert_number  the last number a learner was given      (learner)
news          what fired, under a key of its own       (id)
schedule      what is posted into a chat by itself     (platform, chat, topic, board)
"""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from bot.adapters.database.metadata import METADATA, NUMBER
from bot.adapters.database.types import UtcTime

ALERT = Table(
    "alert",
    METADATA,
    Column("id", NUMBER, primary_key=True),
    Column("learner", ForeignKey("learner.id", ondelete="CASCADE"), nullable=False),
    Column("market", String, nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("what", Text, nullable=False),
    Column("since", UtcTime, nullable=False),
    Column("rests", UtcTime),
    UniqueConstraint("learner", "number"),
)
"""What people wait for, until it fires."""

ALERT_NUMBER = Table(
    "alert_number",
    METADATA,
    Column("learner", ForeignKey("learner.id", ondelete="CASCADE"), primary_key=True),
    Column("last", Integer, nullable=False),
)
"""The last number that a learner's alerts were given, so that none is given twice."""

NEWS = Table(
    "news",
    METADATA,
    Column("id", NUMBER, primary_key=True),
    Column("learner", ForeignKey("learner.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("key", String, nullable=False, unique=True),
    Column("body", Text, nullable=False),
    Column("due_at", UtcTime, index=True),
    Column("attempts", Integer, nullable=False),
    Column("sent_at", UtcTime),
    Column("posted_at", UtcTime, index=True),
)
"""The outbox of what is no event: due at a moment, or None once delivered or given up."""

SCHEDULE = Table(
    "schedule",
    METADATA,
    Column("platform", String, primary_key=True),
    Column("chat", String, primary_key=True),
    Column("topic", String, primary_key=True),
    Column("board", String, primary_key=True),
    Column("minute", Integer, nullable=False),
    Column("zone", String, nullable=False),
    Column("due", UtcTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("weekday", Integer),
    Column("whole", Boolean, nullable=False),
    Column("told", String, nullable=False),
)
"""What is posted into a chat by itself: prices every day, a season every week."""
