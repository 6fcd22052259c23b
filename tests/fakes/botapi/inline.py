"""Inline mode on the server: what Telegram demands of a list, and for whom it remembers it.

A list that is not personal is remembered for everybody who types the same; the clock of this server
stands, so it is never forgotten.
"""

import re
from typing import Any

from tests.fakes.botapi import checks
from tests.fakes.botapi.methods import Parameters, method
from tests.fakes.botapi.refused import Refused
from tests.fakes.botapi.world import EVERYBODY, Found, Json, Result, World

RESULTS = 50
ID = 64
LATE = "query is too old and response timeout expired or query ID is invalid"

_START = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ARTICLE = {"type", "id", "title", "description", "input_message_content", "reply_markup"}
_CONTENT = {"message_text", "parse_mode", "entities", "link_preview_options"}


@method(
    "answerInlineQuery",
    "inline_query_id",
    "results",
    "cache_time",
    "is_personal",
    "next_offset",
    "button",
)
def answer_inline_query(world: World, parameters: Parameters) -> bool:
    search = world.searches.get(parameters.get("inline_query_id", ""))
    if search is None or search.found is not None or search.late:
        raise Refused(LATE)
    fresh = checks.whole({"cache_time": "300"} | dict(parameters), "cache_time")
    search.found = Found(_results(parameters), _button(parameters), fresh)
    if fresh > 0:
        personal = parameters.get("is_personal", "false").lower() == "true"
        kept_for = search.by["id"] if personal else EVERYBODY
        world.remembered[search.text, kept_for] = search.found
    return True


def _results(parameters: Parameters) -> list[Result]:
    """Read a list as Telegram would."""
    listed = checks.loaded(parameters, "results")
    if not isinstance(listed, list):
        raise Refused("can't parse inline query results: expected an Array")
    if len(listed) > RESULTS:
        raise Refused("RESULTS_TOO_MUCH")
    ids = [str(each.get("id", "")) for each in listed]
    if any(not 1 <= len(each.encode()) <= ID for each in ids):
        raise Refused("RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        raise Refused("RESULT_ID_DUPLICATE")
    return [_article(each) for each in listed]


def _article(given: Json) -> Result:
    """Read one result; only articles with a text are served here."""
    if given.get("type") != "article":
        raise Refused("can't parse inline query result: unsupported type")
    _known(given, _ARTICLE)
    if not checks.visible(given.get("title", "")):
        raise Refused("ARTICLE_TITLE_EMPTY")
    content: dict[str, Any] = given.get("input_message_content") or {}
    _known(content, _CONTENT)
    html = content.get("message_text", "")
    plain, entities = checks.formatted(html, content.get("parse_mode"))
    preview = content.get("link_preview_options") or {}
    return Result(
        given["id"],
        given["title"],
        given.get("description", ""),
        plain,
        html,
        entities,
        rows=checks.keyboard(given.get("reply_markup")),
        silent_link=bool(preview.get("is_disabled")),
    )


def _button(parameters: Parameters) -> Json | None:
    """Read the button above the list, which leads into the private chat."""
    given: Json | None = checks.loaded(parameters, "button")
    if given is None:
        return None
    if set(given) != {"text", "start_parameter"} or not checks.visible(given["text"]):
        raise Refused("can't parse inline query results button")
    if not _START.fullmatch(given["start_parameter"]):
        raise Refused("START_PARAM_INVALID")
    return given


def _known(given: Json, names: set[str]) -> None:
    unknown = set(given) - names
    if unknown:
        raise Refused(f"can't parse inline query result: unknown {sorted(unknown)}")
