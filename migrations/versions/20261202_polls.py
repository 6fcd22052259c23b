"""Questions that chats are asked outside of games.

Revision 20261202_polls.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261202_polls"
down_revision = "20261202_weekly"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "game_poll",
        sa.Column("number", number, nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_game_poll")),
        sa.UniqueConstraint("request", name=op.f("uq_game_poll_request")),
    )
    op.create_index("ix_game_poll_platform_chat", "game_poll", ["platform", "chat"])


def downgrade() -> None:
    op.drop_table("game_poll")
