"""What waits in the outbox is worded by what it is, on the rules it happened under."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.chat.parcels import word_with
from core.alerts.alert import Alert, PriceAlert, What, due
from core.alerts.books import DueNews, News
from core.editions import Edition, Listings, Version
from core.margin.pool import MarginMode
from core.market import Symbol
from core.paper.events import Warned
from core.paper.new_terms import Announcement, Effect, NewTerms, Turn
from core.paper.records import Due, Notice
from core.paper.rules import PaperRules
from core.services.outbox import Parcel
from tests.builders import BTC, NOON, amount, long, marks, price, rate
from tests.core.paper.builders import do, fresh, scene, venue, wish
from tests.walk.house import LISTINGS, shown

WORD = word_with(LISTINGS, PaperRules())


def news(what: What, on: str = "binance", **prices: int) -> Parcel:
    alert = Alert(learner=1, market="test", number=3, what=what, since=NOON)
    fired = due(alert, None, marks(**prices), venue(on))
    assert fired is not None
    return Parcel(DueNews(1, News(1, "k", fired, NOON + timedelta(seconds=2)), 0), {})


def test_news_are_told_in_the_readers_zone() -> None:
    reply = WORD(news(PriceAlert(BTC, price(60_000), rising=True), btc=60_001), "Asia/Tokyo")
    assert shown(reply).startswith("BTC rose to 60,001.0.")
    assert (reply.zone, "21:00" in shown(reply)) == ("Asia/Tokyo", True)


def test_an_alert_outlives_a_venue_that_does_not_list_its_contract() -> None:
    everywhere = set.intersection(*(set(listing.instruments) for listing in LISTINGS.values()))
    name, symbol = next(
        (name, symbol)
        for name, listing in LISTINGS.items()
        for other in LISTINGS.values()
        for symbol in sorted(other.instruments)
        if symbol not in everywhere and symbol not in listing.instruments
    )
    coin = symbol.removesuffix("USDT").lower()
    what = PriceAlert(Symbol(symbol), price(1), rising=True)
    assert shown(WORD(news(what, name, **{coin: 2}), "")).startswith(f"{coin.upper()} rose to 2")


def test_a_badge_is_told_in_a_letter() -> None:
    told = News(1, "badge:1:rescue", None, NOON, badge="rescue")
    assert shown(WORD(Parcel(DueNews(1, told, 0), {}), "")).startswith("New badge: first rescue.")


def test_what_a_venue_announced_is_told_in_its_own_words() -> None:
    leg = long("0.1", 60_000)
    found = Effect(
        number=1,
        mode=MarginMode.ISOLATED,
        leg=leg,
        mark=price(60_000),
        needed=(amount(24), amount(27)),
        limit=(price(54_200), price(54_300)),
    )
    terms = NewTerms(
        symbol=BTC,
        turn=Turn.CHANGED,
        taker_fee=(rate("0.0005"), rate("0.0005")),
        effects=(found,),
    )
    told = Announcement(
        account=1,
        market="test",
        venue="binance",
        edition=3,
        applies_at=NOON + timedelta(days=1),
        prices_of=NOON,
        terms=(terms,),
    )
    text = shown(WORD(Parcel(DueNews(1, News(1, "k", None, NOON, told), 0), {}), ""))
    assert text.startswith("Binance changes the terms of BTC on 2026-11-23 12:00 UTC.")


def test_a_notice_is_told_by_the_terms_it_happened_under() -> None:
    """A liquidation is worked out by the tiers of its time, whatever the tiers are now."""
    later = NOON + timedelta(hours=1)
    old = LISTINGS["binance"].instrument(BTC)
    coarse = replace(old, tick=price(100))
    listings = Listings(LISTINGS, lambda: later + timedelta(days=9))
    versions = (Version(coarse, later),)
    listings.add([Edition(id=1, venue="binance", source="", fetched_at=NOON, versions=versions)])
    word = word_with(listings, PaperRules())
    account = do(fresh(), wish("0.1"), scene(btc=60_000))
    what = Warned(scope=1, ratio=rate("0.9"))

    def text(at: datetime) -> str:
        notice = Notice(1, 7, what, account, account, marks(btc="56000.5"), at)
        return " ".join(shown(word(Parcel(Due(1, notice, 0), {}), "")).split())

    assert "mark 56,000.5" in text(NOON)
    assert "mark 56,000 " in text(later)


def test_a_notice_is_told_as_before() -> None:
    account = do(fresh(), wish("0.1"), scene(btc=60_000))
    what = Warned(scope=1, ratio=rate("0.9"))
    notice = Notice(1, 7, what, account, account, marks(btc=56_000), NOON)
    text = shown(WORD(Parcel(Due(1, notice, 0), {}), ""))
    assert text.startswith("Near liquidation: #1 LONG 0.1 BTC")
