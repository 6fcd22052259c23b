"""/stats: what all your trades come to."""

from decimal import Decimal

from bot.chat.ask import Ask
from bot.chat.cards import title
from bot.chat.command import command
from bot.chat.figures import Count, Day, Figure, Label, Money, Percent
from bot.chat.games.badges import badges_row
from bot.chat.reply import Choice, Facts, Notes, Reply, Words
from core.paper.account import PaperAccount, bare
from core.paper.records import Recorded
from core.paper.tally import Tally, tally
from core.services.identities import last_reset


@command(examples=("/stats",), personal=True)
def stats(ask: Ask, text: str | None = None) -> Reply:
    """Sum up your trades: gains, fees, funding, liquidations."""
    account = ask.services.accounts.look(ask.identity)
    history = ask.services.accounts.history(ask.identity)
    happened = ((each.event, each.at) for each in history)
    sums = tally(bare(account.id, account.market), happened)
    return Reply(
        blocks=(
            title(ask, None, Words(ask._("All your trades."))),
            Facts(
                (
                    *_trades(ask, sums),
                    *_money(ask, sums),
                    *_resets(ask, account, history),
                    badges_row(ask),
                )
            ),
            Notes((Words(ask._("counted since the account began; a reset wipes nothing out")),)),
        ),
        choices=(
            (Choice(ask._("History"), "/history"), Choice(ask._("Portfolio"), "/pf")),
            (Choice(ask._("Badges"), "/challenge badges", kept=True),),
        ),
        short=Words(ask._("Net result: {net}"), {"net": Money(sums.net, "USDT", signed=True)}),
    )


def _trades(ask: Ask, sums: Tally) -> tuple[tuple[str, Figure], ...]:
    """How many were closed, and how many of them well."""
    rate: Figure = Percent(Decimal(sums.won) / sums.trades, 0) if sums.trades else Label("-")
    return (
        (ask._("closed trades"), Count(sums.trades)),
        (ask._("of them with a gain"), Count(sums.won)),
        (ask._("win rate"), rate),
        (ask._("liquidations"), Count(sums.liquidations)),
        (ask._("biggest loss"), Money(sums.worst, signed=True)),
    )


def _money(ask: Ask, sums: Tally) -> tuple[tuple[str, Figure], ...]:
    """What was gained and paid."""
    rows: list[tuple[str, Figure]] = [
        (ask._("realised PnL"), Money(sums.realized, signed=True)),
        (ask._("fees"), Money(sums.fees, signed=True)),
        (ask._("funding"), Money(sums.funding, signed=True)),
    ]
    if sums.insurance:
        rows.append((ask._("insurance fund"), Money(sums.insurance, signed=True)))
    return (*rows, (ask._("net"), Money(sums.net, signed=True)))


def _resets(
    ask: Ask, account: PaperAccount, history: tuple[Recorded, ...]
) -> tuple[tuple[str, Figure], ...]:
    """How often the account was begun anew, and when last."""
    rows: list[tuple[str, Figure]] = [(ask._("resets"), Count(account.resets))]
    last = last_reset(history)
    if last is not None:
        rows.append((ask._("last reset"), Day(last.date())))
    return tuple(rows)
