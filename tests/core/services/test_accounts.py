"""Who has which account: made when first needed, one for each market, gone with its owner."""

from dataclasses import replace

import pytest

from core.lessons.game.trading import game_of, market_of
from core.money import D
from core.paper.records import Change, Identity
from core.people import Preferences
from tests.core.services.floor import MIRA, TOBI, Floor, wish


def test_looking_makes_nobody_a_learner() -> None:
    floor = Floor()
    account = floor.account()
    assert (account.id, account.wallet, account.venue) == (0, D(10000), "binance")
    with floor.units.reading() as books:
        assert books.paper.learner(MIRA) is None
    assert floor.history() == []


def test_what_is_looked_at_is_what_will_be_made() -> None:
    floor = Floor()
    before = floor.account()
    with floor.units.writing() as books:
        _, made = floor.accounts.present(books, MIRA)
    assert replace(made, id=0) == before
    assert floor.account() == made
    assert floor.history() == ["VenueChosen", "Granted"]
    assert floor.faults() == 0


def test_an_account_is_made_once() -> None:
    floor = Floor()
    for _ in range(2):
        with floor.units.writing() as books:
            floor.accounts.present(books, MIRA)
    assert len(floor.history()) == 2


def test_a_new_account_follows_the_rules_its_owner_chose_for_answers() -> None:
    floor = Floor()
    with floor.units.writing() as books:
        books.set_preferences(MIRA.platform, MIRA.person, Preferences(venue="okx"))
    assert floor.account().venue == "okx"
    floor.act(wish("0.01"))
    assert floor.account().venue == "okx"
    assert floor.account(TOBI).venue == "binance"


def test_people_on_two_platforms_have_two_accounts() -> None:
    floor = Floor()
    floor.act(wish("0.01"))
    stranger = Identity("discord", MIRA.person)
    assert floor.account(stranger).positions == ()
    floor.act(wish("0.02"), stranger)
    assert [a.positions[0].leg.quantity for a in map(floor.account, (MIRA, stranger))] == [
        D("0.01"),
        D("0.02"),
    ]


def test_another_market_has_another_account_and_pauses_the_first() -> None:
    demo = Floor()
    demo.act(wish("0.01"))
    live = Floor(demo.units, market="binance")
    assert live.account().positions == ()
    (paused,) = live.accounts.paused(MIRA)
    assert (paused.market, len(paused.positions)) == ("demo", 1)
    assert demo.accounts.paused(MIRA) == ()


def test_an_account_of_another_market_that_holds_nothing_is_not_worth_a_word() -> None:
    demo = Floor()
    with demo.units.writing() as books:
        demo.accounts.present(books, MIRA)
    assert Floor(demo.units, market="binance").accounts.paused(MIRA) == ()


def test_an_account_of_a_challenge_is_not_paused() -> None:
    floor = Floor()
    done = floor.act(wish("0.01"))
    with floor.units.writing() as books:
        learner = books.paper.owner(done.after.id)
        own = books.paper.open_account(learner, market_of(3, 1))
        after = replace(done.after, id=own.id, market=own.market)
        books.paper.record(Change(own, after, done.events, floor.clock.now()))
        assert own.market == "game:3:1"
        assert books.paper.account(learner, own.market) == after
    assert floor.accounts.paused(MIRA) == ()
    assert (game_of("game:3:1"), game_of("demo"), game_of("binance")) == (3, None, None)


def test_marks_of_another_market_never_touch_a_paused_account() -> None:
    demo = Floor()
    demo.act(wish("0.1"))
    live = Floor(demo.units, market="binance")
    live.move(1)
    assert live.sweep(live.market.marks()) == 0
    assert len(demo.account().positions) == 1


@pytest.mark.parametrize("times", [1, 2])
def test_who_is_forgotten_begins_anew(times: int) -> None:
    floor = Floor()
    floor.act(wish("0.01"))
    floor.act(wish("0.02"), TOBI)
    for _ in range(times):
        floor.identities.forget(MIRA)
    assert (floor.account().id, floor.history()) == (0, [])
    assert len(floor.account(TOBI).positions) == 1
    assert floor.faults() == 0


def test_a_person_is_told_only_of_their_own_events() -> None:
    floor = Floor()
    floor.act(wish("0.1"))
    floor.move(50000)
    floor.sweep(floor.market.marks())
    event = floor.accounts.history(MIRA)[-1].id
    notice = floor.accounts.told(MIRA, event)
    assert notice is not None
    assert notice.event == event
    assert floor.accounts.told(MIRA, event - 1) is None
    assert floor.accounts.told(TOBI, event) is None
    floor.act(wish("0.01"), TOBI)
    assert floor.accounts.told(TOBI, event) is None
