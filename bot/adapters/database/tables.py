"""What is kept, as tables. Rows never leave this folder: `books` turns them into values.

    person   a person's settings                         (platform, person)
    met      the words a person has been told           (platform, person)
    chat     what a host has set for a chat              (platform, chat)
    choice   a button's command that was too long        (token)
    note     what the bot keeps for itself               (key)

The columns of `person` and `chat` are named after the fields of the values they keep. Constraints
have names made by rule, so that a migration can find them in every database. They are plain tables:
every question is asked by its key, so SQLAlchemy's object mapper (7 MB, a tenth of a second) would
carry nothing.
"""

from sqlalchemy import Boolean, Column, Integer, MetaData, String, Table, Text

from bot.adapters.database.types import Exact, Texts, UtcTime

NAMES = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
}

MONEY = 8
"""Places of an amount: the ledger's quantum."""

RATE = 12
"""Places of a fee rate: a percentage typed with ten places."""


METADATA = MetaData(naming_convention=NAMES)
"""All tables."""

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
