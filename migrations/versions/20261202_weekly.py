"""Boards that are posted by themselves have a name, a season's comes once a week; and badges.

Revision 20261202_weekly.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261202_weekly"
down_revision = "20261202_roll"
branch_labels = None
depends_on = None

KEY = ["platform", "chat", "topic"]


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "badge",
        sa.Column("learner", number, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("earned", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["learner"], ["learner.id"], name=op.f("fk_badge_learner_learner"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("learner", "name", name=op.f("pk_badge")),
    )
    # What is scheduled is the daily price board, and stays so; no default stays behind.
    with op.batch_alter_table("schedule") as schedule:
        schedule.add_column(
            sa.Column("board", sa.String(), nullable=False, server_default="prices")
        )
        schedule.add_column(sa.Column("weekday", sa.Integer(), nullable=True))
        schedule.add_column(
            sa.Column("whole", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        schedule.add_column(sa.Column("told", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("schedule") as schedule:
        schedule.drop_constraint("pk_schedule", type_="primary")
        schedule.create_primary_key("pk_schedule", [*KEY, "board"])
        for name, kind in (("board", sa.String()), ("whole", sa.Boolean()), ("told", sa.String())):
            schedule.alter_column(name, existing_type=kind, server_default=None)


def downgrade() -> None:
    op.drop_table("badge")
    op.execute("DELETE FROM schedule WHERE board <> 'prices'")
    with op.batch_alter_table("schedule") as schedule:
        schedule.drop_constraint("pk_schedule", type_="primary")
        schedule.create_primary_key("pk_schedule", KEY)
        for name in ("board", "weekday", "whole", "told"):
            schedule.drop_column(name)
