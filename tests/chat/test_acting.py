"""Shown first, or done at once for those who asked for that."""

from dataclasses import replace

from bot.chat.acting import act
from core.margin.pool import PositionMode
from core.paper.actions import ChoosePositionMode
from core.people import Preferences
from tests.builders import exact
from tests.chat.asking import asking
from tests.walk.house import Home

__all__ = ["exact"]

HEDGE = ChoosePositionMode(PositionMode.HEDGE)


def test_an_action_is_shown_with_confirm_and_cancel() -> None:
    home = Home()
    ask = asking(home)
    (row,) = act(ask, HEDGE).choices
    assert [c.say.split()[0] for c in row] == ["/yes", "/no"]
    account = home.services.accounts.look(ask.identity)
    assert account.position_mode is PositionMode.ONE_WAY


def test_without_confirmation_it_is_done_and_said() -> None:
    home = Home()
    ask = replace(asking(home), preferences=Preferences(confirm=False))
    reply = act(ask, HEDGE)
    assert not [c for row in reply.choices for c in row if c.say.startswith("/yes")]
    account = home.services.accounts.look(ask.identity)
    assert account.position_mode is PositionMode.HEDGE
