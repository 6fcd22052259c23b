"""Whose liquidations a quiz may ask about: nobody's who has not said so.

Revision 20261201_mistakes.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261201_mistakes"
down_revision = "20261130_watched"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # People who are there have allowed nothing; no default stays behind.
    op.add_column(
        "person", sa.Column("mistakes", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    with op.batch_alter_table("person") as person:
        person.alter_column("mistakes", existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("person") as person:
        person.drop_column("mistakes")
