"""How a crash stands: who is worth what, and has how many points."""

from decimal import Decimal

from bot.chat.figures import Count, Figure, Label, Money
from bot.chat.games.seen import Seen
from bot.chat.reply import Row, Table, Words
from core.lessons.challenges.crash import Crash
from core.lessons.game.standing import Standing
from core.money import display

SHOWN = 10
"""Players on the board."""


def play_of(seen: Seen) -> Crash:
    """Return the play of a crash."""
    play = seen.kept.state.play
    assert isinstance(play, Crash)
    return play


def board(seen: Seen) -> Table:
    """Return the best ten: what they are worth, and their points; a star where a wall fell."""
    _, play = seen._, play_of(seen)
    rows, fallen = [], False
    for one in play.standings(seen.table)[:SHOWN]:
        way = play.survivors[one.player]
        fell = way.pockets + way.crosses > 0
        fallen = fallen or fell
        worth: Figure = Label(_("out")) if way.out else Money(display(way.equity, 0), whole=True)
        cells = (worth, points(one.figures[0]))
        rows.append(Row(_ranked(seen, one), cells, frozenset({0}) if fell else frozenset()))
    footnote = _("a wall fell") if fallen else ""
    return Table((_("worth"), _("points")), tuple(rows), footnote)


def _ranked(seen: Seen, one: Standing) -> Words:
    return Words(
        "{place} {name}",
        {"place": Label(str(one.place or "-")), "name": seen.name(one.player)},
    )


def points(score: Decimal) -> Count:
    """Return points as they are shown, to a tenth."""
    return Count(display(score, 1))
