"""From what waits in the outbox to the words in which somebody reads it."""

from collections.abc import Callable, Mapping

from bot.chat.alerts import news_reply
from bot.chat.games.badges import badge_letter
from bot.chat.i18n import english
from bot.chat.new_terms import new_terms_reply
from bot.chat.notices import notice_reply
from bot.chat.reply import Reply
from core.alerts.alert import Fired
from core.alerts.books import DueNews, News
from core.editions import in_force
from core.lessons.badges import Badge
from core.market import Listing
from core.paper.rules import PaperRules
from core.paper.scene import Scene
from core.services.outbox import Parcel


def word_with(listings: Mapping[str, Listing], rules: PaperRules) -> Callable[[Parcel, str], Reply]:
    """Return what words a parcel in a zone (empty: UTC), on the scene it happened on."""

    def word(parcel: Parcel, zone: str) -> Reply:
        if isinstance(parcel.due, DueNews):
            return _news(parcel.due.news, listings, rules, zone)
        notice = parcel.due.notice
        listing = in_force(listings, notice.before.venue, notice.at)
        scene = Scene(listing, notice.marks, notice.at, rules)
        return notice_reply(notice, parcel.history, scene, english, zone)

    return word


def _news(news: News, listings: Mapping[str, Listing], rules: PaperRules, zone: str) -> Reply:
    """Word a badge, what a venue announced, or an alert that came to be."""
    if news.badge:
        return badge_letter(Badge(news.badge), english)
    if news.announced is not None:
        return new_terms_reply(news, news.announced, listings, english, zone)
    assert news.fired is not None
    marks = news.fired.marks
    on = Scene(_listing(news.fired, listings), marks, marks.at, rules)
    return news_reply(news, on, english, zone)


def _listing(fired: Fired, listings: Mapping[str, Listing]) -> Listing:
    """The venue's contracts; another's where it does not list what the alert is about.

    An alert outlives its owner's choice of another venue.
    """
    symbols = fired.marks.prices.keys()
    own = in_force(listings, fired.venue, fired.marks.at)
    known = (own, *listings.values())
    return next((each for each in known if symbols <= each.instruments.keys()), own)
