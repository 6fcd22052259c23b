"""Replaying recorded events: a trade or a whole account through one, behind either wall.

A trade begins at the recorded prices (or at the entry somebody typed), an account at the present
marks: the recording's moves are then laid on those. The contracts are the venue's of today.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from core.errors import UnknownVenue
from core.lessons.replay import Life, began, lived, telling
from core.lessons.scenario import Heading, ScenarioSource, named
from core.lessons.way import RECORDED, equity
from core.margin.fees import posted_margin
from core.margin.pool import Leg, MarginMode
from core.margin.sizing import Trade, place
from core.market import Listing, MarkPrice, Marks, Symbol
from core.money import ONE, ZERO, Amount, Price
from core.paper.account import PaperAccount
from core.paper.rules import PaperRules
from core.paper.scene import Scene
from core.services.compare import Terms
from core.services.prices import Prices, Stage

_KEPT = 3
"""Recordings kept ready; each is some thousand small numbers."""

_DIGITS = 4
"""Digits of a price, at least: a coin was cheaper once, and its contract's tick is today's."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """Both modes' lives, the stage they began on, and which moments tell the story.

    `leg` is the trade as it was filled, None where an account was played.
    """

    heading: Heading
    stage: Stage
    leg: Leg | None
    isolated: Life
    cross: Life
    telling: tuple[int, ...]

    @property
    def lives(self) -> tuple[Life, Life]:
        """Isolated and cross."""
        return self.isolated, self.cross

    @property
    def held(self) -> tuple[Symbol, ...]:
        """The coins it was played with, in the order of the positions."""
        return tuple(self.isolated.moments[0].prices)

    @property
    def unfunded(self) -> tuple[Symbol, ...]:
        """Those of them whose funding was not recorded, and was left out."""
        return tuple(s for s in self.held if not self.heading.coins[s].funding)


class Replays:
    """Plays recorded events on copies; nobody's account is touched."""

    def __init__(self, source: ScenarioSource, prices: Prices, rules: PaperRules) -> None:
        """Take the recordings, the contracts and present marks, and the house's rules."""
        self._source = source
        self._prices = prices
        self._rules = rules
        self._scenario = lru_cache(maxsize=_KEPT)(source.scenario)
        self._headings: tuple[Heading, ...] | None = None

    def headings(self) -> tuple[Heading, ...]:
        """Return all events, oldest first; others than before once there are other recordings."""
        headings = self._source.headings()
        if headings is not self._headings:
            self._headings = headings
            self._scenario.cache_clear()
        return headings

    def named(self, word: str) -> tuple[Heading, ...]:
        """Return the events a word may mean: a date, the beginning of one, a word of a name."""
        return named(self.headings(), word)

    def trade(self, id_: str, trade: Trade, terms: Terms) -> Replayed:
        """Play a trade that is opened when the recording begins.

        Raises `UnknownVenue`, `NoPrice`, the refusals of `place` and those of opening.
        """
        scenario = self._scenario(id_)
        heading = scenario.heading
        first = {symbol: coin.first for symbol, coin in heading.coins.items()}
        if trade.entry is not None:
            first[trade.symbol] = trade.entry
        stage = self._stage(terms.venue, first, heading.first_hour)
        stage = stage.with_fee(trade.symbol, terms.fee)
        leg = place(trade, stage.marks.price(trade.symbol), terms.wallet, stage.listing)
        scene = self._scene(stage, heading)
        begun = [began(leg, mode, terms.wallet, scene) for mode in MarginMode]
        lives = [lived(scenario, account, scene, terms.wallet) for account in begun]
        return Replayed(
            heading, stage, begun[0].positions[0].leg, lives[0], lives[1], telling(lives)
        )

    def account(self, id_: str, account: PaperAccount) -> Replayed:
        """Play an account's positions from the present marks, all isolated and all cross.

        A pocket that is there stays as it is; a new one holds the initial margin, as far as the
        wallet has it. Resting orders are left out. Raises `StalePrice`, `NoPrice`.
        """
        scenario = self._scenario(id_)
        stage = self._prices.stage(account.venue)
        marks = replace(stage.marks.only(account.symbols), market=RECORDED)
        stage = replace(stage, marks=marks)
        scene = self._scene(stage, scenario.heading)
        begun = equity(account, marks)
        lives = [
            lived(scenario, _all_in(account, mode, stage.listing), scene, begun)
            for mode in MarginMode
        ]
        return Replayed(scenario.heading, stage, None, lives[0], lives[1], telling(lives))

    def _scene(self, stage: Stage, heading: Heading) -> Scene:
        return Scene(stage.listing, stage.marks, heading.first_hour, self._rules)

    def _stage(self, venue: str, first: Mapping[Symbol, Price], at: datetime) -> Stage:
        """A venue's contracts of today, marked at the recording's first prices."""
        listing = self._prices.listings.get(venue)
        if listing is None:
            raise UnknownVenue(venue, tuple(self._prices.listings))
        marks = Marks(RECORDED, at, {s: MarkPrice(price, at) for s, price in first.items()})
        return Stage(_fine_enough(listing, first), marks, at)


def _fine_enough(listing: Listing, first: Mapping[Symbol, Price]) -> Listing:
    """The contracts with ticks that leave every first price its digits; the past lists them all."""
    instruments = dict(listing.instruments)
    for symbol, price in first.items():
        old = instruments.get(symbol)
        if old is not None:
            tick = ONE.scaleb(price.adjusted() - _DIGITS)
            instruments[symbol] = replace(old, tick=min(old.tick, tick), delisted=False)
    return replace(listing, instruments=instruments)


def _all_in(account: PaperAccount, mode: MarginMode, listing: Listing) -> PaperAccount:
    """The account as if every position stood in one mode, without orders."""
    account = replace(account, orders=(), account_mode=mode, warned=())
    for position in account.positions:
        margin = Amount(ZERO)
        if mode is MarginMode.ISOLATED:
            asked = posted_margin(position.leg, listing.instrument(position.leg.symbol))
            room = max(ZERO, account.wallet)
            margin = position.margin if position.isolated else Amount(min(asked, room))
        account = account.moved_behind(position, mode, margin)
    return account
