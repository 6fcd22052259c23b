"""/league: chats of several platforms that play together and share a season."""

from bot.chat.ask import Ask
from bot.chat.command import command
from bot.chat.figures import Code, Count, Figure, Label, Name
from bot.chat.games.season import season_view
from bot.chat.reply import Block, Choice, Points, Reply, Text, Title, Tone, Words
from bot.chat.request import Role
from core.errors import NotAllowed
from core.lessons.game.game import Room
from core.lessons.game.league import League
from core.services.playing import Playing
from core.services.rating import season_of


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
    by, leagues = _by(ask), ask.services.leagues
    match head.lower():
        case "":
            return _shown(ask, leagues.of(by.room))
        case "board":
            return _board(ask, by)
        case "new":
            return _shown(ask, leagues.found(by, " ".join(rest), _chat_title(ask)))
        case "join":
            return _asked(ask, leagues.ask(by, rest[0] if rest else "", _chat_title(ask)))
        case "code" | "revoke":
            return _shown(ask, leagues.renew(by, revoke=head.lower() == "revoke"))
        case "yes" | "no":
            place = int(rest[0]) if rest and rest[0].isdecimal() and len(rest[0]) < 4 else 1
            return _shown(ask, leagues.decide(by, place, let_in=head.lower() == "yes"))
        case "leave":
            leagues.leave(by)
            return _shown(ask, None)
        case _:
            return _unreadable(ask)


def _by(ask: Ask) -> Playing:
    chat = ask.request.chat
    room = Room(ask.request.who.platform, chat.id, chat.topic)
    return Playing(ask.asked, room, ask.request.role in {Role.HOST, Role.OWNER})


def _chat_title(ask: Ask) -> str:
    return ask.request.chat.title or ask.request.who.platform


def _board(ask: Ask, by: Playing) -> Reply:
    """The season of the whole league."""
    lines = ask.services.leagues.season(by.room, whole=True)
    found = ask.services.leagues.of(by.room)
    figures: dict[str, Figure] = {
        "name": Name(found.name if found else ""),
        "month": Label(season_of(ask.now)),
    }
    return season_view(lines, Words(ask._("{name}, season {month}."), figures), ask._)


def _shown(ask: Ask, found: League | None) -> Reply:
    """A league as its chats see it; its first chat sees the code and who waits."""
    if found is None or not found.members:
        return _none(ask)
    room = _by(ask).room
    is_first = found.members[0].room == room
    title = Words(ask._("League {name}."), {"name": Name(found.name)})
    if room not in found.rooms:
        return _waits(ask, found)
    chats = tuple(
        Words("{title} ({platform})", {"title": Name(m.title), "platform": Label(m.room.platform)})
        for m in found.members
        if m.let_in
    )
    blocks: list[Block] = [Title(title), Points(chats)]
    choices: list[tuple[Choice, ...]] = []
    if is_first:
        blocks += [Text(_code(ask, found)), *_waiting(ask, found)]
        choices += [
            (
                Choice(
                    ask._("Let in: {title}").format(title=m.title[:20]),
                    f"/league yes {n}",
                    kept=True,
                ),
                Choice(ask._("Turn away"), f"/league no {n}", kept=True),
            )
            for n, m in enumerate(found.waiting[:3], 1)
        ]
        choices.append(
            (
                Choice(ask._("New code"), "/league code", kept=True),
                Choice(ask._("Revoke code"), "/league revoke", kept=True),
            )
        )
    choices.append((Choice(ask._("Board"), "/league board", kept=True),))
    return Reply(tuple(blocks), tuple(choices), short=title)


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


def _asked(ask: Ask, found: League) -> Reply:
    """This chat has asked to be let in, or is in already."""
    if _by(ask).room in found.rooms:
        return _shown(ask, found)
    return _waits(ask, found)


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
