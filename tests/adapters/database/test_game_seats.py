"""Who plays, in rows: after somebody is forgotten no row holds their name or their number."""

from bot.adapters.database import Database
from bot.adapters.database.tables import METADATA
from core.lessons.game import inputs as i
from core.lessons.game.books import Won
from core.lessons.game.kind import Post
from core.paper.records import Identity
from core.paper.rules import PaperRules
from core.services.accounts import Accounts, Home
from core.services.identities import Identities
from tests.adapters.database.test_learning_rows import run
from tests.contracts.duels import ROOM, at, on
from tests.contracts.samples import NOW
from tests.fakes.ports import FixedClock

MIRA, TOBI = Identity("telegram", "4711"), Identity("telegram", "8")


def played(database: Database, name: str) -> int:
    """A game that somebody made, joined, won and heard of."""
    with database.units().writing() as books:
        mira, tobi = books.paper.enroll(MIRA, NOW), books.paper.enroll(TOBI, NOW)
        number = books.games.add(on((name, "Tobi")), MIRA, ROOM).number
        for seat, (learner, own) in enumerate(((mira, name), (tobi, "Tobi")), 1):
            books.games.sit(number, learner, seat)
            books.games.log(number, i.Joined(at=at(seat), name=own), f"r{seat}", "joined")
        books.games.win(Won("2026-12", ROOM, number, mira, name, 1, "10.0", NOW))
        books.games.post(number, Post("own", player=1), NOW)
    return number


def everything(url: str) -> str:
    """All that stands in any table, as one text."""
    return "\n".join(str(run(url, f"SELECT * FROM {name}")) for name in METADATA.tables)


def test_no_table_holds_a_name_or_an_id_of_who_is_forgotten(url: str, database: Database) -> None:
    played(database, "Zauberberg")
    assert "Zauberberg" in everything(url)
    clock = FixedClock()
    home = Home("binance", PaperRules())
    accounts = Accounts(database.units(), clock, "demo", home)
    identities = Identities(database.units(), clock, accounts)
    identities.forget(MIRA)
    assert "Zauberberg" not in everything(url)
    assert "4711" not in everything(url)
    assert "Tobi" in everything(url)
    assert run(url, "SELECT learner IS NULL FROM game_input ORDER BY number") == [(1,), (0,)]


def test_a_number_is_a_name_that_nobody_else_has(database: Database) -> None:
    with database.units().writing() as books:
        mira = books.paper.enroll(MIRA, NOW)
        number = books.games.add(on(("Mira", "player 1")), TOBI, ROOM).number
        books.games.sit(number, mira, 1)
        books.games.forget(mira)
        found = books.games.game(number)
    assert found is not None
    assert [player.name for player in found.state.game.players] == ["player #1", "player 1"]


def test_a_seat_whose_player_left_before_the_beginning_is_forgotten_too(
    database: Database,
) -> None:
    with database.units().writing() as books:
        mira = books.paper.enroll(MIRA, NOW)
        number = books.games.add(on(), TOBI, ROOM).number
        books.games.sit(number, mira, 9)
        books.games.forget(mira)
        found = books.games.game(number)
        assert found is not None
        assert found.state == on()
        assert books.games.seats(number) == {}
