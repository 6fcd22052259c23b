"""In which thread of its chat a game goes on.

Revision 20261202_threads.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261202_threads"
down_revision = "20261202_polls"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Games that are there go on in their chats; no default stays behind.
    op.add_column("game_room", sa.Column("thread", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("game_room") as room:
        room.alter_column("thread", existing_type=sa.String(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("game_room") as room:
        room.drop_column("thread")
