"""Venues' contracts as tables: edition by edition, what a venue changed and from when on.

edition   what a venue said otherwise than before: which venue, where it was read, when   (id)
contract  a contract as it is from a moment on, whole as JSON          (edition, symbol)
"""

from sqlalchemy import Column, ForeignKey, String, Table, Text

from bot.adapters.database.metadata import METADATA, NUMBER
from bot.adapters.database.types import UtcTime

EDITION = Table(
    "edition",
    METADATA,
    Column("id", NUMBER, primary_key=True),
    Column("venue", String, nullable=False),
    Column("source", Text, nullable=False),
    Column("fetched_at", UtcTime, nullable=False),
)
"""Editions of venues' figures, in the order in which they were written."""

CONTRACT = Table(
    "contract",
    METADATA,
    Column("edition", ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True),
    Column("symbol", String, primary_key=True),
    Column("applies_at", UtcTime, nullable=False),
    Column("body", Text, nullable=False),
)
"""What an edition changed. Figures are decimal text, with their own source and date."""
