"""What `core.ports.PaperBooks` promises of people, accounts and events, wherever they are kept."""

import pytest

from core.money import D
from core.paper.events import Granted, MarginMoved
from core.paper.records import Change, Identity
from core.ports import Units
from tests.contracts.conftest import Doors
from tests.contracts.ledgers import (
    BEGINNING,
    MIRA,
    NOW,
    TOBI,
    began,
    book,
    closed,
    increased,
    money,
)
from tests.contracts.test_units import both

# --- people


def test_a_stranger_is_nobody_until_enrolled(units: Units) -> None:
    with units.reading() as books:
        assert books.paper.learner(MIRA) is None
    with units.writing() as books:
        mira, tobi = books.paper.enroll(MIRA, NOW), books.paper.enroll(TOBI, NOW)
    with units.reading() as books:
        assert (books.paper.learner(MIRA), books.paper.learner(TOBI)) == (mira, tobi)
        assert mira != tobi
        assert books.paper.learner(Identity("discord", "1")) is None


def test_one_learner_may_have_several_names_and_lose_them(units: Units) -> None:
    other = Identity("discord", "9")
    with units.writing() as books:
        learner = books.paper.enroll(MIRA, NOW)
        books.paper.rename(other, learner)
        assert books.paper.identities(learner) == (other, MIRA)
        books.paper.rename(MIRA, None)
        assert books.paper.identities(learner) == (other,)
        assert books.paper.learner(MIRA) is None


# --- accounts


def test_an_account_belongs_to_one_market(units: Units) -> None:
    with units.writing() as books:
        learner, demo = began(books)
        began(books, market="binance")
    with units.reading() as books:
        assert books.paper.account(learner, "demo") == demo
        assert books.paper.account(learner, "okx") is None
        assert [a.market for a in books.paper.accounts(learner)] == ["demo", "binance"]
        assert books.paper.owner(demo.id) == learner
        assert books.paper.account_numbered(demo.id) == demo


def test_an_account_nobody_opened_is_not_there(units: Units) -> None:
    with units.reading() as books:
        with pytest.raises(LookupError):
            books.paper.account_numbered(77)
        with pytest.raises(LookupError):
            books.paper.owner(77)


def test_an_archived_account_is_nobodys_present_one_and_stays(units: Units) -> None:
    with units.writing() as books:
        learner, old = began(books)
        books.paper.archive(old.id)
        assert books.paper.account(learner, "demo") is None
        _, new = began(books)
    with units.reading() as books:
        assert books.paper.account(learner, "demo") == new
        assert books.paper.accounts(learner) == (new, old)


def test_an_account_may_get_another_owner(units: Units) -> None:
    with units.writing() as books:
        mira, account = began(books)
        tobi = books.paper.enroll(TOBI, NOW)
        books.paper.hand_over(account.id, tobi)
    with units.reading() as books:
        assert books.paper.account(mira, "demo") is None
        assert books.paper.account(tobi, "demo") == account


# --- events


def test_events_are_kept_in_order_with_their_request(units: Units) -> None:
    with units.writing() as books:
        learner, account = began(books)
        account, numbers = book(
            books, account, (increased(), MarginMoved(number=1, amount=money(5))), "r1"
        )
    with units.reading() as books:
        history = books.paper.history(account.id)
        assert [each.event for each in history[:2]] == list(BEGINNING)
        assert [each.request for each in history] == ["", "", "r1", "r1"]
        assert tuple(each.id for each in history[2:]) == numbers == tuple(sorted(numbers))
        assert {each.at for each in history} == {NOW}
        assert books.paper.account(learner, "demo") == account
        assert account.version == 4


def test_no_events_change_nothing(units: Units) -> None:
    with units.writing() as books:
        _, account = began(books)
        assert books.paper.record(Change(account, account, (), NOW)) == ()
        assert books.paper.account_numbered(account.id) == account


def test_a_change_that_began_with_an_older_version_is_refused(units: Units) -> None:
    with units.writing() as books:
        _, stale = began(books)
    with units.writing() as books:
        newer, _ = book(books, stale, (increased(),))
    with pytest.raises(RuntimeError), units.writing() as books:
        book(books, stale, (Granted(amount=money(1)),))
    with units.reading() as books:
        assert books.paper.account_numbered(stale.id) == newer
        assert len(books.paper.history(stale.id)) == 3
        assert books.paper.faults() == ()


def test_two_who_book_at_once_lose_nothing(doors: Doors) -> None:
    with doors().writing() as books:
        learner, account = began(books)

    def grant(units: Units) -> None:
        for _ in range(10):
            with units.writing() as books:
                found = books.paper.account(learner, "demo")
                assert found is not None
                book(books, found, (Granted(amount=money(1)),))

    one, other = doors(), doors()
    both(lambda: grant(one), lambda: grant(other))
    with one.reading() as books:
        found = books.paper.account_numbered(account.id)
        assert (found.wallet, found.version) == (D(10020), 22)
        assert books.paper.faults() == ()


# --- what a sweep looks at


def test_only_accounts_with_something_at_stake_are_live(units: Units) -> None:
    with units.writing() as books:
        began(books, TOBI)
        _, mira = began(books)
        mira, (opened,) = book(books, mira, (increased(),))
    with units.reading() as books:
        assert books.paper.live("demo") == (opened, (mira,))
        assert books.paper.live("okx") == (0, ())
        assert books.paper.live("demo", opened) == (opened, ())


def test_an_account_that_became_flat_is_told_to_whoever_knew_it(units: Units) -> None:
    with units.writing() as books:
        _, mira = began(books)
        mira, (opened,) = book(books, mira, (increased(),))
    with units.writing() as books:
        mira, (gone,) = book(books, mira, (closed(),))
    with units.reading() as books:
        assert books.paper.live("demo", opened) == (gone, (mira,))
        assert books.paper.live("demo") == (0, ())


def test_who_holds_a_position_by_a_venues_rules_is_found_in_every_market(units: Units) -> None:
    with units.writing() as books:
        mira, demo = began(books)
        demo, _ = book(books, demo, (increased(),))
        tobi, live = began(books, TOBI, "okx")
        live, _ = book(books, live, (increased(),))
        began(books, TOBI)  # holds nothing
    with units.reading() as books:
        assert books.paper.holding("binance") == ((mira, demo), (tobi, live))
        assert books.paper.holding("bybit") == ()
    with units.writing() as books:
        books.paper.archive(live.id)
        book(books, demo, (closed(),))
        assert books.paper.holding("binance") == ()
