"""The catalogues of sentences, kept equal to the code: `python -m tests.house.catalogue` does it.

Sentences are found by their calls (`_("...")`, `ask._("...")`, `ngettext("...", "...", n)`,
`N_("...")` where the translation comes later). The English catalogue is complete, each sentence
standing for itself; in other languages a new sentence is left empty, and one that went is dropped.
"""

import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po

from tests.house.tree import ROOT, sources

LOCALES = ROOT / "bot" / "locale"
ENGLISH = "en"
STARTED = datetime(2026, 1, 1, tzinfo=UTC)

Id = str | tuple[str, ...]
Key = tuple[Id, str | None]


def found_in(text: str) -> list[tuple[Id, str | None, list[str]]]:
    """Return the sentences of one file: id, context, comments for translators."""
    file = io.BytesIO(text.encode())
    rows = extract("python", file, DEFAULT_KEYWORDS, comment_tags=("Translators:",))
    return [
        (tuple(message) if isinstance(message, tuple | list) else message, context, list(comments))
        for _, message, comments, context in rows
    ]


def in_code() -> Catalog:
    """Return all sentences of the program, each with the files in which it stands."""
    catalog = Catalog(project="marginbot", creation_date=STARTED, fuzzy=False)
    for source in sources("bot"):
        for message, context, comments in found_in(source.text):
            catalog.add(
                message,
                locations=[(source.path, 0)],
                auto_comments=comments,
                context=context,
            )
    return catalog


def path_of(locale: str) -> Path:
    """Return where a language's catalogue stands."""
    return LOCALES / locale / "LC_MESSAGES" / "bot.po"


def read(locale: str) -> Catalog:
    """Return a catalogue as it stands; an empty one where there is none."""
    path = path_of(locale)
    if not path.exists():
        return Catalog(locale=locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def locales() -> list[str]:
    """Return the languages there are; English always."""
    return sorted(
        {ENGLISH, *(path.parents[1].name for path in LOCALES.glob("*/LC_MESSAGES/bot.po"))}
    )


def keys(catalog: Catalog) -> set[Key]:
    """Return what identifies each sentence."""
    return {_key(message) for message in catalog if message.id}


def updated(locale: str, wanted: Catalog) -> Catalog:
    """Return a language's catalogue with exactly the sentences wanted."""
    old = {_key(message): message.string for message in read(locale)}
    catalog = Catalog(
        locale=locale,
        header_comment="# Sentences of Marginbot. Made by `make messages`; translate `msgstr`.",
        project="marginbot",
        version="1",
        copyright_holder="the Marginbot authors",
        msgid_bugs_address="none",
        last_translator="the Marginbot authors",
        language_team="none",
        creation_date=STARTED,
        revision_date=STARTED,
        fuzzy=False,
    )
    for message in wanted:
        if message.id:
            string = _itself(message) if locale == ENGLISH else old.get(_key(message), "")
            catalog.add(
                message.id,
                string,
                locations=sorted(set(message.locations)),
                flags=message.flags,
                auto_comments=message.auto_comments,
                context=message.context,
            )
    return catalog


def _key(message: Message) -> Key:
    return (
        tuple(message.id) if isinstance(message.id, list | tuple) else message.id
    ), message.context


def _itself(message: Message) -> Id:
    return tuple(message.id) if isinstance(message.id, list | tuple) else message.id


def write() -> None:
    """Bring every language's file up to date."""
    wanted = in_code()
    for locale in locales():
        path = path_of(locale)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(
                file, updated(locale, wanted), width=100, sort_output=True, include_lineno=False
            )


if __name__ == "__main__":
    write()
