"""The board of a game of questions: who has how many points, and what the last one brought."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from bot.chat.figures import Count, Figure, Label
from bot.chat.games.seen import Seen
from bot.chat.reply import Block, Choice, Points, Reply, Row, Table, Text, Title, Words
from core.lessons.game.errors import NotPlaying
from core.lessons.game.kind import Play
from core.lessons.game.standing import Standing

SHOWN = 10
"""Players on the board."""

PODIUM = 3
"""Places that get a sentence of their own."""


def standings_of(seen: Seen) -> tuple[Standing, ...]:
    """Return who is where, best first."""
    play: Play | None = seen.kept.state.play
    assert play is not None
    return play.standings(seen.table)


def score_table(seen: Seen, gained: Mapping[int, int] | None = None) -> tuple[Block, ...]:
    """Return the ten best with their points, and what they `gained` by the last item."""
    _ = seen._
    standings = standings_of(seen)
    head = (_("points"),) if gained is None else (_("now"), _("points"))
    rows = []
    for one in standings[:SHOWN]:
        cells: tuple[Figure, ...] = (Count(one.figures[0]),)
        if gained is not None:
            cells = (_signed(gained.get(one.player)), *cells)
        rows.append(Row(_ranked(seen, one), cells))
    blocks: list[Block] = [Table(head, tuple(rows))]
    if len(standings) > SHOWN:
        more = {"count": Count(len(standings) - SHOWN)}
        blocks.append(Text(Words(_("and {count} more"), more)))
    return tuple(blocks)


def _ranked(seen: Seen, one: Standing) -> Words:
    """Place and name; who has left has no place."""
    place: Figure = Count(one.place) if one.listed else Label("-")
    return Words("{place} {name}", {"place": place, "name": seen.name(one.player)})


def _signed(gained: int | None) -> Figure:
    if gained is None:
        return Label("-")
    return Label(f"+{gained}") if gained > 0 else Count(gained)


def first_words(seen: Seen, title: str) -> Words:
    """Return who has won, in a line; `title` is what the kind is called."""
    _, standings = seen._, standings_of(seen)
    first = [one for one in standings if one.place == 1]
    figures: dict[str, Figure] = {"kind": Label(title)}
    if not first or not any(one.figures[0] > 0 for one in first):
        return Words(_("{kind}: nobody has a point."), figures)
    figures |= {"points": Count(first[0].figures[0]), "name": seen.name(first[0].player)}
    if len(first) > 1:
        figures["count"] = Count(len(first))
        return Words(_("{kind}: {count} share the first place with {points} points."), figures)
    return Words(_("{kind}: {name} wins with {points} points."), figures)


def podium(seen: Seen, told: Callable[[Standing], Words]) -> tuple[Block, ...]:
    """Return one sentence for each of the first three places; nothing where nobody has one."""
    rows = [one for one in standings_of(seen) if 1 <= one.place <= PODIUM and one.figures[0] > 0]
    return (Points(tuple(told(one) for one in rows[:PODIUM])),) if rows else ()


def own_score(seen: Seen, seat: int | None, told: Callable[[Standing], Words]) -> Reply:
    """Return how somebody stands, for them alone. Raises `NotPlaying`."""
    _ = seen._
    if seat is None:
        raise NotPlaying
    title = Words(_("Yours in game {game}."), {"game": Label(f"#{seen.kept.number}")})
    short = Words(_("It has not begun yet."))
    if seen.kept.state.play is not None:
        short = told(next(each for each in standings_of(seen) if each.player == seat))
    refresh = Choice(_("Refresh"), f"/challenge mine {seen.kept.number}", replace=True, kept=True)
    return Reply((Title(title), Text(short)), ((refresh,),), short=short)


def mean_error(error: Decimal, rounds: int) -> Decimal:
    """Return an error below zero, summed over rounds, as a mean above it (a ratio)."""
    return -error / rounds if rounds else Decimal(0)
