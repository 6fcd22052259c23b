"""What `core.ports.PaperBooks` promises of what waits: results, previews, notices, leases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.paper.actions import Cancel, Reset
from core.paper.records import Identity, Link
from core.ports import Units
from tests.contracts.conftest import Doors
from tests.contracts.ledgers import (
    MIRA,
    NOW,
    SECOND,
    TOBI,
    began,
    book,
    done,
    increased,
    posted,
    preview,
    told,
)
from tests.contracts.test_units import both

# --- requests and previews


def test_what_requests_led_to_long_ago_can_be_cleared_away_and_its_events_stay(
    units: Units,
) -> None:
    with units.writing() as books:
        learner, account = began(books)
        led_to = done(account, (increased(),))
        later, _ = book(books, account, led_to.events, "r1")
        books.paper.set_done("r1", learner, led_to, NOW)
        again = done(later, (increased(),))
        book(books, later, again.events, "r2")
        books.paper.set_done("r2", learner, again, NOW + SECOND)
        told = len(books.paper.history(account.id))
    with units.writing() as books:
        assert books.paper.drop_done(NOW) == 1
        assert books.paper.drop_done(NOW) == 0
        assert books.paper.done("r1") is None
        assert books.paper.done("r2") == again
        assert len(books.paper.history(account.id)) == told


def test_previews_of_long_ago_can_be_cleared_away(units: Units) -> None:
    with units.writing() as books:
        learner, _ = began(books)
        old = books.paper.keep_preview(preview(learner))
        new = books.paper.keep_preview(preview(learner, seconds=61))
        books.paper.use_preview(old, "r1")
        until = preview(learner).until
        assert books.paper.drop_previews(until - SECOND) == 0
        assert books.paper.drop_previews(until) == 1
        assert books.paper.preview(old) is None
        assert books.paper.latest_preview(learner, preview(learner).chat) == new


def test_what_a_request_led_to_comes_back_as_it_was(units: Units) -> None:
    with units.writing() as books:
        learner, account = began(books)
        led_to = done(account, (increased(),))
        later, _ = book(books, account, led_to.events, "r1")
        assert books.paper.done("r1") is None
        books.paper.set_done("r1", learner, led_to, NOW)
        book(books, later, (increased(),))
    with units.reading() as books:
        assert books.paper.done("r1") == led_to
        assert books.paper.done("r2") is None


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
        kept = replace(
            preview(learner), action=action, seen=((increased().leg.symbol, increased().price),)
        )
        token = books.paper.keep_preview(kept)
        assert books.paper.preview(token) == (kept, "")


# --- notices


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


def test_only_those_who_are_known_on_a_platform_are_due_there(units: Units) -> None:
    with units.writing() as books:
        learner, _, (event,) = posted(books)
        assert books.paper.due(NOW, 9, "discord") == ()
        assert [due.notice.event for due in books.paper.due(NOW, 9, "telegram")] == [event]
        books.paper.rename(Identity("discord", "9"), learner)
        assert [due.notice.event for due in books.paper.due(NOW, 9, "discord")] == [event]


def test_what_was_told_can_be_read_again_by_its_owner(units: Units) -> None:
    with units.writing() as books:
        learner, _, (event,) = posted(books)
        (due,) = books.paper.due(NOW, 1)
        books.paper.delivered(due.id, NOW)
    with units.reading() as books:
        assert books.paper.told(learner, event) == due.notice
        assert books.paper.told(learner + 1, event) is None
        assert books.paper.told(learner, event + 1) is None


# --- links


def test_a_link_waits_under_eight_letters_and_goes_step_by_step(units: Units) -> None:
    asked = Link(MIRA, "mira", NOW + SECOND)
    typed = replace(asked, second=TOBI, second_name="tobi", keeps=TOBI)
    with units.writing() as books:
        code = books.paper.keep_link(asked)
        assert books.paper.link(code) == asked
        books.paper.change_link(code, typed)
    with units.writing() as books:
        assert books.paper.link(code) == typed
        books.paper.change_link(code, None)
        assert books.paper.link(code) is None
    assert len(code) == 8
    assert code.isalpha()


def test_a_new_code_takes_the_place_of_an_earlier_one_and_old_ones_are_cleared_away(
    units: Units,
) -> None:
    with units.writing() as books:
        first = books.paper.keep_link(Link(MIRA, "mira", NOW))
        second = books.paper.keep_link(Link(MIRA, "mira", NOW + SECOND))
        other = books.paper.keep_link(Link(TOBI, "tobi", NOW))
        assert books.paper.link(first) is None
        assert books.paper.drop_links(NOW) == 1
        assert books.paper.link(other) is None
        assert books.paper.link(second) is not None


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
