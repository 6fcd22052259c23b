"""Alerts in rows: whole texts that tomorrow can read, nothing left of who is forgotten."""

from bot.adapters.database import Database
from core.alerts.alert import Alert, FundingAlert, PriceAlert
from core.money import D, Price
from core.paper.records import Identity
from tests.adapters.database.test_learning_rows import run
from tests.builders import BTC
from tests.contracts.samples import NOW

MIRA = Identity("telegram", "7")


def kept(database: Database) -> Alert:
    with database.units().writing() as books:
        learner = books.paper.enroll(MIRA, NOW)
        what = PriceAlert(BTC, Price(D("70000.10")), rising=True)
        return books.alerts.keep(
            Alert(learner=learner, market="demo", number=1, what=what, since=NOW)
        )


def test_what_is_waited_for_is_kept_under_its_name_with_its_digits(
    url: str, database: Database
) -> None:
    kept(database)
    ((what,),) = run(url, "SELECT what FROM alert")
    assert what == '{"is":"PriceAlert","symbol":"BTCUSDT","price":"70000.10","rising":true}'


def test_a_row_that_says_less_is_read_with_todays_defaults(url: str, database: Database) -> None:
    alert = kept(database)
    run(url, """UPDATE alert SET what = '{"is":"FundingAlert"}'""")
    with database.units().reading() as books:
        found = books.alerts.alert(alert.id)
    assert found is not None
    assert found.what == FundingAlert()


def test_nothing_is_left_of_who_is_forgotten(url: str, database: Database) -> None:
    alert = kept(database)
    with database.units().writing() as books:
        books.paper.forget_learner(alert.learner)
    assert run(url, "SELECT * FROM alert") == []
