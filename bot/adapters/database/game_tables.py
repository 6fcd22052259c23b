"""Challenges as tables: the games, their chats and seats, what came in, what is said, what was won.

game          a game, and how far it has come              (number)
game_room     the chats that play it                       (game, place)
game_ground   what it is played on, from when it began      (game)
game_account  everybody's account in it                    (game, number)
game_seat     who its players are                          (game, number)
game_input    everything that came in to it, in order      (game, number)
game_post     what is to be said, and the live boards      (id)
game_poll     what a chat was asked outside of any game    (number)
game_won      what it was worth in a season                (game, learner)
league        chats that play together                     (number)
league_room   the chats of a league                        (league, place)

A person is a number in a game. Who a number is stands in `game_seat` and nowhere else, so that it
can be forgotten while the game stays.
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

from bot.adapters.database.metadata import METADATA, NUMBER
from bot.adapters.database.types import UtcTime

GAME = Table(
    "game",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("kind", String, nullable=False),
    Column("phase", String, nullable=False, index=True),
    Column("due", UtcTime, index=True),
    Column("ended", UtcTime),
    Column("platform", String, nullable=False),
    Column("person", String, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("play", Text),
    Index("ix_game_platform_person", "platform", "person"),
)
"""A game: whole as JSON, what its kind keeps of it apart. `platform` and `person` are its host."""

GAME_ROOM = Table(
    "game_room",
    METADATA,
    Column("game", ForeignKey("game.number", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("platform", String, nullable=False),
    Column("chat", String, nullable=False),
    Column("topic", String, nullable=False),
    Column("thread", String, nullable=False),
    Index("ix_game_room_platform_chat", "platform", "chat"),
)
"""The chats of a game, in the order in which they came, and its own thread there, if any."""

GAME_GROUND = Table(
    "game_ground",
    METADATA,
    Column("game", ForeignKey("game.number", ondelete="CASCADE"), primary_key=True),
    Column("body", Text, nullable=False),
)
"""The conditions of a game that has begun: contracts and house rules as they were then."""

GAME_ACCOUNT = Table(
    "game_account",
    METADATA,
    Column("game", ForeignKey("game.number", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("state", Text, nullable=False),
)
"""The accounts of a game's players as the game knows them; the ledger has those of its people."""

GAME_SEAT = Table(
    "game_seat",
    METADATA,
    Column("game", ForeignKey("game.number", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("learner", ForeignKey("learner.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("looked_at", UtcTime, index=True),
    Column("away_since", UtcTime),
    UniqueConstraint("game", "learner"),
)
"""Who a player is; when they were looked for in their chat last, and since when they are gone."""

GAME_INPUT = Table(
    "game_input",
    METADATA,
    Column("game", ForeignKey("game.number", ondelete="CASCADE"), primary_key=True),
    Column("number", BigInteger, primary_key=True),
    Column("learner", ForeignKey("learner.id", ondelete="SET NULL"), index=True),
    Column("request", String, unique=True),
    Column("said", String, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("body", Text, nullable=False),
)
"""The log of a game. `learner` is whose name, or whose squad's, stands in the body."""

GAME_POST = Table(
    "game_post",
    METADATA,
    Column("id", NUMBER, primary_key=True),
    Column("game", ForeignKey("game.number", ondelete="CASCADE"), nullable=False),
    Column("room", Integer, nullable=False),
    Column("platform", String, nullable=False),
    Column("player", Integer, nullable=False),
    Column("learner", ForeignKey("learner.id", ondelete="CASCADE"), index=True),
    Column("view", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("due_at", UtcTime),
    Column("attempts", Integer, nullable=False),
    Column("sent_at", UtcTime),
    Column("message", String, nullable=False),
    Column("live", Boolean, nullable=False),
    Column("shown", String, nullable=False),
    Column("shown_at", UtcTime),
    UniqueConstraint("game", "view", "number", "player", "room"),
    Index("ix_game_post_platform_due_at", "platform", "due_at"),
    Index("ix_game_post_platform_live_shown_at", "platform", "live", "shown_at"),
)
"""What is to be said into a chat, or to one player (0 is nobody alone).

Due at a moment, or None once it was sent or given up. `live` as long as it is brought up to date.
"""

GAME_POLL = Table(
    "game_poll",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("platform", String, nullable=False),
    Column("chat", String, nullable=False),
    Column("topic", String, nullable=False),
    Column("request", String, nullable=False, unique=True),
    Column("body", Text, nullable=False),
    Index("ix_game_poll_platform_chat", "platform", "chat"),
)
"""The last questions that a chat was asked outside of games; who answers them is not kept."""

GAME_WON = Table(
    "game_won",
    METADATA,
    Column("game", ForeignKey("game.number", ondelete="CASCADE"), primary_key=True),
    Column("learner", ForeignKey("learner.id", ondelete="CASCADE"), primary_key=True),
    Column("season", String, nullable=False),
    Column("platform", String, nullable=False),
    Column("chat", String, nullable=False),
    Column("topic", String, nullable=False),
    Column("name", String, nullable=False),
    Column("place", Integer, nullable=False),
    Column("points", String, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("shared", Boolean, nullable=False),
    Index("ix_game_won_platform_chat", "platform", "chat"),
    Index("ix_game_won_learner", "learner"),
)
"""What games were worth to people."""

LEAGUE = Table(
    "league",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("name", String, nullable=False),
    Column("code", String, nullable=False, index=True),
    Column("platform", String, nullable=False),
    Column("person", String, nullable=False),
)
"""A league. An empty code lets nobody in; `platform` and `person` are whoever made it."""

LEAGUE_ROOM = Table(
    "league_room",
    METADATA,
    Column("league", ForeignKey("league.number", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("platform", String, nullable=False),
    Column("chat", String, nullable=False),
    Column("topic", String, nullable=False),
    Column("title", String, nullable=False),
    Column("let_in", Boolean, nullable=False),
    UniqueConstraint("platform", "chat", "topic"),
)
"""The chats of leagues; those that were not let in yet are waiting."""
