"""Answers to presses: in place or below, hidden or not, late, twice, from strangers."""

import pytest
import structlog
from simcord.interactions import base_payload

from bot.adapters.discord.client import MarginClient
from bot.chat.reply import Hush, Reply, Text, Words
from tests.adapters.discord.stage import WHAT_IF, Stage, body, first, ids, labels, told
from tests.fakes.desk import one_line, private


def asked(stage: Stage) -> Stage:
    """Set the scene: a price with buttons."""
    stage.desk.answers |= {
        "price": WHAT_IF,
        "/c 20x": one_line("Twenty times."),
        "/faq why": one_line("Because."),
        "/mine": private(one_line("Your own money.")),
    }
    return stage


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


async def test_nothing_that_a_bot_presses_or_calls_is_answered(stage: Stage) -> None:
    shown = await asked(stage).mira.slash(stage.channel, "price")
    robot = stage.guild.add_member(stage.env.create_user("robot", bot=True))
    pressed = await robot.click(first(shown), label="Why?")
    called = await robot.slash(stage.channel, "price")
    assert (pressed.acknowledged, called.acknowledged) == (False, False)
    assert len(stage.desk.requests) == 1


async def test_a_form_that_a_bot_sends_is_not_read(stage: Stage) -> None:
    robot = stage.guild.add_member(stage.env.create_user("robot", bot=True))
    for sender, asked_of_the_desk in ((robot, 0), (stage.mira, 1)):
        backend, place = stage.env.backend, stage.channel.id
        field = {"type": 4, "custom_id": "typed", "value": "54000"}
        data = {
            "custom_id": "m1:0:f0:/answer {}",
            "components": [{"type": 1, "components": [field]}],
        }
        where = {"channel_id": place, "guild_id": stage.guild.id, "user_id": sender.id}
        _, payload = base_payload(backend, type=5, data=data, **where)
        backend.emit("INTERACTION_CREATE", payload)
        await stage.env.settle()
        assert len(stage.desk.requests) == asked_of_the_desk
    assert stage.desk.last.text == "/answer 54000"
