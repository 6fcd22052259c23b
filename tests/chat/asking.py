"""What a command is handed, made without a line: somebody alone with the bot."""

from bot.chat.ask import Ask
from bot.chat.i18n import english
from bot.chat.reading import Defaults, Reading
from bot.chat.request import Chat, Place, Request, Who
from core.ports import ChatRules, Preferences
from tests.walk.house import Home


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
        reckon=home.say,
        _=english,
    )
