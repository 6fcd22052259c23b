"""The ranking in whole numbers, against the definition in fractions of a float."""

import math

import pytest

from bot.adapters.content.faq_ranking import load_ranking
from core.lessons.grams import letters, phrases
from core.lessons.ranking import NONE, Ranking
from tests.fakes.faq import faq_entry, ranking_of

SHIPPED = load_ranking()
CLOSE = 30
"""Thousandths that rounding may cost."""


def expected(ranking: Ranking, text: str) -> dict[str, float]:
    """tf-idf, L2 norm, times weights, plus bias: as the textbook has it."""
    fitted, typed = ranking.fitted, ranking.read(text)
    scores = [bias / 1000 for bias in fitted.bias]
    for counted in (letters(typed), phrases(typed)):
        known = {piece: n for piece, n in counted.items() if piece in fitted.pieces}
        weight = {
            piece: (1 + math.log(n)) * fitted.rarity[fitted.pieces[piece]] / 1000
            for piece, n in known.items()
        }
        length = math.sqrt(sum(value * value for value in weight.values())) or 1.0
        for piece, value in weight.items():
            row = fitted.pieces[piece]
            for place in range(len(scores)):
                said = fitted.weights[row * len(scores) + place]
                scores[place] += value / length * said * fitted.unit / 1_000_000
    return dict(zip(fitted.topics, scores, strict=True))


@pytest.mark.parametrize(
    "text", ["can i change mode with an open trade", "what is adl", "weather", "margin margin"]
)
def test_scores_are_those_of_the_definition(text: str) -> None:
    ranked = SHIPPED.rank(text)
    wanted = expected(SHIPPED, text)
    for topic, score in (*ranked.topics, (NONE, ranked.none)):
        assert abs(score - wanted[topic] * 1000) <= CLOSE


def test_topics_come_best_first_and_none_is_no_topic() -> None:
    ranked = SHIPPED.rank("what is adl")
    scores = [score for _, score in ranked.topics]
    assert scores == sorted(scores, reverse=True)
    assert NONE not in dict(ranked.topics)


def test_equal_scores_stand_in_the_order_of_their_ids() -> None:
    ranking = ranking_of([faq_entry("b", "alpha"), faq_entry("a", "alpha")])
    assert [topic for topic, _ in ranking.rank("alpha").topics] == ["a", "b"]


def test_what_has_no_known_piece_is_not_heard() -> None:
    assert not SHIPPED.rank("😀").heard
    assert SHIPPED.rank("margin").heard


def test_a_question_is_read_mended_and_in_standard_words() -> None:
    assert SHIPPED.read("liqudation of my iso postion") == (
        *("liquidation", "of", "my", "isolated", "position"),
    )
