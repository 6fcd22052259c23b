"""The arena in words."""

from decimal import Decimal

from bot.chat.figures import Count, Figure, Label, Moment, Percent, exact
from bot.chat.games.adjusting import adjusted_view, without_place
from bot.chat.games.lobby import late_option
from bot.chat.games.pairs import flagged, ruling
from bot.chat.games.seen import KindWords, Seen
from bot.chat.i18n import Translate
from bot.chat.reply import Block, Choice, Reply, Row, Table, Text, Title, Words
from core.lessons.challenges.arena import HUNDRED, Arena, score
from core.lessons.game.allowed import ALL
from core.lessons.game.standing import Standing
from core.lessons.game.trading import Noted
from core.money import ZERO, display

NAMED = 8
"""Coins that are named; of more the number is told."""

SHOWN = 10
"""Players on the board; everybody finds their own place under Mine."""


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
        Words(_("Two who trade against each other share the lower place until a host decides.")),
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
        case "pairs":
            return _("pairs"), Label(_pairs(value, _))
        case _:
            return late_option(value, _)


def _pairs(value: str, _: Translate) -> str:
    """The coins, or how many they are."""
    coins = value.split()
    if coins == [ALL]:
        return _("all")
    return value if len(coins) <= NAMED else _("{count} coins").format(count=len(coins))


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
    blocks += [*without_place(seen), *frozen(seen)]
    return Reply((*blocks, seen.fairness(chance=False)), market_choices(seen), short=title)


def frozen(seen: Seen) -> tuple[Block, ...]:
    """Return that prices are away, where they are."""
    if seen.game.frozen is None:
        return ()
    text = seen._("Frozen since {since}: prices are away.")
    return (Text(Words(text, {"since": Moment(seen.game.frozen)}), strong=True),)


def market_choices(seen: Seen) -> tuple[tuple[Choice, ...], ...]:
    """Return the buttons under the board of a game in which people trade."""
    _ = seen._
    mine = Choice(_("Mine"), f"/trade #{seen.kept.number}", kept=True, aside=True)
    return (
        (mine, seen.to(_("Rules"), "rules")),
        (seen.to(_("Join"), "join"), seen.to(_("Leave"), "leave")),
    )


def _table(seen: Seen) -> Table:
    """Rank, name, score and the largest fall; a star for who came late."""
    _, play, rows, late = seen._, _play(seen), list[Row](), False
    assert play.session is not None
    for one in play.standings(seen.table)[:SHOWN]:
        came_late = seen.game.player(one.player).late
        late = late or came_late
        flags = frozenset({0}) if came_late else frozenset()
        rows.append(Row(ranked(seen, one), _cells(play.session.notes[one.player], _), flags))
    return Table((_("score"), _("fall")), tuple(rows), _("came late") if late else "")


def ranked(seen: Seen, one: Standing) -> Words:
    """Return a player with their place, `-` for who stands under the line."""
    place = Label(str(one.place or "-"))
    return Words("{place} {name}", {"place": place, "name": seen.name(one.player)})


def _cells(notes: Noted, _: Translate) -> tuple[Figure, ...]:
    """The score and the fall; who is out has no score any more."""
    shown: Figure = Label(_("out")) if notes.out else Count(display(score(notes), 1))
    return (shown, Percent(notes.drawdown, 1))


def _end_view(seen: Seen, _number: int) -> Reply:
    """Who won, and what the trades taught."""
    _, play = seen._, _play(seen)
    title = Words(*_won(seen))
    told, decisions = flagged(seen, play.pairs)
    again = Choice(_("Again"), "/challenge arena", kept=True)
    lesson = Text(_lesson(seen), strong=True)
    blocks = (Title(title), _table(seen), *without_place(seen), *told, lesson, seen.fairness())
    return Reply(blocks, (*decisions, (again, seen.to(_("Audit"), "audit"))), short=title)


def _won(seen: Seen) -> tuple[str, dict[str, Figure]]:
    """Who has the first place, alone or with others."""
    _, play = seen._, _play(seen)
    first = [one for one in play.standings(seen.table) if one.place == 1]
    if not first:
        return _("Arena: nobody is listed."), {}
    assert play.session is not None
    figures: dict[str, Figure] = {
        "name": seen.name(first[0].player),
        "score": Count(display(score(play.session.notes[first[0].player]), 1)),
        "count": Count(len(first)),
    }
    if len(first) > 1:
        return _("Arena: {count} share the first place."), figures
    return _("Arena: {name} wins with {score}."), figures


def _ruling_view(seen: Seen, number: int) -> Reply:
    """What a host decided about two players, and who is where now."""
    return ruling(seen, _play(seen).pairs.rulings[number - 1], _table(seen))


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
    return Words(text, {"falls": Count(falls), "share": exact(display(share, 1))})


def _said(code: str, seen: Seen) -> Words | None:
    """Orders are answered by /trade."""
    del code, seen
    return None


WORDS = KindWords(
    title=_title,
    gist=_gist,
    rules=_rules,
    options=_options,
    views={
        "board": _board_view,
        "end": _end_view,
        "ruling": _ruling_view,
        "adjusted": adjusted_view,
    },
    board=lambda seen: _board_view(seen, 0),
    said=_said,
)
