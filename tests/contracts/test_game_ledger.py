"""Accounts of challenges stand in the same ledger, and nothing takes them for a portfolio."""

import pytest

from core.lessons.game import inputs as i
from core.lessons.game.books import KeptGame
from core.lessons.game.trading import game_of
from core.market import Listing
from core.paper.records import Identity
from core.paper.rules import PaperRules
from core.ports import Units
from core.services.accounts import Accounts, Home
from core.services.identities import Identities
from core.services.referee import Referee
from core.services.sweep import Sweep
from core.services.tidying import Tidying
from tests.builders import exact
from tests.contracts.duels import HOST, ROOM, at, ground, lobby, ticked
from tests.contracts.samples import NOW
from tests.core.paper.builders import venue
from tests.fakes.ports import FixedClock

__all__ = ["exact"]

MIRA, TOBI = Identity("telegram", "7"), Identity("discord", "8")
REFEREE = Referee(lambda game: ground())
HOME = Home("binance", PaperRules())


class House:
    """A duel of two people who have portfolios too."""

    def __init__(self, units: Units) -> None:
        self.units = units
        self.clock = FixedClock(NOW)
        self.accounts = Accounts(units, self.clock, "demo", HOME)
        self.identities = Identities(units, self.clock, self.accounts)
        with units.writing() as books:
            for who in (MIRA, TOBI):
                self.accounts.present(books, who)
            self.number = books.games.add(lobby(), HOST, ROOM).number
        self.join(MIRA, "Mira")
        self.join(TOBI, "Tobi")

    def join(self, who: Identity, name: str) -> None:
        with self.units.writing() as books:
            learner = books.paper.learner(who)
            kept = books.games.game(self.number)
            assert learner is not None
            assert kept is not None
            books.games.sit(self.number, learner, len(kept.state.game.players) + 1)
        self.feed(i.Joined(at=at(1), name=name))

    def feed(self, *inputs: i.Input) -> KeptGame:
        for what in inputs:
            with self.units.writing() as books:
                kept = books.games.game(self.number)
                assert kept is not None
                REFEREE.feed(books, kept, what)
        with self.units.reading() as books:
            found = books.games.game(self.number)
        assert found is not None
        return found

    def traded(self) -> KeptGame:
        """Both have entered; the one behind the isolated wall was liquidated, the other holds."""
        return self.feed(i.Sent(at=at(10), view="round", number=1), ticked(11), ticked(12, "-0.08"))

    def ledger(self) -> tuple[int, int]:
        """Faults of the books, and accounts that had to be made anew of their events."""
        with self.units.writing() as books:
            return len(books.paper.faults()), books.paper.rebuild()

    def markets(self, who: Identity) -> list[str]:
        with self.units.reading() as books:
            learner = books.paper.learner(who)
            return [] if learner is None else [a.market for a in books.paper.accounts(learner)]


@pytest.fixture
def house(units: Units) -> House:
    return House(units)


def test_the_ledger_of_a_game_balances_and_can_be_made_anew(house: House) -> None:
    kept = house.traded()
    assert house.ledger() == (0, 0)
    with house.units.reading() as books:
        for number, learner in books.games.seats(house.number).items():
            own = books.paper.account(learner, f"game:{house.number}:1")
            assert own is not None
            inside = kept.state.accounts[number]
            assert (own.wallet_balance, own.positions) == (inside.wallet_balance, inside.positions)
            assert len(books.paper.history(own.id)) == own.version


def test_every_round_has_accounts_of_its_own(house: House) -> None:
    house.traded()
    house.feed(ticked(960, "-0.09"), i.Due(at=at(991)))
    house.feed(i.Sent(at=at(992), view="round", number=2), ticked(993))
    first, second = f"game:{house.number}:1", f"game:{house.number}:2"
    assert house.markets(MIRA) == ["demo", first, second]
    assert house.ledger() == (0, 0)


def test_what_a_challenge_holds_is_no_paused_portfolio(house: House) -> None:
    house.traded()
    assert house.accounts.paused(MIRA) == house.accounts.paused(TOBI) == ()
    assert house.accounts.look(MIRA).market == "demo"
    elsewhere = Accounts(house.units, house.clock, "binance", HOME)
    assert elsewhere.paused(MIRA) == elsewhere.paused(TOBI) == ()


def test_the_sweep_of_the_market_never_touches_a_challenge(house: House) -> None:
    before = house.traded()
    listings: dict[str, Listing] = {"binance": venue()}
    sweep = Sweep(house.units, house.clock, listings, "demo", PaperRules())
    assert sweep.begins() is None
    sweep(ticked(13, "-0.9").marks)
    with house.units.reading() as books:
        assert books.games.game(house.number) == before
        assert books.paper.live("demo")[1] == ()
        assert all(not books.paper.due(at(9999), 99, platform) for platform in ("", "discord"))
    assert house.ledger() == (0, 0)


def test_tidying_leaves_a_running_game_alone(house: House) -> None:
    before = house.traded()
    tidying = Tidying(house.units, house.clock)
    for days in (1, 40, 400):
        house.clock.advance(days * 86_400)
        assert tidying() == 0
    with house.units.reading() as books:
        assert books.games.game(house.number) == before
        assert len(books.games.inputs(house.number)) == 5
    assert house.ledger() == (0, 0)


def test_an_export_holds_challenges_apart_from_the_portfolio(house: House) -> None:
    house.traded()
    told = house.identities.everything(TOBI)
    assert [owned.account.market for owned in told.accounts] == ["demo"]
    (game,) = told.games
    assert (game.game, game.kind, game.player, game.name) == (house.number, "duel", 2, "Tobi")
    (own,) = game.accounts
    assert (game_of(own.account.market), own.archived) == (house.number, False)
    assert [type(each.event).__name__ for each in own.history][-1] in {
        "PositionIncreased",
        "PoolLiquidated",
    }


def test_forgetting_deletes_the_accounts_and_the_game_goes_on(house: House) -> None:
    house.traded()
    house.identities.forget(TOBI)
    assert house.markets(TOBI) == []
    kept = house.feed(ticked(910, "-0.09"))
    assert [player.name for player in kept.state.game.players] == ["Mira", "player #2"]
    assert set(kept.state.accounts) == {1, 2}
    assert house.ledger() == (0, 0)
    house.identities.forget(TOBI)


def linked(house: House, keeps: Identity) -> None:
    code = house.identities.offer(MIRA, "Mira")
    house.identities.claim(code, TOBI, "Tobi")
    house.identities.choose(code, TOBI, keeps)
    house.identities.agree(code, MIRA)


@pytest.mark.parametrize("keeps", [MIRA, TOBI], ids=["the first", "the second"])
def test_two_who_play_each_other_become_one_with_the_account_of_the_seat_that_stays(
    house: House, keeps: Identity
) -> None:
    house.traded()
    linked(house, keeps)
    with house.units.reading() as books:
        learner = books.paper.learner(MIRA)
        assert learner == books.paper.learner(TOBI)
        assert books.games.seats(house.number) == {1: learner}
    kept = house.feed(ticked(13, "-0.081"), i.Answered(at=at(200), player=1, value="close"))
    kept = house.feed(ticked(201, "-0.08"), ticked(910, "-0.09"))
    with house.units.reading() as books:
        own = books.paper.account(learner or 0, f"game:{house.number}:1")
    assert own is not None
    assert own.wallet_balance == kept.state.accounts[1].wallet_balance
    assert house.ledger() == (0, 0)
    owned = house.identities.everything(MIRA).games[0].accounts
    assert sorted(each.archived for each in owned) == [False, True]


def test_a_position_in_a_challenge_is_no_reason_not_to_be_joined(house: House) -> None:
    house.feed(i.Sent(at=at(10), view="round", number=1), ticked(11))
    linked(house, MIRA)
    assert set(house.identities.known_as(TOBI)) == {MIRA, TOBI}
