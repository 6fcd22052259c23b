"""The choice in a message's menu: who hears the answer, and what reaches the desk."""

import discord
import pytest
from discord import app_commands

from bot.adapters.discord.client import SENT, MarginClient
from bot.adapters.discord.commands import fingerprint
from bot.adapters.discord.explain import explain_menu
from bot.chat.i18n import english
from bot.chat.reply import Hush, Reply
from bot.chat.request import Place, Quoted
from tests.adapters.discord.stage import Stage, body, first
from tests.fakes.desk import one_line, private

NAME = "Explain this"


async def ignore(_interaction: discord.Interaction, _message: discord.Message) -> None:
    """Answer nothing."""


async def test_every_message_has_it_in_its_menu(stage: Stage) -> None:
    (told,) = [each for each in stage.calls("PUT", "/commands")[-1] if each["name"] == NAME]
    assert told["type"] == discord.AppCommandType.message.value
    assert (told["contexts"], told["integration_types"]) == ([0, 1, 2], [0, 1])
    assert told["default_member_permissions"] is None


async def test_it_asks_about_the_message_that_was_chosen(stage: Stage) -> None:
    told = await stage.tobi.send(stage.channel, "why was i liquidated")
    await stage.mira.context_menu(stage.channel, NAME, told)
    (request,) = stage.desk.requests
    assert (request.text, request.command) == ("/faq", "")
    assert request.quoted == Quoted(str(told.id), "why was i liquidated")
    assert (request.slash, request.addressed, request.button) == (True, True, False)
    assert request.who.name == "Mira"
    assert (request.chat.id, request.chat.topic) == (str(stage.guild.id), str(stage.channel.id))


async def test_whom_the_message_points_at_is_no_part_of_the_question(stage: Stage) -> None:
    line = f"<@{stage.mira.id}> <#{stage.channel.id}> what is adl <:sad:123> <t:1700000000:R>"
    told = await stage.tobi.send(stage.channel, line)
    await stage.mira.context_menu(stage.channel, NAME, told)
    assert stage.desk.last.quoted == Quoted(str(told.id), "what is adl")


async def test_a_picture_without_words_is_an_empty_question(stage: Stage) -> None:
    told = await stage.tobi.send(stage.channel, attachments=[("chart.png", b"\x89PNG")])
    result = await stage.mira.context_menu(stage.channel, NAME, told)
    assert stage.desk.last.quoted == Quoted(str(told.id), "")
    assert body(first(result)) == "You said `/faq`."


async def test_the_answer_is_for_all_to_see_and_repeats_nothing(stage: Stage) -> None:
    told = await stage.tobi.send(stage.channel, "my secret question @everyone")
    stage.desk.answers["/faq"] = Reply(one_line("A wall.").blocks, under=str(told.id))
    result = await stage.mira.context_menu(stage.channel, NAME, told)
    assert (result.ephemeral, body(first(result))) == (False, "A wall.")
    message = first(result).message
    assert (message.mentions, message.mention_everyone) == ([], False)
    (sent,) = stage.calls("POST", "/callback")
    assert sent["data"]["allowed_mentions"]["parse"] == []
    assert "secret" not in stage.spoken()


async def test_a_private_answer_is_seen_by_the_asker_alone(stage: Stage) -> None:
    told = await stage.tobi.send(stage.channel, "where am i liquidated")
    stage.desk.answers["/faq"] = private(one_line("Your short: 5."))
    result = await stage.mira.context_menu(stage.channel, NAME, told)
    assert (result.ephemeral, body(first(result))) == (True, "Your short: 5.")
    assert len(stage.channel.history(viewer=stage.tobi)) == 1


async def test_a_slow_answer_is_seen_by_the_asker_alone(stage: Stage) -> None:
    told = await stage.tobi.send(stage.channel, "where am i liquidated")
    stage.desk.delays["/faq"] = 5
    stage.desk.answers["/faq"] = private(one_line("Your short: 5."))
    result = await stage.mira.context_menu(stage.channel, NAME, told)
    await stage.env.advance_time(2)
    assert (result.deferred, result.ephemeral) == (True, True)
    await stage.env.advance_time(4)
    assert body(first(result)) == "Your short: 5."
    assert len(stage.channel.history(viewer=stage.tobi)) == 1


async def test_it_works_alone_with_the_bot(stage: Stage) -> None:
    told = await stage.mira.send_dm("why was i liquidated")
    result = await stage.explained_in_private(told)
    assert (result.ephemeral, body(first(result))) == (False, "You said `/faq`.")
    assert stage.desk.last.chat.place is Place.PRIVATE
    assert stage.desk.last.quoted == Quoted(str(told.id), "why was i liquidated")


@pytest.mark.parametrize(
    ("outcome", "words"), [("cooldown", "enough"), ("explained", "has had its answer")]
)
async def test_silence_is_explained_to_the_asker_alone(
    stage: Stage, outcome: str, words: str
) -> None:
    told = await stage.tobi.send(stage.channel, "why was i liquidated")
    stage.desk.answers["/faq"] = Hush(react=True, outcome=outcome)
    result = await stage.mira.context_menu(stage.channel, NAME, told)
    assert result.ephemeral
    assert words in body(first(result))


@pytest.mark.parametrize("name", ["Explain this", "Explique isto"])
def test_a_choice_that_is_new_or_renamed_is_sent_again(name: str) -> None:
    def tree(*menus: app_commands.ContextMenu) -> app_commands.CommandTree[discord.Client]:
        made = app_commands.CommandTree(discord.Client(intents=discord.Intents.none()))
        for menu in menus:
            made.add_command(menu)
        return made

    earlier = (
        fingerprint(tree(), "here"),
        fingerprint(tree(explain_menu(ignore, str.upper)), "here"),
    )
    assert fingerprint(tree(explain_menu(ignore, lambda _text: name)), "here") not in earlier


async def test_a_restart_sends_it_not_again(stage: Stage) -> None:
    before = stage.desk.notes[SENT]
    await stage.env.restart_bot(MarginClient(stage.desk))
    assert stage.desk.notes[SENT] == before
    assert len(stage.calls("PUT", "/commands")) == 1


def test_its_name_is_translated() -> None:
    assert explain_menu(ignore, english).name == NAME
    assert explain_menu(ignore, str.upper).name == NAME.upper()
