"""What the ranking of the knowledge base was fitted to, as files, and how it is packed.

`slang.toml` and `glossary.toml` hold phrases with standard words for them, `none.txt` questions
that belong to no topic, a line each; `more/<language>.toml` further ways to ask for topics, which
only the ranking learns from. `weights.bin` is compressed: a line of JSON, then one signed byte for
each piece and topic.
"""

import json
import tomllib
import zlib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

from core.lessons.ranking import Fitted, Ranking
from core.lessons.wording import Lexicon

WEIGHTS = "weights.bin"
_WORDLISTS = ("slang.toml", "glossary.toml")


def folder() -> Traversable:
    """Return where the knowledge base lies."""
    return files("bot").joinpath("content", "faq")


def load_ranking(place: Traversable | None = None) -> Ranking:
    """Read the lexicon and the weights. Raises `ValueError` for weights that cannot be read."""
    place = place or folder()
    try:
        fitted = unpack(place.joinpath(WEIGHTS).read_bytes())
    except (zlib.error, KeyError, TypeError) as fault:
        raise ValueError(f"{WEIGHTS} cannot be read: {fault}") from None
    return Ranking(fitted, load_lexicon(place))


def load_lexicon(place: Traversable | None = None) -> Lexicon:
    """Read slang first, then all languages."""
    return Lexicon(load_phrases(place or folder()))


def load_phrases(place: Traversable) -> Iterator[tuple[str, str]]:
    """Yield every phrase with its standard words."""
    for name in _WORDLISTS:
        for table in tomllib.loads(place.joinpath(name).read_text(encoding="utf-8")).values():
            yield from table.items()


def load_none(place: Traversable) -> tuple[str, ...]:
    """Return the questions that belong to no topic."""
    lines = place.joinpath("none.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip())


def load_more(place: Traversable) -> tuple[tuple[str, str], ...]:
    """Return further questions with the topics they ask for, language by language."""
    tables = sorted(place.joinpath("more").iterdir(), key=lambda file: file.name)
    return tuple(
        (topic, question)
        for file in tables
        if file.name.endswith(".toml")
        for topic, questions in tomllib.loads(file.read_text(encoding="utf-8")).items()
        for question in questions
    )


def pack(fitted: Fitted) -> bytes:
    """Return what was fitted as the bytes of a file."""
    head = {
        "fingerprint": fitted.fingerprint,
        "topics": list(fitted.topics),
        "pieces": list(fitted.pieces),
        "rarity": list(fitted.rarity),
        "bias": list(fitted.bias),
        "unit": fitted.unit,
        "known": dict(fitted.known),
    }
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode() + b"\n" + fitted.weights.tobytes(), 9)


def unpack(raw: bytes) -> Fitted:
    """Return what a file's bytes say. Raises `ValueError`, `KeyError`, `zlib.error`."""
    line, _, weights = zlib.decompress(raw).partition(b"\n")
    head = json.loads(line)
    pieces = {piece: row for row, piece in enumerate(head.pop("pieces"))}
    if len(weights) != len(pieces) * len(head["topics"]):
        raise ValueError(f"{WEIGHTS} does not hold a weight for each piece and topic")
    return Fitted(pieces=pieces, weights=memoryview(weights).cast("b"), **head)
