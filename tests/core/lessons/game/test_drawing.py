"""Which item is asked next: as the host wished, not what was asked of late, and never nothing."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.content.instrument_files import load_listings
from bot.adapters.content.quiz_files import QuizFiles
from core.lessons.game.drawing import ALL, KINDS, SOURCES, Wish, drawn_item, sudden_item
from core.lessons.game.figures import Dice
from core.lessons.game.items import Item
from core.lessons.game.kind import Ground
from core.lessons.game.question import CATEGORIES, LEVELS
from core.lessons.game.sums import Made
from tests.builders import BTCUSDT, amount, exact, listing
from tests.core.lessons.game.test_own import CROSS, ISOLATED
from tests.fakes.asking import ground

__all__ = ["exact"]

VENUES = load_listings()
FULL = replace(
    ground(VENUES["binance"]), questions=QuizFiles().questions("en"), mistakes=(ISOLATED, CROSS)
)


def source(item: Item) -> str:
    return {"faq": "faq", "own_loss": "mistakes", "own_limit": "mistakes"}.get(item.kind, "numbers")


def drawn(number: int, wish: Wish, place: Ground = FULL, used: tuple[str, ...] = ()) -> Item:
    return drawn_item(Dice("5eed", (number,)), place, wish, used)


@pytest.mark.parametrize("wanted", SOURCES)
def test_a_source_is_kept_to(wanted: str) -> None:
    assert {source(drawn(n, Wish(wanted))) for n in range(20)} == {wanted}


def test_without_a_wish_all_sources_come() -> None:
    found = [source(drawn(n, Wish())) for n in range(60)]
    assert all(found.count(each) > 8 for each in SOURCES)


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize("level", LEVELS)
def test_category_and_level_are_kept_to(category: str, level: str) -> None:
    items = [drawn(n, Wish(category=category, level=level)) for n in range(6)]
    assert {(item.category, item.level) for item in items} == {(category, level)}


@pytest.mark.parametrize(
    ("wish", "category", "wanted"),
    [
        # numbers know nothing of switching: what is let go is the category, not the source
        (Wish("numbers", "switching", "easy"), None, "numbers"),
        # no fee is hard to reckon: any level will do
        (Wish("numbers", "fees", "hard"), "fees", "numbers"),
        (Wish("mistakes", "fees"), None, "mistakes"),
    ],
)
def test_the_level_is_let_go_first_then_the_category(
    wish: Wish, category: str | None, wanted: str
) -> None:
    item = drawn(1, wish)
    assert source(item) == wanted
    assert category in {None, item.category}


def test_where_a_source_is_empty_another_one_serves() -> None:
    assert source(drawn(1, Wish("mistakes"), replace(FULL, mistakes=()))) != "mistakes"
    assert source(drawn(1, Wish("faq"), ground())) == "numbers"


def test_nothing_is_asked_twice_as_long_as_there_is_anything_else() -> None:
    used: list[str] = []
    for number in range(120):
        item = drawn(number, Wish("faq"), used=tuple(used))
        assert item.id not in used
        used.append(item.id)
    kinds = [KINDS.get(each.split(":")[0]) for each in used]
    assert sum(kind is None for kind in kinds) == len(FULL.questions) + 3  # three of mistakes


def test_mistakes_are_asked_once_each() -> None:
    used: list[str] = []
    for number in range(3):
        used.append(drawn(number, Wish("mistakes"), used=tuple(used)).id)
    assert len(set(used)) == 3
    assert source(drawn(4, Wish("mistakes"), used=tuple(used))) != "mistakes"


@settings(max_examples=60)
@given(
    st.sampled_from([ALL, *SOURCES]),
    st.sampled_from([ALL, *CATEGORIES]),
    st.sampled_from([ALL, *LEVELS]),
    st.sampled_from(sorted(VENUES)),
    st.integers(1, 999),
)
def test_there_is_always_something_to_ask(
    from_: str, category: str, level: str, venue: str, number: int
) -> None:
    place = ground(VENUES[venue])
    item = drawn(number, Wish(from_, category, level), place)
    assert len({(c.number, c.code, c.text) for c in item.choices}) == 4
    assert item.id == drawn(number, Wish(from_, category, level), place).id


class Everything:
    """As if everything had been asked of late."""

    def __contains__(self, item: object) -> bool:
        return True


def test_an_old_question_is_asked_again_when_there_is_no_other() -> None:
    item = drawn_item(Dice("5eed", (1,)), FULL, Wish("faq"), Everything())
    assert source(item) == "numbers"


def test_a_kind_is_made_of_a_category_a_level_and_a_draw() -> None:
    assert all(isinstance(made, Made) for made in KINDS.values())
    assert {made.category for made in KINDS.values()} <= set(CATEGORIES)
    assert {made.level for made in KINDS.values()} == set(LEVELS)


def test_the_last_question_of_all_wants_a_number() -> None:
    item = sudden_item(Dice("5eed", (1,)), FULL)
    assert (item.kind, item.choices, item.unit) == ("sudden", (), "price")
    assert item.truth is not None
    assert item.id.startswith("sudden:liq_price:")
    way = item.truth - item.numbers["entry"]
    assert (way < 0) is (item.names["side"] == "long")


def test_where_no_trade_is_possible_no_number_can_decide() -> None:
    huge = ground(listing(replace(BTCUSDT, min_notional=amount(10**9))))
    with pytest.raises(ValueError, match="nothing to ask about Binance"):
        sudden_item(Dice("5eed", (1,)), huge)
