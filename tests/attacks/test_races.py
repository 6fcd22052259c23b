"""Guesses by the thousand, and two presses at the same moment: over the real desks and SQLite."""

import asyncio
import random
import secrets
from string import ascii_letters, digits

import pytest

from bot.app import build
from bot.chat.reply import Reply
from bot.chat.request import Chat, Request, Who
from bot.settings import Settings
from core.paper.records import Identity
from tests.attacks.attackers import opened
from tests.scenarios.backstage import Backstage
from tests.scenarios.play import house
from tests.walk.house import shown

MIRA, TOBI = Who("telegram", "111", "Mira"), Who("telegram", "333", "Tobi")
WISH = "/open long btc 10x 500 isolated"


def asking(number: str, who: Who, line: str, *, button: bool = False) -> Request:
    """A question in private."""
    return Request(number, who, Chat(who.id), line, addressed=True, button=button)


async def previewed(backstage: Backstage, who: Who = MIRA) -> tuple[str, str]:
    """Ask for a trade; return the lines of Confirm and Cancel."""
    reply = await backstage.desk.answer(asking(secrets.token_hex(8), who, WISH))
    assert isinstance(reply, Reply)
    confirm, cancel = reply.choices[0]
    return confirm.say, cancel.say


async def test_a_thousand_guessed_tokens_do_nothing() -> None:
    letters, guess = ascii_letters + digits + "-_", random.Random(7)
    with house() as backstage, opened(backstage) as books:
        confirm, _ = await previewed(backstage)
        for number in range(1000):
            token = "".join(guess.choices(letters, k=guess.choice((8, 11, 12, 12, 12))))
            assert await backstage.desk.kept(token) is None
            word = guess.choice(("/yes", "/no"))
            line = asking(f"guess:{number}", TOBI, f"{word} {token}", button=True)
            assert (await backstage.desk.answer(line)).outcome == "preview_gone"
        assert books.held(Identity("telegram", MIRA.id)) == 0
        assert books.held(Identity("telegram", TOBI.id)) == 0
        assert (await backstage.desk.answer(asking("last", MIRA, confirm))).outcome == "ok"


async def test_presses_at_the_same_moment_act_once_and_are_answered_the_same() -> None:
    with house() as backstage, opened(backstage) as books:
        confirm, _ = await previewed(backstage)
        presses = [asking(f"press:{n}", MIRA, confirm, button=True) for n in range(8)]
        answers = await asyncio.gather(*map(backstage.desk.answer, presses))
        texts = {shown(a).partition("\n\n-")[0] for a in answers if isinstance(a, Reply)}
        assert {a.outcome for a in answers} == {"ok"}
        assert len({text.partition("Margin:")[0].strip() for text in texts}) == 1
        account = books.account(Identity("telegram", MIRA.id))
        assert account is not None
        assert (len(account.positions), account.last_number) == (1, 1)


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (0, 1, 1, 0), (1, 0, 0, 1)])
async def test_confirm_and_cancel_at_the_same_moment_agree_on_one(order: tuple[int, ...]) -> None:
    with house() as backstage, opened(backstage) as books:
        lines = await previewed(backstage)
        presses = [asking(f"press:{n}", MIRA, lines[which]) for n, which in enumerate(order)]
        answers = await asyncio.gather(*map(backstage.desk.answer, presses))
        held = books.held(Identity("telegram", MIRA.id))
        for which, answer in zip(order, answers, strict=True):
            assert (answer.outcome == "ok") == ((which == 0) == bool(held)), answer.outcome


async def test_two_processes_that_hear_the_same_press_act_once() -> None:
    with house() as backstage, opened(backstage) as books:
        settings = Settings(_env_file=None, database_url=backstage.address)
        other = build(settings, backstage.clock)
        try:
            confirm, _ = await previewed(backstage)
            here = [backstage.desk.answer(asking(f"h:{n}", MIRA, confirm)) for n in range(3)]
            there = [other.desk.answer(asking(f"t:{n}", MIRA, confirm)) for n in range(3)]
            answers = await asyncio.gather(*here, *there)
        finally:
            other.close()
        assert {answer.outcome for answer in answers} == {"ok"}
        account = books.account(Identity("telegram", MIRA.id))
        assert account is not None
        assert (len(account.positions), account.last_number) == (1, 1)


async def test_previews_made_together_cannot_spend_the_same_money() -> None:
    with house() as backstage, opened(backstage) as books:
        line = "/open long btc 10x 6000 isolated"
        asked = [await backstage.desk.answer(asking(f"p:{n}", MIRA, line)) for n in range(3)]
        lines = [reply.choices[0][0].say for reply in asked if isinstance(reply, Reply)]
        presses = [asking(f"press:{n}", MIRA, each) for n, each in enumerate(lines)]
        answers = await asyncio.gather(*map(backstage.desk.answer, presses))
        assert sorted(a.outcome for a in answers) == ["insufficient", "insufficient", "ok"]
        account = books.account(Identity("telegram", MIRA.id))
        assert account is not None
        assert account.wallet > 0
