"""The four answers of /choose: how they are read, and every sentence that they may lead to."""

from itertools import product

import pytest

from bot.chat.i18n import english
from bot.chat.numerals import Numerals
from bot.chat.render import Writer
from bot.chat.reply import Words
from bot.chat.suiting import Answers, against_words, read_answers, reason_words
from core.lessons.choosing import Experience, Reason, Situation, suited
from core.money import Amount, D

WALLET = Amount(D(10000))
EVERY = [
    Situation(hedged=hedged, positions=positions, most_lost=D(share), experience=experience)
    for hedged, positions, share, experience in product(
        (False, True), (1, 2, 5), ("0.05", "0.2", "1"), Experience
    )
    if positions > hedged
]


def said(words: Words) -> str:
    return Writer(Numerals("en")).words(words)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", ""),
        ("yes", "yes"),
        ("Y, 3", "yes 3"),
        ("no 1", "no 1"),
        ("no 5+ 20%", "no 5 20"),
        ("no 5 100", "no 5 all"),
        ("no 5 2.50", "no 5 2.5"),
        ("hedged 2 all beginner", "yes 2 all new"),
        ("no 3 20 experienced please mine", "no 3 20 pro"),
    ],
)
def test_answers_are_read_in_order(text: str, line: str) -> None:
    answers = read_answers(text)
    assert (answers.line, answers.misread) == (line, False)
    assert (answers.situation is not None) == (len(line.split()) == 4)


def test_four_answers_make_a_situation() -> None:
    assert read_answers("yes 3 20 some").situation == Situation(
        hedged=True, positions=3, most_lost=D("0.2"), experience=Experience.SOME
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("maybe", ""),
        ("<b>", ""),
        ("yes 1 20 new", "yes"),
        ("no 0", "no"),
        ("no -3", "no"),
        ("no ٣", "no"),
        ("no many", "no"),
        ("no 3 0", "no 3"),
        ("no 3 101", "no 3"),
        ("no 3 2000 new", "no 3"),
        ("no 3 20 banana", "no 3 20"),
    ],
)
def test_what_is_no_answer_is_asked_again(text: str, line: str) -> None:
    answers = read_answers(text)
    assert (answers.line, answers.misread, answers.situation) == (line, True, None)


@pytest.mark.parametrize("one", EVERY)
def test_an_answer_reads_back_as_it_is_said(one: Situation) -> None:
    share = "all" if one.most_lost == 1 else f"{one.most_lost * 100:.0f}"
    hedged = "yes" if one.hedged else "no"
    line = f"{hedged} {one.positions} {share} {one.experience.value}"
    assert read_answers(line) == Answers(line, one.hedged, one.positions, one.most_lost, one)


@pytest.mark.parametrize("one", EVERY)
def test_every_reason_has_its_sentence(one: Situation) -> None:
    advice = suited(one)
    told = [
        *(reason_words(reason, one, WALLET, english) for reason in advice.reasons),
        *against_words(advice, one, WALLET, english),
    ]
    sentences = [said(words) for words in told]
    assert len(set(sentences)) == len(advice.reasons) + len(advice.against) + 1
    assert all(sentence.endswith(".") for sentence in sentences)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("no 1 20 some", "At most 20% may be lost: assign a margin of 2,000.00 USDT, and no more."),
        (
            "no 3 20 some",
            (
                "At most 20% may be lost: 3 margins of 666.66 USDT add up to no more than "
                "2,000.00 USDT."
            ),
        ),
        ("no 1 2.5 some", "At most 2.5% may be lost: assign a margin of 250.00 USDT, and no more."),
    ],
)
def test_a_cap_is_told_in_the_persons_own_money(line: str, sentence: str) -> None:
    situation = read_answers(line).situation
    assert situation is not None
    assert said(reason_words(Reason.CAPPED, situation, WALLET, english)) == sentence


def test_a_cap_in_cross_is_kept_by_what_lies_in_the_wallet() -> None:
    situation = read_answers("yes 2 5 pro").situation
    assert situation is not None
    _, cap = against_words(suited(situation), situation, WALLET, english)
    assert "5%" in said(cap)
    assert "500.00 USDT" in said(cap)
