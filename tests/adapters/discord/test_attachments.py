"""Files are attached to the message they belong to."""

from typing import Any

from bot.chat.reply import File, Reply, Text, Words
from tests.adapters.discord.stage import Stage, body, first
from tests.fakes.desk import private

FILES = Reply(
    (
        Text(Words("Everything.")),
        File("a.json", "application/json", "{}\n"),
        File("b.csv", "text/csv", "x,y\n"),
    )
)


def names(message: Any) -> list[str]:
    """Return the names of a message's attachments."""
    kept = getattr(message, "message", message)
    return [each.filename for each in kept.attachments]


async def test_a_command_is_answered_with_attachments(stage: Stage) -> None:
    stage.desk.answers["price"] = FILES
    result = await stage.mira.slash(stage.channel, "price")
    assert body(first(result)) == "Everything."
    assert names(first(result)) == ["a.json", "b.csv"]


async def test_a_line_in_private_is_answered_with_attachments(stage: Stage) -> None:
    stage.desk.answers["/export"] = FILES
    await stage.mira.send_dm("/export")
    assert names(stage.mira.user.dm_channel.last_message) == ["a.json", "b.csv"]


async def test_in_a_server_private_attachments_are_seen_by_one(stage: Stage) -> None:
    stage.desk.answers["price"] = private(FILES)
    result = await stage.mira.slash(stage.channel, "price")
    assert result.ephemeral
    assert names(first(result)) == ["a.json", "b.csv"]
    assert stage.channel.history(viewer=stage.tobi) == []
