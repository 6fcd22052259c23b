"""The Bot API's methods that the bot may use, each with its parameters and its refusals."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.fakes.botapi import checks
from tests.fakes.botapi.parser import units
from tests.fakes.botapi.refused import Refused
from tests.fakes.botapi.world import BOT, Json, Posted, World, member

Parameters = Mapping[str, str]
Method = Callable[[World, Parameters], Any]

METHODS: dict[str, tuple[frozenset[str], Method]] = {}


def method(name: str, *known: str) -> Callable[[Method], Method]:
    """Register a method with all parameters it knows."""

    def register(function: Method) -> Method:
        METHODS[name] = (frozenset(known), function)
        return function

    return register


def chat_of(world: World, parameters: Parameters) -> int:
    """Return the chat to act on. Raises `Refused` where the bot has no business there."""
    number = checks.whole(parameters, "chat_id")
    if number in world.moved:
        new = {"migrate_to_chat_id": world.moved[number]}
        raise Refused("group chat was upgraded to a supergroup chat", 400, new)
    if number in world.blocked:
        raise Refused("bot was blocked by the user", 403)
    if number > 0 and number not in world.started:
        if number in world.people:
            raise Refused("bot can't initiate conversation with a user", 403)
        raise Refused("chat not found")
    if number not in world.chats:
        raise Refused("chat not found")
    if number < 0 and world.members[number].get(BOT["id"]) in {None, "left", "kicked"}:
        raise Refused("bot was kicked from the supergroup chat", 403)
    return number


def existing(world: World, parameters: Parameters, complaint: str) -> Posted:
    """Return a message that is still there."""
    key = chat_of(world, parameters), checks.whole(parameters, "message_id")
    posted = world.messages.get(key)
    if posted is None or posted.deleted:
        raise Refused(complaint)
    return posted


def thread_of(world: World, chat: int, parameters: Parameters) -> int | None:
    """Return the topic to write in."""
    if "message_thread_id" not in parameters:
        return None
    thread = checks.whole(parameters, "message_thread_id")
    if thread not in world.topics.get(chat, set()):
        raise Refused("message thread not found")
    return thread


def reply_of(world: World, chat: int, parameters: Parameters) -> int | None:
    """Return the message that is replied to, or None where that may be forgotten."""
    given = checks.loaded(parameters, "reply_parameters")
    if given is None:
        return None
    target = world.messages.get((chat, given["message_id"]))
    if target is not None and not target.deleted:
        return target.id
    if given.get("allow_sending_without_reply"):
        return None
    raise Refused("message to be replied not found")


@method("getMe")
def get_me(world: World, parameters: Parameters) -> Json:
    return BOT


SENDING = (
    "chat_id",
    "message_thread_id",
    "parse_mode",
    "reply_parameters",
    "reply_markup",
    "disable_notification",
    "protect_content",
)


@method("sendMessage", *SENDING, "text", "link_preview_options", "entities")
def send_message(world: World, parameters: Parameters) -> Json:
    chat = chat_of(world, parameters)
    html = parameters.get("text", "")
    plain, entities = checks.formatted(html, parameters.get("parse_mode"))
    preview = checks.loaded(parameters, "link_preview_options") or {}
    posted = Posted(
        chat,
        0,
        BOT,
        plain,
        html,
        entities,
        rows=checks.keyboard(checks.loaded(parameters, "reply_markup")),
        thread=thread_of(world, chat, parameters),
        reply_to=reply_of(world, chat, parameters),
        silent_link=bool(preview.get("is_disabled")),
    )
    return world.seen(world.post(posted))


@method("sendPhoto", *SENDING, "photo", "caption")
def send_photo(world: World, parameters: Parameters) -> Json:
    chat = chat_of(world, parameters)
    if not parameters.get("photo"):
        raise Refused("there is no photo in the request")
    html = parameters.get("caption", "")
    plain, entities = checks.formatted(
        html, parameters.get("parse_mode"), checks.CAPTION, "caption"
    )
    rows = checks.keyboard(checks.loaded(parameters, "reply_markup"))
    posted = world.post(Posted(chat, 0, BOT, plain, html, entities, rows))
    content = world.seen(posted)
    content["caption"] = content.pop("text")
    size = {"file_id": "f1", "file_unique_id": "u1", "width": 10, "height": 10}
    return content | {"photo": [size]}


@method("sendDocument", *SENDING, "document", "disable_content_type_detection")
def send_document(world: World, parameters: Parameters) -> Json:
    chat = chat_of(world, parameters)
    if not parameters.get("document"):
        raise Refused("there is no document in the request")
    name, _, content = parameters["document"].partition("\n")
    posted = world.post(Posted(chat, 0, BOT, content, name))
    seen = world.seen(posted)
    del seen["text"]
    return seen | {"document": {"file_id": "f2", "file_unique_id": "u2", "file_name": name}}


POLL = (
    "question",
    "question_parse_mode",
    "options",
    "type",
    "is_anonymous",
    "correct_option_ids",
    "explanation",
    "explanation_parse_mode",
)


@method("sendPoll", *SENDING, *POLL)
def send_poll(world: World, parameters: Parameters) -> Json:
    chat = chat_of(world, parameters)
    if chat in world.without_polls:
        raise Refused("not enough rights to send polls to the chat")
    posted = Posted(
        chat,
        0,
        BOT,
        rows=checks.keyboard(checks.loaded(parameters, "reply_markup")),
        thread=thread_of(world, chat, parameters),
        reply_to=reply_of(world, chat, parameters),
        poll=checks.quiz(parameters),
    )
    return world.seen(world.post(posted))


EDITING = ("chat_id", "message_id", "reply_markup")
SAME = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)


def own(world: World, parameters: Parameters) -> Posted:
    """Return a message of the bot's own."""
    posted = existing(world, parameters, "message to edit not found")
    if posted.sender is not BOT:
        raise Refused("message can't be edited")
    return posted


def own_text(world: World, parameters: Parameters) -> Posted:
    """Return a message of the bot's own that is a text."""
    posted = own(world, parameters)
    if posted.poll is not None:
        raise Refused("there is no text in the message to edit")
    return posted


@method("editMessageText", *EDITING, "text", "parse_mode", "entities", "link_preview_options")
def edit_message_text(world: World, parameters: Parameters) -> Json:
    posted = own_text(world, parameters)
    html = parameters.get("text", "")
    plain, entities = checks.formatted(html, parameters.get("parse_mode"))
    rows = checks.keyboard(checks.loaded(parameters, "reply_markup"))
    if (plain, entities, rows) == (posted.text, posted.entities, posted.rows):
        raise Refused(SAME)
    posted.text, posted.html, posted.entities, posted.rows = plain, html, entities, rows
    posted.edits += 1
    return world.seen(posted)


@method("editMessageReplyMarkup", *EDITING)
def edit_message_reply_markup(world: World, parameters: Parameters) -> Json:
    posted = own(world, parameters)
    rows = checks.keyboard(checks.loaded(parameters, "reply_markup"))
    if rows == posted.rows:
        raise Refused(SAME)
    posted.rows = rows
    posted.edits += 1
    return world.seen(posted)


@method("deleteMessage", "chat_id", "message_id")
def delete_message(world: World, parameters: Parameters) -> bool:
    posted = existing(world, parameters, "message to delete not found")
    rights = world.members.get(posted.chat, {}).get(BOT["id"])
    if posted.chat < 0 and posted.sender is not BOT and rights != "administrator":
        raise Refused("message can't be deleted")
    posted.deleted = True
    return True


@method("answerCallbackQuery", "callback_query_id", "text", "show_alert", "url", "cache_time")
def answer_callback_query(world: World, parameters: Parameters) -> bool:
    press = world.presses.get(parameters.get("callback_query_id", ""))
    if press is None or press.answers:
        raise Refused("query is too old and response timeout expired or query ID is invalid")
    if units(parameters.get("text", "")) > 200:
        raise Refused("MESSAGE_TOO_LONG")
    press.answers.append(dict(parameters))
    return True


@method("setMessageReaction", "chat_id", "message_id", "reaction", "is_big")
def set_message_reaction(world: World, parameters: Parameters) -> bool:
    posted = existing(world, parameters, "message to react not found")
    chosen = [one.get("emoji", "custom") for one in checks.loaded(parameters, "reaction") or []]
    if not set(chosen) <= checks.REACTIONS or len(chosen) > 1:
        raise Refused("REACTION_INVALID")
    posted.reactions = chosen
    return True


@method("sendChatAction", "chat_id", "message_thread_id", "action")
def send_chat_action(world: World, parameters: Parameters) -> bool:
    chat = chat_of(world, parameters)
    thread_of(world, chat, parameters)
    if parameters.get("action") not in {"typing", "upload_photo"}:
        raise Refused("wrong parameter action in request")
    return True


@method("setMyCommands", "commands", "scope", "language_code")
def set_my_commands(world: World, parameters: Parameters) -> bool:
    kind = checks.scope(checks.loaded(parameters, "scope"))
    listed = checks.commands(checks.loaded(parameters, "commands"))
    world.menus[kind, parameters.get("language_code", "")] = listed
    return True


def profile(name: str, parameter: str, limit: int) -> None:
    """Register a method that sets a text of the bot's profile."""

    @method(name, parameter, "language_code")
    def set_text(world: World, parameters: Parameters) -> bool:
        text = parameters.get(parameter, "")
        if units(text) > limit:
            raise Refused(f"{parameter} is too long")
        world.profile[parameter] = text
        return True


profile("setMyName", "name", 64)
profile("setMyDescription", "description", 512)
profile("setMyShortDescription", "short_description", 120)


@method("getChatMember", "chat_id", "user_id")
def get_chat_member(world: World, parameters: Parameters) -> Json:
    chat, user = chat_of(world, parameters), checks.whole(parameters, "user_id")
    if user not in world.people:
        raise Refused("invalid user_id specified")
    return member(world.people[user], world.members.get(chat, {}).get(user, "member"))


@method("getChatAdministrators", "chat_id")
def get_chat_administrators(world: World, parameters: Parameters) -> list[Json]:
    chat = chat_of(world, parameters)
    if chat > 0:
        raise Refused("there are no administrators in the private chat")
    everybody = world.people | {BOT["id"]: BOT}
    return [
        member(everybody[user], status)
        for user, status in world.members[chat].items()
        if status in {"creator", "administrator"}
    ]


@method("leaveChat", "chat_id")
def leave_chat(world: World, parameters: Parameters) -> bool:
    world.members[chat_of(world, parameters)][BOT["id"]] = "left"
    return True
