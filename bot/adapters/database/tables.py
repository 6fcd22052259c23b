"""What is kept, as tables. Rows never leave this folder: `books` turns them into values.

    person   a person's settings                         (platform, person)
    met      the words a person has been told           (platform, person)
    chat     what a host has set for a chat              (platform, chat)
    choice   a button's command that was too long        (token)
    note     what the bot keeps for itself               (key)
    lessons, badge, chat_entry, chat_noted, missed: see `learning_tables`
    alert, alert_number, news, schedule: see `alert_tables`
    game and what stands round it: see `game_tables`
    edition, contract: see `instrument_tables`

The columns of `person` and `chat` are named after the fields of the values they keep. They are
plain tables: every question is asked by its key, so SQLAlchemy's object mapper (7 MB, a tenth of a
second) would carry nothing.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.adapters.database.alert_tables import ALERT, ALERT_NUMBER, NEWS, SCHEDULE
from bot.adapters.database.game_tables import (
    GAME,
    GAME_ACCOUNT,
    GAME_GROUND,
    GAME_INPUT,
    GAME_POLL,
    GAME_POST,
    GAME_ROOM,
    GAME_SEAT,
    GAME_WON,
    LEAGUE,
    LEAGUE_ROOM,
)
from bot.adapters.database.instrument_tables import CONTRACT, EDITION
from bot.adapters.database.learning_tables import BADGE, CHAT_ENTRY, CHAT_NOTED, LESSONS, MISSED
from bot.adapters.database.metadata import METADATA, NUMBER
from bot.adapters.database.types import Exact, Texts, UtcTime

__all__ = [
    "ACCOUNT",
    "ALERT",
    "ALERT_NUMBER",
    "BADGE",
    "CHAT",
    "CHAT_ENTRY",
    "CHAT_NOTED",
    "CHOICE",
    "CONTRACT",
    "DONE",
    "EDITION",
    "EVENT",
    "GAME",
    "GAME_ACCOUNT",
    "GAME_GROUND",
    "GAME_INPUT",
    "GAME_POLL",
    "GAME_POST",
    "GAME_ROOM",
    "GAME_SEAT",
    "GAME_WON",
    "GATE",
    "IDENTITY",
    "LEAGUE",
    "LEAGUE_ROOM",
    "LEARNER",
    "LEASE",
    "LESSONS",
    "LINK",
    "MET",
    "METADATA",
    "MISSED",
    "NEWS",
    "NOTE",
    "OUTBOX",
    "PERSON",
    "POSTING",
    "PREVIEW",
    "SCHEDULE",
]

MONEY = 8
"""Places of an amount: the ledger's quantum."""

RATE = 12
"""Places of a fee rate: a percentage typed with ten places."""

PERSON = Table(
    "person",
    METADATA,
    Column("platform", String, primary_key=True),
    Column("person", String, primary_key=True),
    Column("leverage", Exact(MONEY)),
    Column("margin", Exact(MONEY)),
    Column("wallet", Exact(MONEY)),
    Column("fee", Exact(RATE)),
    Column("venue", String),
    Column("zone", String),
    Column("confirm", Boolean, nullable=False),
    Column("mistakes", Boolean, nullable=False),
)
"""A person's settings; None is the bot's default."""

MET = Table(
    "met",
    METADATA,
    Column("platform", String, primary_key=True),
    Column("person", String, primary_key=True),
    Column("words", Texts, nullable=False),
)
"""The words of the field that were explained to a person."""

CHAT = Table(
    "chat",
    METADATA,
    Column("platform", String, primary_key=True),
    Column("chat", String, primary_key=True),
    Column("enabled", Boolean, nullable=False),
    Column("topics", Texts, nullable=False),
    Column("quiet", Boolean, nullable=False),
    Column("cooldown", Integer, nullable=False),
    Column("per_minute", Integer, nullable=False),
    Column("delete_after", Integer, nullable=False),
    Column("links", Boolean, nullable=False),
    Column("challenges", Boolean, nullable=False),
)
"""A chat's rules."""

CHOICE = Table(
    "choice",
    METADATA,
    Column("token", String(8), primary_key=True),
    Column("say", Text, nullable=False),
    Column("until", UtcTime, nullable=False, index=True),
)
"""A button's command, kept under its token until a moment."""

NOTE = Table(
    "note",
    METADATA,
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
)
"""A value the bot keeps for itself."""

LEARNER = Table(
    "learner",
    METADATA,
    Column("id", NUMBER, primary_key=True),
    Column("since", UtcTime, nullable=False),
)
"""Somebody with a portfolio, on whatever platforms."""

IDENTITY = Table(
    "identity",
    METADATA,
    Column("platform", String, primary_key=True),
    Column("person", String, primary_key=True),
    Column("learner", ForeignKey("learner.id", ondelete="CASCADE"), nullable=False, index=True),
)
"""Who a learner is on a platform."""

ACCOUNT = Table(
    "account",
    METADATA,
    Column("id", NUMBER, primary_key=True),
    Column("learner", ForeignKey("learner.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("market", String, nullable=False),
    Column("archived", Boolean, nullable=False),
    Column("live", Boolean, nullable=False),
    Column("last_event", BigInteger, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Index("ix_account_market_live", "market", "live"),
)
"""An account: a cache of its events, whole as JSON. `live` says that something is at stake."""

EVENT = Table(
    "event",
    METADATA,
    Column("id", NUMBER, primary_key=True),
    Column("account", ForeignKey("account.id", ondelete="CASCADE"), nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("kind", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("request", String, nullable=False),
    UniqueConstraint("account", "version"),
)
"""What happened to accounts, in order; never changed."""

POSTING = Table(
    "posting",
    METADATA,
    Column("event", ForeignKey("event.id", ondelete="CASCADE"), primary_key=True),
    Column("ledger", String, primary_key=True),
    Column("quanta", BigInteger, nullable=False),
)
"""The entries of events: whole quanta, whose sum is nothing for each event; never changed."""

DONE = Table(
    "done",
    METADATA,
    Column("request", String, primary_key=True),
    Column("learner", ForeignKey("learner.id", ondelete="CASCADE"), nullable=False),
    Column("body", Text, nullable=False),
    Column("at", UtcTime, nullable=False, index=True),
)
"""What a request led to, so that a repeat is answered alike."""

PREVIEW = Table(
    "preview",
    METADATA,
    Column("token", String(16), primary_key=True),
    Column("learner", ForeignKey("learner.id", ondelete="CASCADE"), nullable=False),
    Column("chat", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("until", UtcTime, nullable=False, index=True),
    Column("used_by", String, nullable=False),
)
"""An action that was shown, under the token that Confirm carries."""

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("id", NUMBER, primary_key=True),
    Column("learner", ForeignKey("learner.id", ondelete="CASCADE"), nullable=False),
    Column("event", ForeignKey("event.id", ondelete="CASCADE"), nullable=False),
    Column("body", Text, nullable=False),
    Column("due_at", UtcTime, index=True),
    Column("attempts", Integer, nullable=False),
    Column("sent_at", UtcTime),
    UniqueConstraint("event", "learner"),
)
"""Notices: due at a moment, or None once delivered or given up."""

LINK = Table(
    "link",
    METADATA,
    Column("code", String(8), primary_key=True),
    Column("asker", String, nullable=False, index=True),
    Column("body", Text, nullable=False),
    Column("until", UtcTime, nullable=False, index=True),
)
"""Two identities that are about to become one, under the code that joins them."""

LEASE = Table(
    "lease",
    METADATA,
    Column("name", String, primary_key=True),
    Column("holder", String, nullable=False),
    Column("until", UtcTime, nullable=False),
)
"""Work that one process at a time does."""

GATE = Table(
    "gate",
    METADATA,
    Column("name", String, primary_key=True),
)
"""Open while a row stands in it: the one way past the guards of what is never changed."""
