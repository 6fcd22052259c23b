"""Questions one after another, with a clock for each: what guessing and the quiz have in common.

    posted -> arrived: the clock runs -> time is up: the solution -> a pause -> the next one

Kept is who said what and when, and nothing that could be worked out of it: points are counted anew
from the answers whenever somebody looks, so a question that is struck out has never counted.
An item that too few could see, or during which the bot was away or deaf, is void and replaced.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.lessons.game import inputs as i
from core.lessons.game.asks import MILLISECOND, UNSURE, Ask, Given
from core.lessons.game.errors import ActUsed, BadAnswer, BadOption, NotPlaying
from core.lessons.game.game import Game
from core.lessons.game.inputs import Input
from core.lessons.game.kind import Post

PAUSE = timedelta(seconds=8)
"""From a solution to the next item."""

SILENT = 2
"""So many rounds without any answer end the game."""

SPARE = 3
"""So many void items are replaced; beyond that a void one is a round lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How it is played: so many rounds, the time for each, how many answers a player may give.

    `read` returns an answer in its one spelling, or raises `BadAnswer`. `holds` says that a player
    whose answer could be read in two ways may be asked back, once. `only` are the numbers of those
    who may answer; None is everybody.
    """

    rounds: int
    limit: timedelta
    answers: int
    read: Callable[[str], str]
    holds: bool = False
    only: frozenset[int] | None = None

    def may(self, game: Game) -> frozenset[int]:
        """Return the numbers of those who may answer now."""
        playing = frozenset(player.number for player in game.playing)
        return playing if self.only is None else playing & self.only


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """Everything that was asked, in order, and when something must happen by itself."""

    asks: tuple[Ask, ...] = (Ask(number=1),)
    due: datetime | None = None

    @property
    def last(self) -> Ask:
        """The item that is asked now, or was asked last."""
        return self.asks[-1]

    @property
    def played(self) -> int:
        """How many rounds there were, with the one that is played; replaced items are none."""
        return sum(not ask.again for ask in self.asks)

    def place(self, number: int) -> int:
        """Return which round an item belongs to, from 1."""
        return 1 + sum(not ask.again for ask in self.asks[: number - 1])

    @property
    def silent(self) -> bool:
        """Whether nobody answered for so many rounds that nobody seems to be there."""
        last = [ask.given for ask in self.asks if not ask.void][-SILENT:]
        return len(last) == SILENT and not any(last)

    def meant(self, value: str) -> tuple[Ask, str]:
        """Return which item an answer is for, and the answer; without `number:` it is the last.

        Raises `BadAnswer` for the number of no item.
        """
        number, mark, text = value.partition(":")
        if not mark:
            return self.last, value.strip()
        for ask in self.asks:
            if number.strip() == str(ask.number):
                return ask, text.strip()
        raise BadAnswer(value, tuple(str(ask.number) for ask in self.asks))

    def having(self, ask: Ask) -> "Rounds":
        """Return them with an item in place of the one of its number."""
        rest = self.asks[ask.number :]
        return replace(self, asks=(*self.asks[: ask.number - 1], ask, *rest))

    def further(self) -> "Turn":
        """Return the step to one more item."""
        number = self.last.number + 1
        return Turn(Rounds(asks=(*self.asks, Ask(number=number))), posts=(announced(number),))

    def later(self, by: timedelta) -> "Rounds":
        """Return them with everything that is still to come later by so much."""
        ask = self.last
        moved = self
        if ask.is_open and ask.opened is not None:
            moved = self.having(replace(ask, opened=ask.opened + by))
        return replace(moved, due=None if self.due is None else self.due + by)


@dataclass(frozen=True, slots=True)
class Turn:
    """What an input makes of the rounds. `over` ends the game."""

    rounds: Rounds
    posts: tuple[Post, ...] = ()
    said: str = ""
    over: bool = False


def announced(number: int) -> Post:
    """Return the message of an item: its clock starts when it is there."""
    return Post("item", number, starts=True, live=True)


def taken(rounds: Rounds, what: Input, game: Game, rule: Rule) -> Turn:
    """Return what an input makes of rounds.

    Raises `NotPlaying`, `TooLate`, `NotNow`, `ActUsed`, `BadAnswer`, and `BadOption` for a ruling
    about an item there is not.
    """
    ask = rounds.last
    match what:
        case i.Sent(view="item", number=number) if number == ask.number and ask.waits:
            return _arrived(rounds, what, game, rule)
        case i.Due(at=at) if rounds.due is not None and at >= rounds.due:
            return _closed(rounds, at) if ask.is_open else _went_on(rounds, rule)
        case i.Answered():
            return _answered(rounds, what, game, rule)
        case i.Reported():
            return _reported(rounds, what, game)
        case i.Left(at=at) if not game.playing:
            return Turn(replace(rounds, due=None), posts=(Post("end"),), over=True)
        case i.Left(at=at):
            return _closed(rounds, at) if _all_said(ask, game, rule) else Turn(rounds)
        case i.Woke(at=at, since=since) if ask.is_open and since < ask.ends(rule.limit):
            return _voided(rounds, ask, "restart", at)
        case i.Deaf():
            return _deaf(rounds, what, rule)
        case i.Ruled(what="void", about=about, at=at):
            return _ruled(rounds, about, at)
        case _:
            return Turn(rounds)


def _arrived(rounds: Rounds, what: i.Sent, game: Game, rule: Rule) -> Turn:
    """The clock starts, unless fewer than half of the players could see the item."""
    seen = [player for player in game.playing if player.room not in what.missed]
    if 2 * len(seen) < len(game.playing):
        return _voided(rounds, rounds.last, "unseen", what.at)
    return Turn(_timed(rounds.having(replace(rounds.last, opened=what.at)), rule))


def _timed(rounds: Rounds, rule: Rule) -> Rounds:
    """The open item is closed when nobody's answer can be in time any more."""
    return replace(rounds, due=rounds.last.ends(rule.limit))


def _answered(rounds: Rounds, what: i.Answered, game: Game, rule: Rule) -> Turn:
    player = game.player(what.player).number
    if player not in rule.may(game):
        raise NotPlaying
    ask, text = rounds.meant(what.value)
    after = ask.clock(what.at, player, rule.limit)
    said = ask.said(player)
    answers = [given for given in said if given.value != UNSURE]
    if answers and answers[-1].value == _read(rule, text):
        return Turn(rounds, said="answered")  # pressed twice; nothing is changed
    if len(answers) >= rule.answers:
        raise ActUsed("answer", rule.answers)
    if text == UNSURE and rule.holds:
        if len(answers) < len(said):
            raise ActUsed("hold", 1)
        value, code = UNSURE, "hold"
    else:
        value, code = rule.read(text), "changed" if answers else "answered"
    ask = replace(ask, given=(*ask.given, Given(player, after // MILLISECOND, value)))
    rounds = rounds.having(ask)
    if _all_said(ask, game, rule):
        return replace(_closed(rounds, what.at), said=code)
    return Turn(_timed(rounds, rule) if ask.is_open else rounds, said=code)


def _read(rule: Rule, text: str) -> str:
    """An answer in its one spelling, or as it is where it has none."""
    try:
        return rule.read(text)
    except BadAnswer:
        return text


def _all_said(ask: Ask, game: Game, rule: Rule) -> bool:
    """Whether nobody could add anything to an open item, so that nobody need wait."""
    answers = ask.answers
    return ask.is_open and all(
        len(answers.get(player, ())) >= rule.answers for player in rule.may(game)
    )


def _closed(rounds: Rounds, at: datetime) -> Turn:
    """Show the solution; after some rounds without any answer that is the end."""
    new = rounds.having(replace(rounds.last, closed=at))
    post = Post("answer", rounds.last.number)
    if new.silent:
        return Turn(replace(new, due=None), posts=(post, Post("end")), over=True)
    return Turn(replace(new, due=at + PAUSE), posts=(post,))


def _went_on(rounds: Rounds, rule: Rule) -> Turn:
    """After the pause the next item is asked, or all is said."""
    if rounds.played >= rule.rounds:
        return Turn(replace(rounds, due=None), posts=(Post("end"),), over=True)
    return rounds.further()


def _reported(rounds: Rounds, what: i.Reported, game: Game) -> Turn:
    """A player reports an item, once; the hosts hear of the first report."""
    player, ask = game.player(what.player).number, _about(rounds, what.about)
    if player in ask.reports or ask.void:
        return Turn(rounds, said="reported")
    new = rounds.having(replace(ask, reports=(*ask.reports, player)))
    return Turn(new, posts=() if ask.reports else (Post("reported", ask.number),), said="reported")


def _deaf(rounds: Rounds, what: i.Deaf, rule: Rule) -> Turn:
    """What could not be heard counts for nothing, closed meanwhile or still open."""
    turn = Turn(rounds)
    for ask in rounds.asks:
        if ask.opened is not None and not ask.void:
            end = ask.ends(rule.limit) if ask.closed is None else ask.closed
            if what.since < end and ask.opened < what.at:
                new = _voided(turn.rounds, ask, "deaf", what.at)
                turn = replace(new, posts=(*turn.posts, *new.posts))
    return turn


def _ruled(rounds: Rounds, about: str, at: datetime) -> Turn:
    """A host strikes an item out."""
    ask = _about(rounds, about)
    return Turn(rounds, said="voided") if ask.void else _voided(rounds, ask, "host", at)


def _about(rounds: Rounds, about: str) -> Ask:
    """The item that is meant. Raises `BadOption` for one there is not."""
    for ask in rounds.asks:
        if about == str(ask.number):
            return ask
    raise BadOption("item", about, tuple(str(ask.number) for ask in rounds.asks))


def _voided(rounds: Rounds, ask: Ask, why: str, at: datetime) -> Turn:
    """An item counts for nothing; one whose time was not up yet is replaced after the pause."""
    post = Post("voided", ask.number)
    if ask.closed is not None:
        return Turn(rounds.having(replace(ask, void=why)), posts=(post,), said="voided")
    again = sum(each.again for each in rounds.asks) < SPARE
    new = rounds.having(replace(ask, void=why, closed=at, again=again))
    return Turn(replace(new, due=at + PAUSE), posts=(post,), said="voided")
