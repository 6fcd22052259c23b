"""Answers to commands: who sees them, where they go, and what if they are late."""

from decimal import Decimal

import discord
import pytest
import structlog
from simcord import Env

from bot.adapters.discord.client import MarginClient
from bot.chat.figures import Money, Name
from bot.chat.reply import Hush, Reply, Text, Words
from bot.chat.request import Place
from tests.adapters.discord.stage import WHAT_IF, Stage, body, first, labels, told
from tests.fakes.desk import ScriptedDesk, one_line, private


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


async def test_a_reply_is_written_in_the_askers_numerals(stage: Stage) -> None:
    text = Words("{sum}", {"sum": Money(Decimal("1234.5"))})
    stage.desk.answers["price"] = Reply((Text(text),))
    result = await stage.foreign_slash("price", context=0, locale="de")
    assert body(first(result)) == "1.234,50"


async def test_a_fault_below_a_command_is_told_by_its_number(stage: Stage) -> None:
    asked(stage).desk.away = True
    with structlog.testing.capture_logs() as lines:
        result = await stage.mira.slash(stage.channel, "price")
    assert result.ephemeral
    assert told(lines, body(first(result)))
