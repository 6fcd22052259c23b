"""A running game in memory: until when its market was looked at, and where nothing can happen."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.lessons.game.books import KeptGame
from core.lessons.game.game import Phase
from core.lessons.game.kind import Ground, Table, floor_of
from core.market import Marks, Symbol
from core.paper.quiet import Box, common, quiet
from core.paper.quiet import holds as lies_in
from core.paper.scene import Scene

_MOMENT = timedelta(microseconds=1)


@dataclass(slots=True)
class Watched:
    """A game as it was last, and what it is played on.

    `wanted` are the contracts by whose marks it is judged, `held` those that anybody holds; both
    are told once for each state of the game. `box` are marks between which nothing happens to
    anybody; None where nobody has looked yet, or where that cannot be said.
    """

    kept: KeptGame
    ground: Ground
    looked: datetime
    box: Box | None = None
    wanted: frozenset[Symbol] = field(init=False)
    held: frozenset[Symbol] = field(init=False)

    def __post_init__(self) -> None:
        """Learn what the game wants and holds."""
        self.become(self.kept)

    def become(self, kept: KeptGame) -> None:
        """Go on with the game as it has become."""
        state, play = kept.state, kept.state.play
        table = Table(state.game, self.ground, state.accounts)
        self.kept = kept
        self.wanted = frozenset() if play is None else play.wants(table)
        self.held = frozenset[Symbol]().union(*(a.symbols for a in state.accounts.values()))

    def wants_marks(self) -> bool:
        """Whether it wants any; a frozen one waits for them, whatever is played."""
        game, play = self.kept.state.game, self.kept.state.play
        if play is None or not game.phase.is_on:
            return False
        return game.phase is Phase.FROZEN or play.next_look is not None

    def is_known(self, marks: Marks) -> bool:
        """Whether marks are seen ones, of all that anybody holds; of all it wants before that."""
        needed = self.held if self.kept.state.accounts else self.wanted
        return not marks.estimated and needed <= marks.prices.keys()

    def is_concerned(self, marks: Marks) -> bool:
        """Whether anything can happen to anybody at marks."""
        play = self.kept.state.play
        look = None if play is None else play.next_look
        if look is not None and marks.at >= look:
            return True
        return self.box is None or not lies_in(self.box, marks)

    def calm(self, marks: Marks) -> None:
        """Say anew where nothing happens, round marks that it has met."""
        self.box = self._drawn(marks)

    def _drawn(self, marks: Marks) -> Box | None:
        scene = Scene(self.ground.listing, marks, marks.at, self.ground.rules)
        play, found = self.kept.state.play, []
        for player, account in self.kept.state.accounts.items():
            if account.at_stake:
                if not account.symbols <= marks.prices.keys():
                    return None
                box = quiet(account, scene, floor_of(play, player))
                if box is None:
                    return None
                found.append(box)
        return common(found)


def judged_until(kept: KeptGame, now: datetime) -> datetime:
    """Return from when on a game wants marks: after a stop it goes on where it was.

    Funding is settled before the marks of its moment are judged, so these come once more.
    """
    play = kept.state.play
    if play is None or play.judged is None:
        return now
    funded = max(kept.state.game.funded.values(), default=play.judged)
    return max(play.judged, funded - _MOMENT)
