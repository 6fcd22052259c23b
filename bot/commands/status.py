"""/status: where prices come from, and how they come just now."""

from collections.abc import Mapping
from datetime import datetime

from bot.chat.ask import Ask
from bot.chat.cards import title
from bot.chat.command import command
from bot.chat.demo import DEMO
from bot.chat.figures import Age, Count, Figure, Label, Moment
from bot.chat.reply import Choice, Facts, Reply, Text, Words
from bot.chat.symbols import base_of
from core.market import Symbol
from core.market_guard import FeedState, FeedStatus
from core.venue import VENUES


@command(examples=("/status",))
def status(ask: Ask) -> Reply:
    """Say which market prices come from, and whether they do."""
    feed = ask.services.prices.status()
    told = _headline(ask, feed)
    return Reply(
        blocks=(
            title(ask, None, told),
            Facts(_facts(ask, feed)),
            *(Text(Words(text)) for text in _meaning(ask, feed)),
            *(Text(words) for words in _waiting(ask, feed)),
        ),
        choices=(
            (Choice(ask._("Refresh"), "/status", replace=True), Choice(ask._("Portfolio"), "/pf")),
        ),
        short=told,
    )


def _headline(ask: Ask, feed: FeedStatus) -> Words:
    """Market and state in one sentence."""
    if feed.market == DEMO:
        return Words(ask._("Prices: a recording, replayed."))
    figures: dict[str, Figure] = {"market": Label(_name(feed)), "since": Moment(feed.since)}
    sentences = {
        FeedState.LIVE: ask._("Prices: {market}, live since {since}."),
        FeedState.QUIET: ask._("Prices: {market}, silent since {since}."),
        FeedState.POLLING: ask._("Prices: {market}, polled since {since}."),
        FeedState.STALE: ask._("Prices: {market}, stale since {since}."),
    }
    return Words(sentences[feed.state], figures)


def _facts(ask: Ask, feed: FeedStatus) -> tuple[tuple[str, Figure], ...]:
    """How many contracts, how old, checked with whom."""
    rows: list[tuple[str, Figure]] = [
        (ask._("contracts"), Count(feed.symbols)),
        (ask._("newest price"), _age(ask, feed)),
    ]
    if feed.waiting:
        rows.append((ask._("unconfirmed"), Count(feed.waiting)))
    if feed.second is not None:
        rows.append((ask._("checked with"), Label(_name(feed.second))))
        rows.append((ask._("its newest"), _age(ask, feed.second)))
    return tuple(rows)


def _meaning(ask: Ask, feed: FeedStatus) -> list[str]:
    """What the state means for whoever trades."""
    if feed.market == DEMO:
        return []
    told = []
    if feed.state is FeedState.STALE:
        told.append(ask._("Orders are refused and nothing is liquidated until prices come again."))
    elif not feed.listens:
        told.append(ask._("They were asked for once, just now: nobody listens to the stream here."))
    elif feed.state is FeedState.QUIET:
        told.append(ask._("The stream is being dialled anew."))
    elif feed.state is FeedState.POLLING:
        told.append(ask._("The stream is down, so prices are asked for every few seconds."))
    if feed.waiting:
        told.append(
            ask._(
                "Unconfirmed prices jumped or differ from the second venue; "
                "they decide nothing until they are confirmed."
            )
        )
    if feed.second is None:
        told.append(ask._("No second venue checks them."))
    elif feed.second.state is FeedState.STALE:
        told.append(ask._("The second venue is silent, so nothing checks them now."))
    return told


def _waiting(ask: Ask, feed: FeedStatus) -> list[Words]:
    """Contracts that are silent, or speak again and are not judged yet; and what that waits for."""
    if feed.market == DEMO or feed.state is FeedState.STALE:
        return []
    backlog, told = ask.services.trading.backlog(), []
    spoken = backlog.spoken(ask.services.prices.fresh())
    silent = {symbol: at for symbol, at in backlog.since.items() if symbol not in spoken}
    if silent:
        text = ask._("No price of {coins} comes since {since}: nothing is decided about it.")
        told.append(Words(text, _since(silent)))
    if spoken:
        text = ask._(
            "What happened to {coins} from {since} on is judged first; until then nobody who has "
            "something in it can trade."
        )
        told.append(Words(text, _since(spoken)))
    if spoken and backlog.asked is not None:
        text = ask._("The venue is asked for these minutes in vain since {asked}.")
        told.append(Words(text, {"asked": Moment(backlog.asked)}))
    return told


def _since(since: Mapping[Symbol, datetime]) -> dict[str, Figure]:
    """Contracts, and the first moment of them."""
    coins = ", ".join(base_of(symbol) for symbol in sorted(since))
    return {"coins": Label(coins), "since": Moment(min(since.values()))}


def _age(ask: Ask, feed: FeedStatus) -> Figure:
    """How old the newest price is; a dash before the first."""
    if feed.newest is None:
        return Label("-")
    return Age(max(0, int((ask.now - feed.newest).total_seconds())))


def _name(feed: FeedStatus) -> str:
    return VENUES[feed.market].name if feed.market in VENUES else feed.market
