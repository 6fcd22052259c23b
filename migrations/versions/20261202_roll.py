"""Since when a player is gone from the chat in which they joined, and when they were looked for.

Revision 20261202_roll.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261202_roll"
down_revision = "20261201_mistakes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Nobody was ever looked for: everybody of a game that goes on will be, in their turn.
    op.add_column("game_seat", sa.Column("looked_at", sa.BigInteger(), nullable=True))
    op.add_column("game_seat", sa.Column("away_since", sa.BigInteger(), nullable=True))
    op.create_index("ix_game_seat_looked_at", "game_seat", ["looked_at"])


def downgrade() -> None:
    op.drop_index("ix_game_seat_looked_at", "game_seat")
    with op.batch_alter_table("game_seat") as seat:
        seat.drop_column("away_since")
        seat.drop_column("looked_at")
