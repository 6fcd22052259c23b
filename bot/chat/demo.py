"""The recorded market says what it is: in the first line, or in small print where that is full."""

from bot.chat.figures import Label
from bot.chat.i18n import Translate
from bot.chat.reply import Title, Words

DEMO = "demo"


def warned(words: Words, market: str, _: Translate) -> Title:
    """Return a first line; on the recorded market it says so, always."""
    if market != DEMO:
        return Title(words)
    warning = Label(_("DEMO PRICES, not live."))
    return Title(Words(words.text + " {demo}", {**words.figures, "demo": warning}))


def small_warning(market: str, _: Translate) -> list[Words]:
    """Return the same for small print; nothing on other markets."""
    return [Words(_("DEMO PRICES, not live."))] if market == DEMO else []
