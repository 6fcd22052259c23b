"""From Telegram's updates to requests: who, where, and whether it was meant for us at all.

In a group only commands, mentions and replies to us are read; everything else is other people's
talk, also where the bot is an admin and sees it.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from telegram import (
    CallbackQuery,
    InlineQuery,
    MaybeInaccessibleMessage,
    Message,
    MessageEntity,
    Update,
    User,
)
from telegram import Chat as TelegramChat
from telegram.constants import ChatType

from bot.chat.request import Chat, Place, Quoted, Request, Role, Who

PLATFORM = "telegram"
ANYWHERE = Chat("inline", Place.GROUP)
"""Where an inline query stands: its answer may be posted before anybody, we do not learn where."""

_ANSWER_THAT = "/faq"
"""What our name alone means under somebody's message."""

_COMMAND = re.compile(r"\s*/\w+(?:@(\w+))?")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an answer goes: chat, topic, and in groups the message it replies to."""

    chat: int
    topic: int | None = None
    reply_to: int | None = None

    @property
    def in_group(self) -> bool:
        """Whether others can see it."""
        return self.chat < 0


def message_request(update: Update, me: User, at: datetime | None = None) -> Request | None:
    """Read a message, written or edited, that came in `at`; None where it is not meant for us."""
    message = update.message or update.edited_message
    if message is None or not message.text or message.is_automatic_forward:
        return None
    if message.via_bot and message.via_bot.id == me.id:
        return None  # an answer of ours that somebody posted is no question
    who, role = _writer(message)
    if who is None:
        return None
    addressed = is_addressed(message, me)
    text = without_mention(message, me)
    command = _COMMAND.match(text)
    if command and (command[1] or "").lower() not in {"", str(me.username).lower()}:
        return None
    if not command and not addressed:
        return None
    quoted = quoted_by(message, me)
    return Request(
        id=f"{PLATFORM}:{update.update_id}",
        who=who,
        chat=chat_of(message.chat, topic_of(message)),
        text=text or (_ANSWER_THAT if quoted else ""),
        locale=locale_of(message.from_user),
        role=role,
        addressed=addressed,
        quoted=quoted,
        at=at,
    )


def button_request(
    query: CallbackQuery, say: str, *, aside: bool = False, at: datetime | None = None
) -> Request:
    """Return the request that a pressed button stands for; a press carries the real person."""
    message = query.message
    assert message is not None
    return Request(
        id=f"{PLATFORM}:press:{query.id}",
        who=person(query.from_user),
        chat=chat_of(message.chat, topic_of(message)),
        text=say,
        locale=locale_of(query.from_user),
        addressed=True,
        button=True,
        aside=aside,
        at=at,
    )


def inline_request(query: InlineQuery) -> Request:
    """Return the request behind an inline query.

    It is asked in English whoever asks: Telegram hands one general answer on to everybody.
    """
    return Request(
        id=f"{PLATFORM}:inline:{query.id}",
        who=person(query.from_user),
        chat=ANYWHERE,
        text=query.query.strip(),
        addressed=True,
    )


def _writer(message: Message) -> tuple[Who | None, Role]:
    """Return who wrote; anonymous admins and channels are masked, other bots are nobody."""
    if message.sender_chat is not None:
        chat = message.sender_chat
        return Who(PLATFORM, str(chat.id), chat.title or ""), Role.MASKED
    user = message.from_user
    return (None if user is None or user.is_bot else person(user)), Role.MEMBER


def person(user: User) -> Who:
    """Return a user as requests carry them."""
    return Who(PLATFORM, str(user.id), user.full_name)


def locale_of(user: User | None) -> str:
    """Return the language of somebody's client."""
    return (user.language_code if user else None) or "en"


def chat_of(chat: TelegramChat, topic: int | None = None) -> Chat:
    """Return a chat as requests carry it."""
    place = Place.PRIVATE if chat.type == ChatType.PRIVATE else Place.GROUP
    return Chat(str(chat.id), place, "" if topic is None else str(topic), chat.title or "")


def topic_of(message: MaybeInaccessibleMessage) -> int | None:
    """Return the topic; plain replies carry a thread id too, which is none."""
    if isinstance(message, Message) and message.is_topic_message:
        return message.message_thread_id
    return None


def spot_of(message: MaybeInaccessibleMessage, *, reply: bool = True) -> Spot:
    """Return where the answer to a message goes."""
    in_group = message.chat.type != ChatType.PRIVATE
    target = message.message_id if reply and in_group else None
    return Spot(message.chat.id, topic_of(message), target)


def is_addressed(message: Message, me: User) -> bool:
    """Whether a message means us without a slash: alone with us, a mention, a reply to us."""
    if message.chat.type == ChatType.PRIVATE:
        return True
    answered = message.reply_to_message
    if answered and answered.from_user and answered.from_user.id == me.id:
        return not answered.forum_topic_created
    return bool(_mentions(message, me))


def quoted_by(message: Message, me: User) -> Quoted | None:
    """Return somebody's message that this one replies to; our own and wordless ones are none."""
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created:
        return None
    if (replied.from_user and replied.from_user.id == me.id) or replied.via_bot == me:
        return None
    text = without_mention(replied, me) or (replied.caption or "").strip()
    return Quoted(str(replied.message_id), text) if text else None


def _mentions(message: Message, me: User) -> list[str]:
    """Return our mentions as they stand in the text."""
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    name = f"@{me.username}".lower()
    return [
        text
        for entity, text in message.parse_entities(kinds).items()
        if text.lower() == name or (entity.user and entity.user.id == me.id)
    ]


def without_mention(message: Message, me: User) -> str:
    """Return the text without our name; other names stay."""
    text = message.text or ""
    for mention in _mentions(message, me):
        text = text.replace(mention, " ", 1)
    return text.strip()
