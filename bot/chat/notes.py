"""What was mended, guessed or assumed while reading, one sentence per code."""

from collections.abc import Callable

from bot.chat.figures import Count, Figure, Label, Name
from bot.chat.reading import Note
from bot.chat.reply import Words


def note_words(note: Note, _: Callable[[str], str]) -> Words:
    """Word a note. Raises `KeyError` for a code without a sentence."""
    figures = {name: _figure(name, value) for name, value in note.fields.items()}
    return Words(sentences(_)[note.code], figures)


def _figure(name: str, value: str) -> Figure:
    match name:
        case "token":
            return Name(value)
        case "units":
            return Count(int(value))
        case _:
            return Label(value)


def sentences(_: Callable[[str], str]) -> dict[str, str]:
    """All sentences by code."""
    return {
        "typo": _('I read "{token}" as {word}.'),
        "mode_ignored": _("You said {mode}; both modes are shown."),
        "mode_idle": _("{mode} makes no difference here."),
        "unused": _('"{token}" plays no part here.'),
        "entry_near_mark": _('"{token}" is taken as the entry, because it is near the mark.'),
        "emoji_side": _('"{token}" is read as {side}.'),
        "usd_as_usdt": _("{token} is read as the USDT contract {symbol}."),
        "thousand_contract": _("{symbol} counts in lots of {units} coins."),
        "bare_margin": _("{token} is taken as margin, not as position value."),
        "exit_of_move": _("{token} from the entry is an exit at {exit}."),
        "assumed_leverage": _("leverage {value} assumed"),
        "assumed_wallet": _("wallet {value} assumed"),
        "assumed_size": _("margin {value} assumed"),
        "assumed_entry": _("entry at the mark price assumed"),
        "assumed_mode": _("mode {value} assumed"),
        "assumed_venue": _("venue {value} assumed"),
    }
