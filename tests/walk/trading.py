"""Paper trades as people make them: a line, then Confirm."""

from decimal import localcontext
from itertools import count

from bot.chat.reply import Reply
from core.money import EXACT, Amount, D
from core.paper.actions import Action, MoveMargin
from core.paper.records import Identity
from core.services.trading import Asked, Shown
from tests.commands.shown import button
from tests.commands.trades import do, opened
from tests.walk.house import Home

_NUMBERS = count(1)


def furnished(home: Home | None = None) -> Home:
    """#1 long BTC isolated with margin to spare, #2 long ETH cross, orders #3 and #4 in SOL."""
    home = home or Home()
    opened(home, "BTC", "0.1")
    opened(home, "ETH", "1", cross=True)
    opened(home, "SOL", "10", price=70)
    opened(home, "SOL", "20", price=60)
    do(home, MoveMargin(1, Amount(D(50))))
    return home


def previewed(home: Home, action: Action, who: str = "1") -> Shown:
    """Keep a preview of an action as if a command had asked for it in private."""
    asked = Asked(Identity("telegram", who), who, f"preview:{next(_NUMBERS)}")
    with localcontext(EXACT):
        return home.services.trading.preview(asked, action)


def confirmed(home: Home, line: str, who: str = "1") -> Reply:
    """Say a line that is previewed, press Confirm, and return what was done."""
    shown_first = home.say(line, who)
    press = button(shown_first, "Confirm")
    done = home.say(press.say, who, button=True)
    assert done.outcome == "ok", done
    return done
