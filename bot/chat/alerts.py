"""Alerts in words: what is waited for, and the message that comes when it came to be.

News may come twice, since they are delivered at least once; the alert's number and the moment in
the small print tell a repeat from news.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import assert_never

from bot.chat.demo import small_warning
from bot.chat.figures import Age, Count, Figure, Label, Moment, Money, Percent, PriceOf
from bot.chat.i18n import Translate
from bot.chat.positions import limit_rows, position_title, price_figure
from bot.chat.reply import Block, Choice, Facts, Notes, Reply, Title, Words
from bot.chat.say import coin_word, say
from bot.chat.symbols import base_of
from core.alerts.alert import Alert, Fired, FundingAlert, LiquidationAlert, PriceAlert, What
from core.alerts.books import News
from core.market import Symbol
from core.money import ONE, ZERO, Price, Rate
from core.paper.account import PaperAccount
from core.paper.scene import Scene

Rows = tuple[tuple[str, Figure], ...]
PriceFigure = Callable[[Symbol, Price], PriceOf]
"""A price to its contract's digits."""


def what_words(what: What, priced: PriceFigure, _: Translate) -> Words:
    """What an alert waits for, as it goes on after its number."""
    match what:
        case PriceAlert():
            figures: dict[str, Figure] = {
                "coin": Label(base_of(what.symbol)),
                "price": priced(what.symbol, what.price),
            }
            text = (
                _("{coin} at {price} or above") if what.rising else _("{coin} at {price} or below")
            )
            return Words(text, figures)
        case LiquidationAlert():
            text = _("a position within {within} of its liquidation price")
            return Words(text, {"within": Percent(what.within, _places(what))})
        case FundingAlert(symbol=None):
            return Words(_("funding due on a position within 15 minutes"))
        case FundingAlert(symbol=symbol):
            text = _("funding of {coin} due within 15 minutes")
            return Words(text, {"coin": Label(base_of(str(symbol)))})
    assert_never(what)


def _places(what: LiquidationAlert) -> int:
    """As many digits as a share needs in percent, four at most."""
    return min(4, max(0, -int((what.within * 100).normalize().as_tuple().exponent)))


def alert_line(alert: Alert, line: Words, now: datetime, market: str, _: Translate) -> Words:
    """#3 and what it waits for (`line`), and whether it rests or waits for its market."""
    figures: dict[str, Figure] = {**line.figures, "number": Count(alert.number)}
    if alert.market != market:
        text = _("#{number} {alert}; it waits for the market {market}")
        figures["market"] = Label(alert.market)
    elif alert.rests is not None and alert.rests > now:
        text = _("#{number} {alert}; it rests until {until}")
        figures["until"] = Moment(alert.rests)
    else:
        text = _("#{number} {alert}")
    return Words(text.replace("{alert}", line.text), figures)


def away_words(what: What, line: Words, away: Rate, _: Translate) -> Words:
    """What an alert waits for, with how far that is: of a price from the mark, else the nearest."""
    if isinstance(what, PriceAlert):
        text = _("{alert}, {away} from the mark")
        figure = Percent(away, 2, signed=True)
    else:
        text = _("{alert}, the nearest is {away} away")
        figure = Percent(away, 2)
    return Words(text.replace("{alert}", line.text), {**line.figures, "away": figure})


def alert_say(what: What) -> str:
    """Return the line that sets an alert."""
    match what:
        case PriceAlert():
            return say("alert", {"symbol": what.symbol, "price": what.price})
        case LiquidationAlert():
            return f"/alert liq {(what.within * 100).normalize():f}%"
        case FundingAlert(symbol=None):
            return "/alert funding"
        case FundingAlert(symbol=symbol):
            return f"/alert funding {coin_word(str(symbol))}"
    assert_never(what)


# --- what came to be ------------------------------------------------------------------------------


def news_reply(news: News, scene: Scene, _: Translate, zone: str = "") -> Reply:
    """Word what fired: what happened, the mark and its age, the distance."""
    fired = _fired(news)
    title, blocks = _told(news, scene, _)
    text = _("alert #{number}, {when}")
    print_ = [Words(text, {"number": Count(fired.alert.number), "when": Moment(news.at)})]
    if isinstance(fired.alert.what, LiquidationAlert):
        print_.append(Words(_("this alert rests for a day now")))
    if fired.marks.estimated:
        print_.append(Words(_("an estimate: of that minute only the extremes are known")))
    print_ += small_warning(fired.marks.market, _)
    again = Choice(_("Again"), alert_say(fired.alert.what), kept=True)
    return Reply(
        blocks=(Title(title), *blocks, Notes(tuple(print_))),
        choices=((Choice(_("Portfolio"), "/pf"), again),),
        private=True,
        short=title,
        zone=zone,
    )


def _fired(news: News) -> Fired:
    """What fired; announcements are worded elsewhere (`bot.chat.new_terms`)."""
    assert news.fired is not None
    return news.fired


def _told(news: News, scene: Scene, _: Translate) -> tuple[Words, tuple[Block, ...]]:
    what, account = _fired(news).alert.what, _fired(news).account
    match what:
        case PriceAlert():
            return _reached(what, news, scene, _)
        case LiquidationAlert():
            assert account is not None
            return _near(what, news, account, scene, _)
        case FundingAlert():
            return _soon(news, scene, _)
    assert_never(what)


def _reached(
    what: PriceAlert, news: News, scene: Scene, _: Translate
) -> tuple[Words, tuple[Block, ...]]:
    mark = scene.mark(what.symbol)
    text = _("{coin} rose to {price}.") if what.rising else _("{coin} fell to {price}.")
    title = Words(
        text,
        {"coin": Label(base_of(what.symbol)), "price": price_figure(what.symbol, mark, scene)},
    )
    rows: Rows = (
        (_("your alert"), price_figure(what.symbol, what.price, scene)),
        *_marked(what.symbol, news, scene, _),
        (_("beyond it"), Percent(mark / what.price - ONE, signed=True)),
    )
    return title, (Facts(rows),)


def _marked(symbol: Symbol, news: News, scene: Scene, _: Translate) -> Iterator[tuple[str, Figure]]:
    """The mark, and how old it was when the alert fired."""
    age = int((news.at - scene.marks.mark(symbol).at).total_seconds())
    yield _("mark"), price_figure(symbol, scene.mark(symbol), scene)
    yield _("its age"), Age(max(0, age))


def _near(
    what: LiquidationAlert, news: News, account: PaperAccount, scene: Scene, _: Translate
) -> tuple[Words, tuple[Block, ...]]:
    numbers = _fired(news).numbers
    figures: dict[str, Figure] = {"within": Percent(what.within, _places(what))}
    if len(numbers) == 1:
        line = position_title(account.position(numbers[0]), scene, _)
        text = _("Within {within} of liquidation: {position}.").replace("{position}", line.text)
        title = Words(text, {**line.figures, **figures})
    else:
        text = _("{count} positions are within {within} of liquidation.")
        title = Words(text, {**figures, "count": Count(len(numbers))})
    blocks: list[Block] = []
    for number in numbers:
        position = account.position(number)
        rows = (
            *_marked(position.leg.symbol, news, scene, _),
            *limit_rows(account, position, scene, _),
        )
        name = f"#{number} {base_of(position.leg.symbol)}" if len(numbers) > 1 else ""
        blocks.append(Facts(rows, name))
    return title, tuple(blocks)


def _soon(news: News, scene: Scene, _: Translate) -> tuple[Words, tuple[Block, ...]]:
    fired, marks = _fired(news), scene.marks
    first = min(marks.prices.values(), key=lambda mark: mark.funding_at or news.at)
    coins = Label(", ".join(base_of(symbol) for symbol in marks))
    when = Moment(first.funding_at or news.at)
    title = Words(_("Funding of {coins} is due at {when}."), {"coins": coins, "when": when})
    blocks: list[Block] = []
    for symbol, mark in marks.prices.items():
        rows = (
            (_("rate"), Percent(mark.funding or ZERO, 4, signed=True)),
            *_marked(symbol, news, scene, _),
        )
        blocks.append(Facts(rows, base_of(symbol) if len(marks.prices) > 1 else ""))
    if fired.numbers:
        label = _("you pay about") if fired.payment < ZERO else _("you receive about")
        blocks.append(Facts(((label, Money(abs(fired.payment))),)))
    return title, tuple(blocks)
