"""Items of every kind that a quiz asks, on every venue: what words are tried on."""

from collections.abc import Iterator
from functools import cache

from bot.adapters.content.instrument_files import load_listings
from bot.adapters.content.quiz_files import QuizFiles
from core.lessons.game.drawing import KINDS, sudden_item
from core.lessons.game.figures import Dice
from core.lessons.game.items import Item, of_question, of_sum
from core.lessons.game.own import ABOUT, of_mistake
from tests.core.lessons.game.test_own import CROSS, ISOLATED
from tests.fakes.asking import ground

VENUES = load_listings()

SEEDS = 25
"""Items of each kind and venue."""


@cache
def items(kind: str) -> tuple[Item, ...]:
    """Return items of a kind."""
    return tuple(_drawn(kind))


def kinds() -> tuple[str, ...]:
    """Return every kind that is made up, and the question that decides at last."""
    return (*KINDS, *ABOUT, "sudden")


def _drawn(kind: str) -> Iterator[Item]:
    for listing in VENUES.values():
        for seed in range(SEEDS):
            item = _item(kind, Dice(f"{seed:x}", ("t",)), listing)
            if item is not None:
                yield item


def _item(kind: str, dice: Dice, listing: object) -> Item | None:
    place = ground(listing)  # type: ignore[arg-type]  # one listing or its name
    if kind == "sudden":
        return sudden_item(dice, place)
    if kind in ABOUT:
        return of_mistake(kind, dice.one((ISOLATED, CROSS), "whose"), ground(), dice)
    made = KINDS[kind]
    asked = made.draw(dice, place)
    return None if asked is None else of_sum(asked, made.category, made.level, dice)


def slips(kind: str) -> frozenset[str]:
    """Return every mistake that leads to a wrong choice of a kind."""
    found = {c.slip for item in items(kind) for c in item.choices}
    if kind in KINDS:
        for listing in VENUES.values():
            for seed in range(SEEDS):
                asked = KINDS[kind].draw(Dice(f"{seed:x}", ("t",)), ground(listing))
                found |= set() if asked is None else {slip for slip, _ in asked.slips}
    return frozenset(found - {""})


def shipped() -> tuple[Item, ...]:
    """Return the items of all questions of the content."""
    dice = Dice("1", ())
    return tuple(of_question(question, dice) for question in QuizFiles().questions("en"))
