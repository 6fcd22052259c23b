"""What a command is handed, made without a line: somebody alone with the bot."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from bot.chat.ask import Ask
from bot.chat.i18n import english
from bot.chat.reading import Defaults, Reading
from bot.chat.request import Chat, Place, Request, Who
from core.people import ChatRules, Preferences
from tests.chat.lines import CONTEXT, read
from tests.walk.house import Home


def read_against(line: str, marks: Mapping[str, Decimal] | None = None) -> Reading:
    """Read a line, against given marks or those of the tests of lines."""
    return read(line, CONTEXT if marks is None else replace(CONTEXT, marks=marks))


def asking(home: Home, who: str = "1", *, group: bool = False) -> Ask:
    """An ask of a person on Telegram, in private or in a group."""
    chat = Chat("-5", Place.GROUP) if group else Chat(who)
    return Ask(
        request=Request(id="ask:1", who=Who("telegram", who), chat=chat),
        reading=Reading("", {}),
        preferences=Preferences(),
        rules=ChatRules(),
        defaults=Defaults(),
        house=Defaults(),
        services=home.services,
        now=home.clock.now(),
        menu=(),
        read=read_against,
        reckon=home.say,
        _=english,
    )
