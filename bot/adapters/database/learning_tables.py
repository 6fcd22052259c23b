"""Learning as tables: lessons, badges, entries of hosts with their log, missed words.

lessons     the lessons a person has passed            (platform, person)
badge       what a learner has earned, and when        (learner, name)
chat_entry  what a chat's hosts wrote or hid           (platform, chat, key)
chat_noted  what they did to entries, in order         (id)
missed      words of questions that nothing answers    (word)
"""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, String, Table, Text

from bot.adapters.database.metadata import METADATA, NUMBER
from bot.adapters.database.types import Texts, UtcTime

LESSONS = Table(
    "lessons",
    METADATA,
    Column("platform", String, primary_key=True),
    Column("person", String, primary_key=True),
    Column("passed", Texts, nullable=False),
)
"""The lessons a person has passed."""

BADGE = Table(
    "badge",
    METADATA,
    Column("learner", ForeignKey("learner.id", ondelete="CASCADE"), primary_key=True),
    Column("name", String, primary_key=True),
    Column("earned", UtcTime, nullable=False),
)
"""What people have earned by learning."""

CHAT_ENTRY = Table(
    "chat_entry",
    METADATA,
    Column("platform", String, primary_key=True),
    Column("chat", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("hidden", Boolean, nullable=False),
    Column("by", String, nullable=False),
    Column("at", UtcTime, nullable=False),
)
"""What a chat's hosts wrote beside the knowledge base, or hid of it."""

CHAT_NOTED = Table(
    "chat_noted",
    METADATA,
    Column("id", NUMBER, primary_key=True),
    Column("platform", String, nullable=False),
    Column("chat", String, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("by", String, nullable=False),
    Column("did", String, nullable=False),
    Column("key", String, nullable=False),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Index("ix_chat_noted_platform_chat", "platform", "chat"),
    Index("ix_chat_noted_platform_by", "platform", "by"),
)
"""What hosts did to entries, in order; never changed."""

MISSED = Table(
    "missed",
    METADATA,
    Column("word", String(40), primary_key=True),
    Column("times", BigInteger, nullable=False),
)
"""How often a word stood in a question that nothing answers."""
