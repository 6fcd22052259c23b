"""A game's way from draft to final: what every kind has in common, one input at a time.

`fed` is the whole of it, and pure. What belongs to the kind is handed to its play; what came in is
the log. A game that cannot be played fairly any more is void: it has no result and moves no rating.
While a game is frozen nobody acts and no mark counts; it thaws first, so that its end is known, and
then meets what was missed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from core.lessons.game import inputs as i
from core.lessons.game.errors import BadOption, NoGame, NotNow, NotPlaying, TooFew, Unplayable
from core.lessons.game.funding import funded, owed, settled
from core.lessons.game.game import Game, Phase, Player
from core.lessons.game.inputs import Input
from core.lessons.game.kind import Deed, Ground, Kind, Play, Post, Step, Table
from core.lessons.game.names import cleaned, shown_as
from core.paper.account import PaperAccount

MOST_MOVED = timedelta(hours=24)
"""An end is moved once, and by no more than this; who is frozen for longer is void."""

_SECOND = timedelta(seconds=1)

_PAUSED = i.Left | i.Returned | i.Sent
"""What comes in to a frozen game all the same: nobody decides anything by it."""

_FEW = 10
"""An outage of more than a tenth of the time moves the end."""


@dataclass(frozen=True, slots=True)
class State:
    """A game, what its kind keeps of it, and everybody's account in it."""

    game: Game
    play: Play | None = None
    accounts: Mapping[int, PaperAccount] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fed:
    """What an input led to: the state after it, account changes, what to say, a code."""

    state: State
    deeds: tuple[Deed, ...] = ()
    posts: tuple[Post, ...] = ()
    said: str = ""


def chosen_option(game: Game, kind: Kind, name: str, value: str, ground: Ground) -> Game:
    """Return a draft with an option chosen. Raises `BadOption`, `NotNow`, what reading refuses."""
    if game.phase is not Phase.DRAFT:
        raise NotNow(game.phase.value)
    for option in kind.options:
        if option.name == name:
            if option.reads is not None:
                value = option.reads(value, ground)
            elif value not in option.values:
                raise BadOption(name, value, option.values)
            return replace(game, setup={**game.setup, name: value})
    raise BadOption(name, value, tuple(option.name for option in kind.options))


def opened(game: Game, kind: Kind, at: datetime) -> Fed:
    """Open a draft for whoever wants to join. Raises `NotNow`."""
    if game.phase is not Phase.DRAFT:
        raise NotNow(game.phase.value)
    new = replace(game, phase=Phase.OPEN, due=at + kind.open_for)
    return Fed(State(new), posts=(Post("lobby", live=True),))


def fed(  # noqa: C901, PLR0912 - one case for each input
    state: State, what: Input, kind: Kind, ground: Ground
) -> Fed:
    """Return what an input makes of a game.

    Raises `NoGame` where it is over, `NoSeat`, `NotPlaying`, `TooFew`, and what the kind refuses.
    """
    game = state.game
    if game.phase.is_over:
        return _ruled(state, what, ground)
    match what:
        case i.Joined():
            return _joined(state, what, kind, ground)
        case i.Returned() | i.Left():
            return _came_or_went(state, what, ground)
        case i.Began():
            return _began_or_void(state, what.at, kind, ground)
        case i.Stopped():
            return _void(state, what.at, what.why, what.reason)
        case i.Named():
            return _named(state, what, ground)
        case i.Unsent():
            return _void(state, what.at, "unreachable")
        case i.Froze():
            return _froze(state, what.at)
        case i.Thawed():
            return _thawed(state, what.at)
        case i.Funded():
            return _funded(state, what, ground)
        case i.Woke():
            return _woke(state, what, ground)
        case i.Due() if game.phase is Phase.OPEN:
            return _waited(state, what.at, kind, ground)
        case _:
            return _played(state, what, ground)


def _ruled(state: State, what: Input, ground: Ground) -> Fed:
    """Let a host decide about a result; nothing else reaches a game that is over, or a void one.

    It stays over: what follows is the play's own, and what it says.
    """
    game, play = state.game, state.play
    if play is None or game.why or not isinstance(what, i.Ruled):
        raise NoGame
    step = play.take(what, Table(game, ground, state.accounts))
    return Fed(replace(state, play=step.play), posts=step.posts, said=step.said)


def _joined(state: State, what: i.Joined, kind: Kind, ground: Ground) -> Fed:
    game = state.game
    if game.phase is Phase.DRAFT:
        raise NotNow(game.phase.value)
    late = game.phase.is_on
    number = game.seat(kind.most, late=late and kind.takes_late(game, what.at))
    name = shown_as(what.name, number, [p.name for p in game.players])
    new = Player(
        number=number,
        name=name,
        joined=what.at,
        late=late,
        hidden=what.hidden,
        room=what.room,
        role=what.role,
    )
    state = replace(state, game=game.with_player(new))
    if late:
        return _played(state, what, ground)
    if kind.full(state.game):
        return replace(_began_or_void(state, what.at, kind, ground), said="joined")
    return Fed(state, said="joined")


def _came_or_went(state: State, what: i.Returned | i.Left, ground: Ground) -> Fed:
    """Before the beginning who leaves was never there; later their seat stays theirs."""
    game = state.game
    player = game.player(what.player)
    gone = isinstance(what, i.Left)
    if gone is (player.left is not None):
        raise NotPlaying
    if gone and not game.phase.is_on:
        rest = tuple(p for p in game.players if p.number != player.number)
        return Fed(replace(state, game=replace(game, players=rest)), said="left")
    new = replace(player, left=what.at if gone else None)
    return _played(replace(state, game=game.with_player(new)), what, ground)


def _began_or_void(state: State, at: datetime, kind: Kind, ground: Ground) -> Fed:
    """Begin; where there is nothing to play on, nobody has to wait for it."""
    try:
        return _began(state, at, kind, ground)
    except Unplayable:
        return _void(state, at, "unplayable")


def _began(state: State, at: datetime, kind: Kind, ground: Ground) -> Fed:
    game = state.game
    if game.phase is not Phase.OPEN:
        raise NotNow(game.phase.value)
    if len(game.playing) < kind.fewest:
        raise TooFew(kind.fewest, len(game.playing))
    game = replace(game, phase=Phase.RUNNING, began=at, due=None)
    step = kind.begin(Table(game, ground), at)
    return _stepped(State(game), step, at)


def _waited(state: State, at: datetime, kind: Kind, ground: Ground) -> Fed:
    """The time to join is over: begin with those who are there, or let it go."""
    if len(state.game.playing) < kind.fewest:
        return _void(state, at, "expired")
    return _began_or_void(state, at, kind, ground)


def _played(state: State, what: Input, ground: Ground) -> Fed:
    """Let the kind's play take an input; while a game is frozen nothing is done or decided."""
    game, play = state.game, state.play
    if play is None or not game.phase.is_on:
        raise NotNow(game.phase.value)
    if game.phase is Phase.FROZEN and not isinstance(what, _PAUSED):
        raise NotNow(game.phase.value)
    return _stepped(state, play.take(what, Table(game, ground, state.accounts)), what.at)


def _named(state: State, what: i.Named, ground: Ground) -> Fed:
    """Let the play decide; a name that it takes stands with who gave it, to go with them.

    Raises `NoGame` where nothing can be named.
    """
    found = _played(state, what, ground)
    if not found.said:
        raise NoGame
    game = found.state.game
    game = game.with_player(replace(game.player(what.player), banner=cleaned(what.name)))
    return replace(found, state=replace(found.state, game=game))


def _stepped(state: State, step: Step, at: datetime) -> Fed:
    """The state after a step of the play; new purses begin with no account."""
    accounts = dict(state.accounts)
    if state.play is not None and step.play.purse != state.play.purse:
        accounts = {}
    accounts.update({deed.player: deed.after for deed in step.deeds})
    game = replace(state.game, due=step.play.due)
    if step.over:
        game = replace(game, phase=Phase.SETTLING, ended=at, due=None)
    new = State(game, step.play, accounts)
    found = Fed(new, step.deeds, step.posts, step.said)
    if not step.void:
        return found
    void = _void(new, at, step.void)
    return replace(found, state=void.state, posts=(*step.posts, *void.posts))


def _funded(state: State, what: i.Funded, ground: Ground) -> Fed:
    """Settle funding on everybody's positions; where nothing is played, none is owed."""
    game, play = state.game, state.play
    if play is None or game.phase is not Phase.RUNNING:
        raise NotNow(game.phase.value)
    span = play.span
    if play.next_look is None or (span and not span[0] < what.at <= span[1]):
        return Fed(state)
    owing = owed(game, what)
    deeds = funded(state.accounts, ground, owing)
    if not deeds:
        return Fed(state)
    accounts = {**state.accounts, **{deed.player: deed.after for deed in deeds}}
    return Fed(replace(state, game=settled(game, owing), accounts=accounts), deeds)


def _woke(state: State, what: i.Woke, ground: Ground) -> Fed:
    """Say once that the bot is back; what it missed is the play's to make good."""
    began = state.game.began
    back = Post("back", 0 if began is None else (what.since - began) // _SECOND)
    if state.game.phase is not Phase.RUNNING:
        return Fed(state, posts=(back,))
    found = _played(state, what, ground)
    return replace(found, posts=(back, *found.posts))


def _void(state: State, at: datetime, why: str, reason: str = "") -> Fed:
    """End without a result; a draft that nobody was asked to join needs no word of it."""
    game = replace(state.game, phase=Phase.SETTLING, ended=at, due=None, why=why)
    game = replace(game, reason=reason)
    silent = why == "unreachable" or state.game.phase is Phase.DRAFT
    posts = () if silent else (Post("void"),)
    return Fed(replace(state, game=game), posts=posts, said="stopped")


def _froze(state: State, at: datetime) -> Fed:
    if state.game.phase is not Phase.RUNNING:
        raise NotNow(state.game.phase.value)
    return Fed(replace(state, game=replace(state.game, phase=Phase.FROZEN, frozen=at)))


def _thawed(state: State, at: datetime) -> Fed:
    """Go on; a long outage moves the end once, and more than that leaves no fair game.

    Where no end is set, whatever is to come is later by the time that was lost.
    """
    game, play = state.game, state.play
    if game.phase is not Phase.FROZEN or game.frozen is None or play is None:
        raise NotNow(game.phase.value)
    away = at - game.frozen
    game = replace(game, phase=Phase.RUNNING, frozen=None)
    span = play.span
    if span is None:
        play = play.moved(max(away, timedelta(0)))
        game = replace(game, due=play.due)
    elif away * _FEW > span[1] - span[0]:
        if game.moved or away > MOST_MOVED:
            return _void(replace(state, game=game), at, "outage")
        play = play.moved(away)
        game = replace(game, moved=True, due=play.due)
    return Fed(replace(state, game=game, play=play))
