"""Numbers of alerts that were given away once, and when news were posted.

Revision 20261130_watched.
"""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "20261130_watched"
down_revision = "20261130_venues"
branch_labels = None
depends_on = None


def upgrade() -> None:
    numbers()
    news()


def numbers() -> None:
    """Whoever has alerts goes on behind their highest number."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "alert_number",
        sa.Column("learner", number, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["learner"],
            ["learner.id"],
            name=op.f("fk_alert_number_learner_learner"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("learner", name=op.f("pk_alert_number")),
    )
    op.execute(
        "INSERT INTO alert_number (learner, last) SELECT learner, MAX(number) FROM alert "
        "GROUP BY learner"
    )


def news() -> None:
    """News that are there already count from when they were sent or tried, or from now on."""
    op.add_column("news", sa.Column("posted_at", sa.BigInteger(), nullable=True))
    op.create_index("ix_news_posted_at", "news", ["posted_at"])
    now = (datetime.now(UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    table = sa.table("news", *(sa.column(name) for name in ("posted_at", "sent_at", "due_at")))
    then = sa.func.coalesce(table.c.sent_at, table.c.due_at, now)
    op.execute(table.update().values(posted_at=then))


def downgrade() -> None:
    op.drop_index("ix_news_posted_at", "news")
    op.drop_column("news", "posted_at")
    op.drop_table("alert_number")
