"""Telegram's own reading of a text, offline: TDLib through the package `tdjson`."""

import json
from typing import Any

import tdjson

from tests.fakes.botapi.refused import Refused

MODES = {
    "HTML": {"@type": "textParseModeHTML"},
    "MarkdownV2": {"@type": "textParseModeMarkdown", "version": 2},
    "Markdown": {"@type": "textParseModeMarkdown", "version": 1},
}

Entity = tuple[str, int, int]
"""A kind, an offset and a length in UTF-16 code units."""


def execute(request: dict[str, Any]) -> dict[str, Any]:
    """Run one of TDLib's synchronous functions."""
    try:
        asked = json.dumps(request, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise Refused("strings must be encoded in UTF-8") from None
    answer: dict[str, Any] = json.loads(tdjson.td_execute(asked) or b"{}")
    if answer.get("@type") == "error":
        message = str(answer["message"])
        raise Refused(message[:1].lower() + message[1:])
    return answer


execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})


def entities(found: dict[str, Any]) -> list[Entity]:
    """Return TDLib's entities in short."""
    return [
        (e["type"]["@type"].removeprefix("textEntityType"), e["offset"], e["length"])
        for e in found.get("entities", [])
    ]


def parse(text: str, mode: str | None) -> tuple[str, list[Entity]]:
    """Return the plain text and its entities. Raises `Refused` where Telegram would."""
    if mode is None:
        return text, []
    if mode not in MODES:
        raise Refused("unsupported parse_mode")
    found = execute({"@type": "parseTextEntities", "text": text, "parse_mode": MODES[mode]})
    return found["text"], entities(found)


def automatic(text: str) -> list[Entity]:
    """Return what Telegram makes of a plain text by itself: commands, cashtags, links, cards."""
    return entities(execute({"@type": "getTextEntities", "text": text}))


def units(text: str) -> int:
    """Return the length in UTF-16 code units, which is how Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
