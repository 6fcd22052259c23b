"""What the walls taught: one sentence a round, and the whole match counted."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.chat.games.walls import match_lesson, round_lesson
from bot.chat.i18n import english
from bot.chat.render import Writer
from bot.chat.reply import Reply, Words
from core.lessons.game.bout import Bout, Terms
from core.lessons.game.session import Session
from core.lessons.game.trading import Noted
from core.lessons.game.wall_lesson import WallLesson
from core.margin.pool import Side
from core.market import Symbol
from core.money import Amount, Rate

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
START = Amount(Decimal(5000))
TERMS = Terms(
    side=Side.LONG, leverage=Rate(Decimal(20)), margin=Amount(Decimal(1000)), wallet=START
)


def noted(equity: int, falls: int = 0) -> Noted:
    worth = Amount(Decimal(equity))
    return Noted(start=START, equity=worth, peak=START, low=worth, liquidations=falls)


def bout(isolated: Noted, cross: Noted, *, forfeit: bool = False) -> Bout:
    session = Session(began=NOON, ends=NOON, notes={1: isolated, 2: cross})
    return Bout(
        symbol=Symbol("BTCUSDT"),
        terms=TERMS,
        isolated=frozenset({1}),
        session=session,
        over=True,
        forfeit=forfeit,
    )


def said(words: Words | None) -> str:
    assert words is not None
    return Writer.of(Reply(()), "en").words(words)


@pytest.mark.parametrize(
    ("isolated", "cross", "begins"),
    [
        (noted(4000, 1), noted(0, 1), "Both walls fell."),
        (noted(4500), noted(0, 1), "Only the cross wall fell"),
        (noted(4000, 1), noted(3000), "The isolated wall fell and stopped the loss."),
        (noted(4000, 1), noted(6000), "The isolated wall fell. Cross lived through"),
        (noted(4500), noted(4500), "No wall fell"),
    ],
)
def test_each_way_a_round_can_end_teaches_something_else(
    isolated: Noted, cross: Noted, begins: str
) -> None:
    assert said(round_lesson(bout(isolated, cross), english)).startswith(begins)


def test_a_round_that_was_given_up_teaches_nothing() -> None:
    assert round_lesson(bout(noted(5000), noted(5000), forfeit=True), english) is None
    empty = Bout(symbol=Symbol("BTCUSDT"), terms=TERMS, isolated=frozenset({1}), over=True)
    assert round_lesson(empty, english) is None


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (WallLesson(), "No wall fell in this match. The mode decides where a loss stops"),
        (WallLesson(isolated=2, cross=1), "Walls that fell: 2 isolated, 1 cross."),
        (
            WallLesson(isolated=2, spared=2, costlier=1),
            "Walls that fell: 2 isolated, 0 cross. 2 of the isolated would have lived on",
        ),
    ],
)
def test_a_match_is_counted(found: WallLesson, text: str) -> None:
    assert said(match_lesson(found, english)).startswith(text)


def test_of_a_match_is_told_where_cross_cost_more() -> None:
    lesson = said(match_lesson(WallLesson(isolated=2, spared=2, costlier=1), english))
    assert lesson.endswith("in cross. For 1 of the isolated, cross lost more.")
