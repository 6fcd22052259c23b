"""What `core.ports.Units` and `Books` promise, wherever things are kept."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from threading import Barrier

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.ports import Books, ChatRules, Preferences, Units
from tests.contracts.conftest import Doors

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
MONTH = timedelta(days=30)
SECOND = timedelta(seconds=1)

OWN = Preferences(
    leverage=Decimal("12.5"),
    margin=Decimal("0.00000001"),
    wallet=Decimal(10000),
    fee=Decimal("0.000275"),
    venue="okx",
    zone="Europe/Berlin",
    confirm=False,
)
STRICT = ChatRules(
    enabled=False,
    topics=frozenset({"7", "general"}),
    quiet=True,
    cooldown=0,
    per_minute=3,
    delete_after=90,
)
STRANGE = "/faq \N{RIGHT-TO-LEFT OVERRIDE}%s ? :x 'quoted' \"twice\" \N{CHART WITH UPWARDS TREND}\n"

Text = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)


def settled(places: int) -> st.SearchStrategy[Decimal | None]:
    """Amounts that a ledger of `places` can hold."""
    wholes = st.integers(-(10**18), 10**18)
    return st.none() | wholes.map(lambda whole: Decimal(whole).scaleb(-places))


def both(one: Callable[[], object], other: Callable[[], object]) -> list[object]:
    """Run two things as nearly at once as two threads can."""
    start = Barrier(2)

    def run(thing: Callable[[], object]) -> object:
        start.wait(10)
        return thing()

    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(run, [one, other]))


# --- people and chats


def test_a_stranger_has_the_defaults(units: Units) -> None:
    with units.reading() as books:
        assert books.preferences("telegram", "1") == Preferences()
        assert books.chat_rules("telegram", "1") == ChatRules()


def test_what_a_person_set_is_there_for_everybody_who_asks_later(doors: Doors) -> None:
    with doors().writing() as books:
        books.set_preferences("telegram", "1", OWN)
        assert books.preferences("telegram", "1") == OWN
    with doors().reading() as books:
        assert books.preferences("telegram", "1") == OWN
        assert str(books.preferences("telegram", "1").wallet) == "10000"


def test_a_later_setting_takes_the_place_of_the_first(units: Units) -> None:
    with units.writing() as books:
        books.set_preferences("telegram", "1", OWN)
    with units.writing() as books:
        books.set_preferences("telegram", "1", replace(OWN, leverage=None, venue="bybit"))
    with units.reading() as books:
        assert books.preferences("telegram", "1") == replace(OWN, leverage=None, venue="bybit")


def test_the_same_id_on_another_platform_is_another_person(units: Units) -> None:
    with units.writing() as books:
        books.set_preferences("telegram", "1", OWN)
        books.set_chat_rules("telegram", "1", STRICT)
    with units.reading() as books:
        assert books.preferences("discord", "1") == Preferences()
        assert books.chat_rules("discord", "1") == ChatRules()
        assert books.chat_rules("telegram", "1") == STRICT


def test_who_is_forgotten_is_a_stranger_and_nobody_else_is(units: Units) -> None:
    with units.writing() as books:
        books.set_preferences("telegram", "1", OWN)
        books.set_preferences("telegram", "2", OWN)
        books.forget("telegram", "1")
        books.forget("telegram", "1")
        books.forget("telegram", "never seen")
    with units.reading() as books:
        assert books.preferences("telegram", "1") == Preferences()
        assert books.preferences("telegram", "2") == OWN


def test_words_a_person_has_met_are_kept_until_the_person_is_forgotten(units: Units) -> None:
    words = frozenset({"margin", "liquidated"})
    with units.reading() as books:
        assert books.met("telegram", "1") == frozenset()
    with units.writing() as books:
        books.set_met("telegram", "1", frozenset({"margin"}))
        books.set_met("telegram", "1", words)
    with units.reading() as books:
        assert books.met("telegram", "1") == words
        assert books.met("discord", "1") == frozenset()
    with units.writing() as books:
        books.forget("telegram", "1")
        assert books.met("telegram", "1") == frozenset()


@pytest.mark.parametrize(
    "value",
    [
        Preferences(leverage=Decimal("1e-9")),
        Preferences(wallet=Decimal("1e11")),
        Preferences(wallet=Decimal("1e999999")),
        Preferences(margin=Decimal("NaN")),
        Preferences(margin=Decimal("Infinity")),
        Preferences(fee=Decimal("1e-13")),
    ],
    ids=["nine places", "beyond 64 bits", "absurd", "no number", "no end", "thirteen places"],
)
def test_a_number_that_cannot_be_kept_whole_is_refused(units: Units, value: Preferences) -> None:
    with pytest.raises(ValueError, match=r"."), units.writing() as books:  # noqa: PT012 - one unit
        books.set_preferences("telegram", "1", OWN)
        books.set_preferences("telegram", "1", value)
    with units.reading() as books:
        assert books.preferences("telegram", "1") == Preferences()


# The place is emptied by overwriting: each example replaces the row of the one before.
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    preferences=st.builds(
        Preferences,
        leverage=settled(8),
        margin=settled(8),
        wallet=settled(8),
        fee=settled(12),
        venue=st.none() | Text,
        zone=st.none() | Text,
        confirm=st.booleans(),
    ),
    rules=st.builds(
        ChatRules,
        topics=st.frozensets(Text, max_size=4),
        cooldown=st.integers(0, 86400),
        quiet=st.booleans(),
    ),
    name=Text,
)
@example(preferences=OWN, rules=STRICT, name="'; DROP TABLE person; --")
def test_whatever_fits_comes_back_as_it_was(
    units: Units, preferences: Preferences, rules: ChatRules, name: str
) -> None:
    with units.writing() as books:
        books.set_preferences("telegram", name, preferences)
        books.set_chat_rules("telegram", name, rules)
    with units.reading() as books:
        assert books.preferences("telegram", name) == preferences
        assert books.chat_rules("telegram", name) == rules


def test_a_chat_takes_its_rules_along_however_often_it_is_told(units: Units) -> None:
    with units.writing() as books:
        books.set_chat_rules("telegram", "-1", STRICT)
    for _ in range(2):
        with units.writing() as books:
            books.move_chat("telegram", "-1", "-100")
    with units.reading() as books:
        assert books.chat_rules("telegram", "-100") == STRICT
        assert books.chat_rules("telegram", "-1") == ChatRules()


def test_rules_that_a_host_set_in_the_new_chat_already_stay(units: Units) -> None:
    with units.writing() as books:
        books.set_chat_rules("telegram", "-1", STRICT)
        books.set_chat_rules("telegram", "-100", ChatRules(cooldown=5))
        books.move_chat("telegram", "-1", "-100")
        assert books.chat_rules("telegram", "-100") == ChatRules(cooldown=5)
        assert books.chat_rules("telegram", "-1") == ChatRules()


def test_a_chat_that_moves_to_where_it_is_keeps_its_rules(units: Units) -> None:
    with units.writing() as books:
        books.set_chat_rules("telegram", "-1", STRICT)
        books.move_chat("telegram", "-1", "-1")
        assert books.chat_rules("telegram", "-1") == STRICT


# --- kept commands


@pytest.mark.parametrize("say", ["/compare 10x long BTC", STRANGE, "/faq " + "x" * 100_000])
def test_a_kept_command_is_found_under_eight_plain_characters(units: Units, say: str) -> None:
    with units.writing() as books:
        token = books.keep_choice(say, NOW + MONTH)
    assert re.fullmatch(r"[A-Za-z0-9_-]{8}", token)
    with units.reading() as books:
        assert books.choice(token, NOW) == say


def test_the_same_command_has_the_same_token_and_another_has_another(doors: Doors) -> None:
    with doors().writing() as books:
        first = books.keep_choice("/liq 10x long BTC", NOW + MONTH)
        other = books.keep_choice("/liq 10x long ETH", NOW + MONTH)
    with doors().writing() as books:
        again = books.keep_choice("/liq 10x long BTC", NOW + MONTH)
    assert first == again != other


def test_a_kept_command_ends_at_its_moment(units: Units) -> None:
    berlin = timezone(timedelta(hours=1))
    with units.writing() as books:
        token = books.keep_choice("/liq", NOW.astimezone(berlin))
    with units.reading() as books:
        assert books.choice(token, NOW - timedelta(microseconds=1)) == "/liq"
        assert books.choice(token, NOW) is None


def test_a_command_kept_again_lasts_until_the_later_moment(units: Units) -> None:
    with units.writing() as books:
        token = books.keep_choice("/liq", NOW + SECOND)
        books.keep_choice("/liq", NOW + 3 * SECOND)
        books.keep_choice("/liq", NOW + 2 * SECOND)
        assert books.choice(token, NOW + 2 * SECOND) == "/liq"
        assert books.choice(token, NOW + 3 * SECOND) is None


def test_a_token_nobody_gave_out_means_nothing(units: Units) -> None:
    with units.reading() as books:
        assert books.choice("AAAAAAAA", NOW) is None
        assert books.choice("", NOW) is None
        assert books.choice("x" * 5000, NOW) is None


def test_commands_that_are_out_of_date_can_be_cleared_away(units: Units) -> None:
    with units.writing() as books:
        old = books.keep_choice("/old", NOW)
        new = books.keep_choice("/new", NOW + SECOND)
    with units.writing() as books:
        assert books.drop_choices(NOW) == 1
        assert books.drop_choices(NOW) == 0
        assert books.choice(old, NOW - MONTH) is None
        assert books.choice(new, NOW) == "/new"


# --- notes


def test_a_note_is_kept_and_can_be_changed(units: Units) -> None:
    with units.writing() as books:
        assert books.note("hash") is None
        books.set_note("hash", "1")
        books.set_note("hash", STRANGE)
    with units.reading() as books:
        assert books.note("hash") == STRANGE


def test_the_first_note_stays(units: Units) -> None:
    with units.writing() as books:
        assert books.first_note("epoch", "a") == "a"
        assert books.first_note("epoch", "b") == "a"
    with units.writing() as books:
        assert books.first_note("epoch", "c") == "a"
        assert books.note("epoch") == "a"


# --- units


def test_a_unit_that_fails_leaves_nothing(units: Units) -> None:
    with pytest.raises(ZeroDivisionError), units.writing() as books:  # noqa: PT012 - one unit
        books.set_preferences("telegram", "1", OWN)
        books.keep_choice("/liq", NOW)
        books.set_note("epoch", "1")
        raise ZeroDivisionError
    with units.reading() as books:
        assert books.preferences("telegram", "1") == Preferences()
        assert books.note("epoch") is None
    with units.writing() as books:
        assert books.drop_choices(NOW) == 0


WRITES: dict[str, Callable[[Books], object]] = {
    "set_preferences": lambda books: books.set_preferences("t", "1", OWN),
    "forget": lambda books: books.forget("t", "1"),
    "set_chat_rules": lambda books: books.set_chat_rules("t", "1", STRICT),
    "move_chat": lambda books: books.move_chat("t", "there", "2"),
    "keep_choice": lambda books: books.keep_choice("/liq", NOW),
    "drop_choices": lambda books: books.drop_choices(NOW),
    "set_note": lambda books: books.set_note("a", "b"),
    "first_note": lambda books: books.first_note("a", "b"),
}


@pytest.mark.parametrize("name", WRITES)
def test_a_reading_unit_keeps_nothing(units: Units, name: str) -> None:
    with units.writing() as books:
        books.set_chat_rules("t", "there", STRICT)
    with pytest.raises(RuntimeError), units.reading() as books:
        WRITES[name](books)


def test_a_reading_unit_sees_one_moment_while_others_write(doors: Doors) -> None:
    reader, writer = doors(), doors()
    with reader.reading() as before:
        assert before.note("price") is None
        with writer.writing() as books:
            books.set_note("price", "1")
            books.set_preferences("telegram", "1", OWN)
        assert before.note("price") is None
        assert before.preferences("telegram", "1") == Preferences()
    with reader.reading() as after:
        assert after.note("price") == "1"


def test_what_is_not_committed_is_seen_by_nobody_else(doors: Doors) -> None:
    with doors().writing() as books:
        books.set_note("price", "1")
        with doors().reading() as others:
            assert others.note("price") is None


def test_two_racing_writers_lose_no_update(doors: Doors) -> None:
    def count_up(units: Units) -> None:
        for _ in range(25):
            with units.writing() as books:
                books.set_note("count", str(int(books.note("count") or 0) + 1))

    one, other = doors(), doors()
    both(lambda: count_up(one), lambda: count_up(other))
    with one.reading() as books:
        assert books.note("count") == "50"


def test_two_who_write_the_first_note_at_once_agree(doors: Doors) -> None:
    def first(units: Units, turn: int, value: str) -> str:
        with units.writing() as books:
            return books.first_note(f"epoch {turn}", value)

    one, other = doors(), doors()
    for turn in range(20):
        a, b = both(lambda t=turn: first(one, t, "a"), lambda t=turn: first(other, t, "b"))  # type: ignore[misc]  # defaults bind the turn
        assert a == b
        with one.reading() as books:
            assert books.note(f"epoch {turn}") == a


def test_two_who_keep_one_command_at_once_get_one_token(doors: Doors) -> None:
    def keep(units: Units) -> str:
        with units.writing() as books:
            return books.keep_choice("/liq 10x long BTC", NOW + MONTH)

    one, other = doors(), doors()
    a, b = both(lambda: keep(one), lambda: keep(other))
    assert a == b
