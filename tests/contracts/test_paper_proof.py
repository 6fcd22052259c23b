"""What `core.ports.PaperBooks` promises of forgetting, of proof, and of who only reads."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from core.money import D
from core.paper.account import PaperAccount
from core.paper.events import Granted, MarginMoved
from core.paper.records import Change
from core.ports import Books, Units
from tests.contracts.ledgers import (
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
    posted,
    preview,
)

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
