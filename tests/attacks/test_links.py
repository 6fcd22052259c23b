"""Link codes in the wrong hands: guessed, late, foreign, or slipped in by a start link."""

import random
from string import ascii_uppercase

import pytest

from bot.chat.reply import Hush, Reply
from bot.chat.request import Chat, Request, Who
from core.paper.records import Identity
from tests.attacks.attackers import Books, opened
from tests.scenarios.backstage import Backstage
from tests.scenarios.play import house

MIRA, TOBI = Who("telegram", "111", "Mira"), Who("telegram", "333", "Tobi")
AMIR, EVE = Who("discord", "444", "Amir"), Who("discord", "666", "Eve")


class Desk:
    """People who write in private, on whichever platform."""

    def __init__(self, backstage: Backstage, books: Books) -> None:
        self.backstage = backstage
        self.books = books
        self._count = 0

    async def say(self, who: Who, line: str, *, kept: bool = False) -> Reply | Hush:
        """Write a line, or press a button that we have kept."""
        self._count += 1
        number = f"{who.platform}:{self._count}"
        return await self.backstage.desk.answer(
            Request(number, who, Chat(who.id), line, addressed=True, button=kept, kept=kept)
        )

    async def code(self, who: Who) -> str:
        """Ask for a code."""
        reply = await self.say(who, "/link")
        assert isinstance(reply, Reply)
        return reply.choices[0][0].say.removeprefix("/link ")

    def joined(self, *people: Who) -> bool:
        """Whether these are one person in the books."""
        with self.books.units.reading() as books:
            learners = {books.paper.learner(Identity(w.platform, w.id)) for w in people}
        return len(learners) == 1 and None not in learners


async def test_a_code_joins_only_after_both_sides_agreed() -> None:
    with house() as backstage, opened(backstage) as books:
        desk = Desk(backstage, books)
        code = await desk.code(MIRA)
        await desk.say(AMIR, f"/link {code}")
        assert not desk.joined(MIRA, AMIR)
        assert (await desk.say(MIRA, f"/link {code} yes", kept=True)).outcome == "ok"
        assert not desk.joined(MIRA, AMIR)
        await desk.say(AMIR, f"/link {code} there", kept=True)
        assert not desk.joined(MIRA, AMIR)
        await desk.say(MIRA, f"/link {code} yes", kept=True)
        assert desk.joined(MIRA, AMIR)
        assert (await desk.say(EVE, f"/link {code}")).outcome == "link_gone"


async def test_guessed_codes_join_nobody() -> None:
    with house() as backstage, opened(backstage) as books:
        desk = Desk(backstage, books)
        code, guess = await desk.code(MIRA), random.Random(5)
        for _ in range(300):
            typed = "".join(guess.choices(ascii_uppercase, k=8))
            if typed != code:
                assert (await desk.say(EVE, f"/link {typed} here")).outcome == "link_gone"
        for wild in (code[:7], code + "A", "%" * 8, "'OR'1=1", "ÄÖÜÄÖÜÄÖ", "________", "*"):
            assert (await desk.say(EVE, f"/link {wild}")).outcome == "link_gone"
        assert not desk.joined(MIRA, EVE)


@pytest.mark.parametrize("word", ["", " here", " there", " yes"])
async def test_a_late_code_is_void(word: str) -> None:
    with house() as backstage, opened(backstage) as books:
        desk = Desk(backstage, books)
        code = await desk.code(MIRA)
        backstage.clock.advance(601)
        assert (await desk.say(AMIR, f"/link {code}{word}")).outcome == "link_gone"
        assert (await desk.say(MIRA, f"/link {code} yes", kept=True)).outcome == "link_gone"
        assert not desk.joined(MIRA, AMIR)


async def test_a_code_that_two_have_typed_belongs_to_the_first() -> None:
    with house() as backstage, opened(backstage) as books:
        desk = Desk(backstage, books)
        code = await desk.code(MIRA)
        await desk.say(AMIR, f"/link {code}")
        for line in (f"/link {code}", f"/link {code} here", f"/link {code} no"):
            await desk.say(EVE, line)
        await desk.say(AMIR, f"/link {code} there", kept=True)
        await desk.say(EVE, f"/link {code} yes", kept=True)
        assert not desk.joined(MIRA, EVE)
        await desk.say(MIRA, f"/link {code} yes", kept=True)
        assert desk.joined(MIRA, AMIR)
        assert not desk.joined(MIRA, EVE)


async def test_a_thief_cannot_agree_for_the_one_who_asked() -> None:
    with house() as backstage, opened(backstage) as books:
        desk = Desk(backstage, books)
        code = await desk.code(MIRA)
        for word in ("", " here", " yes", " there", " yes"):
            await desk.say(EVE, f"/link {code}{word}", kept=True)
        assert not desk.joined(MIRA, EVE)
        asked = await desk.say(MIRA, f"/link {code}", kept=True)
        assert isinstance(asked, Reply)
        assert "Eve" in str(asked.blocks)
        await desk.say(MIRA, f"/link {code} no", kept=True)
        assert (await desk.say(EVE, f"/link {code} here")).outcome == "link_gone"
        assert (await desk.say(MIRA, f"/link {code} yes", kept=True)).outcome == "link_gone"
        assert not desk.joined(MIRA, EVE)


async def test_two_of_one_platform_are_not_joined() -> None:
    with house() as backstage, opened(backstage) as books:
        desk = Desk(backstage, books)
        code = await desk.code(MIRA)
        assert (await desk.say(TOBI, f"/link {code}")).outcome == "link_refused"
        assert not desk.joined(MIRA, TOBI)


@pytest.mark.parametrize(
    "form", ["{code}", "link_{code}", "link {code}", "/link {code}", "{code} yes"]
)
async def test_a_start_payload_is_no_consent(form: str) -> None:
    with house() as backstage, opened(backstage) as books:
        desk = Desk(backstage, books)
        code = await desk.code(AMIR)
        await desk.say(MIRA, "/start " + form.format(code=code))
        with books.units.reading() as kept:
            link = kept.paper.link(code)
        assert link is not None
        assert (link.second, link.keeps) == (None, None)
        assert not desk.joined(MIRA, AMIR)


async def test_a_button_that_carries_a_code_joins_nobody() -> None:
    with house() as backstage, opened(backstage) as books:
        desk = Desk(backstage, books)
        code = await desk.code(MIRA)
        forged = Request(
            "telegram:forged",
            AMIR,
            Chat(AMIR.id),
            f"/link {code} here",
            addressed=True,
            button=True,
        )
        assert (await backstage.desk.answer(forged)).outcome == "not_allowed"
        with books.units.reading() as kept:
            link = kept.paper.link(code)
        assert link is not None
        assert link.second is None


async def test_a_token_of_one_platform_is_not_good_on_the_other() -> None:
    with house() as backstage, opened(backstage) as books:
        desk = Desk(backstage, books)
        code = await desk.code(MIRA)
        await desk.say(AMIR, f"/link {code}")
        await desk.say(AMIR, f"/link {code} there", kept=True)
        await desk.say(MIRA, f"/link {code} yes", kept=True)
        assert desk.joined(MIRA, AMIR)
        shown = await desk.say(MIRA, "/open long btc 10x 500 isolated")
        assert isinstance(shown, Reply)
        assert (await desk.say(AMIR, shown.choices[0][0].say)).outcome == "not_yours"
        assert (await desk.say(AMIR, "yes")).outcome == "preview_gone"
        assert (await desk.say(MIRA, "yes")).outcome == "ok"
        assert books.held(Identity("discord", AMIR.id)) == 1
