"""Which item is asked next: of what the host wished for, and nothing that was asked of late.

Where a wish leaves nothing to ask, the level is let go first, then the category, then the source:
a game never ends because its host was choosy. What was asked of late is asked again only when
there is nothing else at all, and numbers do not run out.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from core.lessons.game.figures import Dice
from core.lessons.game.items import Item, of_question, of_sum
from core.lessons.game.kind import Ground
from core.lessons.game.limits import LIMITS, isolated_limit
from core.lessons.game.own import ABOUT, of_mistake
from core.lessons.game.sums import MONEY, Made, drawn_leg

ALL = "all"

SOURCES = ("faq", "numbers", "mistakes")

KINDS: Mapping[str, Made] = {**MONEY, **LIMITS}
"""All kinds of made-up questions."""

_TRIES = 100
"""Draws of made-up questions before other wishes are tried."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a host wants asked: a source, a category, a level; each may be "all"."""

    source: str = ALL
    category: str = ALL
    level: str = ALL

    def fits(self, category: str, level: str) -> bool:
        """Whether something of a category and a level is wanted."""
        return self.category in {ALL, category} and self.level in {ALL, level}

    def loosened(self, dice: Dice) -> Iterator["Wish"]:
        """Yield what is looked for in turn: this wish itself, then less and less of it."""
        own = SOURCES if self.source == ALL else (self.source,)
        others = tuple(source for source in SOURCES if source not in own)
        for sources in (dice.order(own, "sources"), dice.order(others, "others")):
            for category, level in ((self.category, self.level), (self.category, ALL), (ALL, ALL)):
                yield from (Wish(source, category, level) for source in sources)


def drawn_item(dice: Dice, ground: Ground, wish: Wish, used: Container[str]) -> Item:
    """Return an item that was not asked of late, or an old one where there is no other."""
    for loose in wish.loosened(dice):
        item = _OF[loose.source](dice, ground, loose, used)
        if item is not None:
            return item
    old = _of_numbers(dice, ground, Wish(), frozenset())
    assert old is not None, "most kinds need nothing of any venue"
    return old


def sudden_item(dice: Dice, ground: Ground) -> Item:
    """Return the item that decides between equals: a liquidation price, to be told as a number.

    Raises `ValueError` where nothing can be asked.
    """
    for attempt in range(_TRIES):
        again = Dice(dice.seed, (*dice.place, "sudden", attempt))
        leg = drawn_leg(again, ground)
        asked = None if leg is None else LIMITS["liq_price"].draw(again, ground)
        if leg is not None and asked is not None:
            return Item(
                id=f"sudden:{asked.id}",
                kind="sudden",
                category="liquidation",
                level="hard",
                unit=asked.unit,
                names=asked.names,
                numbers=asked.numbers,
                truth=isolated_limit(leg, ground),
            )
    raise ValueError(f"nothing to ask about {ground.listing.venue.name}")


def _of_faq(dice: Dice, ground: Ground, wish: Wish, used: Container[str]) -> Item | None:
    fitting = [
        question
        for question in ground.questions
        if wish.fits(question.category, question.level) and question.id not in used
    ]
    return of_question(dice.one(fitting, "question"), dice) if fitting else None


def _of_numbers(dice: Dice, ground: Ground, wish: Wish, used: Container[str]) -> Item | None:
    kinds = [kind for kind, made in KINDS.items() if wish.fits(made.category, made.level)]
    for attempt in range(_TRIES if kinds else 0):
        again = Dice(dice.seed, (*dice.place, attempt))
        made = KINDS[again.one(kinds, "kind")]
        asked = made.draw(again, ground)
        item = None if asked is None else of_sum(asked, made.category, made.level, again)
        if item is not None and item.id not in used:
            return item
    return None


def _of_mistakes(dice: Dice, ground: Ground, wish: Wish, used: Container[str]) -> Item | None:
    kinds = [kind for kind, about in ABOUT.items() if wish.fits(*about)]
    for mistake in dice.order(ground.mistakes, "mistakes"):
        for kind in dice.order(kinds, "kinds"):
            item = of_mistake(kind, mistake, ground, dice)
            if item is not None and item.id not in used:
                return item
    return None


_OF = {"faq": _of_faq, "numbers": _of_numbers, "mistakes": _of_mistakes}
"""What draws from each source."""
