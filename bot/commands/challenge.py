"""/challenge: games that a group plays, from the first press to the audit."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.chat.ask import Ask
from bot.chat.command import command
from bot.chat.figures import Code, Figure, Label
from bot.chat.games.account import own_view
from bot.chat.games.seen import Seen
from bot.chat.games.wording import view, words_of_kinds
from bot.chat.reply import Choice, Points, Reply, Text, Title, Tone, Words
from bot.chat.request import Role
from core.lessons.game.books import KeptGame
from core.lessons.game.errors import NoGame
from core.lessons.game.game import Room
from core.lessons.game.kind import chosen
from core.services.playing import Playing

Do = Callable[[Ask, list[str]], Reply]


@command(
    aliases=("ch", "duel"),
    examples=("/challenge", "/challenge duel", "/challenge status", "/challenge join"),
    writes=True,
    roles=True,
    implied={"duel": "duel"},
)
def challenge(ask: Ask, text: str | None = None) -> Reply:
    """Play a challenge in this group: isolated against cross, and more.

    Raises `NoGame`, `GameRunning`, `NotAllowed`, `NotPlaying`, and what a game refuses.
    """
    head, *rest = ((text or "").lower().split() or [""])[:5]
    if not head:
        return _list(ask)
    if head in DOES:
        return DOES[head](ask, rest)
    if head in words_of_kinds():
        by = _by(ask)
        return _seen(ask, ask.services.challenges.draft(by, head), "draft")
    return _unreadable(ask)


def _by(ask: Ask) -> Playing:
    """Who asks; alone with the bot everybody is their own host."""
    request = ask.request
    hosts = request.role in {Role.HOST, Role.OWNER} or not ask.in_group
    return Playing(ask.asked, _room(ask), hosts)


def _room(ask: Ask) -> Room:
    chat = ask.request.chat
    return Room(ask.request.who.platform, chat.id, chat.topic)


def _game(ask: Ask, rest: list[str]) -> KeptGame:
    """The game of a number, else the newest of this chat that is not over. Raises `NoGame`."""
    number = rest[0].removeprefix("#") if rest else ""
    if number.isascii() and number.isdecimal() and len(number) < 10:
        return ask.services.challenges.numbered(int(number))
    here = ask.services.challenges.here(_room(ask))
    going = [kept for kept in here if not kept.state.game.phase.is_over]
    if not (going or here):
        raise NoGame
    return (going or list(here))[0]


def _seeing(ask: Ask, kept: KeptGame) -> Seen:
    sight = ask.services.challenges.sight(kept)
    return Seen(kept, sight.kind, sight.ground, ask.now, sight.path, ask._, sight.marks)


def _seen(ask: Ask, kept: KeptGame, name: str) -> Reply:
    return view(_seeing(ask, kept), name)


# --- what can be done -----------------------------------------------------------------------------


def _list(ask: Ask) -> Reply:
    """What is played here, and what could be."""
    here = ask.services.challenges.here(_room(ask))
    going = [kept for kept in here if not kept.state.game.phase.is_over]
    titles = {name: words.title(ask._) for name, words in words_of_kinds().items()}
    gists = tuple(
        Words("{kind}: {gist}", {"kind": Label(titles[name]), "gist": Label(words.gist(ask._))})
        for name, words in words_of_kinds().items()
    )
    starts = tuple(
        (Choice(title, f"/challenge {name}", kept=True),) for name, title in titles.items()
    )
    running = tuple(
        (Choice(f"{titles[k.state.game.kind]} #{k.number}", f"/challenge status {k.number}"),)
        for k in going
    )
    title = Words(ask._("Challenges of this chat."))
    return Reply((Title(title), Points(gists)), (*running, *starts), short=title)


def _status(ask: Ask, rest: list[str]) -> Reply:
    return _seen(ask, _game(ask, rest), "status")


def _rules(ask: Ask, rest: list[str]) -> Reply:
    return replace(_seen(ask, _game(ask, rest), "rules"), private=_pressed(ask))


def _set(ask: Ask, rest: list[str]) -> Reply:
    """Choose an option; without a value the next one."""
    kept = _game(ask, rest)
    name, *typed = rest[1:] or [""]
    value = typed[0] if typed else _next_value(ask, kept, name)
    return _seen(ask, ask.services.challenges.choose(_by(ask), kept.number, name, value), "draft")


def _next_value(ask: Ask, kept: KeptGame, name: str) -> str:
    """The value after the one chosen; the first after the last."""
    kind = ask.services.challenges.sight(kept).kind
    values = next((option.values for option in kind.options if option.name == name), ("",))
    now = chosen(kept.state.game, kind, name) if values != ("",) else ""
    return values[(values.index(now) + 1) % len(values)]


def _open(ask: Ask, rest: list[str]) -> Reply:
    kept = ask.services.challenges.open(_by(ask), _game(ask, rest).number)
    return _told(ask, kept, ask._("Open. The lobby stands below."))


def _join(ask: Ask, rest: list[str], *, hidden: bool = False) -> Reply:
    kept = _game(ask, rest)
    ask.services.challenges.join(_by(ask), kept.number, ask.request.who.name, hidden=hidden)
    seat = ask.services.challenges.seat(ask.identity, kept.number)
    kept = ask.services.challenges.numbered(kept.number)
    if seat is None:
        return _told(ask, kept, ask._("You have joined."))
    name = _seeing(ask, kept).name(seat)
    return _told(ask, kept, ask._("You play as {name}."), {"name": name})


def _hide(ask: Ask, rest: list[str]) -> Reply:
    return _join(ask, rest, hidden=True)


def _leave(ask: Ask, rest: list[str]) -> Reply:
    kept = _game(ask, rest)
    ask.services.challenges.leave(_by(ask), kept.number)
    return _told(ask, kept, ask._("You have left. Joining again takes your seat back."))


def _begin(ask: Ask, rest: list[str]) -> Reply:
    kept = _game(ask, rest)
    ask.services.challenges.begin(_by(ask), kept.number)
    return _told(ask, kept, ask._("It begins."))


def _stop(ask: Ask, rest: list[str]) -> Reply:
    kept = _game(ask, rest)
    ask.services.challenges.stop(_by(ask), kept.number)
    return _told(ask, kept, ask._("Stopped."))


def _act(ask: Ask, rest: list[str]) -> Reply:
    """Do something in a game; the board shows what came of it."""
    kept, value = _game(ask, rest), " ".join(rest[1:])
    found = ask.services.challenges.answer(_by(ask), kept.number, value)
    seen = _seeing(ask, ask.services.challenges.numbered(kept.number))
    words = words_of_kinds()[kept.state.game.kind].said(found.said, seen)
    told = Words(ask._("Taken.")) if words is None else words
    return Reply((Text(told),), private=ask.in_group, short=told)


def _mine(ask: Ask, rest: list[str]) -> Reply:
    """Somebody's own account in a game, for them alone."""
    kept = _game(ask, rest)
    seat = ask.services.challenges.seat(ask.identity, kept.number)
    return replace(own_view(_seeing(ask, kept), seat), private=ask.in_group)


def _told(
    ask: Ask, kept: KeptGame, text: str, figures: Mapping[str, Figure] | None = None
) -> Reply:
    """A short answer; what a button leads to is for whoever pressed it."""
    del kept
    words = Words(text, figures or {})
    return Reply((Text(words),), private=_pressed(ask), short=words)


def _pressed(ask: Ask) -> bool:
    return ask.in_group and ask.request.button


def _unreadable(ask: Ask) -> Reply:
    """One error, one cure."""
    words = Words(
        ask._("There is no such challenge. {line} shows what there is."),
        {"line": Code("/challenge")},
    )
    choice = Choice("/challenge", "/challenge", kept=True)
    return Reply((Text(words),), ((choice,),), Tone.TROUBLE, outcome="no_challenge", short=words)


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
}
"""What can be said about a game; a number or none follows."""
