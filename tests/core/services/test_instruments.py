"""Refreshing: an edition in one go with its news, once, in time; nothing of what cannot be."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from core.alerts.books import News
from core.editions import Listings
from core.market import Instrument, Marks, Symbol
from core.money import D
from core.paper.actions import ChooseVenue, Close, Reset
from core.paper.new_terms import Announcement, Turn
from core.paper.records import Change, Identity
from core.ports import Books, Units
from core.services.instruments import GAMES, Instruments, Refreshed
from core.services.prices import Prices
from core.services.sweep import Sweep
from core.venue_answer import Answer, Implausible, Quoted, Tier
from tests.builders import exact
from tests.core.services.floor import BTC, ETH, MIRA, RULES, TOBI, Floor, listings, wish
from tests.fakes.ports import MemoryUnits

__all__ = ["exact"]

DAY = timedelta(days=1)
KIRA = Identity("discord", "3")


class Broken(RuntimeError):
    """A commit that failed."""


class Shaky(MemoryUnits):
    """A memory whose writing units may fail at their end."""

    fails = False

    @contextmanager
    def writing(self) -> Iterator[Books]:
        with super().writing() as books:
            yield books
            if self.fails:
                raise Broken


class Press(Floor):
    """A trading floor whose contracts are brought up to date; everybody trades by them."""

    def __init__(self, units: Units | None = None) -> None:
        super().__init__(units or Shaky())
        self.listings = Listings(listings(), self.clock.now)
        prices = Prices(self.listings, self.market, self.clock)
        self.trading = type(self.trading)(self.units, self.accounts, prices, self.clock)
        self.sweep = Sweep(self.units, self.clock, self.listings, "demo", RULES)
        self.fresh: Marks | None = self.market.marks()
        self.instruments = self.another()
        self.told_by_venue = {
            s: quoted(each) for s, each in listings()["binance"].instruments.items()
        }

    def another(self) -> Instruments:
        """Another process, with listings of its own unless it is the first."""
        own = getattr(self, "instruments", None)
        held = self.listings if own is None else Listings(listings(), self.clock.now)
        return Instruments(self.units, self.clock, held, DAY, lambda: self.fresh)

    def says(self, symbol: Symbol = BTC, **changed: object) -> None:
        """Let the venue say something else of a contract from now on."""
        self.told_by_venue[symbol] = replace(self.told_by_venue[symbol], **changed)  # type: ignore[arg-type]  # by name

    def refresh(self, *, dry: bool = False) -> Refreshed:
        answer = Answer(
            venue="binance",
            at=self.clock.now(),
            quoted=tuple(self.told_by_venue.values()),
            source="here",
            tiers_source="there",
        )
        refreshed = self.instruments.refresh(answer, dry=dry)
        self.instruments.look()
        return refreshed

    def rate(self, symbol: Symbol = BTC) -> Decimal:
        """The maintenance rate of the first tier in force."""
        return self.listings["binance"].instrument(symbol).brackets.rates[0]

    def news(self) -> list[News]:
        with self.units.reading() as books:
            due = books.alerts.due(self.clock.now() + 9 * DAY, 99)
        return [each.news for each in due]

    def announced(self) -> list[Announcement]:
        return [each.announced for each in self.news() if each.announced is not None]


def quoted(contract: Instrument) -> Quoted:
    """A contract as the venue says it, by its figures of today."""
    return Quoted(
        symbol=contract.symbol,
        base=contract.base,
        tick=contract.tick,
        step=contract.step,
        min_quantity=contract.min_quantity,
        min_notional=contract.min_notional,
        tiers=tuple(
            Tier(cap=each.cap or D(1), rate=each.maintenance_rate, max_leverage=each.max_leverage)
            for each in contract.brackets.brackets
        ),
        maker_fee=contract.maker_fee,
        taker_fee=contract.taker_fee,
    )


def dearer(told: Quoted, rate: str = "0.0045") -> tuple[Tier, ...]:
    """The ladder with another rate in its first tier."""
    assert told.tiers is not None
    return (replace(told.tiers[0], rate=D(rate)), *told.tiers[1:])


def learner(press: Press, who: Identity = MIRA) -> int | None:
    with press.units.reading() as books:
        return books.paper.learner(who)


@pytest.fixture
def press() -> Press:
    return Press()


def test_what_nobody_holds_applies_at_once(press: Press) -> None:
    press.says(tiers=dearer(press.told_by_venue[BTC]))
    done = press.refresh()
    assert done.edition is not None
    assert (done.edition.id, done.told, done.waiting) == (1, 0, ())
    assert press.rate() == D("0.0045")
    assert press.listings["binance"].instrument(BTC).brackets.as_of == press.clock.now().date()


def test_the_same_again_is_no_edition(press: Press) -> None:
    press.refresh()
    press.clock.advance(DAY)
    done = press.refresh()
    assert (done.edition, bool(done.changes), done.versions) == (None, False, ())
    assert press.listings.newest == 1


def test_a_dry_refresh_says_what_it_would_do_and_does_nothing(press: Press) -> None:
    press.act(wish("0.1"))
    press.says(tiers=dearer(press.told_by_venue[BTC]))
    done = press.refresh(dry=True)
    assert done.edition is None
    assert [each.symbol for each in done.waiting] == [BTC]
    assert done.told == 1
    assert (press.news(), press.listings.newest) == ([], 0)
    assert press.refresh().told == 1


def test_an_answer_that_cannot_be_true_changes_nothing(press: Press) -> None:
    press.told_by_venue = {BTC: press.told_by_venue[BTC]}
    with pytest.raises(Implausible):
        press.refresh()
    assert press.listings.newest == 0


# --- a position that is held


def test_a_position_keeps_its_terms_for_the_time_of_the_notice(press: Press) -> None:
    press.act(wish("0.1"))
    press.says(tiers=dearer(press.told_by_venue[BTC]))
    press.says(ETH, tick=D("0.05"))
    done = press.refresh()
    assert [each.symbol for each in done.waiting] == [BTC]
    assert press.rate() == D("0.004")
    assert press.listings["binance"].instrument(ETH).tick == D("0.05")
    press.clock.advance(DAY - timedelta(seconds=1))
    assert press.rate() == D("0.004")
    press.clock.advance(1)
    assert press.rate() == D("0.0045")


def test_its_holder_is_told_once_what_it_will_be(press: Press) -> None:
    press.act(wish("0.1"))
    press.act(wish("0.1", symbol=ETH), TOBI)
    press.says(tiers=dearer(press.told_by_venue[BTC]))
    assert press.refresh().told == 1
    press.refresh()
    press.instruments.announce()
    press.another().announce()
    (told,) = press.announced()
    (terms,) = told.terms
    (effect,) = terms.effects
    assert (told.venue, told.edition, told.market) == ("binance", 1, "demo")
    assert told.applies_at == press.clock.now() + DAY
    assert (terms.symbol, terms.turn, effect.number) == (BTC, Turn.CHANGED, 1)
    assert effect.needed == (D(24), D(27))
    (news,) = press.news()
    assert news.learner == learner(press)


def test_a_write_that_fails_leaves_neither_edition_nor_news(press: Press) -> None:
    press.act(wish("0.1"))
    press.says(tiers=dearer(press.told_by_venue[BTC]))
    assert isinstance(press.units, Shaky)
    press.units.fails = True
    with pytest.raises(Broken):
        press.refresh()
    press.units.fails = False
    assert (press.news(), press.instruments.look().editions) == ([], ())
    assert press.rate() == D("0.004")
    assert press.refresh().told == 1
    assert len(press.news()) == 1


def test_the_new_terms_liquidate_from_their_time_on_and_not_before(press: Press) -> None:
    """At 54,240 a long from 60,000 lives by 0.4 %, whose limit is 54,216.9, and not by 0.45 %."""
    press.act(wish("0.1"))
    press.says(tiers=dearer(press.told_by_venue[BTC], "0.0049"))
    press.refresh()
    press.move(54_240, seconds=60)
    assert press.sweep(press.market.marks()) == 1  # a warning
    assert press.account().positions
    press.move(54_240, seconds=86_340)
    assert press.sweep(press.market.marks()) == 1
    assert press.account().positions == ()
    assert "PoolLiquidated" in press.history()


def test_minutes_that_were_missed_are_judged_by_the_terms_of_their_time(press: Press) -> None:
    press.act(wish("0.1"))
    press.says(tiers=dearer(press.told_by_venue[BTC], "0.0049"))
    press.refresh()
    press.clock.advance(2 * DAY)
    press.move(54_240)
    early = replace(press.market.marks(), at=press.clock.now() - 2 * DAY + timedelta(hours=1))
    press.sweep(early)
    assert press.account().positions
    press.sweep(press.market.marks())
    assert press.account().positions == ()


def test_a_restart_between_changes_nothing(press: Press) -> None:
    press.act(wish("0.1"))
    press.says(tiers=dearer(press.told_by_venue[BTC]))
    press.refresh()
    press.clock.advance(DAY / 2)
    later = press.another()
    assert [edition.id for edition in later.look().editions] == [1]
    assert later.listings["binance"].instrument(BTC).brackets.rates[0] == D("0.004")
    press.clock.advance(DAY / 2)
    assert later.listings["binance"].instrument(BTC).brackets.rates[0] == D("0.0045")
    ((edition, version),) = later.look().applied
    assert (edition.id, version.symbol) == (1, BTC)
    assert later.look().applied == ()


def test_a_tick_alone_waits_too_but_is_no_news(press: Press) -> None:
    press.act(wish("0.1"))
    press.says(tick=D("0.5"))
    done = press.refresh()
    assert ([each.symbol for each in done.waiting], done.told) == ([BTC], 0)


def test_figures_that_are_only_confirmed_need_not_wait(press: Press) -> None:
    press.act(wish("0.1"))
    assert press.refresh().waiting == ()
    assert press.listings["binance"].instrument(BTC).brackets.source == "there"


def test_new_fees_are_told_as_well(press: Press) -> None:
    press.act(wish("0.1"))
    press.says(taker_fee=D("0.0006"))
    press.refresh()
    ((terms,),) = (told.terms for told in press.announced())
    assert terms.taker_fee == (D("0.0005"), D("0.0006"))


def test_without_fresh_marks_it_is_reckoned_at_the_entry(press: Press) -> None:
    press.act(wish("0.1"))
    press.fresh = None
    press.says(tiers=dearer(press.told_by_venue[BTC]))
    press.refresh()
    ((effect,),) = (terms.effects for told in press.announced() for terms in told.terms)
    assert (effect.stood_in, effect.mark) == (True, D(60_006))


def test_several_contracts_of_one_account_are_one_message(press: Press) -> None:
    press.act(wish("0.1"))
    press.act(wish(1, symbol=ETH))
    for symbol in (BTC, ETH):
        press.says(symbol, tiers=dearer(press.told_by_venue[symbol]))
    press.refresh()
    (told,) = press.announced()
    assert {terms.symbol for terms in told.terms} == {BTC, ETH}


def test_whoever_follows_another_venues_rules_hears_nothing(press: Press) -> None:
    press.act(ChooseVenue("okx"))
    press.act(wish("0.1"))
    press.says(tiers=dearer(press.told_by_venue[BTC]))
    assert press.refresh().waiting == ()
    assert press.news() == []


def test_a_game_goes_on_as_it_began(press: Press) -> None:
    press.act(wish("0.1"))
    with press.units.writing() as books:
        learner, account = press.accounts.present(books, MIRA)
        game = books.paper.open_account(learner, f"{GAMES}1:0")
        held = replace(account, id=game.id, market=game.market, version=1)
        events = tuple(each.event for each in books.paper.history(account.id)[:1])
        books.paper.record(Change(game, held, events, press.clock.now()))
    press.act(Reset())
    press.says(tiers=dearer(press.told_by_venue[BTC]))
    done = press.refresh()
    assert (done.waiting, done.told) == ((), 0)


# --- who opens a position meanwhile


def test_whoever_opens_meanwhile_is_told_once(press: Press) -> None:
    press.act(wish("0.1"))
    press.says(tiers=dearer(press.told_by_venue[BTC]))
    press.refresh()
    press.clock.advance(3600)
    press.move(60_000)
    press.act(wish("0.2"), TOBI)
    press.act(wish("0.2", symbol=ETH), KIRA)
    for _ in range(2):
        press.instruments.announce()
    late = press.announced()[1:]
    assert [each.terms[0].effects[0].leg.quantity for each in late] == [D("0.2")]
    assert press.news()[1].learner == learner(press, TOBI)
    press.clock.advance(DAY)
    press.move(60_000)
    press.act(wish("0.1"), KIRA)
    press.instruments.announce()
    assert len(press.announced()) == 2


def test_while_nothing_waits_nobody_is_looked_for(press: Press) -> None:
    press.act(wish("0.1"))
    press.instruments.announce()
    press.says(tick=D("0.5"))
    press.refresh()
    press.move(60_000)
    press.act(wish("0.1"), TOBI)
    press.instruments.announce()
    assert press.news() == []


# --- what is taken back, and what is gone


def test_what_is_taken_back_is_told_to_who_was_told(press: Press) -> None:
    before = press.told_by_venue[BTC]
    press.refresh()
    press.act(wish("0.1"))
    press.says(tiers=dearer(before))
    press.refresh()
    press.clock.advance(3600)
    press.told_by_venue[BTC] = before
    done = press.refresh()
    assert (done.waiting, done.told) == ((), 1)
    assert [terms.turn for told in press.announced() for terms in told.terms] == [
        Turn.CHANGED,
        Turn.WITHDRAWN,
    ]
    press.clock.advance(DAY)
    assert press.rate() == D("0.004")


def test_a_second_change_counts_from_its_own_announcement(press: Press) -> None:
    press.act(wish("0.1"))
    press.says(tiers=dearer(press.told_by_venue[BTC]))
    press.refresh()
    press.clock.advance(DAY / 2)
    press.says(tiers=dearer(press.told_by_venue[BTC], "0.0048"))
    press.refresh()
    press.clock.advance(DAY / 2)
    assert press.rate() == D("0.004")
    press.clock.advance(DAY / 2)
    assert press.rate() == D("0.0048")
    assert len(press.announced()) == 2


def test_a_contract_that_is_gone_keeps_its_terms_and_takes_nothing_new(press: Press) -> None:
    press.act(wish("0.1"))
    del press.told_by_venue[BTC]
    press.refresh()
    (told,) = press.announced()
    assert [terms.turn for terms in told.terms] == [Turn.DELISTED]
    contract = press.listings["binance"].instrument(BTC)
    assert contract.delisted
    assert contract.brackets == listings()["binance"].instrument(BTC).brackets
    press.act(Close(1, press.account().positions[0].leg.quantity))
    assert press.account().positions == ()
    assert press.refresh().edition is None


def test_a_contract_that_is_gone_never_gets_the_terms_it_waited_for(press: Press) -> None:
    press.act(wish("0.1"))
    told = press.told_by_venue[BTC]
    press.says(tiers=dearer(told))
    press.refresh()
    del press.told_by_venue[BTC]
    press.clock.advance(3600)
    press.refresh()
    press.clock.advance(DAY)
    assert press.rate() == D("0.004")
    press.told_by_venue[BTC] = told
    assert press.refresh().waiting == ()
    assert not press.listings["binance"].instrument(BTC).delisted


def test_a_contract_that_the_tables_never_had_is_nothing_to_tell(press: Press) -> None:
    """A release that lists less: whoever holds it is judged by nothing, and told nothing."""
    moon = Symbol("MOONUSDT")
    press.act(wish("0.1"))
    with press.units.writing() as books:
        _, account = press.accounts.present(books, MIRA)
        position = account.positions[0]
        leg = replace(position.leg, symbol=moon)
        held = replace(
            account, positions=(replace(position, leg=leg),), version=account.version + 1
        )
        events = tuple(each.event for each in books.paper.history(account.id)[:1])
        books.paper.record(Change(account, held, events, press.clock.now()))
    press.told_by_venue[moon] = replace(press.told_by_venue[BTC], symbol=moon, base="MOON")
    done = press.refresh()
    assert (done.told, done.waiting) == (0, ())
