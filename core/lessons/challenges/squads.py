"""Squad battle: an arena in which squads are measured and not single traders.

    squad score = mean of the best k arena scores of its active members
    k           = six tenths of the active members of the smallest squad, rounded up

so that neither size nor one lucky member decides. Active is whoever has traded and has not left.
With fewer than three active members in any squad the battle is friendly: it has a result and no
places. Squads are drawn by the seed, follow the chats that play or what people are on their server,
or are chosen before it begins; moving later is not allowed. Who comes late joins the smallest
squad, or that of their own chat or role. Members vote for a captain, who may name the squad. Two
who traded against each other count with the lower score of both until a host calls it chance.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import ClassVar

from core.lessons.challenges import arena
from core.lessons.challenges.arena import Arena, score
from core.lessons.game import inputs as i
from core.lessons.game.adjusting import adjusters
from core.lessons.game.captain import Helm, Lead, check_name, is_vote
from core.lessons.game.chance import shuffled
from core.lessons.game.errors import BadOption, NotNow, NotPlaying
from core.lessons.game.game import Game
from core.lessons.game.inputs import Input
from core.lessons.game.kind import Option, Post, Span, Step, Table, chosen
from core.lessons.game.roles import ROLE, by_role, role_names
from core.lessons.game.session import Adjustment
from core.lessons.game.squad import Members, Squad, is_friendly, joined_smallest, line_up
from core.lessons.game.standing import Standing
from core.market import Symbol
from core.money import Rate

MUSTER = timedelta(minutes=2)
"""How long squads are chosen, where they are."""

FEWEST_SQUADS = 2

CHANCE, CHOICE, CHAT = "chance", "choice", "chat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Squads:
    """A battle under way.

    `squads` are the members' numbers, squad by squad, `roles` what those have in common where they
    were made by roles. While they are being chosen `mustering` is set, and `due` is when that ends
    (None until its message is there).
    """

    squads: Members
    roles: tuple[str, ...] = ()
    helm: Helm = field(default_factory=Helm)
    arena: Arena = field(default_factory=Arena)
    mustering: bool = False
    due: datetime | None = None

    until: ClassVar[None] = None
    purse: ClassVar[int] = 1

    @property
    def span(self) -> Span | None:
        """As the arena has it."""
        return self.arena.span

    @property
    def next_look(self) -> datetime | None:
        """As the arena has it."""
        return self.arena.next_look

    @property
    def judged(self) -> datetime | None:
        """As the arena has it."""
        return self.arena.judged

    @property
    def adjustments(self) -> tuple[Adjustment, ...]:
        """As the arena has them."""
        return self.arena.adjustments

    def wants(self, table: Table) -> frozenset[Symbol]:
        """As the arena does."""
        return self.arena.wants(table)

    def take(self, what: Input, table: Table) -> Step:
        """Return what an input makes of it."""
        return replace(self, helm=self.helm.hears(what, table.game)).after(what, table)

    def after(self, what: Input, table: Table) -> Step:
        """Return what an input makes of it, whose sender has been heard of."""
        if isinstance(what, i.Named):
            return self._named(what, table.game)
        if isinstance(what, i.Answered) and is_vote(what):
            helm = self.helm.voted(what, self.squads, table.game)
            return Step(play=replace(self, helm=helm), said="voted")
        if self.mustering:
            return self._mustered(what, table)
        if isinstance(what, i.Answered):
            raise NotNow("muster")
        play = self
        if isinstance(what, i.Joined):
            new = max(player.number for player in table.game.players)
            play = replace(self, squads=self._with(new, table.game))
        step = self.arena.take(what, table)
        assert isinstance(step.play, Arena)
        return replace(step, play=replace(play, arena=step.play))

    def _with(self, player: int, game: Game) -> Members:
        """The squads with somebody who comes late."""
        how, new = chosen(game, KIND, "by"), game.player(player)
        if new.role in self.roles:
            return _put(self.squads, self.roles.index(new.role), player)
        if how == CHAT:
            for number, members in enumerate(self.squads):
                if any(game.player(member).room == new.room for member in members):
                    return _put(self.squads, number, player)
        return joined_smallest(self.squads, player)

    # --- choosing ---------------------------------------------------------------------------------

    def _mustered(self, what: Input, table: Table) -> Step:
        """Let people choose; when the time is up, the others are shared out and it begins."""
        match what:
            case i.Sent(view="muster", at=at) if self.due is None:
                return Step(play=replace(self, due=at + MUSTER))
            case i.Answered(player=player, value=value):
                return self._chosen(player, value, table.game)
            case i.Woke(at=at) if self.due is not None:
                return Step(play=replace(self, due=at + MUSTER))
            case i.Due(at=at) if self.due is not None and at >= self.due:
                return self._fixed(table, at)
            case _:
                return Step(play=self)

    def _chosen(self, player: int, value: str, game: Game) -> Step:
        if game.player(player).left is not None:
            raise NotPlaying
        numbers = [str(number) for number in range(1, len(self.squads) + 1)]
        if value not in numbers:
            raise BadOption("squad", value, tuple(numbers))
        number = numbers.index(value)
        others = tuple(tuple(p for p in squad if p != player) for squad in self.squads)
        # Rounded up, so that there is room for everybody.
        if len(others[number]) >= -(-len(game.playing) // len(self.squads)):
            raise NotNow("squad")
        return Step(play=replace(self, squads=_put(others, number, player)), said="squad")

    def _fixed(self, table: Table, at: datetime) -> Step:
        """Whoever has not chosen goes where the fewest are; a squad of nobody is none."""
        playing = [player.number for player in table.game.playing]
        squads = tuple(tuple(p for p in squad if p in playing) for squad in self.squads)
        for player in playing:
            if not any(player in squad for squad in squads):
                squads = joined_smallest(squads, player)
        fixed = tuple(squad for squad in squads if squad)
        if len(fixed) < FEWEST_SQUADS:
            return Step(play=replace(self, due=None), void="expired")
        play = replace(self, squads=fixed, mustering=False, due=None)
        return _opened(play, table, at)

    # --- captains ---------------------------------------------------------------------------------

    def lead(self, number: int, game: Game, at: datetime) -> Lead:
        """Return who leads a squad at a moment."""
        return self.helm.lead(self.squads[number], game, at)

    def called(self, number: int, game: Game) -> str:
        """Return a squad's own name, or that of its role; "" where it has neither."""
        names = role_names(self.roles)
        return self.helm.called(number, game) or (names[number] if names else "")

    def _named(self, what: i.Named, game: Game) -> Step:
        """Let a captain name the squad. Raises what `Helm.renamed` does, `NotNow`, `BadName`."""
        if self.mustering:
            raise NotNow("naming")
        helm, own = self.helm.renamed(what, self.squads, game)
        if what.name:
            squads = [self.called(n, game) for n in range(len(self.squads)) if n != own]
            check_name(what.name, [*squads, *(p.name for p in game.players if not p.hidden)])
        return Step(play=replace(self, helm=helm), said="named")

    # --- who is where -----------------------------------------------------------------------------

    def line_up(self, game: Game) -> tuple[Squad, ...]:
        """Return the squads as they stand, the best first."""
        session = self.arena.session
        notes = {} if session is None else session.notes
        left = frozenset(p.number for p in game.players if p.left is not None) | self.arena.gone
        left |= adjusters(self) | self.arena.pairs.judges
        playing = {player: own for player, own in notes.items() if player not in left}
        return line_up(self.squads, playing, self.scores())

    def scores(self) -> Mapping[int, Rate]:
        """Return everybody's arena score as it stands; two who mirrored each other have the lower.

        Else two of one squad could bet against each other, and only the winner's score would count.
        """
        session = self.arena.session
        notes = {} if session is None else session.notes
        return self.arena.pairs.lowered({p: score(own) for p, own in notes.items()})

    def standings(self, table: Table) -> tuple[Standing, ...]:
        """Everybody at the place of their squad; within it by their own score.

        Whoever has not traded, has left or gave their place up stands under the line; in a friendly
        battle all do.
        """
        squads, scores = self.line_up(table.game), self.scores()
        friendly, found = is_friendly(squads), []
        for squad in squads:
            for player in squad.members:
                if player in scores:
                    listed = player in squad.active and not friendly
                    figures = (*squad.figures, scores[player])
                    found.append(Standing(player, figures, listed, squad.place if listed else 0))
        return tuple(sorted(found, key=_order))

    def moved(self, by: timedelta) -> "Squads":
        """Return it with its end later."""
        due = None if self.due is None else self.due + by
        return replace(self, arena=self.arena.moved(by), due=due)


class SquadBattle:
    """The kind."""

    name: ClassVar[str] = "squads"
    order: ClassVar[int] = 6
    play: ClassVar[type] = Squads
    options: ClassVar[tuple[Option, ...]] = (
        Option("by", (CHANCE, CHOICE, CHAT, ROLE)),
        Option("squads", ("2", "3", "4")),
        *arena.KIND.options,
    )
    fewest: ClassVar[int] = 4
    most: ClassVar[int] = 200
    open_for: ClassVar[timedelta] = timedelta(minutes=30)
    trades: ClassVar[bool] = True

    def pace(self, game: Game) -> int:
        """As in the arena."""
        return arena.KIND.pace(game)

    def full(self, game: Game) -> bool:
        """Its host begins it."""
        return len(game.playing) >= self.most

    def takes_late(self, game: Game, at: datetime) -> bool:
        """As in the arena."""
        return arena.KIND.takes_late(game, at)

    def begin(self, table: Table, at: datetime) -> Step:
        """Make the squads, or let them be chosen first; then the arena's board is posted."""
        game = table.game
        how, numbers = chosen(game, self, "by"), [player.number for player in game.playing]
        count = max(FEWEST_SQUADS, min(int(chosen(game, self, "squads")), len(numbers) // 2))
        if how == CHOICE:
            play = Squads(squads=((),) * count, mustering=True)
            return Step(play=play, posts=(Post("muster", starts=True, live=True),))
        roles: tuple[str, ...] = ()
        squads = _by_chat(game) if how == CHAT else ()
        if how == ROLE:
            squads, roles = by_role(game.playing, count)
        if len(squads) < FEWEST_SQUADS:
            mixed = shuffled(game.seed, numbers, "squads")
            squads = tuple(tuple(sorted(mixed[n::count])) for n in range(count))
        return _opened(Squads(squads=squads, roles=roles), table, at)


KIND = SquadBattle()


def _opened(play: Squads, table: Table, at: datetime) -> Step:
    """The arena's first step, played by squads."""
    step = arena.KIND.begin(table, at)
    assert isinstance(step.play, Arena)
    return replace(step, play=replace(play, arena=step.play))


def _by_chat(game: Game) -> Members:
    """A squad for each chat in which somebody plays."""
    rooms: dict[int, list[int]] = {}
    for player in game.playing:
        rooms.setdefault(player.room, []).append(player.number)
    return tuple(tuple(rooms[room]) for room in sorted(rooms))


def _put(squads: Members, number: int, player: int) -> Members:
    return tuple((*squad, player) if n == number else squad for n, squad in enumerate(squads))


def _order(one: Standing) -> tuple[object, ...]:
    return (not one.listed, one.place, tuple(-figure for figure in one.figures), one.player)
