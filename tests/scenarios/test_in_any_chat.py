"""On Telegram, beyond our own chats: answers that people post, and answers to what others wrote."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.botapi import BOT
from tests.fakes.botapi.world import GROUP
from tests.scenarios.backstage import Backstage
from tests.scenarios.on_telegram import OnTelegram, on_telegram
from tests.scenarios.story import ONLOOKER, PEOPLE, SPEAKER, Step

GENERAL = ("can i change mode with an open position", "/compare 10x long BTC", "", "which is safer")


@pytest.fixture
async def player(tmp_path: Path) -> AsyncIterator[OnTelegram]:
    backstage = Backstage(tmp_path)
    async with on_telegram(backstage) as player:
        yield player
    backstage.close()


async def wealthy(player: OnTelegram, who: str, language: str) -> None:
    """Let somebody have a language, settings and a wallet of their own."""
    player.world.person(PEOPLE[who], who.title(), language)
    await player.say(Step(say="/set wallet 13579", by=who))
    await player.say(Step(say="/set leverage 17", by=who))


@pytest.mark.parametrize("query", GENERAL)
async def test_a_general_list_is_the_same_for_people_who_set_everything_differently(
    player: OnTelegram, query: str
) -> None:
    await wealthy(player, SPEAKER, "de")
    first = await player.search(SPEAKER, query)
    assert first.results
    assert first.fresh
    player.world.remembered.clear()
    assert await player.search(ONLOOKER, query) == first


@pytest.mark.parametrize("query", [*GENERAL, "/compare long BTC", "my wallet", "/pf"])
async def test_nothing_that_can_be_posted_holds_figures_of_a_person(
    player: OnTelegram, query: str
) -> None:
    await wealthy(player, SPEAKER, "en")
    found = await player.search(SPEAKER, query)
    shown = " ".join(f"{r.title} {r.description} {r.text}" for r in found.results)
    assert "13,579" not in shown
    assert "17x" not in shown


async def test_ones_own_account_is_offered_to_nobody_and_kept_for_nobody(
    player: OnTelegram,
) -> None:
    found = await player.search(SPEAKER, "/pf")
    assert (found.results, found.fresh) == ([], 0)
    assert found.button is not None
    assert found.button["start_parameter"] == "private"


async def test_what_can_be_posted_has_a_link_to_us_and_nothing_to_press(
    player: OnTelegram,
) -> None:
    for query in GENERAL:
        for result in (await player.search(SPEAKER, query)).results:
            (button,) = (each for row in result.rows for each in row)
            assert button["url"].startswith(f"https://t.me/{BOT['username']}?start=")


@pytest.mark.parametrize("line", ["/faq", f"@{BOT['username']}"])
async def test_somebodys_question_is_answered_under_it_and_once(
    player: OnTelegram, line: str
) -> None:
    question = player.talk(ONLOOKER, "can i change mode with an open position?")
    await player.point(SPEAKER, line, question)
    await player.point(SPEAKER, line, question)
    (answer,) = player.world.from_bot(GROUP)
    assert answer.reply_to == question.id
    assert "can i change mode" not in answer.text
