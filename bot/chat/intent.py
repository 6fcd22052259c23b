"""What a text without a slash is: a command, a question, a wish for advice, or not for us.

A command that changes something counts only as the first word and complete; one that looks, when
side and coin are named; everything else is a question. Advice is recognised, and never given.
"""

import re
from collections.abc import Iterable

from bot.chat.lexer import Tok
from bot.chat.lexicon import Kind
from bot.chat.reading import Misread, Reading
from bot.chat.verbs import Verb

_ADVICE = re.compile(
    r"\b(?:should|shall)\s+(?:i|we)\b[^?]*\b(?:long|short|buy|sell)\b"
    r"|\b(?:good|right|best)\s+(?:time|moment|idea)\s+to\s+(?:long|short|buy|sell)\b"
    r"|\b(?:is|are)\b[^?]*\ba\s+(?:good\s+)?(?:buy|sell|long|short)\b"
    r"|\bwhat\s+(?:should|to)\s+(?:i\s+)?(?:long|short|buy|sell)\b"
    r"|\b(?:long|short|buy|sell)\s+or\s+(?:long|short|buy|sell)\b",
    re.IGNORECASE,
).search

UNDERSTOOD = frozenset(
    (
        "leverage_out_of_range",
        "not_positive",
        "bad_number",
        "percent_out_of_range",
        "sl_wrong_side",
        "tp_wrong_side",
        "price_far",
        "exceeds_wallet",
        "missing_exit",
        "no_target",
        "conflicting_side",
        "ambiguous_symbol",
    )
)
"""Mistakes that only somebody makes who meant a command; others make the text a question."""


TERMS = frozenset(("funding", "margin", "mode", "hedge", "leverage", "liquidation"))
"""Commands whose bare name is a word people ask about."""


_COURTESIES = {
    "start": frozenset(("hi", "hello", "hey", "hi there", "hello there", "hey there", "start")),
    "help": frozenset(("help", "help me", "help please", "please help", "please help me")),
}
"""Whole texts that ask nothing yet, by the command that answers them."""


def courtesy(text: str) -> str:
    """Return the command that answers a greeting or a bare call for help, or nothing."""
    plain = " ".join(text.lower().replace(",", " ").rstrip(" !.?").split())
    return next((name for name, said in _COURTESIES.items() if plain in said), "")


def is_slip(misread: Misread, toks: Iterable[Tok]) -> bool:
    """Whether a misread text was a command all the same; words we do not know make it a question.

    A word one letter off is confirmed rather than taken for a question, where a coin is named.
    """
    kinds = [tok.kind for tok in toks]
    odd = kinds.count(Kind.UNKNOWN)
    if misread.kind == "typo_confirm":
        return odd == 1 and Kind.SYMBOL in kinds
    if misread.hint == "word":
        return False  # "close it for me", where ME is a coin
    return misread.kind in UNDERSTOOD and not odd


def is_complete(verb: Verb, typed: str, reading: Reading) -> bool:
    """Whether a text said all that a command needs; one that changes something names its object.

    "cross margin" and "close my position" are what questions begin with.
    """
    if not verb.writes or (verb.required and typed not in verb.implied):
        return True
    if not reading.values and typed == verb.name and "text" in verb.fields:
        return True
    return bool({"symbol", "id", "all", "key", "about"} & reading.values.keys())


def wants_advice(text: str) -> bool:
    """Whether a text asks what to trade."""
    return _ADVICE(text) is not None
