"""All that is kept of a person: every platform, every account, every challenge and what it won."""

from dataclasses import replace

from core.lessons.game.books import Won
from core.lessons.game.trading import market_of
from core.paper.records import Change, Identity
from core.services.everything import Everything, everything, present_accounts
from tests.contracts.duels import HOST, ROOM, on
from tests.core.services.floor import MIRA, TOBI, Floor, wish
from tests.fakes.ports import NOON


def told(floor: Floor, who: Identity = MIRA) -> Everything:
    with floor.units.reading() as books:
        return everything(books, who, floor.clock.now())


def test_of_a_stranger_there_are_only_settings() -> None:
    floor = Floor()
    found = told(floor)
    assert [person.identity for person in found.people] == [MIRA]
    assert (found.accounts, found.alerts, found.games, found.wins) == ((), (), (), ())
    assert found.at == floor.clock.now()


def test_a_person_is_told_of_all_platforms_and_accounts_with_their_history() -> None:
    floor = Floor()
    floor.act(wish("0.01"))
    other = Identity("discord", "9")
    with floor.units.writing() as books:
        learner = books.paper.learner(MIRA)
        assert learner is not None
        books.paper.rename(other, learner)
        old = books.paper.open_account(learner, "binance")
        books.paper.archive(old.id)
    for who in (MIRA, other):
        found = told(floor, who)
        assert [person.identity for person in found.people] == [other, MIRA]
        assert [(o.account.market, o.archived) for o in found.accounts] == [
            ("demo", False),
            ("binance", True),
        ]
        assert len(found.accounts[0].history) == found.accounts[0].account.version


def test_a_role_and_what_somebody_called_their_squad_are_told_to_them() -> None:
    floor = Floor()
    floor.act(wish("0.01"))
    with floor.units.writing() as books:
        kept, learner = books.games.add(on(), HOST, ROOM), books.paper.learner(MIRA)
        assert learner is not None
        books.games.sit(kept.number, learner, 1)
        mine = replace(kept.state.game.player(1), role="Traders", banner="Owls")
        game = kept.state.game.with_player(mine)
        books.games.keep(replace(kept, state=replace(kept.state, game=game)))
    assert [(game.role, game.squad) for game in told(floor).games] == [("Traders", "Owls")]


def test_challenges_stand_apart_each_with_its_own_accounts() -> None:
    floor = Floor()
    done = floor.act(wish("0.01"))
    floor.act(wish("0.02"), TOBI)
    with floor.units.writing() as books:
        learner, other = books.paper.learner(MIRA), books.paper.learner(TOBI)
        assert learner is not None
        assert other is not None
        first, second = (books.games.add(on(), HOST, ROOM).number for _ in range(2))
        books.games.sit(first, learner, 2)
        books.games.sit(second, learner, 1)
        books.games.sit(second, other, 2)
        own = books.paper.open_account(learner, market_of(second, 1))
        after = replace(done.after, id=own.id, market=own.market)
        books.paper.record(Change(own, after, done.events, floor.clock.now()))
        won = Won("2026-12", ROOM, second, learner, "Mira", 1, "10.0", floor.clock.now())
        books.games.win(won)
        books.games.look(second, 1, floor.clock.now(), NOON)
        assert set(present_accounts(books.paper, learner)) == {"demo", own.market}
    found = told(floor)
    assert [each.account.market for each in found.accounts] == ["demo"]
    assert [(g.game, g.player, g.name) for g in found.games] == [
        (first, 2, "Tobi"),
        (second, 1, "Mira"),
    ]
    assert [[o.account for o in game.accounts] for game in found.games] == [[], [after]]
    assert [game.away for game in found.games] == [None, NOON]
    assert found.wins == (won,)
    assert told(floor, TOBI).wins == ()
    assert [game.player for game in told(floor, TOBI).games] == [2]
