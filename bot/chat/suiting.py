"""The four answers of `/choose`: how they are read, and what is said of the mode they lead to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.chat.figures import Count, Figure, Money, Percent
from bot.chat.i18n import Translate
from bot.chat.reply import Words
from core.lessons.choosing import Experience, Reason, Situation, Suited
from core.margin.pool import MarginMode
from core.money import ONE, Amount, down

QUOTE, CENT = "USDT", Decimal("0.01")
"""What wallets are counted in, and the least of it that is named."""

_YES = frozenset(("yes", "y", "hedged", "true"))
_NO = frozenset(("no", "n", "unhedged", "false"))
_EXPERIENCE: Mapping[str, Experience] = {
    **dict.fromkeys(("new", "none", "beginner", "little"), Experience.NEW),
    **dict.fromkeys(("some", "medium"), Experience.SOME),
    **dict.fromkeys(("pro", "much", "experienced", "expert", "years"), Experience.MUCH),
}
_COUNT = re.compile(r"([1-9]\d{0,2})\+?")
_SHARE = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)%?")


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered so far, in order; `line` says it again, `misread` that the next failed.

    `hedged`, `positions` and `most_lost` are None while nobody has said them.
    """

    line: str = ""
    hedged: bool | None = None
    positions: int | None = None
    most_lost: Decimal | None = None
    situation: Situation | None = None
    misread: bool = False


def read_answers(text: str) -> Answers:
    """Read as many answers as there are; whatever follows the fourth says nothing."""
    words = [word.strip(",;.") for word in text.lower().split()[:4]]
    readers = (_read_hedged, _read_positions, _read_most_lost, _read_experience)
    answers = Answers()
    for word, read in zip(words, readers, strict=False):
        further = read(answers, word)
        if further is None:
            return Answers(
                answers.line, answers.hedged, answers.positions, answers.most_lost, misread=True
            )
        answers = further
    return answers


def _read_hedged(_: Answers, word: str) -> Answers | None:
    if word not in _YES | _NO:
        return None
    return Answers("yes" if word in _YES else "no", word in _YES)


def _read_positions(so_far: Answers, word: str) -> Answers | None:
    """How many at once; a hedge takes two at least."""
    found = _COUNT.fullmatch(word)
    count = int(found[1]) if found else 0
    if count < (2 if so_far.hedged else 1):
        return None
    return Answers(f"{so_far.line} {count}", so_far.hedged, count)


def _read_most_lost(so_far: Answers, word: str) -> Answers | None:
    """A share of the wallet in percent, or all of it."""
    found = _SHARE.fullmatch("100" if word == "all" else word)
    share = Decimal(found[1]) / 100 if found else Decimal(0)
    if not 0 < share <= ONE:
        return None
    said = "all" if share == ONE else f"{(share * 100).normalize():f}"
    return Answers(f"{so_far.line} {said}", so_far.hedged, so_far.positions, share)


def _read_experience(so_far: Answers, word: str) -> Answers | None:
    experience = _EXPERIENCE.get(word)
    hedged, positions, share = so_far.hedged, so_far.positions, so_far.most_lost
    if experience is None or hedged is None or positions is None or share is None:
        return None
    situation = Situation(
        hedged=hedged, positions=positions, most_lost=share, experience=experience
    )
    return Answers(f"{so_far.line} {experience.value}", hedged, positions, share, situation)


def reason_words(reason: Reason, situation: Situation, wallet: Amount, _: Translate) -> Words:
    """What of the answers speaks for a mode, in one sentence."""
    if reason is Reason.CAPPED:
        return _capped(situation, wallet, _)
    texts = {
        Reason.BEGINNER: _(
            "You are new to this: a mistake then costs one position's margin, not all."
        ),
        Reason.SINGLE: _("You hold one position, so there is none that a shared pool could help."),
        Reason.UNRELATED: _(
            "Your positions do not offset each other: one that fails leaves the rest be."
        ),
        Reason.HEDGED: _("You are hedged: what one position gains carries what the other loses."),
        Reason.PORTFOLIO: _(
            "You manage several positions as one portfolio, and they back each other."
        ),
    }
    return Words(texts[reason])


def _capped(situation: Situation, wallet: Amount, _: Translate) -> Words:
    """How the cap is kept: the margins of all positions together."""
    cap = wallet * situation.most_lost
    each = down(cap / situation.positions, CENT)
    figures: dict[str, Figure] = {
        "share": Percent(situation.most_lost, _places(situation.most_lost)),
        "cap": Money(cap, QUOTE),
        "count": Count(situation.positions),
        "each": Money(each, QUOTE),
    }
    if situation.positions == 1:
        return Words(
            _("At most {share} may be lost: assign a margin of {cap}, and no more."), figures
        )
    text = _("At most {share} may be lost: {count} margins of {each} add up to no more than {cap}.")
    return Words(text, figures)


def _places(share: Decimal) -> int:
    """As many digits as a share has in percent."""
    return max(0, -int((share * 100).normalize().as_tuple().exponent))


def against_words(
    advice: Suited, situation: Situation, wallet: Amount, _: Translate
) -> tuple[Words, ...]:
    """What speaks against the mode that suits: the mode's own price, and answers for the other."""
    own = {
        MarginMode.ISOLATED: _(
            "The same trade is liquidated earlier: the free balance does not come to its help."
        ),
        MarginMode.CROSS: _(
            "One position that goes heavily wrong can take the whole wallet, the others included."
        ),
    }
    told = [_against(reason, situation, wallet, _) for reason in advice.against]
    return (Words(own[advice.mode]), *told)


def _against(reason: Reason, situation: Situation, wallet: Amount, _: Translate) -> Words:
    """What an answer says for the other mode, as a price of this one."""
    if reason is Reason.CAPPED:
        share = Percent(situation.most_lost, _places(situation.most_lost))
        cap = Money(wallet * situation.most_lost, QUOTE)
        text = _("Cross knows no cap: to lose {share} at most, leave only {cap} in this wallet.")
        return Words(text, {"share": share, "cap": cap})
    if reason is Reason.HEDGED:
        return Words(
            _("Your hedge is weaker: each leg is liquidated alone, whatever the other has gained.")
        )
    assert reason is Reason.PORTFOLIO, reason
    return Words(_("Your positions cannot back each other, although you manage them together."))
