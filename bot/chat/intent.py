"""What a text without a slash is: a command, a question, a wish for advice, or not for us.

A command that changes something counts only as the first word and complete; one that looks, when
side and coin are named; everything else is a question. Advice is recognised, and never given.
"""

import re

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
        "typo_confirm",
        "missing_exit",
        "no_target",
        "conflicting_side",
    )
)
"""Mistakes that only somebody makes who meant a command; others make the text a question."""


def wants_advice(text: str) -> bool:
    """Whether a text asks what to trade."""
    return _ADVICE(text) is not None
