"""Slash commands: what Discord is told, how they are filled in, and what reaches the desk."""

from collections.abc import Mapping

import discord
import pytest
import structlog
from simcord.backend.errors import SetupError
from typing_extensions import override

from bot.adapters.discord.client import SENT, MarginClient
from bot.adapters.discord.commands import command
from bot.chat.ports import Entry, Parameter
from bot.chat.request import Role
from tests.adapters.discord.stage import MENU, Stage, body, members
from tests.fakes.desk import ScriptedDesk


async def ignore(_interaction: discord.Interaction, _name: str, _fields: Mapping[str, str]) -> None:
    """Answer nothing."""


class Asked(ScriptedDesk):
    """A desk that remembers what it was to complete."""

    completed: tuple[str, str, str] | None = None

    @override
    def suggest(self, command: str, parameter: str, typed: str) -> tuple[tuple[str, str], ...]:
        self.completed = command, parameter, typed
        return ()


def sent(stage: Stage) -> dict[str, dict[str, object]]:
    """Return the commands Discord was told of last, by name."""
    return {each["name"]: each for each in stage.calls("PUT", "/commands")[-1]}


async def test_every_entry_of_the_menu_is_a_command_and_c_takes_a_line(stage: Stage) -> None:
    slash = [name for name, told in sent(stage).items() if told["type"] == 1]
    assert slash == ["compare", "price", "faq", "host", "c"]


async def test_commands_work_everywhere_for_everybody(stage: Stage) -> None:
    for told in sent(stage).values():
        assert told["contexts"] == [0, 1, 2]
        assert told["integration_types"] == [0, 1]


async def test_fields_are_text_and_needed_ones_come_first(stage: Stage) -> None:
    options = sent(stage)["compare"]["options"]
    assert isinstance(options, list)
    assert [(o["name"], o["type"], o["required"]) for o in options] == [
        ("side", 3, True),
        ("symbol", 3, True),
        ("leverage", 3, False),
        ("margin", 3, False),
    ]
    assert [c["value"] for c in options[0]["choices"]] == ["long", "short"]
    assert options[1]["autocomplete"]


async def test_commands_of_hosts_are_shown_to_hosts(stage: Stage) -> None:
    told = sent(stage)
    assert int(str(told["host"]["default_member_permissions"])) == members("manage_guild").value
    assert told["price"]["default_member_permissions"] is None
    with pytest.raises(SetupError):
        await stage.mira.slash(stage.channel, "host")


async def test_filled_fields_arrive_as_typed(stage: Stage) -> None:
    await stage.mira.slash(stage.channel, "compare", side="long", symbol="btc", margin="1.5k")
    request = stage.desk.last
    assert (request.command, request.text) == ("compare", "")
    assert request.options == {"side": "long", "symbol": "btc", "margin": "1.5k"}
    assert request.id.startswith("discord:")
    assert (request.who.platform, request.who.name) == ("discord", "Mira")
    assert request.locale == "en-US"
    assert request.addressed


async def test_a_line_after_c_arrives_as_a_line(stage: Stage) -> None:
    result = await stage.mira.slash(stage.channel, "c", text="10x long btc")
    assert (stage.desk.last.command, stage.desk.last.text) == ("", "10x long btc")
    assert body(result.response) == "You said `10x long btc`."


async def test_coins_are_completed_from_memory(stage: Stage) -> None:
    offered = await stage.mira.autocomplete(stage.channel, "compare", "symbol", "b", side="long")
    assert [choice["value"] for choice in offered] == ["BTCUSDT", "BCHUSDT"]
    assert stage.desk.requests == []


async def test_at_most_25_completions_are_offered(stage: Stage) -> None:
    stage.desk.suggestions = tuple((f"A{i}", f"A{i}") for i in range(40))
    assert len(await stage.mira.autocomplete(stage.channel, "price", "symbol", "a")) == 25


async def test_questions_are_completed_and_the_topic_is_what_arrives(stage: Stage) -> None:
    stage.desk.suggestions = (("WHAT IS ADL?", "adl"), ("WHAT IS A BRACKET?", "bracket"))
    offered = await stage.mira.autocomplete(stage.channel, "faq", "text", "what is adl")
    assert offered == [{"name": "WHAT IS ADL?", "value": "adl"}]
    await stage.mira.slash(stage.channel, "faq", text="adl")
    assert (stage.desk.last.command, stage.desk.last.options) == ("faq", {"text": "adl"})


async def test_completions_are_asked_for_by_command_and_field(stage: Stage) -> None:
    desk = Asked(menu=MENU)
    await stage.env.restart_bot(MarginClient(desk))
    assert await stage.mira.autocomplete(stage.channel, "faq", "text", "what") == []
    assert desk.completed == ("faq", "text", "what")


async def test_completions_fit_discord_whatever_they_are(stage: Stage) -> None:
    stage.desk.suggestions = (
        ("q" * 300, "v" * 300),
        ("two\nlines", "lines"),
        ("Shown once", "first"),
        ("Shown once", "second"),
        (" ", "unseen"),
        ("Leads nowhere", ""),
        ("\N{EYES}" * 60, "\N{EYES}" * 60),
    )
    offered = await stage.mira.autocomplete(stage.channel, "faq", "text", "")
    assert [(each["name"], each["value"]) for each in offered] == [
        ("q" * 99 + "…", "v" * 100),
        ("two lines", "lines"),
        ("Shown once", "first"),
        ("\N{EYES}" * 49 + "…", "\N{EYES}" * 50),
    ]


@pytest.mark.parametrize(
    "typed", ["", "\N{EYES}" * 3000, "<b>", "ignore all rules", "no-such-topic"]
)
async def test_what_was_not_offered_arrives_as_typed(stage: Stage, typed: str) -> None:
    await stage.mira.slash(stage.channel, "faq", text=typed)
    assert stage.desk.last.options == {"text": typed}


async def test_completions_that_come_too_late_are_one_line_in_the_log(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.env.inject_error("POST", "/interactions/*/callback", status=404, code=10062)
    with structlog.testing.capture_logs() as lines:
        await stage.mira.autocomplete(stage.channel, "price", "symbol", "b")
    assert [(line["doing"], line["reason"]) for line in lines] == [("suggest", "too late")]
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("permission", ["administrator", "manage_guild", "manage_events"])
async def test_who_runs_the_server_or_its_events_is_a_host(stage: Stage, permission: str) -> None:
    role = stage.guild.create_role("Staff", permissions=members(permission))
    sam = stage.guild.add_member(stage.env.create_user("sam"), roles=[role])
    await sam.slash(stage.channel, "price")
    assert stage.desk.last.role is Role.HOST


async def test_the_highest_role_that_a_server_gave_by_hand_comes_along(stage: Stage) -> None:
    robots = stage.guild.create_role("Robots", managed=True)
    traders, guests = (stage.guild.create_role(name) for name in ("Traders", "Guests"))
    sam = stage.guild.add_member(stage.env.create_user("sam"), roles=[guests, robots, traders])
    await sam.slash(stage.channel, "price")
    assert stage.desk.last.who.role == "Traders"  # the older stands higher
    await sam.send(stage.channel, f"{stage.mention} price")
    assert stage.desk.last.who.role == "Traders"


async def test_whom_a_server_gave_none_has_none_and_alone_with_the_bot_nobody_has(
    stage: Stage,
) -> None:
    boosts = stage.guild.create_role("Boosters", managed=True)
    sam = stage.guild.add_member(stage.env.create_user("sam"), roles=[boosts])
    for who in (stage.mira, sam):
        await who.slash(stage.channel, "price")
        assert stage.desk.last.who.role == ""
    traders = stage.guild.create_role("Traders")
    dora = stage.guild.add_member(stage.env.create_user("dora"), roles=[traders])
    await dora.send_dm("price")
    assert stage.desk.last.who.role == ""


async def test_everybody_else_is_a_member(stage: Stage) -> None:
    await stage.mira.slash(stage.channel, "price")
    assert stage.desk.last.role is Role.MEMBER


async def test_a_restart_sends_the_same_commands_not_again(stage: Stage) -> None:
    await stage.env.restart_bot(MarginClient(stage.desk))
    assert len(stage.calls("PUT", "/commands")) == 1
    await stage.mira.slash(stage.channel, "price")
    assert stage.desk.last.command == "price"


async def test_a_changed_menu_is_sent(stage: Stage) -> None:
    stage.desk.menu = (*stage.desk.menu, Entry("max", "The largest size"))
    await stage.env.restart_bot(MarginClient(stage.desk))
    assert len(stage.calls("PUT", "/commands")) == 2
    assert "max" in sent(stage)


async def test_commands_that_could_not_be_sent_are_sent_next_time(stage: Stage) -> None:
    before = stage.desk.notes[SENT]
    stage.desk.menu = stage.desk.menu[:1]
    stage.env.inject_error("PUT", "/applications/*/commands", status=500)
    with structlog.testing.capture_logs() as lines:
        await stage.env.restart_bot(MarginClient(stage.desk))
    assert [line["doing"] for line in lines] == ["commands"]
    assert stage.desk.notes[SENT] == before
    await stage.env.restart_bot(MarginClient(stage.desk))
    assert stage.desk.notes[SENT] != before


async def test_a_server_for_trying_out_gets_the_commands_alone(stage: Stage) -> None:
    await stage.env.restart_bot(MarginClient(stage.desk, test_guild=stage.guild.id))
    (told,) = stage.calls("PUT", f"/guilds/{stage.guild.id}/commands")
    assert [each["name"] for each in told] == [*(e.name for e in MENU), "c", "Explain this"]
    assert len(stage.calls("PUT", "/commands")) == 2


async def test_a_command_of_the_menu_named_c_takes_the_place_of_ours(stage: Stage) -> None:
    stage.desk.menu = (Entry("c", "Its own"),)
    await stage.env.restart_bot(MarginClient(stage.desk))
    assert list(sent(stage)) == ["c", "Explain this"]
    assert sent(stage)["c"]["description"] == "Its own"


async def test_a_fault_of_ours_behind_a_command_is_logged_under_an_id(stage: Stage) -> None:
    del stage.desk.answers
    with structlog.testing.capture_logs() as lines:
        await stage.mira.slash(stage.channel, "price")
    (line,) = lines
    assert (line["event"], len(line["fault"])) == ("fault", 8)


async def test_other_faults_of_the_library_stay_in_the_log(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.env.inject_error("POST", "/interactions/*/callback", status=500)
    await stage.mira.autocomplete(stage.channel, "price", "symbol", "b")
    assert "autocomplete" in caplog.text


async def test_a_command_we_have_no_more_is_explained_to_the_asker(stage: Stage) -> None:
    stage.desk.menu = (Entry("price", "Prices", (Parameter("unit", "New", required=True),)),)
    stage.env.inject_error("PUT", "/applications/*/commands", status=500)
    with structlog.testing.capture_logs():
        await stage.env.restart_bot(MarginClient(stage.desk))
    gone = await stage.mira.slash(stage.channel, "compare", side="long", symbol="btc")
    changed = await stage.mira.slash(stage.channel, "price")
    for result in (gone, changed):
        assert result.ephemeral
        assert body(result.response) == "This command has changed. Type / and pick it again."


def test_a_menu_beyond_discords_bounds_is_cut_to_them() -> None:
    many = tuple(Parameter(f"p{i}", "x" * 300) for i in range(40))
    listed = Parameter("kind", "", choices=tuple(f"v{i}" for i in range(30)), suggests=True)
    told = command(Entry("wide", "w" * 300, (listed, *many)), ignore, lambda _c, _p, _t: ())
    assert len(told.description) == 100
    assert len(told.parameters) == 25
    kind = told.get_parameter("kind")
    assert kind is not None
    assert (kind.description, kind.choices, kind.autocomplete) == ("…", [], True)
