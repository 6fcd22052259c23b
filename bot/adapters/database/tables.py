"""What is kept, as tables. Rows never leave this folder: `books` turns them into values.

    person   a person's settings                         (platform, person)
    chat     what a host has set for a chat              (platform, chat)
    choice   a button's command that was too long        (token)
    note     what the bot keeps for itself               (key)

The columns of `person` and `chat` are named after the fields of the values they keep. Constraints
have names made by rule, so that a migration can find them in every database.
"""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

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


class Row(DeclarativeBase):
    """What all tables share."""

    metadata = MetaData(naming_convention=NAMES)


class PersonRow(Row):
    """A person's settings; None is the bot's default."""

    __tablename__ = "person"

    platform: Mapped[str] = mapped_column(String, primary_key=True)
    person: Mapped[str] = mapped_column(String, primary_key=True)
    leverage: Mapped[Decimal | None] = mapped_column(Exact(MONEY))
    margin: Mapped[Decimal | None] = mapped_column(Exact(MONEY))
    wallet: Mapped[Decimal | None] = mapped_column(Exact(MONEY))
    fee: Mapped[Decimal | None] = mapped_column(Exact(RATE))
    venue: Mapped[str | None] = mapped_column(String)
    zone: Mapped[str | None] = mapped_column(String)
    confirm: Mapped[bool]


class ChatRow(Row):
    """A chat's rules."""

    __tablename__ = "chat"

    platform: Mapped[str] = mapped_column(String, primary_key=True)
    chat: Mapped[str] = mapped_column(String, primary_key=True)
    enabled: Mapped[bool]
    topics: Mapped[frozenset[str]] = mapped_column(Texts)
    quiet: Mapped[bool]
    cooldown: Mapped[int]
    per_minute: Mapped[int]
    delete_after: Mapped[int]


class ChoiceRow(Row):
    """A button's command, kept under its token until a moment."""

    __tablename__ = "choice"

    token: Mapped[str] = mapped_column(String(8), primary_key=True)
    say: Mapped[str] = mapped_column(Text)
    until: Mapped[datetime] = mapped_column(UtcTime, index=True)


class NoteRow(Row):
    """A value the bot keeps for itself."""

    __tablename__ = "note"

    key: Mapped[str] = mapped_column(String, primary_key=True)
    value: Mapped[str] = mapped_column(Text)
