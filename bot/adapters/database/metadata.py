"""Where all tables are entered, and what they have in common: names of constraints, numbers.

Constraints have names made by rule, so that a migration can find them in every database.
"""

from sqlalchemy import BigInteger, Integer, MetaData

NAMES = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
}

METADATA = MetaData(naming_convention=NAMES)
"""All tables."""

NUMBER = BigInteger().with_variant(Integer, "sqlite")
"""A row's own number; SQLite counts by itself only in a column that it calls INTEGER."""
