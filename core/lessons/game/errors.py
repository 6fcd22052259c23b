"""What a challenge refuses, as codes with fields."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from core.errors import Facts, Refusal


class Unplayable(Exception):
    """The market does not take the trade that is to be played: the game is void.

    No refusal, because nobody can put it right; its text is a code.
    """


class NoGame(Refusal):
    """Nothing is played here, or not any more."""


@dataclass(eq=False)
class GameRunning(Facts):
    """A chat has one game of a kind at a time."""

    kind: str


class NotPlaying(Refusal):
    """Only those who joined may do that."""


@dataclass(eq=False)
class NoSeat(Facts):
    """The game is full, or takes nobody in any more; `why` is "full", "begun" or "stopped"."""

    why: str


@dataclass(eq=False)
class NotKnown(Facts):
    """Its host asks for people whom the bot has known for a while; they may join from then on."""

    when: datetime


@dataclass(eq=False)
class TooFew(Facts):
    """So many must have joined before it can begin."""

    needed: int
    joined: int


@dataclass(eq=False)
class NotNow(Facts):
    """The game is at a stage at which that cannot be done; `phase` names it."""

    phase: str


@dataclass(eq=False)
class TooLate(Facts):
    """It was sent after the deadline."""

    until: datetime


@dataclass(eq=False)
class ActUsed(Facts):
    """That may be done so often, and was."""

    act: str
    times: int


@dataclass(eq=False)
class OtherWall(Facts):
    """That belongs to the other margin mode; `mode` is the one it belongs to."""

    act: str
    mode: str


@dataclass(eq=False)
class NotAllowedHere(Facts):
    """The game's options leave no room for it: "leverage", "mode", "pairs" or "action"."""

    what: str
    allowed: str


@dataclass(eq=False)
class NoPlayer(Facts):
    """Nobody of that name or number plays in it any more."""

    value: str


class OwnPlace(Refusal):
    """A host who adjusts in a game they play in gives their own place up, and has to say so."""


@dataclass(eq=False)
class NotCovered(Facts):
    """No more than so much (quote) can be taken out of an account; None: it is not told."""

    free: Decimal | None


@dataclass(eq=False)
class HeldTooShort(Facts):
    """A position is held for some minutes at least; it may be closed from a moment on."""

    until: datetime


@dataclass(eq=False)
class OrderTooLarge(Facts):
    """Worth more than a challenge takes at once (quote)."""

    notional: Decimal
    cap: Decimal


@dataclass(eq=False)
class BadOption(Facts):
    """A challenge has no such option, or the option no such value."""

    option: str
    value: str
    allowed: tuple[str, ...]


@dataclass(eq=False)
class FewPairs(Facts):
    """So many pairs it takes at least."""

    fewest: int


@dataclass(eq=False)
class BadAnswer(Facts):
    """What was typed answers nothing that is asked; `allowed` are the answers there are, if few."""

    text: str
    allowed: tuple[str, ...] = ()


class OtherSquad(Refusal):
    """A captain is one of the voter's own squad."""


@dataclass(eq=False)
class NotCaptain(Facts):
    """Only a squad's captain may do that; `captain` is their number."""

    captain: int


@dataclass(eq=False)
class BadName(Facts):
    """A squad cannot be called that; `why` is "nothing", "reserved" or "taken"."""

    why: str


@dataclass(eq=False)
class ItemOpen(Facts):
    """Whoever has an open question gets no help before its deadline."""

    until: datetime


class NoLeague(Refusal):
    """This chat is in no league, or nobody waits to be let into it."""


@dataclass(eq=False)
class NotWaiting(Facts):
    """No chat of that key waits to be let into the league; "" where none was named."""

    key: str


class BadCode(Refusal):
    """No league has that code, or it was taken back."""


@dataclass(eq=False)
class InLeague(Facts):
    """A chat is in one league at a time."""

    name: str
