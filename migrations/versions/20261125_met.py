"""The words of the field that were explained to a person.

Revision 20261125_met.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_met"
down_revision = "20261125_first"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "met",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "person", name=op.f("pk_met")),
    )


def downgrade() -> None:
    op.drop_table("met")
