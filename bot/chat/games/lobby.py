"""A game before and around its play: the draft, the lobby, its rules, its end without a result."""

from bot.chat.figures import Age, Code, Count, Figure, Label, Moment, Name, Said
from bot.chat.games.seen import KindWords, Seen, shown_name
from bot.chat.i18n import Translate
from bot.chat.reply import Block, Choice, Facts, Points, Reply, Text, Title, Words, in_twos
from core.lessons.game.game import Phase
from core.lessons.game.kind import chosen
from core.services.game_options import ANYBODY, KNOWN

SHOWN = 10
"""Players that a list names; the others are counted."""


def draft_view(seen: Seen, words: KindWords) -> Reply:
    """What may be chosen before it opens; each option is a button that goes to its next value."""
    _, number = seen._, seen.kept.number
    title = Words(_("{kind}: not open yet."), {"kind": Label(words.title(_))})
    buttons = []
    for option in seen.kind.options:
        label, value = words.options(option.name, chosen(seen.game, seen.kind, option.name), _)
        line = f"/challenge set {number} {option.name}"
        buttons.append(Choice(f"{label}: {_plain(value)}", line, replace=True, kept=True))
    rows = in_twos(buttons)
    open_ = Choice(_("Open it"), f"/challenge open {number}", replace=True, kept=True)
    cancel = Choice(_("Cancel"), f"/challenge stop {number}", replace=True, kept=True)
    hint = Words(_("A button below changes what it says. Then open it, and people can join."))
    return Reply(
        blocks=(Title(title), Text(Words(words.gist(_))), Text(hint)),
        choices=(*rows, (open_, seen.to(_("Rules"), "rules"), cancel)),
        short=title,
    )


def _plain(figure: Figure) -> str:
    """A figure of an option as a button's words have it."""
    match figure:
        case Label(value):
            return value
        case Count(value):
            return str(value)
        case _:
            raise TypeError(f"{figure} is no option's value")


def _options(seen: Seen, words: KindWords) -> tuple[tuple[str, Figure], ...]:
    """What was chosen; who may join stands there only where not everybody may."""
    known = seen.game.setup.get(KNOWN, ANYBODY)
    asked = () if known == ANYBODY else (known_option(known, seen._),)
    own = tuple(
        words.options(option.name, chosen(seen.game, seen.kind, option.name), seen._)
        for option in seen.kind.options
    )
    return (*own, *((label, Label(term)) for label, term in asked))


def known_option(value: str, _: Translate) -> tuple[str, str]:
    """Return for how long the bot must have known who joins, in words."""
    terms = {ANYBODY: _("anybody"), "1d": _("known 1 day"), "7d": _("known 7 days")}
    return _("who joins"), terms[value]


def late_option(value: str, _: Translate) -> tuple[str, Figure]:
    """Return until when a kind takes latecomers, in words."""
    names = {"no": _("nobody"), "quarter": _("first quarter"), "any": _("any time")}
    return _("late"), Label(names[value])


def lobby_view(seen: Seen, words: KindWords) -> Reply:
    """Who has joined, and the way in; kept up to date while people join."""
    _, game = seen._, seen.game
    title = Words(_("{kind}: who plays?"), {"kind": Label(words.title(_))})
    if game.phase is not Phase.OPEN:
        text = _("{kind}: it has begun.") if game.began else _("{kind}: it did not begin.")
        title = Words(text, {"kind": Label(words.title(_))})
    blocks: list[Block] = [
        Title(title),
        Text(Words(words.gist(_))),
        Facts(_options(seen, words)),
        *joined(seen),
        seen.fairness(),
    ]
    if game.phase is Phase.OPEN and game.due is not None:
        blocks.insert(3, Text(Words(_("Open until {until}."), {"until": Moment(game.due)})))
    if game.phase is Phase.OPEN and game.rooms > 1:
        line = Code(f"/challenge join {seen.kept.number} NAME")
        text = _("It is played in {rooms} chats: Join shows a number, {line} a name of your own.")
        blocks.insert(-1, Text(Words(text, {"rooms": Count(game.rooms), "line": line})))
    choices: tuple[tuple[Choice, ...], ...] = ()
    if game.phase is Phase.OPEN:
        enough = len(game.playing) >= seen.kind.fewest
        begin = (seen.to(_("Begin now"), "begin"),) if enough else ()
        choices = (
            (seen.to(_("Join"), "join"), seen.to(_("Join unnamed"), "hide")),
            (seen.to(_("Rules"), "rules"), seen.to(_("Leave"), "leave"), *begin),
        )
    return Reply(tuple(blocks), choices, short=title, branch=thread_name(seen, words))


def thread_name(seen: Seen, words: KindWords) -> str:
    """What a game's own thread is called."""
    return f"{words.title(seen._)} #{seen.kept.number}"


def joined(seen: Seen) -> tuple[Block, ...]:
    """The players, the first ones by name."""
    _, players = seen._, seen.game.playing
    count = Words(
        _("{count} joined, {fewest} needed"),
        {"count": Count(len(players)), "fewest": Count(seen.kind.fewest)},
    )
    if not players:
        return (Text(count),)
    names: dict[str, Figure] = {
        f"name{player.number}": Name(shown_name(player, _)) for player in players[:SHOWN]
    }
    text, rest = ", ".join(f"{{{place}}}" for place in names), len(players) - SHOWN
    if rest > 0:
        text += " " + _("and {rest} more")
    return (Text(count), Text(Words(text, names | {"rest": Count(rest)})))


def rules_view(seen: Seen, words: KindWords) -> Reply:
    """The rules of a kind, and those of every game."""
    _ = seen._
    title = Words(_("{kind}: rules."), {"kind": Label(words.title(_))})
    common = (
        Words(_("Paper money of the game; your portfolio is not touched.")),
        Words(_("Orders fill at the first mark after them, plus half the spread and the fee.")),
        Words(_("A position is held for two minutes at least.")),
    )
    rules, more = words.rules(_), () if words.more is None else words.more(seen)
    told = (*rules, *more, *(common if seen.kind.trades else common[:1]))
    figures = {name: figure for each in rules for name, figure in each.figures.items()}
    short = Words(" ".join(each.text for each in rules), figures)
    return Reply((Title(title), Points(told)), short=short)


def void_view(seen: Seen, words: KindWords) -> Reply:
    """It ended without a result, and why."""
    _ = seen._
    reasons = {
        "stopped": _("{kind} was stopped. It has no result."),
        "expired": _("{kind}: too few joined in time."),
        "outage": _("{kind}: prices were away for too long for a fair result."),
        "unplayable": _("{kind}: no contract takes that trade here. Choose less leverage."),
    }
    title = Words(reasons.get(seen.game.why, reasons["stopped"]), {"kind": Label(words.title(_))})
    again = Choice(_("Again"), f"/challenge {seen.game.kind}", kept=True)
    reason = Words(_("Reason: {reason}."), {"reason": Said(seen.game.reason)})
    told = (Text(reason),) if seen.game.reason else ()
    return Reply((Title(title), *told, seen.fairness()), ((again,),), short=title)


def told_view(seen: Seen, words: KindWords) -> Reply:
    """How a game ended, in a line, for a chat that did not hear it in the game's own thread."""
    end = void_view(seen, words) if seen.game.why else words.views["end"](seen, 0)
    assert end.short is not None
    name = {"name": Label(thread_name(seen, words))}
    rest = Words(seen._("The rest stands in the thread {name}."), name)
    return Reply((Title(end.short), Text(rest)), short=end.short)


def back_view(seen: Seen, words: KindWords) -> Reply:
    """The bot was away, and goes on."""
    title = Words(
        seen._("{kind} goes on: the bot was away and has made good what it missed."),
        {"kind": Label(words.title(seen._))},
    )
    return Reply((Text(title),), short=title)


def status_view(seen: Seen, words: KindWords) -> Reply:
    """How far a game is, in a line; below it, while it is played, how it stands."""
    _, game = seen._, seen.game
    texts = {
        Phase.DRAFT: _("{kind} {game}: not open yet."),
        Phase.OPEN: _("{kind} {game}: open, {count} joined."),
        Phase.RUNNING: _("{kind} {game}: running, {count} play."),
        Phase.FROZEN: _("{kind} {game}: frozen since {since}, prices are away."),
    }
    figures: dict[str, Figure] = {
        "kind": Label(words.title(_)),
        "game": Label(f"#{seen.kept.number}"),
        "count": Count(len(game.playing)),
    }
    if game.frozen is not None:
        figures["since"] = Moment(game.frozen)
    line = Words(texts.get(game.phase, _("{kind} {game}: over.")), figures)
    if game.phase.is_on:
        board = words.board(seen)
        return Reply((Title(line), *board.blocks[1:]), board.choices, short=line)
    blocks: list[Block] = [Title(line)]
    if game.due is not None:
        seconds = max(0, int((game.due - seen.now).total_seconds()))
        blocks.append(Facts(((_("next step in"), Age(seconds)),)))
    return Reply((*blocks, seen.fairness()), short=line)
