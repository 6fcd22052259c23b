"""What a question says, whatever words it was typed in.

A question becomes a set of roots: lower case, no punctuation, endings cut off, words that mean the
same in a trading chat made one ("vs" and "different", "noob" and "beginner"), and words that stand
in every question left out. A word that nobody knows is read as the known word one slip of the
finger away, if there is one; a word that is an ordinary word itself is never read as another.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

LONGEST = 4_096
"""Characters of a question that are read."""

MOST_WORDS = 80
"""Words of a question that are read; who needs more has not asked one question."""

_SPELLED = range(5, 25)
"""Lengths of words whose spelling is mended: shorter ones are too close to each other."""

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’ʼ`")

_SILENT = frozenset(
    _WORD.findall("""
    a about actually all already also always am an and any anyone anything are as ask at be been
    before both bro but by can could dear did do does doing done during else even ever every
    exactly for from get gets getting go going got guys had has have he hello help here hey hi
    him his how i ill im in into is it its ive just kind kindly know let like made make makes
    many maybe me mean much my need needs never no now of off ok on one only or our out over
    person please pls question quick really same say set sir so some someone something sort
    still take tell than thank thanks that thats the thee their them then there these they thing
    things think this those to too total totally two u up ur us very want was way we well were
    what whats when where whether which while who whos whose why will with work works would yes
    yet you your
    """)
)
"""Words that say nothing about the topic."""

_ALIKE = {
    "difference": "v vs versus compare comparison diff differ different distinction",
    "isolated": "iso isolate isolation",
    "cross": "crossed crossmargin",
    "switch": "change chg swap convert",
    "mode": "type setting",
    "button": "toggle",
    "beginner": "newbie newb noob novice rookie starter new newcomer begginer",
    "safe": "safer safest safety secure",
    "risk": "risky riskier danger dangerous",
    "position": "pos trade posn",
    "open": "active running ongoing live",
    "block": "lock prevent refuse",
    "hedge": "hedging hedger",
    "liquidate": "liq liqd liquidation rekt",
    "leverage": "lev",
    "balance": "bal money funds",
    "account": "acc acct wallet",
    "lose": "loss lost wipe",
    "whole": "entire",
    "profit": "gain pnl winnings",
    "explain": "eli5 explanation meaning understand define definition",
    "good": "better best useful benefit advantage",
    "experienced": "pro professional expert advanced",
    "not": "cant cannot wont dont doesnt couldnt",
    "pick": "choice choose chose chosen select",
    "start": "begin beginning",
}

_THEMSELVES = frozenset(
    _WORD.findall("""
    began begun black butter chance chances charge charges charging chase choke clone cloning closer
    clover coder crops crow crown crows dagger dancer expect export finds latter layer
    ledger liter loser losers marine martin marvin model models modem monkey notice present
    reuse saner saver savers settling shade shake shall shape shard share shark sharp shirt
    sitting smart smarter spare sport stake stall stars state steak stoke stroke trace traced
    tracing trader trend trends whale whine whose
    """)
)
"""Ordinary words one slip away from ours, which mean themselves."""


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in one spelling: NFKC, lower case, no punctuation."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST]
    return tuple(_WORD.findall(plain.casefold().translate(_APOSTROPHES))[:MOST_WORDS])


def root(word: str) -> str:
    """Return what a word has in common with its other forms and with words said for it."""
    stem = _stem(word)
    return _SAID_FOR.get(stem, stem)


def roots(text: str) -> frozenset[str]:
    """Return the roots of the telling words of a text."""
    return frozenset(root(word) for word in words(text) if word not in _SILENT)


class Spelling:
    """The words of a knowledge base, and the one that a mistyped word was meant to be."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Learn all telling words of these texts and the words that are said for them."""
        own = {word for text in texts for word in words(text)} - _SILENT
        said = {word for meant, group in _ALIKE.items() for word in (meant, *group.split())} - own
        known = (*sorted(own), *sorted(said))
        self._roots = frozenset(root(word) for word in known)
        self._place = {word: place for place, word in enumerate(known)}
        self._near = _neighbours(word for word in known if len(word) in _SPELLED)

    def roots(self, asked: Iterable[str]) -> frozenset[str]:
        """Return the roots of a question's words, slips of the finger mended."""
        return frozenset(root(self._mended(word)) for word in set(asked) - _SILENT)

    def _mended(self, word: str) -> str:
        """The word as it was meant: rather one of the texts' own than one that is said for it.

        The first letter is never mended: it is seldom wrong.
        """
        if word in _THEMSELVES or len(word) not in _SPELLED or root(word) in self._roots:
            return word
        keys = (word, *_without_one(word))
        near = {meant for key in keys for meant in self._near.get(key, ()) if meant[0] == word[0]}
        meant = (each for each in near if _one_slip(each, word))
        return min(meant, key=self._place.__getitem__, default=word)


def _stem(word: str) -> str:
    """Cut endings, roughly and always the same: closing, closed, closes and close are one."""
    stem = word
    if len(stem) > 3 and stem.endswith("s") and not stem.endswith(("ss", "us", "is")):
        stem = stem[:-1]
    for ending, shortest in (("ing", 6), ("ed", 5), ("ion", 7)):
        if stem.endswith(ending) and len(stem) >= shortest:
            stem = _single(stem.removesuffix(ending))
            break
    return stem[:-1] if len(stem) > 3 and stem.endswith("e") else stem


def _single(stem: str) -> str:
    """Undo the doubling before an ending: `swapp` of `swapping` is `swap`."""
    doubled = len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz"
    return stem[:-1] if doubled else stem


def _without_one(word: str) -> Iterator[str]:
    """Yield the word with each letter left out once."""
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _neighbours(known: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Map every word, and every word with a letter left out, to the words it may stand for.

    Two words one slip apart always meet under one of these keys.
    """
    near: dict[str, list[str]] = {}
    for word in known:
        for key in {word, *_without_one(word)}:
            near.setdefault(key, []).append(word)
    return {key: tuple(meant) for key, meant in near.items()}


def _one_slip(meant: str, typed: str) -> bool:
    """Whether one letter is missing, too many or wrong, or two neighbours are swapped."""
    start = 0
    while start < min(len(meant), len(typed)) and meant[start] == typed[start]:
        start += 1
    left, right = meant[start:], typed[start:]
    swapped = left[:2] == right[:2][::-1] and left[2:] == right[2:]
    return swapped or left[1:] == right or left == right[1:] or left[1:] == right[1:]


_SAID_FOR = {_stem(said): _stem(meant) for meant, group in _ALIKE.items() for said in group.split()}
