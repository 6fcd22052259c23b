"""Challenges: games, their chats, accounts and seats, what came in, what is said, what was won.

And leagues of chats.

Revision 20261129_games.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261129_games"
down_revision = "20261125_alerts"
branch_labels = None
depends_on = None


def number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def game_of(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["game"], ["game.number"], name=op.f(f"fk_{table}_game_game"), ondelete="CASCADE"
    )


def learner(table: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["learner"], ["learner.id"], name=op.f(f"fk_{table}_learner_learner"), ondelete=ondelete
    )


def upgrade() -> None:
    games()
    rooms()
    grounds()
    accounts()
    seats()
    inputs()
    posts()
    won()
    leagues()


def games() -> None:
    op.create_table(
        "game",
        sa.Column("number", number(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=True),
        sa.Column("ended", sa.BigInteger(), nullable=True),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("play", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_game")),
    )
    op.create_index("ix_game_phase", "game", ["phase"])
    op.create_index("ix_game_due", "game", ["due"])
    op.create_index("ix_game_platform_person", "game", ["platform", "person"])


def rooms() -> None:
    op.create_table(
        "game_room",
        sa.Column("game", number(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        game_of("game_room"),
        sa.PrimaryKeyConstraint("game", "place", name=op.f("pk_game_room")),
    )
    op.create_index("ix_game_room_platform_chat", "game_room", ["platform", "chat"])


def grounds() -> None:
    op.create_table(
        "game_ground",
        sa.Column("game", number(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        game_of("game_ground"),
        sa.PrimaryKeyConstraint("game", name=op.f("pk_game_ground")),
    )


def accounts() -> None:
    op.create_table(
        "game_account",
        sa.Column("game", number(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        game_of("game_account"),
        sa.PrimaryKeyConstraint("game", "number", name=op.f("pk_game_account")),
    )


def seats() -> None:
    op.create_table(
        "game_seat",
        sa.Column("game", number(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("learner", number(), nullable=False),
        game_of("game_seat"),
        learner("game_seat"),
        sa.PrimaryKeyConstraint("game", "number", name=op.f("pk_game_seat")),
        sa.UniqueConstraint("game", "learner", name=op.f("uq_game_seat_game_learner")),
    )
    op.create_index("ix_game_seat_learner", "game_seat", ["learner"])


def inputs() -> None:
    op.create_table(
        "game_input",
        sa.Column("game", number(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("learner", number(), nullable=True),
        sa.Column("request", sa.String(), nullable=True),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        game_of("game_input"),
        learner("game_input", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("game", "number", name=op.f("pk_game_input")),
        sa.UniqueConstraint("request", name=op.f("uq_game_input_request")),
    )
    op.create_index("ix_game_input_learner", "game_input", ["learner"])


def posts() -> None:
    op.create_table(
        "game_post",
        sa.Column("id", number(), nullable=False),
        sa.Column("game", number(), nullable=False),
        sa.Column("room", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("player", sa.Integer(), nullable=False),
        sa.Column("learner", number(), nullable=True),
        sa.Column("view", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("shown_at", sa.BigInteger(), nullable=True),
        game_of("game_post"),
        learner("game_post"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_game_post")),
        sa.UniqueConstraint(
            "game",
            "view",
            "number",
            "player",
            "room",
            name=op.f("uq_game_post_game_view_number_player_room"),
        ),
    )
    op.create_index("ix_game_post_learner", "game_post", ["learner"])
    op.create_index("ix_game_post_platform_due_at", "game_post", ["platform", "due_at"])
    live = ["platform", "live", "shown_at"]
    op.create_index("ix_game_post_platform_live_shown_at", "game_post", live)


def won() -> None:
    op.create_table(
        "game_won",
        sa.Column("game", number(), nullable=False),
        sa.Column("learner", number(), nullable=False),
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("points", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        game_of("game_won"),
        learner("game_won"),
        sa.PrimaryKeyConstraint("game", "learner", name=op.f("pk_game_won")),
    )
    op.create_index("ix_game_won_platform_chat", "game_won", ["platform", "chat"])
    op.create_index("ix_game_won_learner", "game_won", ["learner"])


def leagues() -> None:
    op.create_table(
        "league",
        sa.Column("number", number(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_league")),
    )
    op.create_index("ix_league_code", "league", ["code"])
    op.create_table(
        "league_room",
        sa.Column("league", number(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("let_in", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["league"],
            ["league.number"],
            name=op.f("fk_league_room_league_league"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("league", "place", name=op.f("pk_league_room")),
        sa.UniqueConstraint(
            "platform", "chat", "topic", name=op.f("uq_league_room_platform_chat_topic")
        ),
    )


def downgrade() -> None:
    tables = ("won", "post", "input", "seat", "account", "ground", "room")
    for table in tables:
        op.drop_table(f"game_{table}")
    for table in ("game", "league_room", "league"):
        op.drop_table(table)
