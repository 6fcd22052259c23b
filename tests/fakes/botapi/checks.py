"""What Telegram demands of single values: lengths after parsing, keyboards, commands."""

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from tests.fakes.botapi.parser import Entity, parse, units
from tests.fakes.botapi.refused import Refused

TEXT = 4096
CAPTION = 1024
ROW = 8
BUTTONS = 100
LABEL = 64
"""Telegram publishes no limit for a button's text; phones cut long before this."""

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
SCOPES = {
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
    "chat",
    "chat_administrators",
    "chat_member",
}
REACTIONS = {"👍", "👎", "❤", "🔥", "👀", "👌", "🤔", "✍", "🤷", "💯"}
"""Some of the emoji that every chat allows."""


def visible(text: str) -> bool:
    """Whether anything is left when white space and what has no width is taken away."""
    return any(unicodedata.category(char)[0] not in "ZCM" for char in text)


def formatted(
    text: str, mode: str | None, limit: int = TEXT, what: str = "message"
) -> tuple[str, list[Entity]]:
    """Read a text as Telegram would and check its length after parsing."""
    plain, found = parse(text, mode)
    if what == "message" and not visible(plain):
        raise Refused("message text is empty")
    if units(plain) > limit:
        raise Refused(f"{what} is too long")
    return plain, found


def loaded(parameters: Mapping[str, str], name: str) -> Any:
    """Return a parameter that travels as JSON, or None."""
    if name not in parameters:
        return None
    try:
        return json.loads(parameters[name])
    except ValueError:
        raise Refused(f"can't parse {name} JSON object") from None


def whole(parameters: Mapping[str, str], name: str) -> int:
    """Return a whole number that must be there."""
    try:
        return int(parameters[name])
    except (KeyError, ValueError):
        raise Refused(f"parameter {name} is required and must be a number") from None


def keyboard(markup: dict[str, Any] | None) -> list[list[dict[str, Any]]]:
    """Check an inline keyboard and return its rows."""
    if markup is None:
        return []
    if set(markup) != {"inline_keyboard"}:
        raise Refused("only inline keyboards are served here")
    rows: list[list[dict[str, Any]]] = markup["inline_keyboard"]
    if any(len(row) > ROW for row in rows) or sum(map(len, rows)) > BUTTONS:
        raise Refused("reply markup is too long")
    for row in rows:
        for button in row:
            _button(button)
    return [row for row in rows if row]


def _button(button: dict[str, Any]) -> None:
    unknown = set(button) - {"text", "callback_data", "url"}
    if unknown:
        raise Refused(f"can't parse inline keyboard button: unknown {sorted(unknown)}")
    if not visible(button.get("text", "")):
        raise Refused("can't parse inline keyboard button: Text must be non-empty")
    if units(button["text"]) > LABEL:
        raise Refused("BUTTON_TEXT_INVALID")
    if ("callback_data" in button) == ("url" in button):
        raise Refused("inline keyboard button must have exactly one action")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
        raise Refused("BUTTON_DATA_INVALID")
    if "url" in button and not re.fullmatch(r"(https?|tg)://\S+\.\S+", button["url"]):
        raise Refused("BUTTON_URL_INVALID")


def commands(listed: Any) -> list[tuple[str, str]]:
    """Check the commands of a menu."""
    if not isinstance(listed, list) or len(listed) > 100:
        raise Refused("BOT_COMMANDS_TOO_MUCH")
    for one in listed:
        if set(one) != {"command", "description"}:
            raise Refused("can't parse BotCommand")
        if not COMMAND.fullmatch(one["command"]):
            raise Refused("BOT_COMMAND_INVALID")
        if not 1 <= units(one["description"]) <= 256:
            raise Refused("BOT_COMMAND_DESCRIPTION_INVALID")
    return [(one["command"], one["description"]) for one in listed]


def scope(given: dict[str, Any] | None) -> str:
    """Check a menu's scope and return its kind."""
    kind = str((given or {"type": "default"}).get("type"))
    if kind not in SCOPES:
        raise Refused("can't parse BotCommandScope: unsupported type")
    return kind


def quiz(parameters: Mapping[str, str]) -> dict[str, Any]:
    """Check a quiz with one right option and return it as a message carries it."""
    question, _ = parse(parameters.get("question", ""), parameters.get("question_parse_mode"))
    explained = parameters.get("explanation", "")
    explanation, _ = parse(explained, parameters.get("explanation_parse_mode"))
    given = loaded(parameters, "options") or []
    options = [parse(each["text"], each.get("text_parse_mode"))[0] for each in given]
    right = loaded(parameters, "correct_option_ids") or []
    if parameters.get("type") != "quiz":
        raise Refused("only quizzes are served here")
    _poll_text(question, 300, "question")
    if not 2 <= len(options) <= 12:
        raise Refused("poll must have at least 2 and at most 12 options")
    for option in options:
        _poll_text(option, 100, "option")
    if units(explanation) > 200 or explanation.count("\n") > 2:
        raise Refused("poll explanation is too long")
    if len(right) != 1 or not 0 <= right[0] < len(options):
        raise Refused("invalid correct option specified")
    return {
        "id": "1",
        "question": question,
        "options": [{"text": text, "voter_count": 0, "persistent_id": text} for text in options],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": parameters.get("is_anonymous") != "false",
        "type": "quiz",
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
        "correct_option_ids": right,
        "explanation": explanation,
    }


def _poll_text(text: str, limit: int, what: str) -> None:
    if not visible(text):
        raise Refused(f"poll {what} must be non-empty")
    if units(text) > limit:
        raise Refused(f"poll {what}s length must not exceed {limit}")
