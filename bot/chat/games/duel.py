"""The mode duel in words."""

from collections.abc import Mapping
from decimal import Decimal

from bot.chat.figures import (
    Count,
    Figure,
    Label,
    Moment,
    Money,
    Percent,
    Times,
)
from bot.chat.games import duel_recorded as recorded
from bot.chat.games.seen import KindWords, Seen
from bot.chat.games.walls import match_lesson, round_lesson
from bot.chat.i18n import Translate
from bot.chat.positions import mode_word, side_word
from bot.chat.reply import Block, Choice, Facts, Reply, Row, Table, Text, Title, Words
from bot.chat.symbols import base_of
from core.lessons.challenges.duel import Duel
from core.lessons.game.bout import Bout
from core.lessons.game.match import Round
from core.lessons.game.wall_lesson import wall_lesson
from core.margin.pool import MarginMode, Side
from core.money import ONE

SHOWN = 10
"""Players on the board."""


def _title(_: Translate) -> str:
    return _("Mode duel")


def _gist(_: Translate) -> str:
    return _("The same trade, one isolated, one cross. Who keeps more of the wallet?")


def _rules(_: Translate) -> tuple[Words, ...]:
    return (
        Words(_("Isolated may add margin twice, 500 each. Cross may hedge half, once.")),
        Words(_("What counts is the whole wallet, not the position. Best of three.")),
        Words(_("Everybody has 5,000 and puts 1,000 on the same trade.")),
        Words(_("Chance decides who is isolated. Every round you change places, on another pair.")),
        Words(_("Results within 0.1% of the wallet are a draw.")),
        Words(_("A tie goes to fewer liquidations, then to the smaller loss at its worst.")),
        Words(_("Who leaves loses the round; away for 10 minutes, the match.")),
    )


def _options(name: str, value: str, _: Translate) -> tuple[str, Figure]:
    match name:
        case "teams":
            return _("players"), Label(_("two") if value == "two" else _("two halves"))
        case "leverage":
            return _("leverage"), Label(f"{value}x")
        case "side":
            return _("side"), Label(side_word(Side(value), _))
        case "on":
            return _("played on"), Label(recorded.places(_)[value])
        case _:
            return _("a round"), Label(value)


# --- views ----------------------------------------------------------------------------------------


def _play(seen: Seen) -> Duel:
    play = seen.kept.state.play
    assert isinstance(play, Duel)
    return play


def _numbered(seen: Seen, number: int) -> Round:
    """The round of a number; the one that is played where it is not over."""
    play = _play(seen)
    return next((each for each in play.rounds if each.number == number), play.round)


def _round_view(seen: Seen, number: int) -> Reply:
    """A round while it is played: who stands behind which wall, and how it goes."""
    _, found = seen._, _numbered(seen, number)
    bout = found.bout
    title = Words(_("Mode duel, round {number}."), {"number": Count(number)})
    blocks: list[Block] = [Title(title), Text(_trade(seen, bout)), _board(seen, found)]
    if bout.opened is None:
        blocks.append(Text(Words(recorded.entry(bout, _))))
    elif bout.session is not None:
        blocks.append(Facts(tuple(_facts(seen, bout).items())))
    choices: tuple[tuple[Choice, ...], ...] = ()
    if not bout.over:
        acts = (
            seen.act(_("Add margin"), "add"),
            seen.act(_("Hedge"), "hedge"),
            seen.act(_("Close"), "close"),
        )
        choices = (acts, (seen.to(_("Mine"), "mine"), seen.to(_("Rules"), "rules")))
    return Reply((*blocks, recorded.print_of(seen)), choices, short=title)


def _trade(seen: Seen, bout: Bout) -> Words:
    """What everybody trades."""
    terms = bout.terms
    return Words(
        seen._("{side} {coin} {leverage} for all, {margin} of {wallet}."),
        {
            "side": Label(side_word(terms.side, seen._)),
            "coin": Label(base_of(bout.symbol)),
            "leverage": Times(terms.leverage),
            "margin": Money(terms.margin, whole=True),
            "wallet": Money(terms.wallet, "USDT", whole=True),
        },
    )


def _facts(seen: Seen, bout: Bout) -> Mapping[str, Figure]:
    """Entry, mark, and the time that is left."""
    _, marks = seen._, seen.marks
    facts: dict[str, Figure] = {_("entry mark"): seen.price(bout.symbol, bout.opened)}
    quote = None if marks is None or bout.over else marks.get(bout.symbol)
    mark = bout.closed if quote is None else quote.price
    if mark is not None and bout.opened is not None:
        facts[_("mark")] = seen.price(bout.symbol, mark)
        facts[_("moved")] = Percent(mark / bout.opened - ONE, signed=True)
    if bout.session is not None and not bout.over:
        facts |= dict(recorded.progress(bout, _))
        facts[_("ends")] = Moment(bout.session.ends, brief=True)
    return facts


def _board(seen: Seen, found: Round) -> Table:
    """Everybody's wall and what the wallet gained or lost; a star for the liquidated."""
    _, bout = seen._, found.bout
    rows, fallen = [], False
    players = [p for team in _play(seen).teams for p in team]
    changes = {p: bout.notes[p].change if p in bout.notes else None for p in players}
    players.sort(key=lambda p: changes[p] or Decimal(0), reverse=True)
    for player in players[:SHOWN]:
        notes, change = bout.notes.get(player), changes[player]
        fell = notes is not None and notes.liquidations > 0
        fallen = fallen or fell
        wall = Label(_("iso") if bout.mode(player) is MarginMode.ISOLATED else _("cross"))
        gained: Figure = Label("-") if change is None else Money(change, signed=True)
        rows.append(Row(seen.name(player), (wall, gained), frozenset({1}) if fell else frozenset()))
    return Table((_("wall"), "USDT"), tuple(rows), _("liquidated") if fallen else "")


def _result_view(seen: Seen, number: int) -> Reply:
    """A round that is over: who won it, and why."""
    _, found = seen._, _numbered(seen, number)
    title = Words(_won_text(seen, found), _won_figures(seen, found))
    lesson = round_lesson(found.bout, _)
    blocks: list[Block] = [Title(title), _board(seen, found)]
    if found.bout.opened is not None:
        blocks.append(Facts(tuple(_facts(seen, found.bout).items())))
    if lesson is not None:
        blocks.append(Text(lesson, strong=True))
    was = recorded.event(seen, found) if found.bout.opened is not None else None
    if was is not None:
        blocks.append(Text(was))
    return Reply((*blocks, Text(_score(seen))), short=title)


def _score(seen: Seen) -> Words:
    """How many rounds each has won so far."""
    wins = _play(seen).wins
    return Words(
        seen._("Rounds won: {first} {one}, {second} {two}."),
        {
            "first": _team(seen, 0),
            "one": Count(wins[0]),
            "second": _team(seen, 1),
            "two": Count(wins[1]),
        },
    )


def _won_text(seen: Seen, found: Round) -> str:
    _ = seen._
    if found.winner is None:
        return _("Round {number}: a draw.")
    if found.bout.forfeit:
        return _("Round {number}: {name} wins, nobody was left on the other side.")
    return _("Round {number}: {wall} wins, {name}.")


def _won_figures(seen: Seen, found: Round) -> Mapping[str, Figure]:
    figures: dict[str, Figure] = {"number": Count(found.number)}
    if found.winner is not None:
        isolated = found.winner == found.isolated
        mode = MarginMode.ISOLATED if isolated else MarginMode.CROSS
        figures |= {"name": _team(seen, found.winner), "wall": Label(mode_word(mode, seen._))}
    return figures


def _team(seen: Seen, team: int) -> Figure:
    """A team by the name of its only member, or as one of two halves."""
    members = _play(seen).teams[team]
    if len(members) == 1:
        return seen.name(members[0])
    return Label(seen._("first half") if team == 0 else seen._("second half"))


def _now_view(seen: Seen) -> Reply:
    """The round that is played, or the one that was played last."""
    found = _play(seen).round
    return (_result_view if found.bout.over else _round_view)(seen, found.number)


def _end_view(seen: Seen, _number: int) -> Reply:
    """The match is over: who won, round by round, and what it taught."""
    _, play = seen._, _play(seen)
    wins, standings = play.wins, play.standings(seen.table)
    first = standings[0]
    tied = all(one.place == 1 for one in standings)
    figures: dict[str, Figure] = {"high": Count(max(wins)), "low": Count(min(wins))}
    text = _("Mode duel: a tie, {high} to {low}.")
    if not tied:
        team = 0 if first.player in play.teams[0] else 1
        figures |= {"name": _team(seen, team)}
        text = _("Mode duel: {name} wins, {high} to {low}.")
        if wins[0] == wins[1]:
            text = _("Mode duel: {high} to {low}; {name} wins by fewer or smaller losses.")
    title = Words(text, figures)
    lesson = match_lesson(wall_lesson(r.bout for r in play.rounds), _)
    again = Choice(_("Rematch"), recorded.again(seen), kept=True)
    return Reply(
        blocks=(
            Title(title),
            *((_rounds(seen, play),) if play.rounds else ()),
            *recorded.events(seen, play.rounds),
            Text(lesson, strong=True),
            seen.fairness(),
        ),
        choices=((again, seen.to(_("Audit"), "audit")),),
        short=title,
    )


def _rounds(seen: Seen, play: Duel) -> Table:
    """Each round's coin and what each wall made of the wallet."""
    rows = []
    cells: tuple[Figure, ...]
    for each in play.rounds:
        label, cells = str(each.number), (Label("-"), Label("-"))
        if each.gained:  # not given up
            isolated, cross = each.gained[each.isolated], each.gained[1 - each.isolated]
            label += f" {recorded.coin_of(seen, each)}"
            cells = (Money(isolated, signed=True), Money(cross, signed=True))
        rows.append(Row(Label(label), cells))
    return Table((seen._("Isolated"), seen._("Cross")), tuple(rows))


def _said(code: str, seen: Seen) -> Words | None:
    """What somebody who acted is told."""
    _ = seen._
    texts = {
        "add": _("500 more margin goes in at the next mark."),
        "hedge": _("The other side opens with half the size at the next mark."),
        "close": _("Everything closes at the next mark."),
    }
    return Words(texts[code]) if code in texts else None


WORDS = KindWords(
    title=_title,
    gist=_gist,
    rules=_rules,
    options=_options,
    views={"round": _round_view, "result": _result_view, "end": _end_view},
    board=_now_view,
    said=_said,
    more=recorded.rules,
)
