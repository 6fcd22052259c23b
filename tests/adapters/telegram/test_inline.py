"""Inline mode: what is offered, what may be posted, and what Telegram may keep for others."""

import json
import logging
from dataclasses import replace

import pytest
from telegram import User

from bot.adapters.telegram.inline import results
from bot.adapters.telegram.limits import HINT, TITLE, units
from bot.chat.figures import Code, Name
from bot.chat.ports import Offer, Offers
from bot.chat.reply import Choice, Points, Reply, Source, Text, Title, Words
from bot.chat.request import Place, Request
from bot.runtime.logs import configure
from tests.adapters.telegram.stage import Stage, playing
from tests.fakes.botapi import BOT, LATE, Fault
from tests.fakes.botapi.world import Found, Search
from tests.fakes.desk import ScriptedDesk, private

MIRA, TOBI = 111, 2**33 + 5
ME = User(BOT["id"], BOT["first_name"], is_bot=True, username=BOT["username"])

ANSWER = Reply(
    (
        Title(Words("Which is safer?")),
        Text(Words("Isolated, if {name} < 1.", {"name": Name("a & b")})),
        Points((Words("It costs no more than its margin."),)),
        Source(Words("Valid as of 2026-11-25.")),
    ),
    choices=((Choice("Why?", "/faq why"), Choice("Set", "/mode isolated", kept=True)),),
)


def offer(key: str = "safer-mode", reply: Reply = ANSWER) -> Offer:
    return Offer(key, Words("Which is {it}?", {"it": Code("safer")}), Words("One line."), reply)


GENERAL = Offers((offer(), offer("why-cross")))
MINE = Offers((offer("mine"),), personal=True)
ALONE = Offers((), personal=True)


def desk() -> ScriptedDesk:
    return ScriptedDesk(offered={"safer": GENERAL, "my eth": MINE, "my wallet": ALONE})


async def found(stage: Stage, search: Search) -> Found:
    """Wait until a query was answered, and return what its author sees."""
    await stage.api.until(lambda: search.found)
    assert search.found is not None
    return search.found


async def test_a_query_is_asked_as_something_that_others_may_read() -> None:
    async with playing(desk()) as stage:
        search = stage.world.search(stage.world.person(MIRA, "Mira"), " safer ")
        await found(stage, search)
        (asked,) = stage.desk.searches
        assert (asked.text, asked.who.id, asked.addressed) == ("safer", "111", True)
        assert (asked.chat.id, asked.chat.place) == ("inline", Place.GROUP)
        assert asked.id == f"telegram:inline:{search.id}"


async def test_offers_are_a_list_of_plain_lines() -> None:
    async with playing(desk()) as stage:
        seen = await found(stage, stage.world.search(stage.world.person(MIRA), "safer"))
        assert [(r.id, r.title, r.description) for r in seen.results] == [
            ("safer-mode", "Which is safer?", "One line."),
            ("why-cross", "Which is safer?", "One line."),
        ]
        assert (seen.button, seen.fresh) == (None, 300)


async def test_a_chosen_answer_is_posted_as_we_write_it_everywhere() -> None:
    async with playing(desk()) as stage:
        mira, group = stage.world.person(MIRA), stage.world.group()
        search = stage.world.search(mira, "safer")
        await found(stage, search)
        posted = stage.world.share(search, 0, group)
        assert posted.html == (
            "<b>Which is safer?</b>\nIsolated, if a &amp; b &lt; 1.\n\n"
            "• It costs no more than its margin.\n\n<i>Valid as of 2026-11-25.</i>"
        )
        assert posted.silent_link


async def test_below_a_posted_answer_is_one_link_and_nothing_to_press() -> None:
    async with playing(desk()) as stage:
        seen = await found(stage, stage.world.search(stage.world.person(MIRA), "safer"))
        (row,) = seen.results[0].rows
        assert row == [
            {"text": "Ask me", "url": f"https://t.me/{BOT['username']}?start=safer-mode"}
        ]


@pytest.mark.parametrize("where", ["group", "private", "under our message"])
async def test_an_answer_that_was_posted_is_no_question(where: str) -> None:
    async with playing(desk()) as stage:
        mira, group = stage.world.person(MIRA), stage.world.group()
        stage.world.say(mira, "/price", group)
        (ours,) = await stage.answered()
        search = stage.world.search(mira, "safer")
        await found(stage, search)
        if where == "private":
            stage.world.share(search, 0, stage.world.private(mira))
        else:
            under = ours.id if where == "under our message" else None
            stage.world.share(search, 0, group, reply_to=under)
        await stage.quiet(mira)
        assert [r.text for r in stage.desk.requests] == ["/price", "/last of all"]


class Nosy(ScriptedDesk):
    """A desk that lets slip everything it is told of the asker's language."""

    async def offers(self, request: Request) -> Offers:
        self.searches.append(request)
        return Offers((offer(reply=Reply((Text(Words(request.locale)),))),))


async def test_a_general_list_is_the_same_whoever_asks_first() -> None:
    lists = []
    for number, language in ((MIRA, "de"), (TOBI, "zh-hans")):
        async with playing(Nosy()) as stage:
            asking = stage.world.person(number, language=language)
            lists.append(await found(stage, stage.world.search(asking, "safer")))
    assert lists[0] == lists[1]


async def test_a_general_list_is_handed_on_by_telegram_and_we_are_asked_once() -> None:
    async with playing(desk()) as stage:
        mira, tobi = stage.world.person(MIRA), stage.world.person(TOBI, "Tobi", "ru")
        first = await found(stage, stage.world.search(mira, "safer"))
        assert stage.world.search(tobi, "safer").found == first
        assert len(stage.desk.searches) == 1


@pytest.mark.parametrize("query", ["my eth", "my wallet"])
async def test_nothing_personal_is_kept_by_telegram_for_anybody(query: str) -> None:
    async with playing(desk()) as stage:
        mira, tobi = stage.world.person(MIRA), stage.world.person(TOBI, "Tobi")
        await found(stage, stage.world.search(mira, query))
        assert stage.world.remembered == {}
        for again in (mira, tobi):
            await found(stage, stage.world.search(again, query))
        assert [r.who.id for r in stage.desk.searches] == ["111", "111", str(TOBI)]
        told = stage.api.called("answerInlineQuery")
        assert {(each["is_personal"], each["cache_time"]) for each in told} == {("true", "0")}


async def test_what_is_answered_in_private_only_shows_the_way_there() -> None:
    async with playing(desk()) as stage:
        seen = await found(stage, stage.world.search(stage.world.person(MIRA), "my wallet"))
        assert seen.results == []
        assert seen.button == {"text": "Open private chat", "start_parameter": "private"}


async def test_an_empty_query_is_answered_with_what_the_desk_offers_then() -> None:
    async with playing(ScriptedDesk(offered={"": GENERAL})) as stage:
        seen = await found(stage, stage.world.search(stage.world.person(MIRA), ""))
        assert len(seen.results) == 2


async def test_where_nothing_is_offered_the_list_is_empty() -> None:
    async with playing() as stage:
        seen = await found(stage, stage.world.search(stage.world.person(MIRA), "weather"))
        assert (seen.results, seen.button) == ([], None)


async def test_a_query_that_comes_twice_is_answered_once() -> None:
    async with playing(desk()) as stage:
        mira = stage.world.person(MIRA)
        search = stage.world.search(mira, "safer")
        update = stage.world.pending[-1]
        await found(stage, search)
        stage.world.again(update)
        stage.world.again(update | {"update_id": update["update_id"] + 500})
        await stage.quiet(mira)
        assert len(stage.api.called("answerInlineQuery")) == 1
        assert stage.api.refusals == []


async def test_a_query_that_is_too_old_is_one_quiet_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure("INFO", "json", [])
    try:
        async with playing(desk()) as stage:
            mira = stage.world.person(MIRA)
            stage.world.search(mira, "safer").late = True
            await stage.api.until(lambda: stage.api.refusals)
            await stage.quiet(mira)
            assert stage.api.refusals == [("answerInlineQuery", f"Bad Request: {LATE}")]
    finally:
        logging.getLogger().handlers.clear()
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    (line,) = [each for each in lines if each["event"] == "telegram_not_sent"]
    assert (line["level"], line["reason"]) == ("info", "late")
    assert not [each for each in lines if each["event"] == "telegram_failed"]


async def test_after_a_refusal_of_another_kind_the_next_query_is_answered(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure("INFO", "json", [])
    try:
        async with playing(desk()) as stage:
            stage.api.fault("answerInlineQuery", Fault(status=400))
            mira = stage.world.person(MIRA)
            lost = stage.world.search(mira, "safer")
            await stage.quiet(mira)
            await found(stage, stage.world.search(mira, "safer"))
            assert lost.found is None
    finally:
        logging.getLogger().handlers.clear()
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    (failed,) = [each for each in lines if each["event"] == "telegram_failed"]
    assert failed["error"] == "BadRequest"


async def test_a_fault_of_our_own_is_told_to_nobody_and_ends_nothing() -> None:
    class Broken(ScriptedDesk):
        async def offers(self, request: Request) -> Offers:
            raise RuntimeError("a fault")

    async with playing(Broken()) as stage:
        mira = stage.world.person(MIRA)
        search = stage.world.search(mira, "safer")
        await stage.quiet(mira)
        assert (search.found, len(stage.world.from_bot())) == (None, 1)


async def test_inline_queries_are_among_the_updates_we_ask_for() -> None:
    async with playing() as stage:
        assert "inline_query" in stage.api.allowed
        assert "chosen_inline_result" not in stage.api.allowed


# --- lists that Telegram would not take -----------------------------------------------------------


async def test_long_lists_long_keys_and_long_lines_are_cut_to_what_telegram_takes() -> None:
    long = Words("word " * 200)
    offers = [
        replace(offer("Ж" * n), title=long, hint=long, reply=Reply((Text(Words("w " * 3000)),)))
        for n in range(1, 80)
    ]
    async with playing(ScriptedDesk(offered={"all": Offers(tuple(offers))})) as stage:
        seen = await found(stage, stage.world.search(stage.world.person(MIRA), "all"))
        assert len(seen.results) == 50
        assert all(units(each.title) <= TITLE for each in seen.results)
        assert all(units(each.description) <= HINT for each in seen.results)
        assert stage.api.refusals == []


async def test_lines_without_anything_to_see_are_still_a_list() -> None:
    blank = Offer("", Words(" \u200b"), Words(""), Reply(()))
    async with playing(ScriptedDesk(offered={"x": Offers((blank,))})) as stage:
        (seen,) = (await found(stage, stage.world.search(stage.world.person(MIRA), "x"))).results
        assert (seen.title, seen.description, seen.text) == ("…", "", "…")


def test_what_is_for_one_persons_eyes_is_never_posted() -> None:
    own = offer("own", private(ANSWER))
    assert [r.id for r in results(Offers((own, offer("all")), personal=True), ME)] == ["all"]


@pytest.mark.parametrize(
    ("key", "carried"),
    [
        ("safer-mode", "safer-mode"),
        ("faq:safer-mode", "faq-safer-mode"),
        ("compare 10x", "private"),
        ("x" * 65, "private"),
        ("", "private"),
    ],
)
def test_the_link_carries_what_was_posted_or_leads_to_the_private_chat(
    key: str, carried: str
) -> None:
    (one,) = results(Offers((offer(key),)), ME)
    assert one.reply_markup is not None
    (button,) = one.reply_markup.inline_keyboard[0]
    assert str(button.url).endswith(f"?start={carried}")
