"""A game as it is looked at: all that words are made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.chat.figures import Code, Figure, Label, Name, PriceOf
from bot.chat.i18n import Translate
from bot.chat.reply import Choice, Notes, Reply, Words
from core.lessons.game.books import KeptGame
from core.lessons.game.chance import commitment
from core.lessons.game.game import Game, Player
from core.lessons.game.kind import Ground, Kind, Table
from core.market import Marks, Symbol
from core.money import Price


@dataclass(frozen=True, slots=True)
class Seen:
    """A game, its kind and ground, the marks of the moment where there are any, and a language.

    `path` says that it is played on a path drawn from a recording, not on a live market. `reader`
    is the number of the player who reads it alone, where somebody does.
    """

    kept: KeptGame
    kind: Kind
    ground: Ground
    now: datetime
    path: bool
    _: Translate
    marks: Marks | None = None
    reader: int | None = None

    @property
    def game(self) -> Game:
        """The game itself."""
        return self.kept.state.game

    @property
    def table(self) -> Table:
        """What its play is asked with."""
        return Table(self.game, self.ground, self.kept.state.accounts)

    def name(self, number: int) -> Name:
        """A player's name, as the board shows it."""
        return Name(shown_name(self.game.player(number), self._))

    def price(self, symbol: Symbol, price: Price | None) -> PriceOf:
        """A price with the digits of its contract."""
        instrument = self.ground.listing.instrument(symbol)
        return PriceOf(price, instrument.tick if price is None else instrument.tick_at(price))

    def act(self, label: str, value: str) -> Choice:
        """A button that acts in this game, for whoever presses it."""
        line = f"/challenge act {self.kept.number} {value}"
        return Choice(label, line, kept=True, aside=True)

    def to(self, label: str, word: str, *, aside: bool = True) -> Choice:
        """A button that says something about this game."""
        line = f"/challenge {word} {self.kept.number}"
        return Choice(label, line, kept=True, aside=aside)

    def fairness(self, *, chance: bool = True) -> Notes:
        """The small print: on which prices, and how `chance` can be checked."""
        _ = self._
        items = []
        if self.kind.trades:
            items.append(Words(self._prices()))
        if chance:
            over = self.game.phase.is_over
            seed = self.game.seed if over else commitment(self.game.seed)
            text = _("seed {seed}") if over else _("seed's hash {seed}")
            items.append(Words(text, {"seed": Code(seed)}))
        items.append(
            Words(_("game {number}, paper money"), {"number": Label(f"#{self.kept.number}")})
        )
        return Notes(tuple(items))

    def _prices(self) -> str:
        """On which prices it is played."""
        _ = self._
        if self.ground.reels:
            return _("recorded prices under other names, rescaled by the seed")
        if self.path:
            return _("recorded prices in an order of chance, not live")
        return _("live mark prices")


def shown_name(player: Player, _: Translate) -> str:
    """A name, or what stands in its place."""
    return _("anonymous #{number}").format(number=player.number) if player.hidden else player.name


View = Callable[[Seen, int], Reply]
"""Words a view of a game; the number is that of a round, or 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindWords:
    """The words of one kind.

    `title` is its name, `gist` what it is in one sentence, `rules` what a player must know, the
    most telling first; `options` words an option's name and value; `views` words its messages,
    `board` how it stands while it is played; `said` is what somebody who acted is told, by code.
    `own` words how somebody (by their seat) stands, where that is not an account; `more` are rules
    that follow from what was chosen.
    """

    title: Callable[[Translate], str]
    gist: Callable[[Translate], str]
    rules: Callable[[Translate], tuple[Words, ...]]
    options: Callable[[str, str, Translate], tuple[str, Figure]]
    views: Mapping[str, View]
    board: Callable[[Seen], Reply]
    said: Callable[[str, Seen], Words | None]
    own: Callable[[Seen, int | None], Reply] | None = None
    more: Callable[[Seen], tuple[Words, ...]] | None = None
