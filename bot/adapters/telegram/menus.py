"""The command menus: canonical names, one menu per scope, sent only when they changed."""

import hashlib
import re
from collections.abc import Iterable

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
)

from bot.adapters.telegram.limits import HELP, MENU, scrub, shortened
from bot.chat.ports import Desk, Entry

NOTE = "telegram.menus"

_NAME = re.compile(r"[a-z0-9_]{1,32}")


def commands(entries: Iterable[Entry], *, host: bool) -> list[BotCommand]:
    """Return a menu; host commands only where they can be used."""
    return [
        BotCommand(entry.name, shortened(scrub(entry.help), HELP) or entry.name)
        for entry in entries
        if _NAME.fullmatch(entry.name) and (host or not entry.host)
    ][:MENU]


def menus(entries: Iterable[Entry]) -> list[tuple[BotCommandScope, list[BotCommand]]]:
    """Return every scope with its menu."""
    listed = tuple(entries)
    everybody, hosts = commands(listed, host=False), commands(listed, host=True)
    return [
        (BotCommandScopeDefault(), everybody),
        (BotCommandScopeAllPrivateChats(), everybody),
        (BotCommandScopeAllGroupChats(), everybody),
        (BotCommandScopeAllChatAdministrators(), hosts),
    ]


async def publish(bot: Bot, desk: Desk) -> None:
    """Send the menus, unless Telegram has them already."""
    wanted = menus(desk.menu)
    spelled = repr([bot.id, [(scope.type, [c.to_dict() for c in menu]) for scope, menu in wanted]])
    digest = hashlib.sha256(spelled.encode()).hexdigest()
    if await desk.note(NOTE) == digest:
        return
    for scope, menu in wanted:
        await bot.set_my_commands(menu, scope=scope)
    await desk.set_note(NOTE, digest)
