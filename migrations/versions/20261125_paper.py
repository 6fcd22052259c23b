"""Paper trading: learners, accounts, events with their entries, previews, notices, leases.

Revision 20261125_paper. Events and postings are only ever added: triggers refuse everything else,
except while the gate is open, which is how a person is forgotten.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_paper"
down_revision = "20261125_met"
branch_labels = None
depends_on = None

GUARDED = ("event", "posting")


def number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    people()
    accounts()
    happenings()
    waiting()
    on_its_way()
    joining()
    for table in GUARDED:
        guard(table)


def people() -> None:
    op.create_table(
        "learner",
        sa.Column("id", number(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learner")),
    )
    op.create_table(
        "identity",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("learner", number(), nullable=False),
        references("identity", "learner"),
        sa.PrimaryKeyConstraint("platform", "person", name=op.f("pk_identity")),
    )
    op.create_index(op.f("ix_identity_learner"), "identity", ["learner"])


def references(table: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{target}_{target}")
    return sa.ForeignKeyConstraint([target], [f"{target}.id"], name=name, ondelete="CASCADE")


def accounts() -> None:
    op.create_table(
        "account",
        sa.Column("id", number(), nullable=False),
        sa.Column("learner", number(), nullable=False),
        sa.Column("market", sa.String(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("last_event", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        references("account", "learner"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
    )
    op.create_index(op.f("ix_account_learner"), "account", ["learner"])
    op.create_index("ix_account_market_live", "account", ["market", "live"])


def happenings() -> None:
    op.create_table(
        "event",
        sa.Column("id", number(), nullable=False),
        sa.Column("account", number(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        references("event", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("account", "version", name=op.f("uq_event_account_version")),
    )
    op.create_table(
        "posting",
        sa.Column("event", number(), nullable=False),
        sa.Column("ledger", sa.String(), nullable=False),
        sa.Column("quanta", sa.BigInteger(), nullable=False),
        references("posting", "event"),
        sa.PrimaryKeyConstraint("event", "ledger", name=op.f("pk_posting")),
    )


def waiting() -> None:
    op.create_table(
        "done",
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("learner", number(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        references("done", "learner"),
        sa.PrimaryKeyConstraint("request", name=op.f("pk_done")),
    )
    op.create_index(op.f("ix_done_at"), "done", ["at"])
    op.create_table(
        "preview",
        sa.Column("token", sa.String(length=16), nullable=False),
        sa.Column("learner", number(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("used_by", sa.String(), nullable=False),
        references("preview", "learner"),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_preview")),
    )
    op.create_index(op.f("ix_preview_until"), "preview", ["until"])


def on_its_way() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", number(), nullable=False),
        sa.Column("learner", number(), nullable=False),
        sa.Column("event", number(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        references("outbox", "learner"),
        references("outbox", "event"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("event", "learner", name=op.f("uq_outbox_event_learner")),
    )
    op.create_index(op.f("ix_outbox_due_at"), "outbox", ["due_at"])
    op.create_table(
        "lease",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    op.create_table(
        "gate",
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_gate")),
    )


def joining() -> None:
    op.create_table(
        "link",
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("asker", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_link")),
    )
    op.create_index(op.f("ix_link_asker"), "link", ["asker"])
    op.create_index(op.f("ix_link_until"), "link", ["until"])


SQLITE = (
    """
    CREATE TRIGGER {table}_kept BEFORE UPDATE ON {table}
    BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END
    """,
    """
    CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} WHEN NOT EXISTS (SELECT 1 FROM gate)
    BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END
    """,
)
POSTGRESQL = (
    """
    CREATE FUNCTION {table}_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM gate) THEN RETURN OLD; END IF;
    RAISE EXCEPTION '{table} is only ever added to'; END $$
    """,
    """
    CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_kept()
    """,
)


def guard(table: str) -> None:
    """Refuse changes of rows, and their deletion while the gate is shut."""
    for line in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(line.format(table=table))


def downgrade() -> None:
    for table in GUARDED:
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER {table}_kept")
            op.execute(f"DROP TRIGGER {table}_stays")
        else:
            op.execute(f"DROP TRIGGER {table}_kept ON {table}")
            op.execute(f"DROP FUNCTION {table}_kept()")
    for table in (
        "gate",
        "lease",
        "link",
        "outbox",
        "preview",
        "done",
        "posting",
        "event",
        "account",
    ):
        op.drop_table(table)
    op.drop_table("identity")
    op.drop_table("learner")
