"""What the house decides about paper trading, beside the venue's rules."""

from dataclasses import dataclass
from datetime import timedelta

from core.money import Amount, D, Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRules:
    """The house's own numbers.

    `grant` (quote) is what a new account begins with; `half_spread` how much worse than the mark a
    market order fills; `worse_by` how much worse than the preview a fill may be before it is asked
    again; `warn_at` the margin ratio of a warning, and `warn_every` how long its owner is not
    warned again. The others are plain ratios.
    """

    grant: Amount = Amount(D(10000))
    half_spread: Rate = Rate(D("0.0001"))
    worse_by: Rate = Rate(D("0.005"))
    warn_at: Rate = Rate(D("0.8"))
    warn_every: timedelta = timedelta(days=1)
