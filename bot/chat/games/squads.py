"""Squad battles in words: choosing sides, the board, the end."""

from bot.chat.figures import Count, Figure, Label, Moment
from bot.chat.games import arena
from bot.chat.games.adjusting import adjusted_view, without_place
from bot.chat.games.captain import ballot_button
from bot.chat.games.pairs import flagged, ruling
from bot.chat.games.seen import KindWords, Seen
from bot.chat.games.squad import lead_of, play_of, squad_name
from bot.chat.games.squad_own import own_member
from bot.chat.i18n import Translate
from bot.chat.reply import Block, Choice, Points, Reply, Row, Table, Text, Title, Words
from core.lessons.challenges.squads import KIND
from core.lessons.game.kind import chosen
from core.lessons.game.roles import ROLE
from core.lessons.game.squad import FEWEST, Squad, is_friendly
from core.money import Rate, display

SHOWN = 5
"""Members of a squad that are named; the others are counted."""

BEST = 3
"""Members of a squad whose scores are shown."""


def _title(_: Translate) -> str:
    return _("Squad battle")


def _gist(_: Translate) -> str:
    return _("Squads trade 10,000 each for a time. The best 60% of a squad count for it.")


def _rules(_: Translate) -> tuple[Words, ...]:
    return (
        Words(_("A squad's score is the mean of its best members' arena scores.")),
        Words(_("So many count in each squad: 60% of the active ones in the smallest.")),
        Words(_("Active is who has traded. Each squad needs 3, else the battle is friendly.")),
        Words(_("An arena score is the gain in percent less half of the largest fall in percent.")),
        Words(_("Who comes late joins the smallest squad; moving is not allowed.")),
        Words(_("Two who trade against each other count with the lower score of both.")),
        Words(_("Captain is whom most of a squad vote for. The captain may name the squad.")),
        Words(_("Trade in private: /trade long btc 10x 500, /trade close btc.")),
    )


def _options(name: str, value: str, _: Translate) -> tuple[str, Figure]:
    match name:
        case "by":
            names = {
                "chance": _("by chance"),
                "choice": _("you choose"),
                "chat": _("by chat"),
                "role": _("by role"),
            }
            return _("squads"), Label(names[value])
        case "squads":
            return _("how many"), Label(value)
        case _:
            return arena.WORDS.options(name, value, _)


# --- choosing -------------------------------------------------------------------------------------


def _muster_view(seen: Seen, _number: int) -> Reply:
    """Who is in which squad, and a button for each."""
    _, play = seen._, play_of(seen)
    title = Words(_("Squad battle: choose your squad."))
    blocks: list[Block] = [Title(title)]
    choices: tuple[tuple[Choice, ...], ...] = ()
    if play.mustering:
        text = _("You have 2 minutes. Who does not choose goes where the fewest are.")
        blocks.append(Text(Words(text)))
        numbers = range(len(play.squads))
        row = tuple(seen.act(squad_name(seen, n), str(n + 1)) for n in numbers)
        choices = (row, (ballot_button(seen), seen.to(_("Rules"), "rules")))
    blocks.append(Points(tuple(_members(seen, n) for n in range(len(play.squads)))))
    return Reply((*blocks, seen.fairness(chance=False)), choices, short=title)


def _members(seen: Seen, number: int) -> Words:
    """A squad and its members, the captain first."""
    _, play = seen._, play_of(seen)
    members = play.squads[number]
    figures: dict[str, Figure] = {
        "squad": Label(squad_name(seen, number)),
        "rest": Count(len(members) - SHOWN),
    }
    if not members:
        return Words(_("{squad}: nobody yet"), figures)
    lead = lead_of(seen, number)
    first = (lead.captain, lead.vice)
    named = sorted(members, key=lambda p: (first.index(p) if p in first else len(first), p))
    figures |= {f"name{player}": seen.name(player) for player in named[:SHOWN]}
    places = [f"{{name{player}}}" for player in named[:SHOWN]]
    if named[0] == lead.captain:
        places[0] += " " + _("(captain)")
    text = "{squad}: " + ", ".join(places)
    if len(members) > SHOWN:
        text += " " + _("and {rest} more")
    return Words(text, figures)


# --- the board ------------------------------------------------------------------------------------


def _board_view(seen: Seen, _number: int) -> Reply:
    """The squads while they play."""
    _, play = seen._, play_of(seen)
    title = Words(_("Squad battle: {count} trade."), {"count": Count(len(seen.game.playing))})
    blocks: list[Block] = [Title(title)]
    session = play.arena.session
    if session is not None:
        blocks.append(Text(Words(_("Ends {when}."), {"when": Moment(session.ends)})))
    blocks += [
        _squads(seen),
        *without_place(seen),
        Points(tuple(_members(seen, n) for n in range(len(play.squads)))),
    ]
    if chosen(seen.game, KIND, "by") == ROLE and not play.roles:
        blocks.append(Text(Words(_("Fewer than two roles play, so squads were drawn by chance."))))
    blocks += arena.frozen(seen)
    mine = Choice(_("Mine"), f"/trade #{seen.kept.number}", kept=True, aside=True)
    choices = (
        (mine, ballot_button(seen), seen.to(_("Rules"), "rules")),
        (seen.to(_("Join"), "join"), seen.to(_("Leave"), "leave")),
    )
    return Reply((*blocks, seen.fairness(chance=False)), choices, short=title)


def _now_view(seen: Seen) -> Reply:
    """How it stands: who has chosen which squad, or how the squads do."""
    return (_muster_view if play_of(seen).mustering else _board_view)(seen, 0)


def _squads(seen: Seen) -> Table:
    """Each squad's score, and below it the members who bring it."""
    _, play, rows = seen._, play_of(seen), list[Row]()
    scores = play.scores()
    for squad in play.line_up(seen.game):
        name = Label(f"{squad.place} {squad_name(seen, squad.number)}")
        rows.append(Row(name, (_score(squad.score), _of(squad))))
        rows += [
            Row(seen.name(player), (_score(scores[player]), Label("")), indent=2)
            for player in squad.counted[:BEST]
        ]
    return Table((_("score"), _("count")), tuple(rows))


def _score(score: Rate | None) -> Figure:
    return Label("-") if score is None else Count(display(score, 1))


def _of(squad: Squad) -> Label:
    """How many of the active members count."""
    return Label(f"{len(squad.counted)}/{len(squad.active)}")


# --- the end --------------------------------------------------------------------------------------


def _end_view(seen: Seen, _number: int) -> Reply:
    """Which squad won, by whom, and what it taught."""
    _, play = seen._, play_of(seen)
    squads = play.line_up(seen.game)
    first = [squad for squad in squads if squad.place == 1 and squad.score is not None]
    title = Words(_("Squad battle: nobody has traded."))
    if len(first) > 1:
        title = Words(_("Squad battle: a draw."))
    elif first:
        figures: dict[str, Figure] = {
            "squad": Label(squad_name(seen, first[0].number)),
            "score": _score(first[0].score),
        }
        title = Words(_("Squad battle: {squad} wins with {score}."), figures)
    blocks: list[Block] = [Title(title), _squads(seen), *without_place(seen)]
    blocks.append(Points(_best(seen, squads)))
    if is_friendly(squads):
        text = _("Friendly: a squad had fewer than {fewest} active members.")
        blocks.append(Text(Words(text, {"fewest": Count(FEWEST)})))
    told, decisions = flagged(seen, play.arena.pairs)
    blocks += [*told, Text(_lesson(seen, squads), strong=True)]
    again = Choice(_("Again"), "/challenge squads", kept=True)
    choices = (*decisions, (again, seen.to(_("Audit"), "audit", aside=False)))
    return Reply((*blocks, seen.fairness()), choices, short=title)


def _ruling_view(seen: Seen, number: int) -> Reply:
    """What a host decided about two members, and how the squads stand now."""
    return ruling(seen, play_of(seen).arena.pairs.rulings[number - 1], _squads(seen))


def _best(seen: Seen, squads: tuple[Squad, ...]) -> tuple[Words, ...]:
    """The best member of each squad."""
    scores, text = play_of(seen).scores(), seen._("{squad}: {name} did best, {score}.")
    return tuple(
        Words(
            text,
            {
                "squad": Label(squad_name(seen, squad.number)),
                "name": seen.name(squad.counted[0]),
                "score": _score(scores[squad.counted[0]]),
            },
        )
        for squad in squads
        if squad.counted
    )


def _lesson(seen: Seen, squads: tuple[Squad, ...]) -> Words:
    """What the battle's own trades teach: what fell where it counted, and where it did not."""
    _, session = seen._, play_of(seen).arena.session
    notes = {} if session is None else session.notes
    counted = sum(notes[player].liquidations for squad in squads for player in squad.counted)
    falls = sum(own.liquidations for own in notes.values())
    figures = {"falls": Count(falls), "counted": Count(counted)}
    if not falls:
        return Words(_("Nobody was liquidated. Where few count, one steady hand moves a squad."))
    if not counted:
        text = _("Liquidations: {falls}, none among those who count: the mean kept them out.")
        return Words(text, figures)
    text = _("Liquidations: {falls}, {counted} among those who count: those a squad pays for.")
    return Words(text, figures)


def _said(code: str, seen: Seen) -> Words | None:
    """Whoever chose a squad or a captain is told; orders are answered by /trade."""
    _ = seen._
    texts = {
        "squad": _("You are in. Until the time is up you may choose another squad."),
        "voted": _("Your vote counts. The board says who leads."),
    }
    return Words(texts[code]) if code in texts else None


WORDS = KindWords(
    title=_title,
    gist=_gist,
    rules=_rules,
    options=_options,
    views={
        "muster": _muster_view,
        "board": _board_view,
        "end": _end_view,
        "adjusted": adjusted_view,
        "ruling": _ruling_view,
    },
    board=_now_view,
    said=_said,
    own=own_member,
)
