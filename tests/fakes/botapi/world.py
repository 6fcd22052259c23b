"""What the server knows: people, chats, messages, open button presses; and what happens to them.

Tests speak as people (`say`, `press`, `edit`, `block`, `migrate` ...); each of these queues the
update that Telegram would send. Everything the bot did can be read back from `posted`.
"""

import re
import time
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.fakes.botapi.parser import Entity, automatic

Json = dict[str, Any]

TOKEN = "4242424242:AAE-not-a-token-of-anybody-at-all-123"
BOT: Json = {
    "id": 4242424242,
    "is_bot": True,
    "first_name": "Marginbot",
    "username": "marginbot_test_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
    "can_connect_to_business": False,
    "has_main_web_app": False,
}
ANONYMOUS: Json = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
GROUP = -1001000000000042

EVERYBODY = 0
"""For whom a list is remembered that is not personal."""

KINDS = {"Mention": "mention", "BotCommand": "bot_command", "Cashtag": "cashtag", "Url": "url"}


def now() -> int:
    """Return the present second since 1970; no message is older than its test."""
    return int(time.time())


@dataclass
class Posted:
    """A message in a chat. `text` is what a reader sees; `html` what the bot wrote."""

    chat: int
    id: int
    sender: Json
    text: str = ""
    html: str = ""
    entities: list[Entity] = field(default_factory=list)
    rows: list[list[Json]] = field(default_factory=list)
    thread: int | None = None
    reply_to: int | None = None
    sender_chat: Json | None = None
    via: Json | None = None
    silent_link: bool = False
    edits: int = 0
    deleted: bool = False
    reactions: list[str] = field(default_factory=list)
    poll: Json | None = None

    @property
    def labels(self) -> list[str]:
        """The texts of the buttons."""
        return [button["text"] for row in self.rows for button in row]

    def button(self, label: str) -> Json:
        """Return a button by its text."""
        return next(b for row in self.rows for b in row if b["text"] == label)


@dataclass
class Press:
    """A pressed button and how it was answered."""

    id: str
    data: str
    answers: list[Json] = field(default_factory=list)


@dataclass
class Result:
    """One result of an inline query: how it is offered, and the message that it becomes."""

    id: str
    title: str
    description: str
    text: str
    html: str
    entities: list[Entity]
    rows: list[list[Json]]
    silent_link: bool


@dataclass
class Found:
    """What a person sees of an inline query; `fresh` is for how many seconds it may be kept."""

    results: list[Result]
    button: Json | None = None
    fresh: int = 0


@dataclass
class Search:
    """An inline query as typed, and what was found. A `late` one can no longer be answered."""

    id: str
    by: Json
    text: str
    found: Found | None = None
    late: bool = False


class World:
    """The state behind the server, and the doings of people in it."""

    def __init__(self) -> None:
        self.people: dict[int, Json] = {}
        self.chats: dict[int, Json] = {}
        self.members: dict[int, dict[int, str]] = {}
        self.topics: dict[int, set[int]] = {}
        self.started: set[int] = set()
        self.blocked: set[int] = set()
        self.without_polls: set[int] = set()
        self.moved: dict[int, int] = {}
        self.messages: dict[tuple[int, int], Posted] = {}
        self.presses: dict[str, Press] = {}
        self.searches: dict[str, Search] = {}
        self.remembered: dict[tuple[str, int], Found] = {}
        self.pending: list[Json] = []
        self.menus: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self.profile: dict[str, str] = {}
        self._updates = count(9001)
        self._messages = count(101)
        self._presses = count(7001)
        self._searches = count(5001)

    # --- people and places ---------------------------------------------------------------------

    def person(self, number: int, name: str = "Mira", language: str | None = "en") -> Json:
        """Return a person; the first call makes them."""
        user: Json = {"id": number, "is_bot": False, "first_name": name}
        if language:
            user["language_code"] = language
        return self.people.setdefault(number, user)

    def private(self, user: Json) -> Json:
        """Return somebody's private chat with the bot."""
        chat = {"id": user["id"], "type": "private", "first_name": user["first_name"]}
        return self.chats.setdefault(user["id"], chat)

    def group(
        self,
        number: int = GROUP,
        kind: str = "supergroup",
        topics: tuple[int, ...] = (),
    ) -> Json:
        """Return a group; the first call makes it, with the bot in it."""
        chat: Json = {"id": number, "type": kind, "title": "Traders <&>"}
        if topics:
            chat["is_forum"] = True
        self.topics[number] = set(topics)
        self.members.setdefault(number, {BOT["id"]: "member"})
        return self.chats.setdefault(number, chat)

    # --- what people do --------------------------------------------------------------------------

    def update(self, kind: str, content: Json) -> Json:
        """Queue an update and return it."""
        made = {"update_id": next(self._updates), kind: content}
        self.pending.append(made)
        return made

    def again(self, update: Json) -> None:
        """Deliver an update a second time, as Telegram may."""
        self.pending.append(update)

    def say(self, user: Json, text: str, chat: Json | None = None, **more: Any) -> Posted:
        """Write a message; keywords: `topic`, `reply_to`, `sender_chat`, `date`, `extra`."""
        chat = chat or self.private(user)
        topic = more.pop("topic", None)
        date = more.pop("date", now())
        extra = more.pop("extra", {})
        posted = Posted(chat["id"], next(self._messages), user, text, thread=topic, **more)
        self.messages[posted.chat, posted.id] = posted
        if chat["type"] == "private":
            self.started.add(user["id"])
        content = self.seen(posted) | {"date": date} | extra
        if topic is not None:
            content["is_topic_message"] = True
        self.update("message", content)
        return posted

    def edit(self, posted: Posted, text: str) -> Json:
        """Change one's own message."""
        posted.text = text
        return self.update("edited_message", self.seen(posted) | {"edit_date": now()})

    def press(self, user: Json, posted: Posted, label: str = "", **more: Any) -> Press:
        """Press a button by its label, or with forged `data`; `inaccessible` hides the message."""
        data = more.get("data") or posted.button(label)["callback_data"]
        press = Press(str(next(self._presses)), data)
        self.presses[press.id] = press
        message = self.seen(posted)
        if more.get("inaccessible"):
            message = {"chat": message["chat"], "message_id": posted.id, "date": 0}
        content = {"id": press.id, "from": user, "message": message, "data": data}
        self.update("callback_query", content | {"chat_instance": "1"})
        return press

    def search(self, user: Json, text: str) -> Search:
        """Type the bot's name and a text in some chat; what Telegram remembers, it answers."""
        if len(text) > 256:
            raise ValueError("Telegram takes no longer query")
        search = Search(str(next(self._searches)), user, text)
        self.searches[search.id] = search
        for whom in (user["id"], EVERYBODY):
            search.found = search.found or self.remembered.get((text, whom))
        if search.found is None:
            content = {"id": search.id, "from": user, "query": text, "offset": ""}
            self.update("inline_query", content)
        return search

    def share(self, search: Search, number: int, chat: Json, **more: Any) -> Posted:
        """Post a result into a chat; a bot that is there sees it. Keywords: as of `Posted`."""
        assert search.found is not None
        result = search.found.results[number]
        posted = Posted(
            chat["id"],
            next(self._messages),
            search.by,
            result.text,
            result.html,
            result.entities,
            result.rows,
            via=BOT,
            silent_link=result.silent_link,
            **more,
        )
        self.messages[posted.chat, posted.id] = posted
        self.update("message", self.seen(posted))
        return posted

    def bot_status(self, chat: Json, by: Json, old: str, new: str) -> Json:
        """Change what the bot is in a chat: added, promoted, kicked, blocked, unblocked."""
        if chat["type"] == "private":
            (self.blocked.add if new == "kicked" else self.blocked.discard)(chat["id"])
        else:
            self.members[chat["id"]][BOT["id"]] = new
        content = {
            "chat": chat,
            "from": by,
            "date": now(),
            "old_chat_member": member(BOT, old),
            "new_chat_member": member(BOT, new),
        }
        return self.update("my_chat_member", content)

    def migrate(self, chat: Json, number: int) -> Json:
        """Turn a group into a supergroup; returns the new chat."""
        new = self.group(number)
        self.moved[chat["id"]] = number
        self.members[number] = dict(self.members[chat["id"]])
        for place, note in (
            (chat, {"migrate_to_chat_id": number}),
            (new, {"migrate_from_chat_id": chat["id"]}),
        ):
            posted = Posted(place["id"], next(self._messages), ANONYMOUS)
            content = self.seen(posted) | note
            content.pop("text")
            self.update("message", content)
        return new

    # --- what the bot did ------------------------------------------------------------------------

    def post(self, posted: Posted) -> Posted:
        """Keep a message of the bot."""
        posted.id = next(self._messages)
        self.messages[posted.chat, posted.id] = posted
        return posted

    def from_bot(self, chat: int | None = None) -> list[Posted]:
        """Return the bot's messages in order, those deleted included."""
        found = [p for p in self.messages.values() if p.sender["id"] == BOT["id"]]
        return sorted((p for p in found if chat in {None, p.chat}), key=lambda p: p.id)

    def unanswered(self) -> list[str]:
        """Return a complaint for every press that was not answered exactly once."""
        return [
            f"{p.id} {p.data!r}: answered {len(p.answers)} times"
            for p in self.presses.values()
            if len(p.answers) != 1
        ]

    # --- as JSON ---------------------------------------------------------------------------------

    def seen(self, posted: Posted, *, nested: bool = False) -> Json:
        """Return a message as updates carry it."""
        content: Json = {
            "message_id": posted.id,
            "date": now(),
            "chat": self.chats[posted.chat],
            "from": posted.sender,
            "text": posted.text,
        }
        marks = [
            {"type": KINDS[kind], "offset": offset, "length": length}
            for kind, offset, length in automatic(posted.text)
            if kind in KINDS and not re.search("[\ud800-\udfff]", posted.text)
        ]
        if marks:
            content["entities"] = marks
        if posted.thread is not None:
            content["message_thread_id"] = posted.thread
        if posted.via:
            content["via_bot"] = posted.via
        if posted.sender_chat:
            content["sender_chat"] = posted.sender_chat
        if posted.rows:
            content["reply_markup"] = {"inline_keyboard": posted.rows}
        if posted.poll is not None:
            del content["text"]
            content["poll"] = posted.poll
        target = self.messages.get((posted.chat, posted.reply_to or 0))
        if target and not nested:
            content["reply_to_message"] = self.seen(target, nested=True)
        return content


def member(user: Json, status: str) -> Json:
    """Return a ChatMember with the fields its status demands."""
    content: Json = {"status": status, "user": user}
    if status in {"creator", "administrator"}:
        content["is_anonymous"] = False
    if status == "administrator":
        rights = (
            "can_be_edited can_manage_chat can_delete_messages can_manage_video_chats "
            "can_restrict_members can_promote_members can_change_info can_invite_users "
            "can_post_stories can_edit_stories can_delete_stories"
        )
        content |= dict.fromkeys(rights.split(), False)
    if status == "kicked":
        content["until_date"] = 0
    if status in {"restricted", "restricted outside"}:
        rights = (
            "can_send_messages can_send_audios can_send_documents can_send_photos can_send_videos "
            "can_send_video_notes can_send_voice_notes can_send_polls can_send_other_messages "
            "can_add_web_page_previews can_change_info can_invite_users can_pin_messages "
            "can_manage_topics can_edit_tag can_react_to_messages"
        )
        content |= dict.fromkeys(rights.split(), False)
        content |= {"status": "restricted", "is_member": status == "restricted", "until_date": 0}
    return content
