"""Learning: passed lessons, hosts' entries with their log, words nobody answers, links in a chat.

Revision 20261125_learning. The log is only ever added to, guarded as the entries of the books are:
while the gate is open, lines may be taken out, which is how a chat moves and a person is forgotten.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_learning"
down_revision = "20261125_paper"
branch_labels = None
depends_on = None

LOG = "chat_noted"


def number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    # Chats that are there get the rule that was meant so far; no default stays behind.
    op.add_column(
        "chat", sa.Column("links", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    with op.batch_alter_table("chat") as chat:
        chat.alter_column("links", existing_type=sa.Boolean(), server_default=None)
    people()
    hosts()
    guard()


def people() -> None:
    op.create_table(
        "lessons",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("passed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "person", name=op.f("pk_lessons")),
    )
    op.create_table(
        "missed",
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.Column("times", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_missed")),
    )


def hosts() -> None:
    op.create_table(
        "chat_entry",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "chat", "key", name=op.f("pk_chat_entry")),
    )
    op.create_table(
        LOG,
        sa.Column("id", number(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("did", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_noted")),
    )
    op.create_index("ix_chat_noted_platform_chat", LOG, ["platform", "chat"])
    op.create_index("ix_chat_noted_platform_by", LOG, ["platform", "by"])


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


def guard() -> None:
    """Refuse changes of lines, and their deletion while the gate is shut."""
    for line in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(line.format(table=LOG))


def downgrade() -> None:
    for table in (LOG, "chat_entry", "missed", "lessons"):
        op.drop_table(table)  # and the triggers with it
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP FUNCTION {LOG}_kept()")
    with op.batch_alter_table("chat") as chat:
        chat.drop_column("links")
