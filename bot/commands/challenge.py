"""/challenge: games that a group plays, from the first press to the last result."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.chat.ask import Ask
from bot.chat.command import command
from bot.chat.figures import Code, Figure, Label
from bot.chat.games.account import own_view
from bot.chat.games.adjusting import adjust
from bot.chat.games.badges import badges
from bot.chat.games.captain import captain
from bot.chat.games.choosing import choose, draft_shown
from bot.chat.games.found import asking, found, going, is_number, may_start, room_of, seeing
from bot.chat.games.masks import unmasked
from bot.chat.games.pairs import pair
from bot.chat.games.polls import poll
from bot.chat.games.reports import report, strike
from bot.chat.games.season import season_view
from bot.chat.games.wording import view, words_of_kinds
from bot.chat.reply import Choice, File, Points, Reply, Text, Title, Tone, Words, in_twos
from bot.chat.request import Role
from bot.chat.spelling import nearest
from bot.chat.troubles import refused
from core.errors import NotAllowed
from core.lessons.game.books import KeptGame
from core.lessons.game.errors import NoGame, NotNow
from core.lessons.game.game import Phase
from core.services.rating import season_of

Do = Callable[[Ask, list[str]], Reply]

LOOKS = frozenset({"", "status", "rules", "audit", "season"})
"""What only looks, so that somebody masked may say it."""

ASIDE = frozenset(
    {"adjust", "captain", "join", "hide", "leave", "act", "mine", "report", "void", "pair"}
)
"""What is answered to whoever presses its button alone."""

SHORT = 4
"""Letters of a word in which two slips would make any other."""

MOST_WORDS = 30
"""Of a line; what follows is left out."""


@command(
    aliases=("ch", "duel"),
    examples=("/challenge", "/challenge duel", "/challenge status", "/challenge join"),
    writes=True,
    roles=True,
    implied={"duel": "duel"},
)
def challenge(ask: Ask, text: str | None = None) -> Reply:
    """Play together in this group: a mode duel, a quiz, a contest and more.

    Raises `NoGame`, `GameRunning`, `NotAllowed`, `NotPlaying`, and what a game refuses.
    """
    head, *rest = ((text or "").split() or [""])[:MOST_WORDS]
    head = head.lower()
    if ask.request.role is Role.MASKED and head not in LOOKS:
        return _unmasked(ask, head)
    if not head:
        return _list(ask)
    if head in DOES:
        return DOES[head](ask, rest)
    if head in words_of_kinds():
        return _start(ask, head, rest)
    return _unreadable(ask, head)


def _seen(ask: Ask, kept: KeptGame, name: str) -> Reply:
    return view(seeing(ask, kept), name)


# --- what there is --------------------------------------------------------------------------------


def _list(ask: Ask) -> Reply:
    """What is played here, and what could be; who may not start one is told who may."""
    kinds = {name: words.title(ask._) for name, words in words_of_kinds().items()}
    gists = tuple(
        Words("{kind}: {gist}", {"kind": Label(kinds[name]), "gist": Label(words.gist(ask._))})
        for name, words in words_of_kinds().items()
    )
    running = tuple(
        (Choice(f"{kinds[k.state.game.kind]} #{k.number}", f"/challenge status {k.number}"),)
        for k in ask.services.challenges.here(room_of(ask))
        if not k.state.game.phase.is_over
    )
    title = Words(ask._("Challenges of this chat."))
    if ask.request.role is not Role.MASKED and not may_start(ask):
        hosts = Text(Words(ask._("This group's admins start them.")))
        return Reply((Title(title), Points(gists), hosts), running, short=title)
    start = [Choice(label, f"/challenge {name}", kept=True) for name, label in kinds.items()]
    starts = in_twos(start)
    return Reply((Title(title), Points(gists)), (*running, *starts), short=title)


def _status(ask: Ask, rest: list[str]) -> Reply:
    return _seen(ask, found(ask, rest)[0], "status")


def _rules(ask: Ask, rest: list[str]) -> Reply:
    return _seen(ask, found(ask, rest)[0], "rules")


# --- before it is open ----------------------------------------------------------------------------


def _start(ask: Ask, kind: str, rest: list[str]) -> Reply:
    """A draft of a kind, with what is chosen already; or what else is said of that kind's game."""
    if rest and rest[0].lower() in DOES:
        return DOES[rest[0].lower()](ask, _of_kind(ask, kind, rest[1:]))
    if not may_start(ask):
        return _hosts_only(ask)
    kept = ask.services.challenges.draft(replace(asking(ask), hosts=True), kind)
    return draft_shown(ask, choose(ask, kept, [word.lower() for word in rest]))


def _of_kind(ask: Ask, kind: str, rest: list[str]) -> list[str]:
    """Words with the number of this chat's newest game of a kind before them. Raises `NoGame`."""
    if rest and is_number(rest[0]):
        return rest
    for kept in ask.services.challenges.here(room_of(ask)):
        if kept.state.game.kind == kind:
            return [str(kept.number), *rest]
    raise NoGame


def _set(ask: Ask, rest: list[str]) -> Reply:
    """Choose an option: by its name and a value or none for the next one, or by values alone."""
    kept, words = going(ask, rest, values=1)
    if words and kept.state.game.phase is not Phase.DRAFT:
        raise NotNow("fixed")
    return draft_shown(ask, choose(ask, kept, [word.lower() for word in words]))


def _open(ask: Ask, rest: list[str]) -> Reply:
    kept = going(ask, rest)[0]
    kept = ask.services.challenges.open(asking(ask), kept.number)
    if kept.state.game.phase is not Phase.OPEN:
        raise NotNow(kept.state.game.phase.value)
    return _told(ask._("It is open. The lobby stands below."))


# --- taking part ----------------------------------------------------------------------------------


def _join(ask: Ask, rest: list[str], *, hidden: bool = False) -> Reply:
    """Take a seat; a nickname may follow, which counts before other groups, too."""
    kept, words = going(ask, rest)
    nickname = " ".join(words)
    name = nickname or ask.request.who.name
    seats = ask.services.challenges
    seats.join(asking(ask), kept.number, name, hidden=hidden, chosen=bool(nickname))
    seen = seeing(ask, seats.numbered(kept.number))
    seat = seats.seat(ask.identity, kept.number)
    return _told(ask._("You play as {name}."), {"name": seen.name(seat or 0)})


def _hide(ask: Ask, rest: list[str]) -> Reply:
    return _join(ask, rest, hidden=True)


def _leave(ask: Ask, rest: list[str]) -> Reply:
    kept = going(ask, rest)[0]
    ask.services.challenges.leave(asking(ask), kept.number)
    return _told(ask._("You have left. Joining again takes your seat back."))


def _begin(ask: Ask, rest: list[str]) -> Reply:
    kept = going(ask, rest)[0]
    ask.services.challenges.begin(asking(ask), kept.number)
    return _told(ask._("It begins."))


def _stop(ask: Ask, rest: list[str]) -> Reply:
    kept, reason = going(ask, rest)
    ask.services.challenges.stop(asking(ask), kept.number, " ".join(reason))
    return _told(ask._("Stopped."))


def _act(ask: Ask, rest: list[str]) -> Reply:
    """Do something in a game; the board shows what came of it."""
    kept, words = going(ask, rest, values=1)
    value = " ".join(words).lower()
    fed = ask.services.challenges.answer(asking(ask), kept.number, value)
    seen = seeing(ask, ask.services.challenges.numbered(kept.number))
    told = words_of_kinds()[kept.state.game.kind].said(fed.said, seen)
    told = Words(ask._("Taken.")) if told is None else told
    return Reply((Text(told),), private=ask.in_group, short=told)


def _mine(ask: Ask, rest: list[str]) -> Reply:
    """Somebody's own account or points in a game, for them alone."""
    kept = found(ask, rest)[0]
    seat = ask.services.challenges.seat(ask.identity, kept.number)
    shown = words_of_kinds()[kept.state.game.kind].own or own_view
    return replace(shown(seeing(ask, kept), seat), private=ask.in_group)


# --- afterwards -----------------------------------------------------------------------------------


def _audit(ask: Ask, rest: list[str]) -> Reply:
    """A finished game as a file, for anybody to play again."""
    kept = found(ask, rest, over=True)[0]
    if not kept.state.game.phase.is_over:
        raise NotNow("audit")
    file = File(
        f"marginbot-game-{kept.number}.json",
        "application/json",
        ask.services.challenges.published(kept.number),
    )
    words = Words(
        ask._("Game {game} without names. {line} plays it again and compares the result."),
        {"game": Label(f"#{kept.number}"), "line": Code("marginbot challenge verify FILE")},
    )
    return Reply((Text(words), file), short=words)


def _season(ask: Ask, _rest: list[str]) -> Reply:
    """What rated games of this chat were worth this month."""
    lines = ask.services.leagues.season(room_of(ask))
    title = Words(ask._("Season {month}."), {"month": Label(season_of(ask.now))})
    return season_view(lines, title, ask._, ask.services.leagues.known_as(ask.identity))


# --- short answers --------------------------------------------------------------------------------


def _told(text: str, figures: Mapping[str, Figure] | None = None) -> Reply:
    words = Words(text, figures or {})
    return Reply((Text(words),), short=words)


def _hosts_only(ask: Ask) -> Reply:
    """Who may not start one is told how they could; a press is told so alone."""
    words = Words(
        ask._("Here only admins start a challenge. {line} lets everybody."),
        {"line": Code("/host challenges on")},
    )
    reply = refused(NotAllowed("host"), words, Choice("/challenge", "/challenge", kept=True))
    return replace(reply, private=ask.in_group and ask.request.button)


def _unmasked(ask: Ask, head: str) -> Reply:
    """An anonymous admin acts by a button, under the name of whoever presses it."""
    line = f"/challenge {ask.reading.values.get('text', head)}"
    return unmasked(ask, line, aside=head in ASIDE)


def _unreadable(ask: Ask, head: str) -> Reply:
    """One error, one cure: what was probably meant, or what there is."""
    slips = 1 if len(head) <= SHORT else 2
    meant = nearest(head[:16], (*words_of_kinds(), *DOES), slips)
    line = f"/challenge {meant[0]}" if meant else "/challenge"
    words = Words(ask._("There is no such challenge. Try {line}."), {"line": Code(line)})
    return Reply(
        (Text(words),),
        ((Choice(line, line, kept=True),),),
        Tone.TROUBLE,
        outcome="no_challenge",
        short=words,
    )


DOES: Mapping[str, Do] = {
    "status": _status,
    "rules": _rules,
    "set": _set,
    "open": _open,
    "join": _join,
    "hide": _hide,
    "leave": _leave,
    "begin": _begin,
    "stop": _stop,
    "act": _act,
    "mine": _mine,
    "report": report,
    "void": strike,
    "pair": pair,
    "captain": captain,
    "adjust": adjust,
    "poll": poll,
    "audit": _audit,
    "season": _season,
    "badges": badges,
}
"""What can be said about a game; a number or none follows."""
