"""Speaking first on Discord: as a private message, or never again where these are closed."""

import discord
import pytest

from bot.adapters.discord import DiscordAdapter, DiscordOptions
from bot.adapters.discord.deliver import deliver, post
from bot.chat.ports import Outcome, Posted
from bot.chat.reply import Choice, Reply, Text, Title, Words
from bot.chat.request import Chat, Place
from core.paper.records import Identity
from tests.adapters.discord.stage import Stage, body, ids, labels
from tests.fakes.desk import ScriptedDesk


def place(stage: Stage) -> discord.PartialMessageable:
    """The stage's channel, as the adapter writes to it."""
    return stage.env.bot.get_partial_messageable(stage.channel.id)


NOTICE = Reply(
    (Title(Words("LIQUIDATED")), Text(Words("It is over."))),
    choices=((Choice("Portfolio", "/pf"),),),
)


async def test_a_notice_is_a_private_message_with_its_buttons(stage: Stage) -> None:
    person = stage.mira.id
    outcome = await deliver(stage.env.bot, stage.desk, person, NOTICE)
    assert outcome is Outcome.DELIVERED
    message = stage.mira.user.dm_channel.last_message
    assert message is not None
    assert body(message) == "It is over."
    assert labels(message) == [["Portfolio"]]


async def test_closed_private_messages_are_never_tried_again(stage: Stage) -> None:
    stage.env.inject_error(
        "POST", "/channels/*/messages", status=403, code=50007, message="Cannot send to this user"
    )
    outcome = await deliver(stage.env.bot, stage.desk, stage.mira.id, NOTICE)
    assert outcome is Outcome.NEVER


async def test_an_unknown_person_is_never_tried_again(stage: Stage) -> None:
    stage.env.inject_error(
        "POST", "/users/@me/channels", status=404, code=10013, message="Unknown User"
    )
    assert await deliver(stage.env.bot, stage.desk, 12345, NOTICE) is Outcome.NEVER


async def test_what_discord_could_not_take_is_tried_later(stage: Stage) -> None:
    stage.env.inject_error(
        "POST", "/channels/*/messages", status=400, code=40003, message="Too fast"
    )
    person = stage.mira.id
    assert await deliver(stage.env.bot, stage.desk, person, NOTICE) is Outcome.LATER
    assert await deliver(stage.env.bot, stage.desk, person, NOTICE) is Outcome.DELIVERED


async def test_before_discord_is_reached_everything_waits(desk: ScriptedDesk) -> None:
    adapter = DiscordAdapter(desk, DiscordOptions("x.y.z"))
    assert adapter.platform == "discord"
    assert await adapter.deliver(Identity("discord", "7"), NOTICE) is Outcome.LATER


async def test_a_post_comes_into_its_channel_and_anybody_may_press(stage: Stage) -> None:
    sent = await post(place(stage), stage.desk, NOTICE)
    message = stage.channel.last_message
    assert message is not None
    assert sent == Posted(Outcome.DELIVERED, str(message.id))
    assert (body(message), labels(message)) == ("It is over.", [["Portfolio"]])
    assert all(each.startswith("m1:0:") for each in ids(message))


@pytest.mark.parametrize(
    ("status", "code", "outcome"),
    [
        (404, 10003, Outcome.NEVER),
        (403, 50001, Outcome.NEVER),
        (400, 40003, Outcome.LATER),
    ],
)
async def test_a_channel_that_is_closed_to_us_is_never_tried_again(
    stage: Stage, status: int, code: int, outcome: Outcome
) -> None:
    stage.env.inject_error(
        "POST", "/channels/*/messages", status=status, code=code, message="refused"
    )
    assert await post(place(stage), stage.desk, NOTICE) == Posted(outcome)


async def test_before_discord_is_reached_posts_wait(desk: ScriptedDesk) -> None:
    adapter = DiscordAdapter(desk, DiscordOptions("x.y.z"))
    assert await adapter.post(Chat("1", Place.GROUP, "2"), NOTICE) == Posted(Outcome.LATER)


# --- boards that are kept up to date


def board(text: str, label: str = "Add") -> Reply:
    return Reply((Text(Words(text)),), ((Choice(label, f"/{label}", kept=True, aside=True),),))


async def test_a_board_is_put_in_place_of_its_own_message(stage: Stage) -> None:
    sent = await post(place(stage), stage.desk, board("Round 1."))
    again = await post(place(stage), stage.desk, board("Round 1, later.", "Close"), sent.message)
    assert again == sent
    (message,) = stage.channel.history()
    assert (body(message), labels(message)) == ("Round 1, later.", [["Close"]])


async def test_a_board_without_buttons_loses_those_it_had(stage: Stage) -> None:
    sent = await post(place(stage), stage.desk, board("Round 1."))
    await post(place(stage), stage.desk, Reply((Text(Words("Over.")),)), sent.message)
    (message,) = stage.channel.history()
    assert (body(message), labels(message)) == ("Over.", [])


async def test_a_board_that_somebody_deleted_is_posted_anew(stage: Stage) -> None:
    sent = await post(place(stage), stage.desk, board("Round 1."))
    stage.env.inject_error(
        "PATCH", "/channels/*/messages/*", status=404, code=10008, message="Unknown Message"
    )
    again = await post(place(stage), stage.desk, board("Round 1, later."), sent.message)
    assert again.outcome is Outcome.DELIVERED
    assert again.message != sent.message


@pytest.mark.parametrize(
    ("status", "code", "outcome"),
    [(403, 50001, Outcome.NEVER), (400, 40003, Outcome.LATER)],
)
async def test_a_board_that_could_not_be_changed_is_as_it_was(
    stage: Stage, status: int, code: int, outcome: Outcome
) -> None:
    sent = await post(place(stage), stage.desk, board("Round 1."))
    stage.env.inject_error(
        "PATCH", "/channels/*/messages/*", status=status, code=code, message="refused"
    )
    changed = await post(place(stage), stage.desk, board("Later."), sent.message)
    assert changed == Posted(outcome)
    assert [body(message) for message in stage.channel.history()] == ["Round 1."]


async def test_a_post_of_several_pages_is_known_by_its_last_one(stage: Stage) -> None:
    early, late = Text(Words("early " * 600)), Text(Words("late " * 600))
    rows = ((Choice("Add", "/add", kept=True),),)
    sent = await post(place(stage), stage.desk, Reply((early, late), rows))
    first, *_, last = stage.channel.history()
    assert (sent.message, labels(first), labels(last)) == (str(last.id), [], [["Add"]])
    changed = Reply((early, Text(Words("last " * 600))), rows)
    assert await post(place(stage), stage.desk, changed, sent.message) == sent
    first, *_, last = stage.channel.history()
    assert body(first).startswith("early")
    assert (body(last)[-10:].strip(), labels(last)) == ("last last", [["Add"]])
