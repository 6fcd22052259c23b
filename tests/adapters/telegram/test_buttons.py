"""Buttons: long commands, old keyboards, forged lines, too many in a row, and 64 bytes."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.telegram import buttons
from bot.chat.reply import Choice
from tests.adapters.telegram.stage import card, playing, with_buttons
from tests.fakes.desk import ScriptedDesk

MIRA, TOBI = 111, 222


async def test_a_long_command_is_kept_and_found_again() -> None:
    async with playing(with_buttons()) as stage:
        mira = stage.world.person(MIRA)
        stage.world.say(mira, "/c 10x")
        (answer,) = await stage.answered()
        stage.world.press(mira, answer, "Long")
        await stage.api.until(lambda: answer.edits)
        assert stage.desk.last.text == "/faq " + "Ж" * 100


@pytest.mark.parametrize(
    "data", ["0=1:/c 20x", "1=1:", "junk", "1?1:/c 20x", "1=zz zz:/c", "1=33:#00000009", "💥"]
)
async def test_buttons_of_another_version_say_what_to_do(data: str) -> None:
    async with playing(with_buttons()) as stage:
        mira = stage.world.person(MIRA)
        stage.world.say(mira, "/c 10x")
        (answer,) = await stage.answered()
        press = stage.world.press(mira, answer, data=data)
        await stage.api.until(lambda: press.answers)
        assert press.answers[0]["text"] == (
            "This button is from an older version. Please type the command."
        )
        await stage.idle()
        assert len(stage.desk.requests) == 1


async def test_a_button_without_its_message_is_an_old_one() -> None:
    async with playing(with_buttons()) as stage:
        mira = stage.world.person(MIRA)
        stage.world.say(mira, "/c 10x")
        (answer,) = await stage.answered()
        press = stage.world.press(mira, answer, "20x")
        stage.world.pending[-1]["callback_query"].pop("message")
        await stage.api.until(lambda: press.answers)
        assert "older version" in press.answers[0]["text"]


async def test_only_what_we_kept_ourselves_counts_as_kept_and_only_for_its_owner() -> None:
    there = ScriptedDesk({"/go": card("GO", (Choice("Set", "/set fee 1", kept=True),))})
    async with playing(there) as stage:
        mira, tobi = stage.world.person(MIRA), stage.world.person(TOBI, "Tobi")
        stage.world.say(mira, "/go", stage.world.group())
        (answer,) = await stage.answered()
        assert "/set" not in answer.button("Set")["callback_data"]
        forged = answer.button("Set")["callback_data"].split(":")[0] + ":/set fee 1"
        seen = []
        for user, data in [(mira, None), (tobi, None), (mira, forged)]:
            await stage.pressed(user, answer, "Set", data)
            seen.append((stage.desk.last.who.id, stage.desk.last.text, stage.desk.last.kept))
        assert seen == [
            (str(MIRA), "/set fee 1", True),
            (str(TOBI), "/set fee 1", False),
            (str(MIRA), "/set fee 1", False),
        ]


@given(st.text(min_size=1), st.integers(0, 2**52), st.booleans(), st.text())
def test_any_command_fits_and_comes_back_as_it_was(
    say: str, owner: int, replace: bool, label: str
) -> None:
    async def there_and_back() -> None:
        kept = ScriptedDesk()
        made = await buttons.keyboard([(Choice(label, say, replace),)], owner, kept)
        assert made is not None
        data = made.inline_keyboard[0][0].callback_data
        assert isinstance(data, str)
        assert 1 <= len(data.encode()) <= 64
        pressed = await buttons.read(data, kept)
        assert pressed == buttons.Pressed(say, owner, replace, kept=bool(kept.lines))

    asyncio.run(there_and_back())


async def test_a_button_of_a_board_is_everybodys_and_is_answered_alone() -> None:
    desk = ScriptedDesk()
    made = await buttons.keyboard([(Choice("Join", "/join", aside=True),)], MIRA, desk)
    assert made is not None
    data = made.inline_keyboard[0][0].callback_data
    assert data == "1!0:/join"
    pressed = await buttons.read("1!0:/join", desk)
    assert pressed == buttons.Pressed("/join", 0, replace=False, aside=True)
    assert pressed is not None
    assert pressed.belongs_to(MIRA)


async def test_rows_that_are_too_long_go_on_below_and_empty_ones_vanish() -> None:
    row = tuple(Choice(str(n), f"/{n}") for n in range(19))
    made = await buttons.keyboard([(), row, (Choice("", "/x"),)], 1, ScriptedDesk())
    assert made is not None
    assert [len(each) for each in made.inline_keyboard] == [8, 8, 3, 1]
    assert made.inline_keyboard[-1][0].text == "…"
    assert await buttons.keyboard([()], 1, ScriptedDesk()) is None


async def test_a_line_that_is_typed_is_asked_for_behind_a_link_into_the_private_chat() -> None:
    desk = ScriptedDesk()
    choice = Choice("Answer", "/answer #7 3:{}", kept=True, aside=True, form="Price", door="card-7")
    made = await buttons.keyboard([(choice,)], buttons.EVERYBODY, desk, "margin_bot")
    assert made is not None
    (button,) = made.inline_keyboard[0]
    assert (button.text, button.callback_data) == ("Answer", None)
    assert button.url == "https://t.me/margin_bot?start=card-7"
    assert desk.lines == {}
