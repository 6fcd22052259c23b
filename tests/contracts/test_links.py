"""What waits under a one-time code, and what joining and rebuilding do, in every place."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.money import Amount, D
from core.paper.account import PaperAccount
from core.paper.apply import apply
from core.paper.events import Granted, ResetsCarried, VenueChosen
from core.paper.records import Change, Identity, Link
from core.ports import Books, Units
from tests.fakes.ports import NOON

MIRA, AMIR = Identity("telegram", "1"), Identity("discord", "9")
WAITING = Link(MIRA, "Mira", NOON + timedelta(minutes=10))


def kept(units: Units, link: Link = WAITING) -> str:
    with units.writing() as books:
        return books.paper.keep_link(link)


def found(units: Units, code: str) -> Link | None:
    with units.reading() as books:
        return books.paper.link(code)


def test_a_code_has_eight_letters(units: Units) -> None:
    code = kept(units)
    assert len(code) == 8
    assert code.isascii()
    assert code.isalpha()
    assert code.isupper()


def test_a_link_comes_back_as_it_was_kept(units: Units) -> None:
    code = kept(units)
    assert found(units, code) == WAITING
    agreed = replace(WAITING, second=AMIR, second_name="Amir", keeps=AMIR)
    with units.writing() as books:
        books.paper.change_link(code, agreed)
    assert found(units, code) == agreed


def test_a_new_code_makes_earlier_ones_of_its_asker_void(units: Units) -> None:
    old, other = kept(units), kept(units, replace(WAITING, first=AMIR))
    new = kept(units)
    assert found(units, old) is None
    assert found(units, other) is not None
    assert found(units, new) is not None


def test_a_dropped_link_is_gone_and_may_be_dropped_again(units: Units) -> None:
    code = kept(units)
    for _ in range(2):
        with units.writing() as books:
            books.paper.change_link(code, None)
    assert found(units, code) is None


def test_links_go_when_their_time_is_over(units: Units) -> None:
    code, later = kept(units), kept(units, Link(AMIR, "", NOON + timedelta(hours=1)))
    with units.writing() as books:
        assert books.paper.drop_links(WAITING.until - timedelta(seconds=1)) == 0
        assert books.paper.drop_links(WAITING.until) == 1
    assert found(units, code) is None
    assert found(units, later) is not None


def account_of(books: Books, who: Identity) -> tuple[int, PaperAccount]:
    """Enroll somebody with a granted account."""
    learner = books.paper.enroll(who, NOON)
    before = account = books.paper.open_account(learner, "demo")
    events = (VenueChosen(venue="binance"), Granted(amount=Amount(D(10_000))))
    for event in events:
        account = apply(account, event, NOON)
    books.paper.record(Change(before, account, events, NOON))
    return learner, account


def test_an_account_goes_over_with_its_history(units: Units) -> None:
    with units.writing() as books:
        mira, mine = account_of(books, MIRA)
        amir, theirs = account_of(books, AMIR)
        books.paper.hand_over(theirs.id, mira)
        books.paper.archive(theirs.id)
        books.paper.rename(AMIR, mira)
        books.paper.forget_learner(amir)
    with units.reading() as books:
        assert books.paper.accounts(mira) == (mine, theirs)
        assert books.paper.account(mira, "demo") == mine
        assert books.paper.owner(theirs.id) == mira
        assert len(books.paper.history(theirs.id)) == 2
        assert set(books.paper.identities(mira)) == {MIRA, AMIR}
        assert books.paper.faults() == ()


def test_carried_resets_are_an_event_without_money(units: Units) -> None:
    with units.writing() as books:
        _, account = account_of(books, MIRA)
        event = ResetsCarried(resets=3, last=NOON)
        books.paper.record(Change(account, apply(account, event, NOON), (event,), NOON))
    with units.reading() as books:
        assert books.paper.account_numbered(account.id).resets == 3
        assert books.paper.history(account.id)[-1].event == event
        assert books.paper.faults() == ()


@pytest.mark.parametrize("people", [0, 2])
def test_rebuilding_sound_books_changes_nothing(units: Units, people: int) -> None:
    with units.writing() as books:
        made = [account_of(books, who)[1] for who in (MIRA, AMIR)[:people]]
    with units.writing() as books:
        assert books.paper.rebuild() == 0
    with units.reading() as books:
        assert [books.paper.account_numbered(each.id) for each in made] == made
