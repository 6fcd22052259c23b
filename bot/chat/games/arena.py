"""The arena in words."""

from decimal import Decimal

from bot.chat.figures import Count, Figure, Label, Moment, Percent, exact
from bot.chat.games.seen import KindWords, Seen
from bot.chat.i18n import Translate
from bot.chat.reply import Block, Choice, Reply, Row, Table, Text, Title, Words
from core.lessons.challenges.arena import HUNDRED, Arena, score
from core.lessons.game.standing import Standing
from core.lessons.game.trading import Noted
from core.money import ZERO

SHOWN = 10


def _title(_: Translate) -> str:
    return _("Arena")


def _gist(_: Translate) -> str:
    return _("Everybody trades 10,000 for a time. Who gains most without falling far?")


def _rules(_: Translate) -> tuple[Words, ...]:
    return (
        Words(_("The score is the gain in percent less half of the largest fall in percent.")),
        Words(_("To be listed: 5 closed trades on 2 pairs, in a week or more on 2 days.")),
        Words(_("Of one trade beyond 60% of the profit the excess does not count.")),
        Words(_("Liquidated to less than 1% of the start: out, by the time you lasted.")),
        Words(_("Trade in private: /trade long btc 10x 500, /trade close btc.")),
    )


def _options(name: str, value: str, _: Translate) -> tuple[str, Figure]:
    match name:
        case "length":
            return _("time"), Label(value)
        case "leverage":
            return _("leverage"), Label(_("up to {leverage}x").format(leverage=value))
        case "modes":
            names = {"any": _("both"), "isolated": _("isolated"), "cross": _("cross")}
            return _("modes"), Label(names[value])
        case _:
            names = {"no": _("nobody"), "quarter": _("first quarter"), "any": _("any time")}
            return _("late"), Label(names[value])


def _play(seen: Seen) -> Arena:
    play = seen.kept.state.play
    assert isinstance(play, Arena)
    return play


def _board_view(seen: Seen, _number: int) -> Reply:
    """The board while it is played."""
    _, session = seen._, _play(seen).session
    title = Words(_("Arena: {count} trade."), {"count": Count(len(seen.game.playing))})
    blocks: list[Block] = [Title(title)]
    if session is not None:
        blocks += [Text(Words(_("Ends {when}."), {"when": Moment(session.ends)})), _table(seen)]
    if seen.game.frozen is not None:
        since = {"since": Moment(seen.game.frozen)}
        blocks.append(Text(Words(_("Frozen since {since}: prices are away."), since), strong=True))
    mine = Choice(_("Mine"), f"/trade #{seen.kept.number}", kept=True, aside=True)
    choices = (
        (mine, seen.to(_("Rules"), "rules")),
        (seen.to(_("Join"), "join"), seen.to(_("Leave"), "leave")),
    )
    return Reply((*blocks, seen.fairness(chance=False)), choices, short=title)


def _table(seen: Seen) -> Table:
    """Rank, name, score and the largest fall."""
    _, play = seen._, _play(seen)
    rows, standings = [], play.standings(seen.table)
    assert play.session is not None
    for one in standings[:SHOWN]:
        notes = play.session.notes[one.player]
        label = f"{one.place or '-'} {seen.name(one.player).value}"
        rows.append(Row(Label(label), _cells(notes, one, _)))
    return Table((_("score"), _("fall")), tuple(rows))


def _cells(notes: Noted, one: Standing, _: Translate) -> tuple[Figure, ...]:
    if notes.out is not None:
        return (Label(_("out")), Moment(notes.out, brief=True))
    del one
    return (exact(score(notes).quantize(Decimal("0.1"))), Percent(notes.drawdown, 1))


def _end_view(seen: Seen, _number: int) -> Reply:
    """Who won, and what the trades taught."""
    _, play = seen._, _play(seen)
    standings = play.standings(seen.table)
    first = next((one for one in standings if one.listed and one.place == 1), None)
    title = Words(_("Arena: nobody is listed."))
    if first is not None:
        assert play.session is not None
        figures: dict[str, Figure] = {
            "name": seen.name(first.player),
            "score": exact(score(play.session.notes[first.player]).quantize(Decimal("0.1"))),
        }
        title = Words(_("Arena: {name} wins with {score}."), figures)
    again = Choice(_("Again"), "/challenge arena", kept=True)
    return Reply(
        (
            Title(title),
            *((_table(seen),) if play.session else ()),
            Text(_lesson(seen), strong=True),
            seen.fairness(),
        ),
        ((again, seen.to(_("Audit"), "audit")),),
        short=title,
    )


def _lesson(seen: Seen) -> Words:
    """What the game's own trades teach, counted."""
    _, session = seen._, _play(seen).session
    notes = () if session is None else tuple(session.notes.values())
    falls = sum(n.liquidations for n in notes)
    if not falls:
        return Words(_("Nobody was liquidated. What cost points was the way down, not the end."))
    lost = sum((n.lost for n in notes), ZERO)
    share = lost / (sum((n.start for n in notes), ZERO) or Decimal(1)) * HUNDRED
    text = _("{falls} liquidations took {share}% of all the money at the start.")
    return Words(text, {"falls": Count(falls), "share": exact(share.quantize(Decimal("0.1")))})


def _said(code: str, seen: Seen) -> Words | None:
    """Orders are answered by /trade."""
    del code, seen
    return None


WORDS = KindWords(
    title=_title,
    gist=_gist,
    rules=_rules,
    options=_options,
    views={"board": _board_view, "end": _end_view},
    board=lambda seen: _board_view(seen, 0),
    said=_said,
)
