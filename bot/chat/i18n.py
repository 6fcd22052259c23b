"""Languages: which sentence stands for which, read from gettext catalogues.

English is the language of the source, so its catalogue changes nothing and is never loaded. Other
languages are read once from `bot/locale/<lang>/LC_MESSAGES/bot.po`; a sentence that is missing
there stays English.
"""

from collections.abc import Callable
from functools import cache
from importlib.resources import files

Translate = Callable[[str], str]


def english(sentence: str) -> str:
    """Return a sentence as it is written in the source."""
    return sentence


def translator(locale: str) -> Translate:
    """Return the translator for a locale such as "pt-br", its language, or English."""
    tag = locale.replace("-", "_").lower()
    for name in (tag, tag.split("_", 1)[0]):
        translate = _translating(name)
        if translate is not None:
            return translate
    return english


@cache
def _translating(name: str) -> Translate | None:
    """Return the one translator of a catalogue, so that what was translated can be kept by it."""
    known = _catalogue(name)
    return None if known is None else lambda sentence: known.get(sentence) or sentence


@cache
def _catalogue(name: str) -> dict[str, str] | None:
    """Read a catalogue; None where there is none (and for English, which needs none)."""
    if name.split("_", 1)[0] == "en" or not name.isascii() or not name.replace("_", "").isalnum():
        return None
    path = files("bot") / "locale" / name / "LC_MESSAGES" / "bot.po"
    if not path.is_file():
        return None
    from babel.messages.pofile import read_po  # noqa: PLC0415 - only for other languages

    with path.open("rb") as file:
        messages = read_po(file, locale=name)
    return {str(m.id): str(m.string) for m in messages if m.id and m.string}
