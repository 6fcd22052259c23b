"""/about: what this is, where its figures come from."""

from bot.chat.ask import Ask
from bot.chat.cards import title
from bot.chat.command import command
from bot.chat.demo import DEMO
from bot.chat.figures import Day, Label
from bot.chat.reply import Choice, Points, Reply, Text, Words


@command(examples=("/about",))
def about(ask: Ask) -> Reply:
    """Say what this is and where its figures come from."""
    points = [_tables(ask, name) for name in ask.services.prices.listings]
    if ask.services.prices.market == DEMO:
        points.append(Words(ask._("Prices: a recording of 2026 from OKX, re-based and replayed.")))
    points.append(
        Words(
            ask._(
                "Historical prices are facts published by the exchanges, cut to short windows "
                "for education. Not affiliated with them."
            )
        )
    )
    return Reply(
        blocks=(
            title(ask, None, Words(ask._("Marginbot."))),
            Text(
                Words(
                    ask._(
                        "It compares isolated with cross margin to the venue's own arithmetic. "
                        "It simulates, holds no keys, and gives no advice."
                    )
                )
            ),
            Points(tuple(points)),
        ),
        choices=((Choice(ask._("Help"), "/help"), Choice(ask._("Privacy"), "/privacy")),),
    )


def _tables(ask: Ask, venue: str) -> Words:
    """A venue's tables and their date."""
    listing = ask.services.prices.listings[venue]
    listed = [listing.instruments[symbol] for symbol in listing.tradable]
    dates = [i.brackets.as_of for i in listed if i.brackets.as_of]
    return Words(
        ask._("{venue}: {count} contracts, tiers of {date}"),
        {
            "venue": Label(listing.venue.name),
            "count": Label(str(len(listed))),
            "date": Day(min(dates)),
        },
    )
