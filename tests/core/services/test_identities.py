"""Joining, parting and forgetting people, in the books."""

import pytest

from core.alerts.alert import FundingAlert
from core.margin.pool import Leg, MarginMode, Side
from core.market import Symbol
from core.money import ZERO, Amount, D, Price, Quantity, Rate
from core.paper.account import NO_STOPS, PaperAccount
from core.paper.apply import apply
from core.paper.errors import LinkGone, LinkRefused, NotFlat, NotLinked
from core.paper.events import Event, Granted, PositionIncreased, ResetsCarried, WasReset
from core.paper.records import Change, Identity
from core.paper.rules import PaperRules
from core.people import Preferences
from core.services.accounts import Accounts, Home
from core.services.alerts import Alerts, changes
from core.services.identities import LIFE, Identities, last_reset
from tests.fakes.ports import FixedClock, MemoryUnits

MIRA, AMIR = Identity("telegram", "1"), Identity("discord", "9")


class House:
    """Books with accounts in the demo market."""

    def __init__(self) -> None:
        self.clock, self.units = FixedClock(), MemoryUnits()
        self.accounts = self.market("demo")
        self.identities = Identities(self.units, self.clock, self.accounts)

    def market(self, name: str) -> Accounts:
        return Accounts(self.units, self.clock, name, Home("binance", PaperRules()))

    def present(self, who: Identity, market: str = "demo") -> PaperAccount:
        with self.units.writing() as books:
            return self.market(market).present(books, who)[1]

    def resets(self, who: Identity, times: int) -> None:
        for _ in range(times):
            with self.units.writing() as books:
                _, account = self.accounts.present(books, who)
                reset = WasReset(wallet=account.wallet, pockets=(), resets=account.resets + 1)
                events = (reset, Granted(amount=account.wallet))
                after = _applied(account, events, self.clock)
                books.paper.record(Change(account, after, events, self.clock.now()))

    def join(self, keeps: Identity = MIRA) -> None:
        code = self.identities.offer(MIRA, "Mira")
        self.identities.claim(code, AMIR, "Amir")
        self.identities.choose(code, AMIR, keeps)
        self.identities.agree(code, MIRA)


def _applied(account: PaperAccount, events: tuple[Event, ...], clock: FixedClock) -> PaperAccount:
    for event in events:
        account = apply(account, event, clock.now())
    return account


@pytest.fixture
def house() -> House:
    return House()


def test_strangers_are_joined_without_any_account(house: House) -> None:
    house.join()
    assert set(house.identities.known_as(AMIR)) == {MIRA, AMIR}


def test_the_account_that_does_not_stay_is_archived_and_exported(house: House) -> None:
    mine, theirs = house.present(MIRA), house.present(AMIR)
    house.join(AMIR)
    assert house.accounts.look(MIRA).id == theirs.id
    owned = house.identities.everything(MIRA).accounts
    assert [(o.account.id, o.archived) for o in owned] == [(theirs.id, False), (mine.id, True)]
    assert all(o.history for o in owned)


def test_an_account_of_a_market_the_other_never_saw_goes_along(house: House) -> None:
    house.present(MIRA)
    other = house.present(AMIR, "binance")
    house.join()
    assert house.market("binance").look(MIRA).id == other.id


@pytest.mark.parametrize("times", [(0, 0), (2, 1), (1, 2)])
def test_the_higher_number_of_resets_stays(house: House, times: tuple[int, int]) -> None:
    house.resets(MIRA, times[0])
    house.clock.advance(3600)
    house.resets(AMIR, times[1])
    house.clock.advance(3600)
    house.join()
    assert house.accounts.look(MIRA).resets == max(times)
    carried = [e for e in house.accounts.history(MIRA) if isinstance(e.event, ResetsCarried)]
    assert len(carried) == (times[1] > times[0])
    with house.units.reading() as books:
        assert books.paper.faults() == ()


def test_a_carried_reset_keeps_its_date(house: House) -> None:
    house.present(MIRA)
    house.resets(AMIR, 1)
    when = house.clock.now()
    house.clock.advance(3600)
    house.join()
    assert last_reset(house.accounts.history(MIRA)) == when


def test_without_any_reset_there_is_no_date(house: House) -> None:
    house.present(MIRA)
    assert last_reset(house.accounts.history(MIRA)) is None


def test_only_the_two_sides_may_speak(house: House) -> None:
    code = house.identities.offer(MIRA, "Mira")
    with pytest.raises(LinkGone):
        house.identities.choose(code, AMIR, MIRA)
    with pytest.raises(LinkGone):
        house.identities.agree(code, MIRA)
    house.identities.claim(code, AMIR, "Amir")
    with pytest.raises(LinkGone):
        house.identities.choose(code, MIRA, MIRA)
    with pytest.raises(LinkGone):
        house.identities.choose(code, AMIR, Identity("discord", "13"))
    house.identities.choose(code, AMIR, MIRA)
    with pytest.raises(LinkGone):
        house.identities.agree(code, AMIR)
    house.identities.agree(code, MIRA)
    assert set(house.identities.known_as(MIRA)) == {MIRA, AMIR}


def test_the_last_word_comes_too_late_after_ten_minutes(house: House) -> None:
    code = house.identities.offer(MIRA, "Mira")
    house.identities.claim(code, AMIR, "Amir")
    house.identities.choose(code, AMIR, MIRA)
    house.clock.advance(LIFE)
    with pytest.raises(LinkGone):
        house.identities.agree(code, MIRA)


def test_names_are_kept_no_longer_than_the_next_code(house: House) -> None:
    old = house.identities.offer(MIRA, "Mira")
    house.clock.advance(LIFE)
    house.identities.offer(AMIR, "Amir")
    with house.units.reading() as books:
        assert books.paper.link(old) is None


def test_a_third_platform_joins_only_where_there_is_none_yet(house: House) -> None:
    house.join()
    code = house.identities.offer(MIRA, "Mira")
    with pytest.raises(LinkRefused) as refused:
        house.identities.claim(code, Identity("discord", "13"), "Eve")
    assert refused.value.reason == "platform"
    house.identities.claim(code, Identity("console", "me"), "")


def test_parting_leaves_the_account_with_the_others(house: House) -> None:
    mine = house.present(MIRA)
    house.join()
    assert house.identities.part(AMIR) == (MIRA,)
    assert house.accounts.look(MIRA).id == mine.id
    assert house.accounts.look(AMIR).id not in {0, mine.id}
    with pytest.raises(NotLinked):
        house.identities.part(AMIR)


def test_forgetting_one_forgets_both_sides(house: House) -> None:
    house.present(MIRA)
    house.join()
    with house.units.writing() as books:
        books.set_preferences("discord", "9", Preferences(confirm=False))
        books.set_met("telegram", "1", frozenset({"margin"}))
    for _ in range(2):
        house.identities.forget(MIRA)
    with house.units.reading() as books:
        assert books.preferences("discord", "9") == Preferences()
        assert books.met("telegram", "1") == frozenset()
        assert books.paper.learner(AMIR) is None


def test_everything_of_a_stranger_is_their_settings(house: House) -> None:
    with house.units.writing() as books:
        books.set_preferences("telegram", "1", Preferences(confirm=False))
        books.learning.set_lessons("telegram", "1", frozenset({"modes"}))
    everything = house.identities.everything(MIRA)
    assert everything.accounts == ()
    assert [kept.preferences.confirm for kept in everything.people] == [False]
    assert [kept.lessons for kept in everything.people] == [{"modes"}]


def test_what_is_opened_between_the_words_is_seen(house: House) -> None:
    house.present(MIRA)
    house.present(AMIR)
    code = house.identities.offer(MIRA, "Mira")
    house.identities.claim(code, AMIR, "Amir")
    house.identities.choose(code, AMIR, MIRA)
    leg = Leg.at(Symbol("BTCUSDT"), Side.LONG, Quantity(D(1)), Price(D(100)), Rate(D(10)))
    event = PositionIncreased(
        number=1,
        mode=MarginMode.CROSS,
        leg=leg,
        price=Price(D(100)),
        margin=Amount(ZERO),
        fee=Amount(ZERO),
        stops=NO_STOPS,
    )
    with house.units.writing() as books:
        account = house.accounts.present(books, AMIR)[1]
        after = _applied(account, (event,), house.clock)
        books.paper.record(Change(account, after, (event,), house.clock.now()))
    with pytest.raises(NotFlat) as refused:
        house.identities.agree(code, MIRA)
    assert refused.value.positions == (1,)
    assert house.identities.known_as(MIRA) == (MIRA,)


def test_parting_of_those_who_never_traded_makes_an_account_for_whom_left(house: House) -> None:
    with house.units.writing() as books:
        learner = books.paper.enroll(MIRA, house.clock.now())
        books.paper.rename(AMIR, learner)
    assert house.identities.part(AMIR) == (MIRA,)
    assert house.accounts.look(AMIR).id != 0
    assert house.accounts.look(MIRA).id == 0


def test_alerts_go_along_and_whoever_watches_them_hears_of_it(house: House) -> None:
    alerts = Alerts(house.units, house.clock, "demo")
    alerts.set(MIRA, FundingAlert())
    alerts.set(AMIR, FundingAlert(Symbol("BTCUSDT")))
    with house.units.reading() as books:
        before = books.note(changes("demo"))
    house.join()
    with house.units.reading() as books:
        assert books.note(changes("demo")) != before
    assert [alert.number for alert in alerts.of(AMIR)] == [1, 2]
    assert house.identities.everything(MIRA).alerts == alerts.of(AMIR)
    house.identities.forget(AMIR)
    assert alerts.of(MIRA) == alerts.of(AMIR) == ()
