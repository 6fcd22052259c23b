"""Alerts that wait, news of those that fired, and what groups have posted every day.

Revision 20261125_alerts.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_alerts"
down_revision = "20261125_learning"
branch_labels = None
depends_on = None


def number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def learner(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["learner"], ["learner.id"], name=op.f(f"fk_{table}_learner_learner"), ondelete="CASCADE"
    )


def upgrade() -> None:
    alerts()
    news()
    schedules()


def alerts() -> None:
    op.create_table(
        "alert",
        sa.Column("id", number(), nullable=False),
        sa.Column("learner", number(), nullable=False),
        sa.Column("market", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("rests", sa.BigInteger(), nullable=True),
        learner("alert"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("learner", "number", name=op.f("uq_alert_learner_number")),
    )
    op.create_index("ix_alert_market", "alert", ["market"])


def news() -> None:
    op.create_table(
        "news",
        sa.Column("id", number(), nullable=False),
        sa.Column("learner", number(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        learner("news"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news")),
        sa.UniqueConstraint("key", name=op.f("uq_news_key")),
    )
    op.create_index("ix_news_learner", "news", ["learner"])
    op.create_index("ix_news_due_at", "news", ["due_at"])


def schedules() -> None:
    op.create_table(
        "schedule",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "chat", "topic", name=op.f("pk_schedule")),
    )


def downgrade() -> None:
    for table in ("schedule", "news", "alert"):
        op.drop_table(table)
