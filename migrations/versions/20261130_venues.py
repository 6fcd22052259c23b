"""Editions of venues' figures: contracts, and from when on they are so.

Revision 20261130_venues.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261130_venues"
down_revision = "20261130_starters"
branch_labels = None
depends_on = None


def number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "edition",
        sa.Column("id", number(), nullable=False),
        sa.Column("venue", sa.String(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("fetched_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
    )
    op.create_table(
        "contract",
        sa.Column("edition", number(), nullable=False),
        sa.Column("symbol", sa.String(), nullable=False),
        sa.Column("applies_at", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition"],
            ["edition.id"],
            name=op.f("fk_contract_edition_edition"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("edition", "symbol", name=op.f("pk_contract")),
    )


def downgrade() -> None:
    for table in ("contract", "edition"):
        op.drop_table(table)
