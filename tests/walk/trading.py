"""Paper trades as people make them: a line, then Confirm."""

from bot.chat.reply import Reply
from tests.commands.shown import button
from tests.walk.house import Home


def confirmed(home: Home, line: str, who: str = "1") -> Reply:
    """Say a line that is previewed, press Confirm, and return what was done."""
    shown_first = home.say(line, who)
    press = button(shown_first, "Confirm")
    done = home.say(press.say, who, button=True)
    assert done.outcome == "ok", done
    return done
