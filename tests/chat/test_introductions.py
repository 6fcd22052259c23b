"""Words of the field are explained once, beside figures, and never to the wrong reader."""

from bot.chat.figures import Money
from bot.chat.i18n import english
from bot.chat.introductions import TERMS, introduced
from bot.chat.reply import Facts, Notes, Points, Reply, Text, Title, Tone, Words
from bot.chat.request import Role
from core.money import D
from tests.walk.house import Home, shown

CARD = Reply(
    (
        Title(Words("LONG")),
        Facts((("Margin", Money(D(10), "USDT")),)),
        Text(Words("At that price it is liquidated.")),
        Notes((Words("assumed"),)),
    )
)
NOBODY = frozenset[str]()


def lines(reply: Reply) -> list[str]:
    return [
        words.text for block in reply.blocks if isinstance(block, Points) for words in block.items
    ]


def test_each_word_that_stands_beside_figures_is_explained_before_the_small_print() -> None:
    told = introduced(CARD, NOBODY, english, aloud=True)
    assert [line.partition(":")[0] for line in lines(told)] == ["Margin", "Liquidated"]
    assert told.introduces == {"margin", "liquidated"}
    assert told.blocks[-1] == CARD.blocks[-1]


def test_before_others_the_explanation_joins_the_small_print() -> None:
    told = introduced(CARD, NOBODY, english, aloud=False)
    last = told.blocks[-1]
    assert isinstance(last, Notes)
    assert len(last.items) == 3
    assert lines(told) == []


def test_without_small_print_it_becomes_some() -> None:
    bare = Reply(CARD.blocks[:2])
    assert isinstance(introduced(bare, NOBODY, english, aloud=False).blocks[-1], Notes)
    assert isinstance(introduced(bare, NOBODY, english, aloud=True).blocks[-1], Points)


def test_a_word_is_explained_once() -> None:
    told = introduced(CARD, frozenset({"liquidated"}), english, aloud=True)
    assert told.introduces == {"margin"}
    assert introduced(CARD, frozenset({"margin", "liquidated"}), english, aloud=True) is CARD
    assert introduced(CARD, TERMS, english, aloud=True) is CARD


def test_texts_without_figures_and_bad_news_explain_nothing() -> None:
    words = Reply((Text(Words("Margin is what you can lose.")),))
    assert introduced(words, NOBODY, english, aloud=True) is words
    trouble = Reply(CARD.blocks, tone=Tone.TROUBLE)
    assert introduced(trouble, NOBODY, english, aloud=True) is trouble


def test_a_newcomers_first_comparison_explains_what_its_table_speaks_of() -> None:
    told = Home().say("/compare 10x long btc", newcomer=True)
    assert told.introduces == TERMS
    assert "Leverage: how many times its margin a position is worth." in shown(told)


def test_a_masked_writer_is_nobody_who_could_remember() -> None:
    told = Home().say("/compare 10x long btc", newcomer=True, group=True, role=Role.MASKED)
    assert not told.introduces
