"""Slash commands out of the desk's menu: every command typed field by field, and `/c` for a line.

All fields are text, money too, so that `1.5k` and `0,5` work; whoever reads them checks them,
because a client's choices and suggestions bind nobody. The commands are sent to Discord only when
they differ from what was sent last.
"""

import hashlib
import inspect
import json
from collections.abc import Callable, Coroutine, Iterable, Mapping

import discord
from discord import app_commands

from bot.adapters.discord.limits import CHOICES, HELP, OPTIONS, head, shortened
from bot.chat.i18n import Translate
from bot.chat.ports import Entry, Parameter

FREE = "c"
"""The command that takes a line as one would type it elsewhere."""

Ask = Callable[[discord.Interaction, str, Mapping[str, str]], Coroutine[None, None, None]]
"""Answers a slash command: interaction, name, the fields that were filled."""

Suggest = Callable[[str, str, str], tuple[tuple[str, str], ...]]
"""Completes what is typed: command, field, what stands there; what is shown and what it means."""

Command = app_commands.Command[discord.app_commands.Group, ..., None]


def command(entry: Entry, ask: Ask, suggest: Suggest) -> Command:
    """Return a menu entry as a slash command."""
    parameters = sorted(entry.parameters[:OPTIONS], key=lambda p: not p.required)

    async def callback(interaction: discord.Interaction, **fields: str | None) -> None:
        filled = {name: value for name, value in fields.items() if value is not None}
        await ask(interaction, entry.name, filled)

    callback.__signature__ = _signature(parameters)  # type: ignore[attr-defined]  # what inspect reads
    app_commands.describe(**{p.name: _help(p.help) for p in parameters})(callback)
    listed = {
        p.name: _choices((value, value) for value in p.choices)
        for p in parameters
        if 0 < len(p.choices) <= CHOICES
    }
    app_commands.choices(**listed)(callback)
    made: Command = app_commands.Command(
        name=entry.name, description=_help(entry.help), callback=callback
    )
    for parameter in parameters:
        if parameter.suggests and parameter.name not in listed:
            made.autocomplete(parameter.name)(_completion(entry.name, parameter.name, suggest))
    if entry.host:
        # What Discord shows by default and a server may change; the real check is the role's.
        made.default_permissions = discord.Permissions(manage_guild=True)
    return made


def free_line(ask: Ask, _: Translate) -> Command:
    """Return the command that takes a free line."""
    entry = Entry(
        FREE,
        _("Ask in one line, in any order"),
        (Parameter("text", _("For example: 10x long btc"), required=True),),
    )
    return command(entry, ask, lambda _command, _field, _typed: ())


def fingerprint(tree: app_commands.CommandTree[discord.Client], where: str) -> str:
    """Return a hash of everything that Discord would be sent, and to whom."""
    sent = [each.to_dict(tree) for each in tree.get_commands()]
    text = json.dumps([where, sent], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _signature(parameters: list[Parameter]) -> inspect.Signature:
    """A signature for the library to read the fields off; all text, optional ones None."""
    kind = inspect.Parameter.KEYWORD_ONLY
    first = inspect.Parameter(
        "interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=discord.Interaction
    )
    fields = (
        inspect.Parameter(p.name, kind, annotation=str)
        if p.required
        else inspect.Parameter(p.name, kind, annotation=str | None, default=None)
        for p in parameters
    )
    return inspect.Signature([first, *fields])


def _choices(pairs: Iterable[tuple[str, str]]) -> list[app_commands.Choice[str]]:
    """What is shown and what it means, as Discord lists it: neither empty, none shown twice."""
    fitting: dict[str, str] = {}
    for shown, meant in pairs:
        if shown.strip() and meant.strip():
            fitting.setdefault(_help(shown), head(meant, HELP))
    listed = list(fitting.items())[:CHOICES]
    return [app_commands.Choice(name=shown, value=meant) for shown, meant in listed]


def _completion(
    command: str, field: str, suggest: Suggest
) -> Callable[[discord.Interaction, str], Coroutine[None, None, list[app_commands.Choice[str]]]]:
    """A completion that is served from memory, as there are only three seconds for it."""

    async def complete(
        _interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        return _choices(suggest(command, field, typed))

    return complete


def _help(text: str) -> str:
    return shortened(" ".join(text.split()), HELP) or "…"
