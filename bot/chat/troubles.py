"""Misreadings, worded: one error, one cure, three lines at most.

The sentence names the token and says why; the cure is a line to copy or buttons to press.
"""

from collections.abc import Callable

from bot.chat.figures import Code, Figure, Label, Money, Name
from bot.chat.reading import Misread
from bot.chat.reply import Choice, Reply, Text, Tone, Words
from bot.chat.setting import LARGEST
from core.errors import Refusal

_TOKEN, _LONGEST = 24, 120


def misread_reply(
    misread: Misread,
    _: Callable[[str], str],
    changes: Callable[[str], bool] | None = None,
) -> Reply:
    """Word a misreading; its options become buttons, kept where their line `changes` something."""
    figures: dict[str, Figure] = {
        "token": Name(misread.token[:_TOKEN]),
        "hint": Label(misread.hint),
        "most": Money(LARGEST, whole=True),
    }
    words = Words(_sentence(misread, _), figures)
    blocks = [Text(words)]
    if misread.suggestion and len(misread.suggestion) <= _LONGEST:
        blocks.append(Text(Words(_("Try: {line}"), {"line": Code(misread.suggestion)})))
    choices = tuple(
        Choice(label[:40], line, kept=changes is not None and changes(line))
        for label, line in misread.options[:5]
        if line
    )
    return Reply(
        tuple(blocks),
        choices=(choices,) if choices else (),
        tone=Tone.TROUBLE,
        outcome=misread.kind,
        short=words,
    )


def fault_reply(fault: str, _: Callable[[str], str]) -> Reply:
    """What a person hears of a fault of ours; `fault` is its number in the log."""
    text = _("Something went wrong on my side, and it is logged. Its number is {fault}.")
    words = Words(text, {"fault": Code(fault)})
    return Reply((Text(words),), tone=Tone.TROUBLE, outcome="fault", short=words)


def _sentence(misread: Misread, _: Callable[[str], str]) -> str:
    """The sentence of a kind; a few kinds say more when they know more."""
    if misread.kind == "bad_number" and misread.hint and misread.hint[0].isdigit():
        return _('I can\'t read "{token}" as a number. Did you mean {hint}?')
    if misread.kind == "missing_amount" and misread.token and misread.hint != "fill_price":
        return _('"{token}" needs an amount behind it.')
    if misread.kind == "no_target" and misread.token:
        return _('Is "{token}" the ROE? Write it with a percent sign.')
    return _narrow(_).get((misread.kind, misread.hint)) or sentences(_)[misread.kind]


def _narrow(_: Callable[[str], str]) -> dict[tuple[str, str], str]:
    """Sentences of kinds that a hint narrows."""
    return {
        ("bad_number", "sign"): _('"{token}" needs a sign and a percent, such as -15%.'),
        ("bad_number", "too_large"): _('"{token}" is more than I can keep: {most} at most.'),
        ("percent_out_of_range", "fee"): _('"{token}": a fee lies between 0% and 1%.'),
        ("percent_out_of_range", "move"): _(
            '"{token}": a price can fall by less than 100%; I reckon rises up to +1000%.'
        ),
        ("missing_side", "second_leg"): _("A hedge has two legs. Where is the second one?"),
        ("ambiguous_symbol", "word"): _(
            '"{token}" is a word of mine and also a coin. For the coin put $ before it.'
        ),
        ("missing_amount", "venue"): _("Which venue?"),
        ("missing_amount", "fills"): _("Which fills? An amount and a price for each:"),
        ("missing_amount", "fill_price"): _(
            'At which price was "{token}" filled? Write it behind an @.'
        ),
        ("missing_amount", "zone"): _("Which time zone? Zones are named like these:"),
        ("missing_amount", "confirm"): _("On or off?"),
        ("missing_amount", "mistakes"): _("On or off?"),
        ("ambiguous_number", "fills"): _('Is "{token}" a price? Put @ before each price.'),
        ("unknown_token", "legs"): _('"{token}" is one leg too many: a hedge has two.'),
        ("unknown_token", "venue"): _('I don\'t know the venue "{token}". Which one?'),
        ("unknown_token", "confirm"): _('"{token}": this is either on or off.'),
        ("unknown_token", "mistakes"): _('"{token}": this is either on or off.'),
        ("unknown_token", "money"): _('"{token}": this is kept as an amount in USDT.'),
        ("unknown_token", "zone"): _(
            'I don\'t know the time zone "{token}". Zones are named like these:'
        ),
    }


def sentences(_: Callable[[str], str]) -> dict[str, str]:
    """One sentence per kind."""
    return {
        "empty": _("Tell me what to work on, for example:"),
        "unknown_command": _("I don't know {token}."),
        "missing_side": _("Long or short?"),
        "conflicting_side": _("Both long and short are said. Which one?"),
        "missing_symbol": _("Which coin?"),
        "unknown_symbol": _('I don\'t know the coin "{token}".'),
        "ambiguous_symbol": _('"{token}" fits more than one contract. Which one?'),
        "two_symbols": _("I compare margin modes, not coins. One coin at a time, or a hedge:"),
        "unsupported_quote": _('"{token}": I know USDT contracts only.'),
        "missing_size": _("How much margin, in USDT?"),
        "ambiguous_number": _('What is "{token}"? Label the numbers.'),
        "bad_number": _('I can\'t read "{token}" as a number.'),
        "not_positive": _('"{token}" must be above zero.'),
        "leverage_out_of_range": _(
            '"{token}": leverage runs from 1x (none) to 125x, with two decimals at most.'
        ),
        "duplicate_field": _('"{token}" says {hint} a second time. Which one?'),
        "percent_out_of_range": _('"{token}" is out of range.'),
        "sl_wrong_side": _('The stop "{token}" must be {hint} the entry.'),
        "tp_wrong_side": _('The target "{token}" must be {hint} the entry.'),
        "price_far": _('"{token}" is far from the price. Which one is meant?'),
        "exceeds_wallet": _('"{token}" is more than the wallet of {hint}.'),
        "unknown_token": _('I don\'t know what "{token}" means here.'),
        "typo_confirm": _('Did you mean {hint} by "{token}"?'),
        "missing_mode": _("Isolated or cross?"),
        "missing_amount": _("An amount is missing."),
        "missing_exit": _("At which exit price?"),
        "no_target": _("Which ROE, in percent?"),
        "advice_request": _(
            "I give no advice on what to trade. I can show what a trade puts at stake:"
        ),
        "too_long": _("That is too long: {hint} characters at most."),
    }


def refused(refusal: Refusal, words: Words, cure: Choice) -> Reply:
    """Say why something was not done, with the one button that mends it."""
    return Reply(
        (Text(words),),
        choices=((cure,),),
        tone=Tone.TROUBLE,
        outcome=refusal.code,
        short=words,
    )
