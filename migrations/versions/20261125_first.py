"""The first tables: a person's settings, a chat's rules, kept commands, notes.

Revision 20261125_first. Types are spelled out, so that it stays what it was when tables change.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_first"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("leverage", sa.BigInteger(), nullable=True),
        sa.Column("margin", sa.BigInteger(), nullable=True),
        sa.Column("wallet", sa.BigInteger(), nullable=True),
        sa.Column("fee", sa.BigInteger(), nullable=True),
        sa.Column("venue", sa.String(), nullable=True),
        sa.Column("zone", sa.String(), nullable=True),
        sa.Column("confirm", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "person", name=op.f("pk_person")),
    )
    op.create_table(
        "chat",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("quiet", sa.Boolean(), nullable=False),
        sa.Column("cooldown", sa.Integer(), nullable=False),
        sa.Column("per_minute", sa.Integer(), nullable=False),
        sa.Column("delete_after", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "chat", name=op.f("pk_chat")),
    )
    op.create_table(
        "choice",
        sa.Column("token", sa.String(length=8), nullable=False),
        sa.Column("say", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_choice")),
    )
    op.create_index(op.f("ix_choice_until"), "choice", ["until"])
    op.create_table(
        "note",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_note")),
    )


def downgrade() -> None:
    op.drop_table("note")
    op.drop_index(op.f("ix_choice_until"), table_name="choice")
    op.drop_table("choice")
    op.drop_table("chat")
    op.drop_table("person")
