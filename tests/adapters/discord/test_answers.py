"""Answers to commands and presses: who sees them, where they go, and what if they are late."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import discord
import pytest
import structlog
from simcord import Env

from bot.adapters.discord.client import MarginClient
from bot.chat.figures import Money, Name
from bot.chat.reply import Choice, Hush, Reply, Text, Words
from bot.chat.request import Place
from tests.adapters.discord.stage import Stage, body, first, ids, labels
from tests.fakes.desk import ScriptedDesk, one_line, private

WHAT_IF = Reply(
    (Text(Words("Ten times.")),),
    choices=(
        (Choice("20x", "/c 20x", replace=True), Choice("Why?", "/faq why")),
        (Choice("Mine", "/mine", replace=True), Choice("Yes", "/yes", kept=True)),
    ),
)


def asked(stage: Stage) -> Stage:
    """Set the scene: a price with buttons."""
    stage.desk.answers |= {
        "price": WHAT_IF,
        "/c 20x": one_line("Twenty times."),
        "/faq why": one_line("Because."),
        "/mine": private(one_line("Your own money.")),
    }
    return stage


async def test_an_answer_is_public_in_a_server(stage: Stage) -> None:
    result = await stage.mira.slash(stage.channel, "price")
    assert (result.ephemeral, body(first(result))) == (False, "You said `price`.")


async def test_figures_of_a_person_are_seen_by_that_person_alone(stage: Stage) -> None:
    stage.desk.answers["price"] = private(one_line("You have 5."))
    result = await stage.mira.slash(stage.channel, "price")
    assert result.ephemeral
    assert body(first(result)) == "You have 5."
    assert stage.channel.history(viewer=stage.tobi) == []


async def test_alone_with_the_bot_nothing_is_hidden(stage: Stage) -> None:
    stage.desk.answers["price"] = private(one_line("You have 5."))
    result = await stage.mira.user.slash("price")
    assert not result.ephemeral
    assert stage.desk.last.chat.place is Place.PRIVATE


async def test_a_server_is_a_chat_and_its_channel_a_topic(stage: Stage) -> None:
    await stage.mira.slash(stage.channel, "price")
    chat = stage.desk.last.chat
    assert (chat.id, chat.topic) == (str(stage.guild.id), str(stage.channel.id))
    assert (chat.place, chat.title) == (Place.GROUP, "Traders")


async def test_a_thread_counts_as_its_channel(stage: Stage) -> None:
    channel = stage.env.bot.get_channel(stage.channel.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.create_thread(name="about btc", type=discord.ChannelType.public_thread)
    await stage.env.settle()
    (thread,) = stage.channel.threads
    await stage.mira.slash(thread, "price")
    assert stage.desk.last.chat.topic == str(stage.channel.id)


async def test_a_conversation_of_other_people_is_not_private(stage: Stage) -> None:
    stage.desk.answers["price"] = private(one_line("You have 5."))
    result = await stage.foreign_slash("price", context=2, locale="de")
    assert stage.desk.last.chat.place is Place.GROUP
    assert stage.desk.last.locale == "de"
    assert result.ephemeral


async def test_nobody_is_rung(stage: Stage) -> None:
    text = Words("{a}", {"a": Name(f"@everyone <@{stage.tobi.id}>")})
    stage.desk.answers["price"] = Reply((Text(text),))
    result = await stage.mira.slash(stage.channel, "price")
    message = first(result).message
    assert (message.mentions, message.mention_everyone) == ([], False)
    assert all(
        call["data"]["allowed_mentions"]["parse"] == [] for call in stage.calls("POST", "/callback")
    )


async def test_a_slow_answer_is_put_off_and_then_filled_in(stage: Stage) -> None:
    stage.desk.delays["price"] = 5
    result = await stage.mira.user.slash("price")
    assert not result.acknowledged
    await stage.env.advance_time(2)
    assert (result.deferred, result.ephemeral) == (True, False)
    await stage.env.advance_time(4)
    assert (result.deferred, body(first(result))) == (False, "You said `price`.")
    assert result.followups == []


async def test_a_slow_answer_in_a_server_is_seen_by_the_asker_alone(stage: Stage) -> None:
    stage.desk.delays["price"] = 5
    stage.desk.answers["price"] = private(one_line("You have 5."))
    result = await stage.mira.slash(stage.channel, "price")
    await stage.env.advance_time(6)
    assert body(first(result)) == "You have 5."
    assert stage.channel.history(viewer=stage.tobi) == []


async def test_all_pages_of_a_slow_answer_are_hidden_alike(stage: Stage) -> None:
    stage.desk.delays["price"] = 5
    stage.desk.answers["price"] = Reply(tuple(Text(Words("x" * 3000)) for _ in range(3)))
    result = await stage.mira.slash(stage.channel, "price")
    await stage.env.advance_time(6)
    assert [page.ephemeral for page in (first(result), *result.followups)] == [True] * 3


async def test_a_long_answer_goes_on_in_follow_ups_with_the_buttons_last(stage: Stage) -> None:
    texts = tuple(Text(Words(letter * 3000)) for letter in "abc")
    stage.desk.answers["price"] = Reply(texts, choices=WHAT_IF.choices)
    result = await stage.mira.slash(stage.channel, "price")
    pages = (first(result), *result.followups)
    assert [body(page)[0] for page in pages] == ["a", "b", "c"]
    assert [labels(page) for page in pages] == [[], [], [["20x", "Why?"], ["Mine", "Yes"]]]


async def test_an_answer_nobody_waits_for_is_one_line_in_the_log(
    desk: ScriptedDesk, caplog: pytest.LogCaptureFixture
) -> None:
    env = Env(MarginClient(desk, patience=30), settle_timeout=1.0)
    await env.start()
    stage = Stage(env, desk)
    desk.delays["price"] = 4
    with structlog.testing.capture_logs() as lines:
        result = await stage.mira.slash(stage.channel, "price")
        await env.advance_time(5)
    assert not result.acknowledged
    assert [(line["event"], line["reason"], line["code"]) for line in lines] == [
        ("unsent", "too late", 10062)
    ]
    assert "Traceback" not in caplog.text
    await env.shutdown()


async def test_an_answer_that_is_refused_is_one_line_in_the_log(stage: Stage) -> None:
    stage.env.inject_error("POST", "/interactions/*/callback", status=403, code=50013)
    with structlog.testing.capture_logs() as lines:
        await stage.mira.slash(stage.channel, "price")
    assert [(line["reason"], line["code"]) for line in lines] == [("refused", 50013)]


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("cooldown", "enough"),
        ("switched_off", "switched me off"),
        ("not_served", "only in the chats"),
        ("silent", "keep quiet"),
    ],
)
async def test_silence_is_explained_to_the_asker_alone(
    stage: Stage, outcome: str, words: str
) -> None:
    stage.desk.answers["price"] = Hush(outcome=outcome)
    result = await stage.mira.slash(stage.channel, "price")
    assert result.ephemeral
    assert words in body(first(result))


async def test_an_answer_goes_after_its_time(stage: Stage) -> None:
    stage.desk.answers["price"] = Reply(one_line("Gone soon.").blocks, delete_after=30)
    await stage.mira.slash(stage.channel, "price")
    assert stage.channel.last_message
    await stage.env.advance_time(31)
    assert stage.channel.history() == []


async def test_an_answer_goes_after_its_time_even_when_the_token_is_dead(stage: Stage) -> None:
    stage.desk.answers["price"] = Reply(one_line("Gone later.").blocks, delete_after=3600)
    await stage.mira.slash(stage.channel, "price")
    await stage.env.advance_time(3601)
    assert stage.channel.history() == []


async def test_the_owners_press_changes_the_message_in_place(stage: Stage) -> None:
    shown = await asked(stage).mira.slash(stage.channel, "price")
    await stage.mira.click(first(shown), label="20x")
    assert [body(message) for message in stage.channel.history()] == ["Twenty times."]
    request = stage.desk.last
    assert (request.text, request.button, request.kept) == ("/c 20x", True, False)


async def test_buttons_go_when_the_new_answer_has_none(stage: Stage) -> None:
    shown = await asked(stage).mira.slash(stage.channel, "price")
    await stage.mira.click(first(shown), label="20x")
    assert labels(stage.channel.last_message) == []


async def test_other_choices_are_answered_below(stage: Stage) -> None:
    shown = await asked(stage).mira.slash(stage.channel, "price")
    result = await stage.mira.click(first(shown), label="Why?")
    assert not result.ephemeral
    assert [body(message) for message in stage.channel.history()] == ["Ten times.", "Because."]


async def test_a_strangers_press_is_answered_aside(stage: Stage) -> None:
    shown = await asked(stage).mira.slash(stage.channel, "price")
    result = await stage.tobi.click(first(shown), label="20x")
    assert (result.ephemeral, body(first(result))) == (True, "Twenty times.")
    assert body(first(shown)) == "Ten times."
    assert stage.desk.last.who.name == "tobi"


async def test_ones_own_figures_never_replace_a_public_message(stage: Stage) -> None:
    shown = await asked(stage).mira.slash(stage.channel, "price")
    result = await stage.mira.click(first(shown), label="Mine")
    assert (result.ephemeral, body(first(result))) == (True, "Your own money.")
    assert body(first(shown)) == "Ten times."


async def test_ones_own_figures_replace_what_only_one_sees(stage: Stage) -> None:
    asked(stage).desk.answers["price"] = private(WHAT_IF)
    shown = await stage.mira.slash(stage.channel, "price")
    await stage.mira.click(first(shown), label="Mine")
    assert body(first(shown)) == "Your own money."


async def test_what_hangs_under_a_hidden_message_stays_hidden(stage: Stage) -> None:
    asked(stage).desk.answers["price"] = private(WHAT_IF)
    shown = await stage.mira.slash(stage.channel, "price")
    result = await stage.mira.click(first(shown), label="Why?")
    assert (result.ephemeral, body(first(result))) == (True, "Because.")


async def test_a_kept_line_runs_as_kept_for_the_owner_only(stage: Stage) -> None:
    shown = await asked(stage).mira.slash(stage.channel, "price")
    await stage.mira.click(first(shown), label="Yes")
    assert (stage.desk.last.text, stage.desk.last.kept) == ("/yes", True)
    await stage.tobi.click(first(shown), label="Yes")
    assert (stage.desk.last.text, stage.desk.last.kept) == ("/yes", False)


async def test_a_line_that_is_kept_no_longer_is_told_aside(stage: Stage) -> None:
    shown = await asked(stage).mira.slash(stage.channel, "price")
    stage.desk.lines.clear()
    result = await stage.mira.click(first(shown), label="Yes")
    assert result.ephemeral
    assert "out of date" in body(first(result))


@pytest.mark.parametrize("label", ["20x", "Why?"])
async def test_a_second_press_does_no_harm(stage: Stage, label: str) -> None:
    shown = await asked(stage).mira.slash(stage.channel, "price")
    button = dict(zip(flat(first(shown)), ids(first(shown)), strict=True))[label]
    stage.desk.answers["/c 20x"] = WHAT_IF
    for _ in range(2):
        result = await stage.mira.click(first(shown), custom_id=button)
        assert result.acknowledged


def flat(message: object) -> list[str]:
    """Return all labels of a message in one row."""
    return [label for row in labels(message) for label in row]


async def test_a_slow_press_is_acknowledged_without_a_trace(stage: Stage) -> None:
    asked(stage).desk.delays |= {"/c 20x": 5, "/mine": 5, "/faq why": 5}
    shown = await stage.mira.slash(stage.channel, "price")
    hidden = await stage.mira.click(first(shown), label="Mine")
    await stage.env.advance_time(2)
    assert hidden.deferred
    assert body(first(shown)) == "Ten times."
    await stage.env.advance_time(4)
    assert [page.ephemeral for page in hidden.followups] == [True]
    await stage.mira.click(first(shown), label="Why?")
    await stage.env.advance_time(6)
    assert body(stage.channel.last_message) == "Because."
    await stage.mira.click(first(shown), label="20x")
    await stage.env.advance_time(6)
    assert body(first(shown)) == "Twenty times."


async def test_silence_after_a_press_only_takes_the_press(stage: Stage) -> None:
    asked(stage).desk.answers["/faq why"] = Hush(react=True)
    shown = await stage.mira.slash(stage.channel, "price")
    result = await stage.mira.click(first(shown), label="Why?")
    assert (result.acknowledged, result.followups) == (True, [])
    assert [body(message) for message in stage.channel.history()] == ["Ten times."]


async def test_silence_after_a_slow_press_stays_silence(stage: Stage) -> None:
    asked(stage).desk.answers["/faq why"] = Hush()
    stage.desk.delays["/faq why"] = 5
    shown = await stage.mira.slash(stage.channel, "price")
    result = await stage.mira.click(first(shown), label="Why?")
    await stage.env.advance_time(6)
    assert result.followups == []


async def test_a_long_answer_in_place_goes_on_below(stage: Stage) -> None:
    asked(stage).desk.answers["/c 20x"] = Reply(tuple(Text(Words(c * 3000)) for c in "ab"))
    shown = await stage.mira.slash(stage.channel, "price")
    await stage.mira.click(first(shown), label="20x")
    assert [body(message)[0] for message in stage.channel.history()] == ["a", "b"]


async def test_buttons_survive_a_restart(stage: Stage) -> None:
    shown = await asked(stage).mira.slash(stage.channel, "price")
    await stage.env.restart_bot(MarginClient(stage.desk))
    await stage.mira.click(first(shown), label="Yes")
    assert stage.desk.last.text == "/yes"
    await stage.mira.click(first(shown), label="20x")
    assert body(first(shown)) == "Twenty times."


async def test_a_button_of_another_version_is_told_aside(stage: Stage) -> None:
    shown = await asked(stage).mira.slash(stage.channel, "price")
    stage.rename_buttons(first(shown), lambda old: old.replace("m1:", "m0:"))
    result = await stage.mira.click(first(shown), label="20x")
    assert result.ephemeral
    assert "older version" in body(first(result))


async def test_nothing_is_remembered_of_sent_buttons(stage: Stage) -> None:
    for _ in range(3):
        await asked(stage).mira.slash(stage.channel, "price")
    store = stage.env.bot._connection._view_store
    assert (store._views, store._synced_message_views) == ({}, {})
    assert len(store._dynamic_items) == 1


async def test_buttons_below_a_hidden_answer_have_no_end(stage: Stage) -> None:
    asked(stage).desk.answers["price"] = private(WHAT_IF)
    shown = await stage.mira.slash(stage.channel, "price")
    await stage.env.advance_time(3600)
    await stage.mira.click(first(shown), label="20x")
    assert body(first(shown)) == "Twenty times."


async def test_a_reply_is_written_in_the_askers_numerals(stage: Stage) -> None:
    text = Words("{sum}", {"sum": Money(Decimal("1234.5"))})
    stage.desk.answers["price"] = Reply((Text(text),))
    result = await stage.foreign_slash("price", context=0, locale="de")
    assert body(first(result)) == "1.234,50"


def told(lines: Sequence[Mapping[str, Any]], text: str) -> bool:
    """Whether one fault stands in the log, and its number in the text."""
    (fault,) = [line["fault"] for line in lines if line["event"] == "fault"]
    return "on my side" in text and fault in text


async def test_a_fault_below_a_command_is_told_by_its_number(stage: Stage) -> None:
    asked(stage).desk.away = True
    with structlog.testing.capture_logs() as lines:
        result = await stage.mira.slash(stage.channel, "price")
    assert result.ephemeral
    assert told(lines, body(first(result)))


async def test_a_fault_below_a_press_is_told_by_its_number(stage: Stage) -> None:
    shown = await asked(stage).mira.slash(stage.channel, "price")
    stage.desk.away = True
    for person in (stage.mira, stage.tobi):
        with structlog.testing.capture_logs() as lines:
            result = await person.click(first(shown), label="Yes")
        assert result.ephemeral
        assert told(lines, body(first(result)))
    assert body(first(shown)) == "Ten times."


async def test_a_fault_in_what_a_press_leads_to_is_told_too(stage: Stage) -> None:
    asked(stage).desk.answers["/c 20x"] = WHAT_IF
    shown = await stage.mira.slash(stage.channel, "price")
    stage.desk.away = True
    with structlog.testing.capture_logs() as lines:
        result = await stage.mira.click(first(shown), label="20x")
    assert told(lines, body(first(result)))
