"""Who starts challenges in a chat: its hosts alone, as so far, or everybody.

Revision 20261130_starters.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261130_starters"
down_revision = "20261129_games"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Chats that are there get the rule that was meant so far; no default stays behind.
    op.add_column(
        "chat", sa.Column("challenges", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    with op.batch_alter_table("chat") as chat:
        chat.alter_column("challenges", existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("chat") as chat:
        chat.drop_column("challenges")
