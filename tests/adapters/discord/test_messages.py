"""Answers to messages: only what is meant for the bot; nobody's own figures in public."""

import discord
import structlog

from bot.chat.figures import Code
from bot.chat.reply import Choice, Hush, Reply, Text, Words
from bot.chat.request import Place, Quoted, Role
from tests.adapters.discord.stage import Stage, body, labels, members
from tests.fakes.desk import one_line, private


def above(message: discord.Message) -> dict[str, str]:
    """Return what a reply to a message says of it."""
    return {"message_id": str(message.id), "channel_id": str(message.channel.id)}


async def test_a_mention_is_answered_below_it(stage: Stage) -> None:
    asked = await stage.mira.send(stage.channel, f"{stage.mention} 10x long btc")
    answer = stage.channel.last_message
    assert answer
    assert body(answer) == "You said `10x long btc`."
    assert answer.reference
    assert answer.reference.message_id == asked.id
    request = stage.desk.last
    assert (request.text, request.addressed, request.button) == ("10x long btc", True, False)
    assert (request.chat.id, request.chat.topic) == (str(stage.guild.id), str(stage.channel.id))
    assert (request.who.name, request.role) == ("Mira", Role.MEMBER)


async def test_a_mention_anywhere_in_the_line_is_taken_out(stage: Stage) -> None:
    await stage.mira.send(stage.channel, f"what is cross {stage.mention} ?")
    assert stage.desk.last.text == "what is cross   ?"


async def test_other_peoples_talk_is_not_heard(stage: Stage) -> None:
    await stage.mira.send(stage.channel, "10x long btc")
    await stage.mira.send(stage.channel, f"<@{stage.tobi.id}> 10x long btc @everyone")
    assert stage.desk.requests == []


async def test_a_private_line_is_answered(stage: Stage) -> None:
    await stage.mira.send_dm("10x long btc")
    assert stage.desk.last.chat.place is Place.PRIVATE
    assert body(stage.mira.user.dm_channel.last_message) == "You said `10x long btc`."


async def test_private_figures_are_shown_in_private(stage: Stage) -> None:
    stage.desk.answers["pf"] = private(one_line("You have 5."))
    await stage.mira.send_dm("pf")
    assert body(stage.mira.user.dm_channel.last_message) == "You have 5."


async def test_bots_and_webhooks_are_not_answered(stage: Stage) -> None:
    robot = stage.guild.add_member(stage.env.create_user("robot", bot=True))
    await robot.send(stage.channel, f"{stage.mention} hello")
    await stage.guild.create_webhook(stage.channel).send(f"{stage.mention} hello")
    assert stage.desk.requests == []


async def test_hosts_are_known_from_their_messages(stage: Stage) -> None:
    role = stage.guild.create_role("Staff", permissions=members("manage_events"))
    sam = stage.guild.add_member(stage.env.create_user("sam"), roles=[role])
    await sam.send(stage.channel, f"{stage.mention} host off")
    assert stage.desk.last.role is Role.HOST


async def test_a_reaction_stands_for_words(stage: Stage) -> None:
    stage.desk.answers["hi"] = Hush(react=True)
    await stage.mira.send(stage.channel, f"{stage.mention} hi")
    (message,) = stage.channel.history()
    assert [str(reaction.emoji) for reaction in message.reactions] == ["\N{EYES}"]


async def test_silence_is_silence(stage: Stage) -> None:
    stage.desk.answers["hi"] = Hush()
    await stage.mira.send(stage.channel, f"{stage.mention} hi")
    (message,) = stage.channel.history()
    assert message.reactions == []


async def test_figures_of_a_person_go_to_their_private_messages(stage: Stage) -> None:
    stage.desk.answers["pf"] = private(one_line("You have 5."))
    await stage.mira.send(stage.channel, f"{stage.mention} pf")
    assert body(stage.mira.user.dm_channel.last_message) == "You have 5."
    assert len(stage.channel.history()) == 1


async def test_where_private_messages_are_closed_a_hint_without_figures_is_given(
    stage: Stage,
) -> None:
    stage.desk.answers["pf"] = private(one_line("You have 5."))
    closed = stage.mira.user.dm_channel.id
    stage.env.inject_error("POST", f"/channels/{closed}/messages", status=403, code=50007)
    await stage.mira.send(stage.channel, f"{stage.mention} pf")
    assert "Use the slash command" in body(stage.channel.last_message)
    assert "5" not in body(stage.channel.last_message)


async def test_a_channel_that_takes_no_answer_is_one_line_in_the_log(stage: Stage) -> None:
    stage.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    with structlog.testing.capture_logs() as lines:
        await stage.mira.send(stage.channel, f"{stage.mention} hi")
    assert [(line["doing"], line["code"]) for line in lines] == [("message", 50013)]


async def test_an_answer_takes_its_question_along_after_its_time(stage: Stage) -> None:
    stage.desk.answers["hi"] = Reply(one_line("Hello.").blocks, delete_after=30)
    await stage.mira.send(stage.channel, f"{stage.mention} hi")
    assert len(stage.channel.history()) == 2
    await stage.env.advance_time(31)
    assert stage.channel.history() == []


async def test_buttons_below_a_message_belong_to_its_writer(stage: Stage) -> None:
    again = Reply((Text(Words("Once.")),), choices=((Choice("Again", "/again", replace=True),),))
    stage.desk.answers["hi"] = again
    await stage.mira.send(stage.channel, f"{stage.mention} hi")
    answer = stage.channel.last_message
    assert answer
    assert labels(answer) == [["Again"]]
    aside = await stage.tobi.click(answer, label="Again")
    assert aside.ephemeral
    await stage.mira.click(answer, label="Again")
    assert body(stage.channel.last_message) == "You said `/again`."


async def test_a_bare_mention_below_a_message_asks_about_that_message(stage: Stage) -> None:
    told = await stage.tobi.send(
        stage.channel, f"{stage.mention} why was i <@{stage.mira.id}> rekt"
    )
    await stage.mira.send(stage.channel, stage.mention, reply_to=told)
    assert stage.desk.last.text == "/faq"
    assert stage.desk.last.quoted == Quoted(str(told.id), "why was i   rekt")
    assert stage.desk.last.who.name == "Mira"


async def test_words_beside_the_mention_stay_and_the_message_above_is_told_too(
    stage: Stage,
) -> None:
    told = await stage.mira.send_dm("why was i liquidated")
    await stage.mira.send_dm("explain", reference=above(told))
    assert (stage.desk.last.text, stage.desk.last.quoted) == (
        "explain",
        Quoted(str(told.id), "why was i liquidated"),
    )


async def test_a_message_the_bot_may_not_read_is_no_question(stage: Stage) -> None:
    told = await stage.tobi.send(stage.channel, "why was i liquidated")
    await stage.mira.send(stage.channel, stage.mention, reply_to=told)
    assert (stage.desk.last.text, stage.desk.last.quoted) == ("/faq", None)


async def test_a_message_that_is_gone_is_no_question(stage: Stage) -> None:
    told = await stage.tobi.send(stage.channel, f"{stage.mention} why was i liquidated")
    await stage.tobi.delete(told)
    gone = above(told)
    stage.env.backend.create_message(
        stage.channel.id, stage.mira.id, f"{stage.mention} why", reference=gone
    )
    await stage.env.settle()
    assert (stage.desk.last.text, stage.desk.last.quoted) == ("why", None)


async def test_below_an_answer_of_ours_people_ask_on(stage: Stage) -> None:
    await stage.mira.send(stage.channel, f"{stage.mention} 10x long btc")
    answer = stage.channel.last_message
    assert answer
    await stage.tobi.send(stage.channel, "and at 20x", reply_to=answer)
    assert (stage.desk.last.text, stage.desk.last.quoted) == ("and at 20x", None)


async def test_an_answer_stands_under_the_message_it_is_about(stage: Stage) -> None:
    told = await stage.tobi.send(stage.channel, "why was i liquidated")
    stage.desk.answers["/faq"] = Reply(one_line("A wall.").blocks, under=str(told.id))
    await stage.mira.send(stage.channel, stage.mention, reply_to=told)
    answer = stage.channel.last_message
    assert answer
    assert answer.reference
    assert (body(answer), answer.reference.message_id) == ("A wall.", told.id)
    assert (answer.mentions, answer.mention_everyone) == ([], False)
    (sent,) = stage.calls("POST", f"/channels/{stage.channel.id}/messages")
    assert sent["allowed_mentions"] == {"parse": []}


async def test_an_answer_about_a_message_that_is_gone_stands_in_the_channel(stage: Stage) -> None:
    told = await stage.tobi.send(stage.channel, "why was i liquidated")
    await stage.tobi.delete(told)
    stage.desk.answers["what"] = Reply(one_line("A wall.").blocks, under=str(told.id))
    await stage.mira.send(stage.channel, f"{stage.mention} what")
    assert body(stage.channel.last_message) == "A wall."


async def test_the_message_an_answer_is_about_is_never_repeated(stage: Stage) -> None:
    told = await stage.mira.send_dm("my secret question")
    stage.desk.answers["/faq"] = Reply(one_line("A wall.").blocks, under=str(told.id))
    before = len(stage.env.http_requests)
    await stage.mira.send_dm(stage.mention, reference=above(told))
    assert stage.desk.last.quoted == Quoted(str(told.id), "my secret question")
    assert "A wall." in stage.spoken(since=before)
    assert "secret" not in stage.spoken(since=before)


async def test_nobody_is_rung_by_an_answer(stage: Stage) -> None:
    text = Words("{line}", {"line": Code(f"@everyone <@{stage.tobi.id}>")})
    stage.desk.answers["hi"] = Reply((Text(text),))
    await stage.mira.send(stage.channel, f"{stage.mention} hi")
    (sent,) = stage.calls("POST", f"/channels/{stage.channel.id}/messages")
    assert sent["allowed_mentions"] == {"parse": []}
    answer = stage.channel.last_message
    assert answer
    assert (answer.mentions, answer.mention_everyone) == ([], False)


async def test_a_fault_below_a_message_is_told_by_its_number(stage: Stage) -> None:
    choice = Choice("Yes", "/yes", kept=True)
    stage.desk.answers["what is cross"] = Reply((Text(Words("A wall.")),), choices=((choice,),))
    stage.desk.away = True
    with structlog.testing.capture_logs() as lines:
        await stage.mira.send_dm("what is cross")
    (fault,) = [line["fault"] for line in lines if line["event"] == "fault"]
    assert fault in body(stage.mira.user.dm_channel.last_message)
