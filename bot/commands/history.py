"""/history: what happened to your account, newest first."""

from bot.chat.ask import Ask
from bot.chat.cards import title
from bot.chat.command import command
from bot.chat.figures import Count, Label, Moment
from bot.chat.happenings import happened, symbols_of
from bot.chat.reply import Choice, Points, Reply, Text, Words
from bot.chat.say import coin_word
from bot.chat.symbols import base_of
from core.market import Listing, Symbol
from core.paper.records import Recorded

PAGE = 10
"""So many events stand in one answer."""

Numbered = tuple[int, Recorded]


@command(examples=("/history", "/history BTC"), personal=True)
def history(ask: Ask, symbol: Symbol | None = None, id: str | None = None) -> Reply:
    """Show the last ten things that happened to your account."""
    account = ask.services.accounts.look(ask.identity)
    listing = ask.services.prices.listings[account.venue]
    numbered = enumerate(ask.services.accounts.history(ask.identity), 1)
    found = [(n, each) for n, each in numbered if _is_asked(each, symbol)]
    last = int(id) if id and id.isdecimal() else len(found) and found[-1][0]
    upto = [each for each in found if each[0] <= last]
    shown, older = upto[-PAGE:], upto[:-PAGE]
    points = tuple(_line(ask, each, listing) for _, each in reversed(shown))
    return Reply(
        blocks=(
            title(ask, None, _heading(ask, symbol, shown, len(found))),
            Points(points) if points else Text(Words(ask._("Nothing has happened yet."))),
        ),
        choices=_choices(ask, symbol, older),
    )


def _is_asked(recorded: Recorded, symbol: Symbol | None) -> bool:
    return symbol is None or symbol in symbols_of(recorded.event)


def _heading(ask: Ask, symbol: Symbol | None, shown: list[Numbered], count: int) -> Words:
    """Which part of how much."""
    text = ask._("Your history, newest first: {shown} of {count}.")
    if symbol is not None:
        text = ask._("Your history in {coin}, newest first: {shown} of {count}.")
    coin = Label(base_of(symbol) if symbol else "")
    return Words(text, {"coin": coin, "shown": Count(len(shown)), "count": Count(count)})


def _line(ask: Ask, recorded: Recorded, listing: Listing) -> Words:
    """One event behind its time."""
    words = happened(recorded.event, listing, ask._)
    return Words("{moment} · " + words.text, {"moment": Moment(recorded.at), **words.figures})


def _choices(
    ask: Ask, symbol: Symbol | None, older: list[Numbered]
) -> tuple[tuple[Choice, ...], ...]:
    """The page before this one, and what it comes to."""
    row = [Choice(ask._("Stats"), "/stats"), Choice(ask._("Portfolio"), "/pf")]
    if older:
        coin = f" {coin_word(symbol)}" if symbol else ""
        line = f"/history{coin} #{older[-1][0]}"
        row.insert(0, Choice(ask._("Older"), line, replace=True))
    return (tuple(row),)
