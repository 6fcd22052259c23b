"""The knowledge base as files: `faq/<language>/<id>.md`, one entry each, English where none is.

A file is a TOML head between two `+++` lines and plain text below: one paragraph with one direct
sentence, at most four `- ` points, and live examples, each `{{ command line }}` on a line of its
own. A file that breaks this stops the start with its name and what is wrong with it.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from bot.adapters.content.faq_ranking import load_ranking
from core.lessons.faq import OWN, FaqEntry
from core.lessons.ranking import Ranking
from core.venue import VENUES

ENGLISH = "en"
MOST_POINTS = 4

_FENCE = "+++"
_LIVE = re.compile(r"\{\{ (\S[^{}]*\S) \}\}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_HEAD: dict[str, type] = {
    "id": str,
    "question": str,
    "alternatives": list,
    "category": str,
    "place": int,
    "related": list,
    "venue": str,
    "live": bool,
    "source": dict,
}
_SOURCE: dict[str, type] = {"title": str, "read": date}
_MAY_BE: Mapping[str, type] = {"own": str, "terms": list}
_SOURCE_MAY_BE: Mapping[str, type] = {"url": str}


class FaqFiles:
    """Reads the entries of a folder, by default the one that comes with the program."""

    def __init__(self, folder: Traversable | None = None) -> None:
        """Take the folder that holds one folder per language."""
        self._folder = folder or files("bot").joinpath("content", "faq")

    def entries(self, locale: str) -> tuple[FaqEntry, ...]:
        """Return all entries, in the order of their ids; those a language lacks in English.

        Raises `ValueError` with the file and the fault.
        """
        found = self._language(ENGLISH)
        language = locale.lower().replace("_", "-").partition("-")[0]
        if language != ENGLISH and _LANGUAGE.fullmatch(language):
            known = set(found)
            found |= self._language(language)
            if strangers := set(found) - known:
                raise ValueError(f"{language}: no English entry for {', '.join(sorted(strangers))}")
        _check_links(found)
        return tuple(found[entry_id] for entry_id in sorted(found))

    def ranking(self) -> Ranking:
        """Return the ranking that was fitted to these entries."""
        return load_ranking(self._folder)

    def _language(self, language: str) -> dict[str, FaqEntry]:
        folder = self._folder.joinpath(language)
        if not folder.is_dir():
            return {}
        read: dict[str, FaqEntry] = {}
        for file in folder.iterdir():
            if file.name.endswith(".md"):
                name = f"{language}/{file.name}"
                entry = read_entry(file.read_text(encoding="utf-8"), name)
                read[entry.id] = entry
        return read


def read_entry(text: str, name: str) -> FaqEntry:
    """Read one file; `name` is what a complaint calls it. Raises `ValueError`."""
    try:
        head, body = _halves(text)
        return _entry(head, _body(body), name.rpartition("/")[2].removesuffix(".md"))
    except ValueError as fault:
        raise ValueError(f"FAQ file {name}: {fault}") from None


@dataclass(frozen=True, slots=True)
class _Body:
    """What stands below the head."""

    answer: str
    points: tuple[str, ...]
    live: tuple[str, ...]


# The values of a TOML table are Any until `_typed` has looked at each.
def _halves(text: str) -> tuple[dict[str, Any], str]:
    """Part a file into its head, read, and its body."""
    first, _, rest = text.replace("\r\n", "\n").partition("\n")
    head, fence, body = rest.partition(f"\n{_FENCE}\n")
    if first != _FENCE or not fence:
        raise ValueError(f"the head must stand between two {_FENCE} lines")
    return tomllib.loads(head), body


def _entry(head: dict[str, Any], body: _Body, stem: str) -> FaqEntry:
    """Put an entry together from its checked parts."""
    _typed(head, _HEAD, _MAY_BE, "")
    source = head["source"]
    _typed(source, _SOURCE, _SOURCE_MAY_BE, "source.")
    if head["id"] != stem:
        raise ValueError(f"id {head['id']!r} is not the file's name")
    if head["venue"] and head["venue"] not in VENUES:
        raise ValueError(f"venue {head['venue']!r} is none of {', '.join(VENUES)}")
    if head["live"] != bool(body.live):
        raise ValueError("live must be true where a live example stands, and only there")
    if not source.get("url", "https://").startswith("https://"):
        raise ValueError("source.url must begin with https://")
    if head.get("own", OWN[0]) not in OWN:
        raise ValueError(f"own {head['own']!r} is none of {', '.join(OWN)}")
    return FaqEntry(
        id=head["id"],
        question=head["question"],
        alternatives=_texts(head, "alternatives"),
        category=head["category"],
        place=head["place"],
        related=_texts(head, "related"),
        venue=head["venue"],
        source=source["title"],
        source_url=source.get("url", ""),
        source_date=source["read"],
        answer=body.answer,
        points=body.points,
        live=body.live,
        own=head.get("own", ""),
        terms=_texts({"terms": [], **head}, "terms"),
    )


def _typed(
    table: dict[str, Any], wanted: dict[str, type], may_be: Mapping[str, type], prefix: str
) -> None:
    """Complain of keys that are missing, unknown, empty or of another type."""
    for key in table.keys() - wanted.keys() - may_be.keys():
        raise ValueError(f"unknown key {prefix}{key}")
    here = {key: kind for key, kind in may_be.items() if key in table}
    for key, kind in (wanted | here).items():
        if key not in table:
            raise ValueError(f"{prefix}{key} is missing")
        if type(table[key]) is not kind:
            raise ValueError(f"{prefix}{key} must be of type {kind.__name__}")
        if kind is str and key != "venue" and not table[key].strip():
            raise ValueError(f"{prefix}{key} is empty")


def _texts(head: dict[str, Any], key: str) -> tuple[str, ...]:
    """Return a list of texts. Raises where one is none, or stands twice."""
    texts = tuple(head[key])
    if not all(isinstance(text, str) and text.strip() for text in texts):
        raise ValueError(f"{key} must hold texts")
    if len(set(texts)) < len(texts):
        raise ValueError(f"{key} holds a text twice")
    return texts


def _body(text: str) -> _Body:
    """Sort the text below the head into the direct sentence, points and live examples."""
    answer: list[str] = []
    points: list[str] = []
    live: list[str] = []
    for line in _lines(text):
        if line.startswith("- "):
            points.append(line.removeprefix("- "))
        elif "{{" in line or "}}" in line:
            live.append(_command(line))
        elif points or live or answer:
            raise ValueError(f"only points and live examples follow the answer, not {line!r}")
        else:
            answer.append(line)
    if len(answer) != 1:
        raise ValueError("the text must begin with the answer, one paragraph")
    if len(points) > MOST_POINTS:
        raise ValueError(f"{len(points)} points; {MOST_POINTS} at most")
    return _Body(answer[0], tuple(points), tuple(live))


def _lines(text: str) -> Iterator[str]:
    """Yield the lines that say something."""
    return filter(None, (line.strip() for line in text.split("\n")))


def _command(line: str) -> str:
    """Return the command line of a live example."""
    if not (found := _LIVE.fullmatch(line)):
        raise ValueError(f"a live example is {{{{ command }}}} on a line of its own, not {line!r}")
    return found[1]


def _check_links(found: Mapping[str, FaqEntry]) -> None:
    """Complain of related entries that do not exist."""
    for entry in found.values():
        if lost := set(entry.related) - found.keys():
            raise ValueError(f"FAQ entry {entry.id}: no entry {', '.join(sorted(lost))}")
