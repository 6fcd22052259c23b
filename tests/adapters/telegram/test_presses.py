"""Presses: edits in place, strangers, double taps, slow answers, faults, and full groups."""

import asyncio

import pytest
from telegram.error import TelegramError

from bot.adapters.telegram import Rate, Rates
from bot.chat.reply import Hush, Reply, Text, Words
from bot.chat.request import Request, Role
from tests.adapters.telegram.stage import TEN, TWENTY, card, playing, with_buttons
from tests.fakes.botapi.world import ANONYMOUS, GROUP
from tests.fakes.desk import ScriptedDesk, one_line, private

MIRA, TOBI = 111, 222


async def test_a_replacing_choice_edits_its_message_and_others_answer_below() -> None:
    async with playing(with_buttons()) as stage:
        mira = stage.world.person(MIRA)
        stage.world.say(mira, "/c 10x")
        (answer,) = await stage.answered()
        assert [len(row) for row in answer.rows] == [2, 1]
        stage.world.press(mira, answer, "20x")
        await stage.api.until(lambda: answer.edits)
        assert answer.text.startswith("TWENTY")
        assert answer.labels == ["10x"]
        stage.world.press(mira, answer, "10x")
        await stage.api.until(lambda: answer.edits == 2)
        stage.world.press(mira, answer, "Why?")
        assert (await stage.answered(2))[1].text == "Because."
        asked = stage.desk.last
        assert (asked.text, asked.button, asked.who.id) == ("/faq why", True, str(MIRA))


async def test_a_press_below_several_messages_changes_them_all() -> None:
    words = tuple(Text(Words("word " * 700)) for _ in range(2))
    long = Reply(words, choices=TWENTY.choices)
    async with playing(ScriptedDesk({"/long": long, "/c 10x": TEN, "/c 20x": TWENTY})) as stage:
        mira = stage.world.person(MIRA)
        question = stage.world.say(mira, "/long")
        one, two = await stage.answered(2)
        stage.world.press(mira, two, "10x")
        await stage.api.until(lambda: two.deleted)
        assert (one.text.startswith("TEN"), one.labels[:1]) == (True, ["20x"])
        stage.world.press(mira, one, "20x")
        await stage.api.until(lambda: one.edits == 2)
        stage.world.edit(question, "/c 10x")
        await stage.api.until(lambda: one.edits == 3)
        assert one.text.startswith("TEN")


async def test_a_press_is_answered_before_the_work() -> None:
    release = asyncio.Event()

    class Slow(ScriptedDesk):
        async def answer(self, request: Request) -> Reply | Hush:
            if request.button:
                await release.wait()
            return await super().answer(request)

    async with playing(Slow({"/c 10x": TEN, "/c 20x": TWENTY})) as stage:
        mira = stage.world.person(MIRA)
        stage.world.say(mira, "/c 10x")
        (answer,) = await stage.answered()
        press = stage.world.press(mira, answer, "20x")
        await stage.api.until(lambda: press.answers)
        assert ("text" in press.answers[0], answer.edits) == (False, 0)
        release.set()
        await stage.api.until(lambda: answer.edits)


async def test_a_double_tap_is_no_fault_and_edits_once() -> None:
    async with playing(with_buttons()) as stage:
        mira = stage.world.person(MIRA)
        stage.world.say(mira, "/c 10x")
        (answer,) = await stage.answered()
        data = answer.button("20x")["callback_data"]
        for _ in range(3):
            stage.world.press(mira, answer, data=data)
        await stage.quiet(mira)
        assert (answer.edits, len(stage.world.from_bot(MIRA))) == (1, 2)


async def test_a_stranger_reads_a_toast_and_the_message_stays() -> None:
    async with playing(with_buttons()) as stage:
        mira, tobi = stage.world.person(MIRA), stage.world.person(TOBI, "Tobi")
        group = stage.world.group()
        stage.world.say(mira, "/c 10x", group)
        (answer,) = await stage.answered()
        short = stage.world.press(tobi, answer, "20x")
        first_sentence = stage.world.press(tobi, answer, "Why?")
        await stage.api.until(lambda: short.answers and first_sentence.answers)
        assert (short.answers[0]["text"], short.answers[0]["show_alert"]) == (
            "Twenty, in short.",
            "true",
        )
        assert first_sentence.answers[0]["text"] == "Because."
        assert (answer.edits, len(stage.world.from_bot())) == (0, 1)
        assert stage.desk.last.who.id == str(TOBI)


@pytest.mark.parametrize("reply", [Hush(), card("")])
async def test_a_stranger_without_an_answer_is_told_so(reply: object) -> None:
    there = with_buttons()
    there.answers["/c 20x"] = reply  # type: ignore[assignment]  # either of the two
    async with playing(there) as stage:
        mira, tobi = stage.world.person(MIRA), stage.world.person(TOBI, "Tobi")
        stage.world.say(mira, "/c 10x", stage.world.group())
        (answer,) = await stage.answered()
        press = stage.world.press(tobi, answer, "20x")
        await stage.api.until(lambda: press.answers)
        assert press.answers[0]["text"] in {"There is nothing to show.", "Some words."}


async def test_a_long_toast_is_cut_to_two_hundred_units() -> None:
    there = with_buttons()
    there.answers["/c 20x"] = one_line("😀" * 300)
    async with playing(there) as stage:
        mira, tobi = stage.world.person(MIRA), stage.world.person(TOBI, "Tobi")
        stage.world.say(mira, "/c 10x", stage.world.group())
        (answer,) = await stage.answered()
        press = stage.world.press(tobi, answer, "20x")
        await stage.api.until(lambda: press.answers)
        assert press.answers[0]["text"] == "😀" * 99 + "…"


async def test_buttons_of_a_masked_writer_are_everybodys_and_carry_the_real_person() -> None:
    async with playing(with_buttons()) as stage:
        stage.desk.roles_wanted = True
        tobi, group = stage.world.person(TOBI, "Tobi"), stage.world.group()
        stage.world.members[GROUP][TOBI] = "administrator"
        stage.world.say(ANONYMOUS, "/c 10x", group, sender_chat=group)
        (answer,) = await stage.answered()
        stage.world.press(tobi, answer, "20x")
        await stage.api.until(lambda: answer.edits)
        assert (stage.desk.last.who.id, stage.desk.last.role) == (str(TOBI), Role.HOST)


async def test_a_message_too_old_to_be_read_can_still_be_edited() -> None:
    async with playing(with_buttons()) as stage:
        mira = stage.world.person(MIRA)
        stage.world.say(mira, "/c 10x")
        (answer,) = await stage.answered()
        stage.world.press(mira, answer, "20x", inaccessible=True)
        await stage.api.until(lambda: answer.edits)


async def test_a_fault_after_a_press_was_answered_is_told_below() -> None:
    class Broken(ScriptedDesk):
        async def answer(self, request: Request) -> Reply | Hush:
            if request.button:
                raise RuntimeError("a fault")
            return await super().answer(request)

    async with playing(Broken({"/c 10x": TEN})) as stage:
        mira = stage.world.person(MIRA)
        stage.world.say(mira, "/c 10x")
        (answer,) = await stage.answered()
        stage.world.press(mira, answer, "20x")
        assert "on my side" in (await stage.answered(2))[1].text
        assert answer.edits == 0


async def test_a_press_that_telegram_fails_does_not_spin() -> None:
    class Refused(ScriptedDesk):
        async def kept(self, token: str) -> str | None:
            raise TelegramError("refused")

    async with playing(Refused({"/c 10x": TEN})) as stage:
        mira = stage.world.person(MIRA)
        stage.world.say(mira, "/c 10x")
        (answer,) = await stage.answered()
        press = stage.world.press(mira, answer, "Long")
        await stage.api.until(lambda: press.answers)
        assert "text" not in press.answers[0]
        assert len(stage.world.from_bot()) == 1


async def test_a_fault_before_a_press_was_answered_is_told_in_its_window() -> None:
    class Broken(ScriptedDesk):
        async def kept(self, token: str) -> str | None:
            raise RuntimeError("the database is away")

    async with playing(Broken({"/c 10x": TEN})) as stage:
        mira = stage.world.person(MIRA)
        stage.world.say(mira, "/c 10x")
        (answer,) = await stage.answered()
        press = stage.world.press(mira, answer, "Long")
        await stage.api.until(lambda: press.answers)
        (said,) = press.answers
        assert (said["show_alert"], "on my side" in said["text"]) == ("true", True)


async def test_own_figures_behind_a_button_in_a_group_go_to_the_person() -> None:
    there = with_buttons()
    there.answers["/c 20x"] = private(one_line("Wallet 10,000"))
    async with playing(there) as stage:
        mira, group = stage.world.person(MIRA), stage.world.group()
        stage.world.say(mira, "/start")
        stage.world.say(mira, "/c 10x", group)
        await stage.answered(2)
        (answer,) = stage.world.from_bot(GROUP)
        stage.world.press(mira, answer, "20x")
        await stage.answered(2, MIRA)
        assert stage.world.from_bot(MIRA)[-1].text == "Wallet 10,000"
        assert answer.edits == 0


async def test_in_a_full_group_presses_are_answered_and_only_the_last_edit_is_sent() -> None:
    class Clock:
        """A clock that stands; whoever waits is let go by the test."""

        def __init__(self) -> None:
            self.waiting = 0
            self.go = asyncio.Event()

        def now(self) -> float:
            return 0.0

        async def sleep(self, seconds: float) -> None:
            self.waiting += 1
            await self.go.wait()

    clock = Clock()
    rates = Rates(Rate(100, 1, 1), Rate(1, 60, 120), 100)
    async with playing(with_buttons(), clock, rates=rates) as stage:
        mira, group = stage.world.person(MIRA), stage.world.group()
        stage.world.say(mira, "/c 10x", group)
        (answer,) = await stage.answered()
        data = [button["callback_data"] for button in answer.rows[0]]
        ten = data[0].replace("20x", "10x")
        presses = [stage.world.press(mira, answer, data=each) for each in (data[0], ten, data[0])]
        await stage.api.until(lambda: all(press.answers for press in presses))
        await stage.idle(left=1)
        clock.go.set()
        await stage.api.until(lambda: answer.edits)
        await stage.idle()
        assert (answer.edits, answer.text.split("\n")[0]) == (1, "TWENTY")


async def test_a_press_of_a_bot_does_nothing() -> None:
    async with playing(with_buttons()) as stage:
        mira = stage.world.person(MIRA)
        stage.world.say(mira, "/c 10x")
        (answer,) = await stage.answered()
        robot = stage.world.person(TOBI, "Robot") | {"is_bot": True}
        await stage.pressed(robot, answer, "Why?", None)
        assert [request.text for request in stage.desk.requests] == ["/c 10x"]
