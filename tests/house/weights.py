"""Fits the ranking of the knowledge base to its questions: `python -m tests.house.weights`.

scikit-learn finds the weights (multinomial logistic regression over tf-idf of letter runs and
phrases, with a class for questions that belong to no topic); the program needs only the bytes that
are written here. Whether they are stale is told by a fingerprint of everything they were made from.
"""

import hashlib
import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from bot.adapters.content.faq_files import FaqFiles
from bot.adapters.content.faq_ranking import (
    WEIGHTS,
    load_lexicon,
    load_more,
    load_none,
    load_phrases,
    pack,
)
from core.lessons.grams import letters, phrases
from core.lessons.ranking import NONE, OFTEN, Fitted, Ranking
from core.lessons.wording import words
from tests.house.tree import ROOT

RECIPE = 1
"""Counts up when this script or what it calls makes other weights of the same words."""

PLACE = ROOT / "bot" / "content" / "faq"
PHRASES_COUNT = 0.5
"""How much phrases say beside letter runs."""
STRENGTH = 20.0
"""The inverse strength of the regression's penalty."""


def fingerprint() -> str:
    """Tell everything that the weights are made from in a few letters."""
    made_of = [
        RECIPE,
        [(entry.id, entry.phrases) for entry in FaqFiles().entries("en")],
        load_more(PLACE),
        load_none(PLACE),
        list(load_phrases(PLACE)),
    ]
    return hashlib.sha256(json.dumps(made_of).encode()).hexdigest()[:16]


def known(asked: Iterable[str], none: Iterable[str]) -> dict[str, int]:
    """Count the words of the questions; ordinary words beside them count nothing."""
    lexicon = load_lexicon(PLACE)
    counts = Counter(word for text in asked for word in lexicon.meant(words(text)))
    ordinary = {word for text in none for word in lexicon.meant(words(text))}
    return dict(sorted((dict.fromkeys(ordinary | lexicon.vocabulary, 0) | dict(counts)).items()))


def rarity(counted: Sequence[Counter[str]]) -> dict[str, float]:
    """Weigh every piece: ln((1 + questions) / (1 + questions that have it)) + 1."""
    having = Counter(piece for pieces in counted for piece in pieces)
    return {piece: math.log((1 + len(counted)) / (1 + n)) + 1 for piece, n in having.items()}


def weighed(counted: Sequence[Counter[str]], rare: dict[str, float]) -> list[dict[str, float]]:
    """Turn counts into tf-idf of length 1."""
    rows = []
    for pieces in counted:
        row = {
            piece: (1 + math.log(min(times, OFTEN))) * rare[piece]
            for piece, times in pieces.items()
        }
        length = math.sqrt(sum(value * value for value in row.values())) or 1.0
        rows.append({piece: value / length for piece, value in row.items()})
    return rows


def fit() -> Fitted:
    """Fit the weights to all entries and to the questions that belong to none."""
    entries, none = FaqFiles().entries("en"), load_none(PLACE)
    asked = [(text, entry.id) for entry in entries for text in entry.phrases]
    asked += [(text, topic) for topic, text in load_more(PLACE)]
    meant = known((text for text, _ in asked), none)
    reader = Ranking(_empty(meant), load_lexicon(PLACE))
    asked += [(text, NONE) for text in none]
    read = [reader.read(text) for text, _ in asked]
    runs, pairs = [letters(each) for each in read], [phrases(each) for each in read]
    rare = rarity(runs) | rarity(pairs)
    rows = [
        run | {piece: value * PHRASES_COUNT for piece, value in pair.items()}
        for run, pair in zip(weighed(runs, rare), weighed(pairs, rare), strict=True)
    ]
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=STRENGTH, max_iter=300)
    model.fit(vectorizer.fit_transform(rows), [topic for _, topic in asked])
    pieces = list(vectorizer.get_feature_names_out())
    weights = model.coef_.T.copy()
    weights[[piece.startswith("=") for piece in pieces]] *= PHRASES_COUNT
    unit = float(np.abs(weights).max()) / 127
    return Fitted(
        fingerprint=fingerprint(),
        topics=tuple(map(str, model.classes_)),
        pieces={piece: row for row, piece in enumerate(pieces)},
        rarity=tuple(round(rare[piece] * 1000) for piece in pieces),
        bias=tuple(round(float(value) * 1000) for value in model.intercept_),
        # `Ranking` divides by a thousand lengths: weight x unit comes out in thousandths.
        unit=round(unit * 1_000_000),
        known=meant,
        weights=memoryview(np.round(weights / unit).astype(np.int8).tobytes()).cast("b"),
    )


def _empty(meant: dict[str, int]) -> Fitted:
    """What a ranking needs to read questions before anything is fitted."""
    return Fitted(
        fingerprint="",
        topics=(NONE,),
        pieces={},
        rarity=(),
        bias=(0,),
        unit=0,
        known=meant,
        weights=memoryview(b""),
    )


def main() -> int:
    """Write the weights."""
    raw = pack(fit())
    (PLACE / WEIGHTS).write_bytes(raw)
    sys.stdout.write(f"{WEIGHTS}: {len(raw)} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
