"""The proof of the books finds what no program of ours would write."""

from sqlalchemy import text

from bot.adapters.database import Database
from bot.adapters.database.engine import Address, open_engine
from core.paper.records import Fault
from tests.contracts.ledgers import began, book, increased

QUANTA = 10**8
POST = "INSERT INTO posting (event, ledger, quanta)"
# A colon before a word would be a place for a value, so it is written behind a backslash.
WALLET, BELOW = (f'\'"wallet"\\:"{amount}"\'' for amount in ("9397", "-1"))


def written(database: Database) -> int:
    """Fill a database with one open position; return its account."""
    with database.units().writing() as books:
        _, account = began(books)
        book(books, account, (increased(),))
    return account.id


def scratched(url: str, line: str) -> None:
    """Change a row behind the program's back."""
    engine = open_engine(Address.read(url))
    with engine.begin() as connection:
        connection.execute(text(line))
    engine.dispose()


def faults(database: Database) -> set[Fault]:
    with database.units().reading() as books:
        return set(books.paper.faults())


def test_a_filled_database_is_proved(database: Database) -> None:
    written(database)
    assert faults(database) == set()


def test_an_entry_that_does_not_balance_is_found_with_what_it_lacks(
    url: str, database: Database
) -> None:
    account = written(database)
    scratched(url, f"{POST} VALUES (3, 'pnl', 7)")
    assert faults(database) == {Fault(account, "unbalanced", 7)}


def test_a_wallet_below_nothing_is_found(url: str, database: Database) -> None:
    account = written(database)
    scratched(
        url, 'UPDATE account SET state = replace(state, \'"wallet":"9397"\', \'"wallet":"-1"\')'
    )
    assert faults(database) == {
        Fault(account, "negative_wallet", -QUANTA),
        Fault(account, "wallet", 9398 * QUANTA),
        Fault(account, "replay"),
    }


def test_a_pocket_that_the_account_does_not_know_is_found(url: str, database: Database) -> None:
    account = written(database)
    scratched(
        url, "INSERT INTO posting (event, ledger, quanta) VALUES (2, 'margin:9', 5), (2, 'pnl', -5)"
    )
    assert faults(database) == {Fault(account, "margin:9", 5)}


def test_a_state_that_cannot_be_read_is_found(url: str, database: Database) -> None:
    account = written(database)
    scratched(url, "UPDATE account SET state = 'none'")
    assert faults(database) == {Fault(account, "unreadable")}


def test_a_history_that_makes_no_account_is_found(url: str, database: Database) -> None:
    account = written(database)
    body = '{"is"\\:"MarginMoved","number"\\:9,"amount"\\:"1"}'
    scratched(
        url,
        "INSERT INTO event (account, version, kind, body, at, request) "
        f"VALUES ({account}, 99, 'MarginMoved', '{body}', 0, '')",
    )
    assert faults(database) == {Fault(account, "replay")}
