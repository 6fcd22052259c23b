"""/league: chats of several platforms that play together and share a season."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.chat.ask import Ask
from bot.chat.command import command
from bot.chat.figures import Code, Count, Figure, Label, Name
from bot.chat.games.found import asking
from bot.chat.games.masks import unmasked
from bot.chat.games.season import season_view
from bot.chat.names import clean, platform_name
from bot.chat.reply import Block, Choice, Points, Reply, Text, Title, Tone, Words
from bot.chat.request import Role
from bot.chat.troubles import refused
from core.errors import NotAllowed
from core.lessons.game.errors import NotWaiting
from core.lessons.game.league import League, Member
from core.services.rating import season_of

LOOKS = frozenset({"", "board"})
"""What only looks, so that somebody masked may say it."""

SHOWN, LONGEST = 3, 20
"""Waiting chats that have buttons, and letters of their titles."""


@command(
    examples=("/league", "/league new Winter cup", "/league join k7Qx2mPa", "/league board"),
    writes=True,
    roles=True,
)
def league(ask: Ask, text: str | None = None) -> Reply:
    """Join groups of Telegram and Discord into one league (hosts).

    Raises `NotAllowed`, `NoLeague`, `BadCode`, `InLeague`.
    """
    if not ask.in_group:
        raise NotAllowed("group")
    head, *rest = (text or "").split() or [""]
    head = head.lower()
    if ask.request.role is Role.MASKED and head not in LOOKS:
        return unmasked(ask, f"/league {text}")
    do = DOES.get(head)
    return _unreadable(ask) if do is None else do(ask, rest)


# --- what can be done -----------------------------------------------------------------------------


def _look(ask: Ask, _rest: list[str]) -> Reply:
    return _shown(ask, ask.services.leagues.of(asking(ask).room))


def _found(ask: Ask, rest: list[str]) -> Reply:
    return _shown(ask, ask.services.leagues.found(asking(ask), " ".join(rest), _chat_title(ask)))


def _join(ask: Ask, rest: list[str]) -> Reply:
    """This chat asks to be let in; one that is in already is shown what there is."""
    code = rest[0] if rest else ""
    return _shown(ask, ask.services.leagues.ask(asking(ask), code, _chat_title(ask)))


def _renew(ask: Ask, _rest: list[str]) -> Reply:
    return _shown(ask, ask.services.leagues.renew(asking(ask)))


def _revoke(ask: Ask, _rest: list[str]) -> Reply:
    return _shown(ask, ask.services.leagues.renew(asking(ask), revoke=True))


def _let_in(ask: Ask, rest: list[str]) -> Reply:
    return _decided(ask, rest, let_in=True)


def _turn_away(ask: Ask, rest: list[str]) -> Reply:
    return _decided(ask, rest, let_in=False)


def _decided(ask: Ask, rest: list[str], *, let_in: bool) -> Reply:
    """Decide about a chat that waits; where none is meant, say who does wait."""
    key = rest[0].lower() if rest else ""
    try:
        return _shown(ask, ask.services.leagues.decide(asking(ask), key, let_in=let_in))
    except NotWaiting as refusal:
        return _none_waits(ask, refusal)


def _none_waits(ask: Ask, refusal: NotWaiting) -> Reply:
    """No chat of that key: those who wait are the cure, each with its buttons."""
    found = ask.services.leagues.of(asking(ask).room)
    waiting = () if found is None else found.waiting
    figures: dict[str, Figure] = {"key": Name(refusal.key)}
    text = ask._("No chat of the key {key} waits.") if refusal.key else ask._("Which chat?")
    if not waiting:
        words = Words(ask._("No chat waits to be let in."))
        return refused(refusal, words, Choice("/league", "/league", kept=True))
    words = Words(text + " " + ask._("These wait:"), figures)
    points = tuple(
        Words(
            "{chat}: {line}",
            {"chat": Name(member.title), "line": Code(f"/league yes {member.key}")},
        )
        for member in waiting
    )
    choices = tuple(_asked(ask, member) for member in waiting[:SHOWN])
    return replace(
        refused(refusal, words, choices[0][0]),
        blocks=(Text(words), Points(points)),
        choices=choices,
    )


def _leave(ask: Ask, _rest: list[str]) -> Reply:
    ask.services.leagues.leave(asking(ask))
    return _shown(ask, None)


def _board(ask: Ask, _rest: list[str]) -> Reply:
    """The season of the whole league."""
    room = asking(ask).room
    lines = ask.services.leagues.season(room, whole=True)
    own = ask.services.leagues.known_as(ask.identity)
    found = ask.services.leagues.of(room)
    assert found is not None
    figures: dict[str, Figure] = {"name": Name(found.name), "month": Label(season_of(ask.now))}
    return season_view(lines, Words(ask._("{name}, season {month}."), figures), ask._, own)


def _chat_title(ask: Ask) -> str:
    return ask.request.chat.title or ask.request.who.platform


# --- a league in words ----------------------------------------------------------------------------


def _shown(ask: Ask, found: League | None) -> Reply:
    """A league as its chats see it; its first chat sees the code and who waits."""
    if found is None or not found.members:
        return _none(ask)
    room = asking(ask).room
    title = Words(ask._("League {name}."), {"name": Name(found.name)})
    if room not in found.rooms:
        return _waits(ask, found)
    chats = tuple(_chat(member) for member in found.members if member.let_in)
    blocks: list[Block] = [Title(title), Points(chats)]
    choices: list[tuple[Choice, ...]] = []
    if found.members[0].room == room and asking(ask).hosts:
        blocks += [Text(_code(ask, found)), *_waiting(ask, found)]
        choices += _decisions(ask, found)
    choices.append((Choice(ask._("Board"), "/league board", kept=True),))
    return Reply(tuple(blocks), tuple(choices), short=title)


def _chat(member: Member) -> Words:
    platform = Label(platform_name(member.room.platform))
    return Words("{title} ({platform})", {"title": Name(member.title), "platform": platform})


def _decisions(ask: Ask, found: League) -> list[tuple[Choice, ...]]:
    """Whom to let in, and what becomes of the code."""
    return [
        *(_asked(ask, member) for member in found.waiting[:SHOWN]),
        (
            Choice(ask._("New code"), "/league code", kept=True),
            Choice(ask._("Revoke code"), "/league revoke", kept=True),
        ),
    ]


def _asked(ask: Ask, member: Member) -> tuple[Choice, ...]:
    """Whether to let a chat in that waits."""
    label = ask._("Let in: {title}").format(title=clean(member.title, LONGEST))
    return (
        Choice(label, f"/league yes {member.key}", kept=True),
        Choice(ask._("Turn away"), f"/league no {member.key}", kept=True),
    )


def _code(ask: Ask, found: League) -> Words:
    """How others get in, or that nobody does."""
    if not found.code:
        return Words(ask._("The code was taken back; nobody new can ask."))
    line = Code(f"/league join {found.code}")
    return Words(
        ask._("Another group's host types {line} there, then you let it in."), {"line": line}
    )


def _waiting(ask: Ask, found: League) -> tuple[Block, ...]:
    if not found.waiting:
        return ()
    return (Text(Words(ask._("Waiting: {count}."), {"count": Count(len(found.waiting))})),)


def _waits(ask: Ask, found: League) -> Reply:
    """It is for the hosts of the league's first chat to decide."""
    title = Words(ask._("Asked to join {name}."), {"name": Name(found.name)})
    line = Code("/league")
    text = Words(
        ask._("A host of {first} lets this chat in with {line} there."),
        {
            "first": Name(found.members[0].title),
            "line": line,
        },
    )
    again = Choice(ask._("Look again"), "/league", kept=True)
    leave = Choice(ask._("Take it back"), "/league leave", kept=True)
    return Reply((Title(title), Text(text)), ((again, leave),), short=title)


def _none(ask: Ask) -> Reply:
    """This chat is in no league; how to make one, how to join one."""
    title = Words(ask._("This chat is in no league."))
    figures: dict[str, Figure] = {
        "new": Code("/league new NAME"),
        "join": Code("/league join CODE"),
    }
    text = Words(ask._("Type {new} to make one, or {join} with another group's code."), figures)
    return Reply((Title(title), Text(text)), short=title)


def _unreadable(ask: Ask) -> Reply:
    """One error, one cure."""
    words = Words(
        ask._("I can't read that. {line} shows what there is."), {"line": Code("/league")}
    )
    choice = Choice("/league", "/league", kept=True)
    return Reply((Text(words),), ((choice,),), Tone.TROUBLE, outcome="bad_league_line", short=words)


DOES: Mapping[str, Callable[[Ask, list[str]], Reply]] = {
    "": _look,
    "board": _board,
    "new": _found,
    "join": _join,
    "code": _renew,
    "revoke": _revoke,
    "yes": _let_in,
    "no": _turn_away,
    "leave": _leave,
}
"""What can be said of a league."""
