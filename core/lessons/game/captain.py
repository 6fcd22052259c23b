"""A squad's captain: whom its members voted for, and who stands in while that one is away.

Of those who play, who has most votes is the captain and who has the next most the vice-captain;
of equal ones who joined first, so that without a vote the first two are it. Nothing heard of
somebody for a day means that they are away: then the next one stands in, until they are back.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from core.lessons.game import inputs as i
from core.lessons.game.errors import BadName, NotCaptain, NotNow, NotPlaying, OtherSquad
from core.lessons.game.game import Game
from core.lessons.game.inputs import Input
from core.lessons.game.names import cleaned, is_reserved, says_something
from core.lessons.game.squad import Members

VOTE = "captain"
"""What an answer begins with that is a vote; a player's number follows."""

AWAY = timedelta(hours=24)
"""Who was not heard of for so long is away."""

_STANDARD = re.compile(
    r"red|blue|green|gold|telegram|discord|console|(chat|role|squad|player) ?\d+"
)
"""What squads and players are called who have no name of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Who leads a squad now, and who is next; None where nobody is left for it.

    `absent` is whom the captain stands in for.
    """

    captain: int | None = None
    vice: int | None = None
    absent: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Helm:
    """Who voted for whom, when members were heard of, and who named which squad (from 0) last."""

    votes: Mapping[int, int] = field(default_factory=dict)
    heard: Mapping[int, datetime] = field(default_factory=dict)
    named: Mapping[int, int] = field(default_factory=dict)

    def hears(self, what: Input, game: Game) -> "Helm":
        """Return it with who sent an input heard of."""
        player = _sender(what, game)
        return self if player is None else replace(self, heard={**self.heard, player: what.at})

    def voted(self, what: i.Answered, squads: Members, game: Game) -> "Helm":
        """Return it with a vote, `captain 5`, in the place of the voter's one before.

        Raises `NotPlaying`, `NotNow`, and `OtherSquad` where that one does not play beside them.
        """
        meant = what.value.split()[1:]
        for player in self.ranking(squads[squad_of(squads, what.player, game)], game):
            if [str(player)] == meant:
                return replace(self, votes={**self.votes, what.player: player})
        raise OtherSquad

    def renamed(self, what: i.Named, squads: Members, game: Game) -> tuple["Helm", int]:
        """Return it with a squad named by its captain, and which squad that is.

        Raises `NotPlaying`, `NotNow`, `NotCaptain`.
        """
        own = squad_of(squads, what.player, game)
        captain = self.lead(squads[own], game, what.at).captain
        assert captain is not None  # whoever asks plays
        if captain != what.player:
            raise NotCaptain(captain)
        return replace(self, named={**self.named, own: what.player}), own

    def ranking(self, members: Iterable[int], game: Game) -> tuple[int, ...]:
        """Return the members who play by their votes; only those of members who play count."""
        playing = sorted({player.number for player in game.playing}.intersection(members))
        votes = Counter(self.votes.get(player) for player in playing)
        return tuple(sorted(playing, key=lambda player: -votes[player]))

    def lead(self, members: Iterable[int], game: Game, at: datetime) -> Lead:
        """Return who leads a squad at a moment; where all are away, whoever was voted for."""
        ranking = self.ranking(members, game)
        here = [player for player in ranking if at - self._heard(player, game) < AWAY]
        away = [player for player in ranking if player not in here]
        captain, vice, *_ = (*here, *away, None, None)
        elected = ranking[0] if ranking else None
        return Lead(captain=captain, vice=vice, absent=None if captain == elected else elected)

    def _heard(self, player: int, game: Game) -> datetime:
        return self.heard.get(player, game.player(player).joined)

    def called(self, number: int, game: Game) -> str:
        """Return the name that a squad was given; "" where it has none."""
        by = self.named.get(number)
        return "" if by is None else game.player(by).banner


def squad_of(squads: Members, player: int, game: Game) -> int:
    """Return the number of somebody's squad. Raises `NotPlaying`, `NotNow` where it is none yet."""
    if game.player(player).left is not None:
        raise NotPlaying
    for number, members in enumerate(squads):
        if player in members:
            return number
    raise NotNow("squadless")


def is_vote(what: i.Answered) -> bool:
    """Whether an answer is a vote for a captain."""
    return what.value.split()[:1] == [VOTE]


def check_name(name: str, taken: Iterable[str]) -> None:
    """Refuse what no squad may be called; two names are the same but for case. Raises `BadName`."""
    clean = cleaned(name)
    if not says_something(clean):
        raise BadName("nothing")
    if is_reserved(clean):
        raise BadName("reserved")
    known = {each.casefold() for each in taken}
    if clean.casefold() in known or _STANDARD.fullmatch(clean.casefold()):
        raise BadName("taken")


def _sender(what: Input, game: Game) -> int | None:
    """The member whom an input shows to be there; who goes does not count as heard of."""
    match what:
        case i.Answered() | i.Ordered() | i.Named() | i.Returned():
            return what.player
        case i.Joined():
            return max(player.number for player in game.players)
        case _:
            return None
