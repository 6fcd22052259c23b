"""Editions in rows: figures as decimal text, an edition whole or not at all."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.exc import DBAPIError

from bot.adapters.database import Database
from core.editions import Edition, Version
from core.money import D
from tests.adapters.database.test_learning_rows import run
from tests.builders import BTCUSDT, ETHUSDT
from tests.contracts.samples import NOW


def kept(database: Database) -> Edition:
    contract = replace(BTCUSDT, as_of=date(2026, 11, 29), tick=D("0.10"))
    versions = tuple(Version(each, NOW) for each in (contract, ETHUSDT))
    made = Edition(venue="okx", source="here", fetched_at=NOW, versions=versions)
    with database.units().writing() as books:
        return books.instruments.keep(made)


def test_figures_are_decimal_text_and_the_day_a_day(url: str, database: Database) -> None:
    kept(database)
    rows = run(url, "SELECT symbol, applies_at, body FROM contract ORDER BY symbol")
    (symbol, at, body), _ = rows
    assert (symbol, at) == ("BTCUSDT", int(NOW.timestamp()) * 10**6)
    assert '"tick":"0.10"' in str(body)
    assert '"as_of":"2026-11-29"' in str(body)
    assert '"maintenance_rate":"0.004"' in str(body)


def test_a_row_that_says_less_is_read_with_todays_defaults(url: str, database: Database) -> None:
    kept(database)
    run(url, """UPDATE contract SET body = replace(body, '"as_of":"2026-11-29"', '"later":"1"')""")
    with database.units().reading() as books:
        ((first, _),) = (each.versions for each in books.instruments.editions())
    assert first.instrument.as_of is None


def test_contracts_go_with_their_edition(url: str, database: Database) -> None:
    made = kept(database)
    with pytest.raises(DBAPIError):
        run(url, "INSERT INTO contract VALUES (99, 'BTCUSDT', 0, '')")
    run(url, f"DELETE FROM edition WHERE id = {made.id}")
    assert run(url, "SELECT * FROM contract") == []
