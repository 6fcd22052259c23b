"""What `core.ports.PaperBooks` promises, wherever things are kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from core.margin.pool import MarginMode
from core.money import D
from core.paper.account import PaperAccount
from core.paper.actions import Cancel, ChooseMode, Reset
from core.paper.events import Granted, MarginMoved
from core.paper.records import Change, Identity, Preview
from core.ports import Books, Units
from tests.contracts.conftest import Doors
from tests.contracts.ledgers import (
    BEGINNING,
    BTC,
    MIRA,
    NOW,
    SECOND,
    TOBI,
    began,
    book,
    closed,
    done,
    increased,
    money,
    told,
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


# --- requests and previews


def test_what_a_request_led_to_comes_back_as_it_was(units: Units) -> None:
    with units.writing() as books:
        learner, account = began(books)
        led_to = done(account, (increased(),))
        assert books.paper.done("r1") is None
        books.paper.set_done("r1", learner, led_to, NOW)
    with units.reading() as books:
        assert books.paper.done("r1") == led_to
        assert books.paper.done("r2") is None


def preview(learner: int, chat: str = "1", seconds: int = 60) -> Preview:
    action = ChooseMode(BTC, MarginMode.CROSS)
    return Preview(learner, chat, "demo", action, None, NOW + seconds * SECOND)


def test_a_preview_waits_under_a_token_until_it_is_used(units: Units) -> None:
    with units.writing() as books:
        learner, _ = began(books)
        token = books.paper.keep_preview(preview(learner))
    with units.writing() as books:
        assert books.paper.preview(token) == (preview(learner), "")
        books.paper.use_preview(token, "r1")
    with units.reading() as books:
        assert books.paper.preview(token) == (preview(learner), "r1")
        assert books.paper.preview("nobody's") is None
    assert 1 <= len(token) <= 16


def test_two_previews_have_two_tokens(units: Units) -> None:
    with units.writing() as books:
        learner, _ = began(books)
        tokens = {books.paper.keep_preview(preview(learner)) for _ in range(20)}
    assert len(tokens) == 20


def test_the_latest_preview_is_the_newest_unused_one_of_a_chat(units: Units) -> None:
    with units.writing() as books:
        mira, _ = began(books)
        tobi, _ = began(books, TOBI)
        assert books.paper.latest_preview(mira, "1") is None
        first = books.paper.keep_preview(preview(mira))
        second = books.paper.keep_preview(preview(mira, seconds=61))
        books.paper.keep_preview(preview(mira, "-5", seconds=62))
        books.paper.keep_preview(preview(tobi, seconds=63))
    with units.writing() as books:
        assert books.paper.latest_preview(mira, "1") == second
        books.paper.use_preview(second, "r1")
        assert books.paper.latest_preview(mira, "1") == first


@pytest.mark.parametrize("action", [Cancel((1, 2)), Reset()], ids=["cancel", "reset"])
def test_any_action_is_kept(units: Units, action: Cancel | Reset) -> None:
    with units.writing() as books:
        learner, _ = began(books)
        kept = replace(preview(learner), action=action, seen=increased().price)
        token = books.paper.keep_preview(kept)
        assert books.paper.preview(token) == (kept, "")


# --- notices


def posted(books: Books, count: int = 1) -> tuple[int, PaperAccount, tuple[int, ...]]:
    learner, account = began(books)
    numbers: list[int] = []
    for n in range(1, count + 1):
        before = account
        account, (event,) = book(books, account, (increased(n),))
        books.paper.post(told(learner, event, before, NOW + (count - n) * SECOND))
        numbers.append(event)
    return learner, account, tuple(numbers)


def test_notices_come_due_at_their_moment_oldest_first(units: Units) -> None:
    with units.writing() as books:
        _, _, (first, second, third) = posted(books, 3)
    with units.reading() as books:
        assert [due.notice.event for due in books.paper.due(NOW, 9)] == [third]
        later = books.paper.due(NOW + 5 * SECOND, 9)
        assert [due.notice.event for due in later] == [third, second, first]
        assert books.paper.due(NOW + 5 * SECOND, 2) == later[:2]
        assert {due.attempts for due in later} == {0}


def test_a_notice_comes_back_whole(units: Units) -> None:
    with units.writing() as books:
        learner, account = began(books)
        notice = told(learner, book(books, account, (increased(),))[1][0], account)
        books.paper.post(notice)
        (due,) = books.paper.due(NOW, 1)
    assert due.notice == notice


def test_a_delivered_notice_is_not_due_again(units: Units) -> None:
    with units.writing() as books:
        posted(books)
        (due,) = books.paper.due(NOW, 1)
        books.paper.delivered(due.id, NOW)
        assert books.paper.due(NOW + timedelta(days=9), 9) == ()


def test_a_notice_put_off_comes_again_with_its_attempts_or_never(units: Units) -> None:
    with units.writing() as books:
        posted(books)
        (due,) = books.paper.due(NOW, 1)
        books.paper.put_off(due.id, NOW + SECOND)
        assert books.paper.due(NOW, 9) == ()
        (again,) = books.paper.due(NOW + SECOND, 9)
        assert (again.id, again.attempts) == (due.id, 1)
        books.paper.put_off(due.id, None)
        assert books.paper.due(NOW + timedelta(days=9), 9) == ()


# --- leases


def test_a_lease_has_one_holder_until_it_ends(units: Units) -> None:
    end = NOW + 10 * SECOND
    with units.writing() as books:
        assert books.paper.lease("sweep", "a", NOW, end)
        assert not books.paper.lease("sweep", "b", NOW + SECOND, end)
        assert books.paper.lease("other", "b", NOW + SECOND, end)
        assert books.paper.lease("sweep", "a", NOW + 9 * SECOND, end + SECOND)
    with units.writing() as books:
        assert not books.paper.lease("sweep", "b", end, end + SECOND)
        assert books.paper.lease("sweep", "b", end + SECOND, end + 9 * SECOND)
        assert not books.paper.lease("sweep", "a", end + SECOND, end + 9 * SECOND)


def test_of_two_who_take_a_lease_at_once_one_has_it(doors: Doors) -> None:
    def take(units: Units, name: str) -> bool:
        with units.writing() as books:
            return books.paper.lease("sweep", name, NOW, NOW + SECOND)

    one, other = doors(), doors()
    assert sorted(map(bool, both(lambda: take(one, "a"), lambda: take(other, "b")))) == [
        False,
        True,
    ]


# --- forgetting and proof


def test_who_is_forgotten_leaves_nothing_and_the_books_still_hold(units: Units) -> None:
    with units.writing() as books:
        mira, account, _ = posted(books)
        tobi, others = began(books, TOBI)
        others, _ = book(books, others, (increased(),), "r2")
        books.paper.set_done("r1", mira, done(account, ()), NOW)
        token = books.paper.keep_preview(preview(mira))
    with units.writing() as books:
        books.paper.forget_learner(mira)
    with units.reading() as books:
        assert books.paper.learner(MIRA) is None
        assert books.paper.accounts(mira) == ()
        assert books.paper.history(account.id) == ()
        assert books.paper.done("r1") is None
        assert books.paper.preview(token) is None
        assert books.paper.due(NOW, 9) == ()
        assert books.paper.account(tobi, "demo") == others
        assert len(books.paper.history(others.id)) == 3
        assert books.paper.faults() == ()


def test_books_that_agree_have_no_faults(units: Units) -> None:
    with units.writing() as books:
        _, account = began(books)
        book(books, account, (increased(), MarginMoved(number=1, amount=money("0.00000001"))))
        assert books.paper.faults() == ()


def planted(books: Books, wrong: Callable[[PaperAccount], PaperAccount]) -> PaperAccount:
    """Keep an account that its events do not make."""
    _, account = began(books)
    event = increased()
    _, right = began(books, TOBI)
    book(books, right, (event,))
    opened, _ = book(books, account, (event,))
    kept = wrong(replace(opened, version=opened.version + 1))
    books.paper.record(Change(opened, kept, (Granted(amount=money(1)),), NOW))
    return kept


@pytest.mark.parametrize(
    ("wrong", "faults"),
    [
        (lambda a: a, {("wallet", 10**8), ("replay", 0)}),
        (
            lambda a: replace(a, wallet=money(9400), positions=()),
            {("wallet", -(2 * 10**8)), ("margin:1", 600 * 10**8), ("replay", 0)},
        ),
        (lambda a: replace(a, wallet=money(9398), last_number=5), {("replay", 0)}),
    ],
    ids=["a grant that never arrived", "a position lost", "only a number"],
)
def test_an_account_that_its_events_do_not_make_is_found(
    units: Units,
    wrong: Callable[[PaperAccount], PaperAccount],
    faults: set[tuple[str, int]],
) -> None:
    with units.writing() as books:
        kept = planted(books, wrong)
        found = books.paper.faults()
    assert {fault.account for fault in found} == {kept.id}
    assert {(fault.what, fault.quanta) for fault in found} == faults


def test_accounts_can_be_made_anew_of_their_events(units: Units) -> None:
    with units.writing() as books:
        planted(books, lambda a: replace(a, wallet=money(1)))
        assert books.paper.rebuild() == 1
    with units.writing() as books:
        assert books.paper.faults() == ()
        assert books.paper.rebuild() == 0


def test_an_account_made_anew_can_be_booked_on(units: Units) -> None:
    with units.writing() as books:
        kept = planted(books, lambda a: replace(a, wallet=money(1)))
        books.paper.rebuild()
        right = books.paper.account_numbered(kept.id)
        assert right.wallet == D(9398)
        book(books, right, (closed(),))
        assert books.paper.faults() == ()


# --- reading


WRITES: dict[str, Callable[[Books, int, PaperAccount], object]] = {
    "enroll": lambda books, _, __: books.paper.enroll(TOBI, NOW),
    "rename": lambda books, learner, _: books.paper.rename(TOBI, learner),
    "open_account": lambda books, learner, _: books.paper.open_account(learner, "okx"),
    "archive": lambda books, _, account: books.paper.archive(account.id),
    "record": lambda books, _, account: book(books, account, (increased(),)),
    "set_done": lambda books, learner, account: books.paper.set_done(
        "r", learner, done(account, ()), NOW
    ),
    "keep_preview": lambda books, learner, _: books.paper.keep_preview(preview(learner)),
    "lease": lambda books, _, __: books.paper.lease("sweep", "a", NOW, NOW + SECOND),
    "forget_learner": lambda books, learner, _: books.paper.forget_learner(learner),
    "rebuild": lambda books, _, __: books.paper.rebuild(),
}


@pytest.mark.parametrize("name", WRITES)
def test_a_reading_unit_books_nothing(units: Units, name: str) -> None:
    with units.writing() as books:
        learner, account = began(books)
    with pytest.raises(RuntimeError), units.reading() as books:
        WRITES[name](books, learner, account)
    with units.reading() as books:
        assert books.paper.account(learner, "demo") == account
        assert books.paper.learner(TOBI) is None
