"""Quizzes as Telegram has them: in the right place, anonymous, within all limits, or as a card."""

from dataclasses import replace

import pytest

from bot.adapters.telegram.polls import Native, native
from bot.chat.figures import Count, Label
from bot.chat.render import Writer
from bot.chat.reply import Choice, Poll, Reply, Text, Words
from bot.chat.request import Role
from core.money import D
from tests.adapters.telegram.stage import Stage, card, playing
from tests.fakes.botapi import Fault
from tests.fakes.botapi.world import GROUP, Json
from tests.fakes.desk import ScriptedDesk

MIRA, TOBI = 111, 222
ROCKET = "\U0001f680"
WHY = Choice("Explanation", "/why", kept=True, aside=True)
POLL = Poll(
    question=Words("Which margin opens <this> & that?"),
    given=(("position", Count(D(10_000))), ("leverage", Label("5x"))),
    choices=tuple(Label(f"{n} USDT") for n in ("2000", "<500>", "50000", "8000")),
    right=0,
    why=Words(
        "Margin is the position over its leverage: {worth} / 5.", {"worth": Count(D(10_000))}
    ),
    source=Words("More: {line}", {"line": Label("/faq leverage")}),
    whole=WHY,
)
LETTERS = tuple(Choice(letter, f"/say {letter}", kept=True, aside=True) for letter in "ABCD")
ASKED = Reply((POLL,), (LETTERS,))


def said(poll: Poll = POLL) -> Native | None:
    reply = Reply((poll,), (LETTERS,))
    return native(reply.blocks, Writer.of(reply, "en"))


def fits(poll: Poll) -> Native:
    found = said(poll)
    assert found is not None
    return found


def desk(reply: Reply = ASKED) -> ScriptedDesk:
    return ScriptedDesk({"/poll": reply})


async def polled(stage: Stage, chat: Json | None = None, **more: int) -> Json:
    """Let Mira ask in a chat; return the poll that stands there."""
    mira = stage.world.person(MIRA)
    stage.world.say(mira, "/poll", chat, **more)
    posted = (await stage.answered())[-1]
    assert posted.poll is not None, posted.text
    return posted.poll


# --- what is sent ---------------------------------------------------------------------------------


async def test_it_is_an_anonymous_quiz_with_its_explanation_and_source() -> None:
    async with playing(desk()) as stage:
        poll = await polled(stage, stage.world.group())
        assert poll["question"] == (
            "Which margin opens <this> & that? · position 10,000 · leverage 5x"
        )
        assert [option["text"] for option in poll["options"]] == [
            "2000 USDT",
            "<500> USDT",
            "50000 USDT",
            "8000 USDT",
        ]
        assert (poll["type"], poll["is_anonymous"]) == ("quiz", True)
        assert poll["correct_option_ids"] == [0]
        assert poll["explanation"] == (
            "Margin is the position over its leverage: 10,000 / 5.\nMore: /faq leverage"
        )
        (posted,) = stage.world.from_bot(GROUP)
        assert posted.rows == []


async def test_it_stands_in_its_topic_under_what_asked_for_it() -> None:
    async with playing(desk()) as stage:
        forum = stage.world.group(topics=(7,))
        await polled(stage, forum, topic=7)
        (posted,) = stage.world.from_bot(GROUP)
        asked = next(p for p in stage.world.messages.values() if p.text == "/poll")
        assert (posted.thread, posted.reply_to) == (7, asked.id)


async def test_who_votes_is_never_asked_for() -> None:
    async with playing(desk()) as stage:
        await polled(stage)
        wanted = stage.api.called("getUpdates")[-1]["allowed_updates"]
        assert "poll" not in wanted


async def test_too_many_requests_are_waited_for() -> None:
    async with playing(desk(), faults={"sendPoll": Fault(retry_after=1)}) as stage:
        await polled(stage)
        assert len(stage.api.called("sendPoll")) == 2


async def test_an_update_that_comes_twice_is_one_poll() -> None:
    async with playing(desk()) as stage:
        mira = stage.world.person(MIRA)
        stage.world.say(mira, "/poll")
        stage.world.again(stage.world.pending[-1])
        await stage.answered()
        await stage.quiet(mira)
        assert len(stage.api.called("sendPoll")) == 1


async def test_a_chat_that_moved_is_followed() -> None:
    async with playing(desk()) as stage:
        old, new = stage.world.group(-55, kind="group"), stage.world.group()
        stage.world.say(stage.world.person(MIRA), "/poll", old)
        stage.world.moved[-55] = new["id"]
        (posted,) = await stage.answered(1, new["id"])
        assert posted.poll is not None
        assert stage.desk.moved == [("telegram", "-55", str(GROUP))]


async def test_a_chat_that_takes_no_polls_gets_a_card_whose_letters_everybody_may_press() -> None:
    async with playing(desk()) as stage:
        group = stage.world.group()
        stage.world.without_polls.add(GROUP)
        stage.world.say(stage.world.person(MIRA), "/poll", group)
        (posted,) = await stage.answered()
        assert posted.text.splitlines()[0] == "Which margin opens <this> & that?"
        assert posted.labels == list("ABCD")
        await stage.pressed(stage.world.person(TOBI), posted, "B", None)
        asked = stage.desk.last
        assert (asked.text, asked.who.id, asked.kept) == ("/say B", str(TOBI), True)
        assert (asked.aside, asked.role) == (True, Role.MEMBER)


async def test_an_edited_request_is_another_poll_in_place_of_the_first() -> None:
    async with playing(desk()) as stage:
        stage.desk.answers["/words"] = card("WORDS")
        mira = stage.world.person(MIRA)
        question = stage.world.say(mira, "/poll")
        (first,) = await stage.answered()
        stage.world.edit(question, "/poll")
        second = (await stage.answered(2))[-1]
        await stage.idle()
        assert (first.deleted, second.deleted) == (True, False)
        stage.world.edit(question, "/words")
        third = (await stage.answered(3))[-1]
        await stage.idle()
        assert (second.deleted, third.text.splitlines()[0]) == (True, "WORDS")


async def test_a_cut_explanation_is_told_whole_behind_a_button_to_anybody() -> None:
    long = replace(POLL, why=Words("word " * 60))
    async with playing(desk(Reply((long,), (LETTERS,)))) as stage:
        stage.world.say(stage.world.person(MIRA), "/poll", stage.world.group())
        (posted,) = await stage.answered()
        assert posted.poll is not None
        assert posted.poll["explanation"].endswith("word…\nMore: /faq leverage")
        assert posted.labels == ["Explanation"]
        await stage.pressed(stage.world.person(TOBI), posted, "Explanation", None)
        assert (stage.desk.last.text, stage.desk.last.aside) == ("/why", True)


# --- what fits ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "fit"),
    [
        ("x" * 300, True),
        ("x" * 301, False),
        (ROCKET * 150, True),
        (ROCKET * 150 + "x", False),
        ("Ж" * 300, True),
        ("\u200b\u202e ", False),
    ],
)
def test_a_question_is_whole_or_a_card(question: str, fit: bool) -> None:
    found = said(replace(POLL, question=Words(question), given=()))
    assert (found is not None) is fit


@pytest.mark.parametrize(
    ("option", "fit"),
    [
        ("x" * 100, True),
        ("x" * 101, False),
        (ROCKET * 50, True),
        (ROCKET * 51, False),
        ("\u200b", False),
    ],
)
def test_an_option_is_whole_or_it_is_a_card(option: str, fit: bool) -> None:
    assert (said(replace(POLL, choices=(*POLL.choices[:3], Label(option)))) is not None) is fit


@pytest.mark.parametrize("word", ["word ", ROCKET + " ", "x" * 300, ROCKET * 300])
def test_an_explanation_is_cut_at_a_word_and_its_source_stays(word: str) -> None:
    found = fits(replace(POLL, why=Words(word * 200)))
    why, source = found.explanation.split("\n")
    assert source == "More: /faq leverage"
    assert why.endswith("…")
    assert len(found.explanation.encode("utf-16-le")) // 2 <= 200
    assert found.more == ((WHY,),)


def test_one_that_just_fits_is_whole() -> None:
    source = "\nMore: /faq leverage"
    found = fits(replace(POLL, why=Words("x" * (200 - len(source)))))
    assert (found.more, len(found.explanation)) == ((), 200)
    assert len(fits(replace(POLL, why=Words("x" * 200), source=None)).explanation) == 200


def test_no_line_of_it_breaks_where_telegram_counts_breaks() -> None:
    found = fits(replace(POLL, why=Words("a\nb\r\n\nc\td")))
    assert found.explanation == "a b c d\nMore: /faq leverage"


def test_what_is_more_or_less_than_a_poll_is_no_quiz() -> None:
    reply = Reply((POLL, Text(Words("more"))))
    assert native(reply.blocks, Writer.of(reply, "en")) is None
    assert native((), Writer.of(reply, "en")) is None
