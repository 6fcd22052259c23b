"""The daily price board of a group: mark, change in 24 hours and funding of the main coins."""

from bot.chat.demo import warned
from bot.chat.figures import Age, Figure, Label, Moment, Percent, PriceOf
from bot.chat.i18n import Translate
from bot.chat.reply import Notes, Reply, Row, Table, Words
from core.market import Symbol
from core.services.prices import Stage

COINS = ("BTC", "ETH", "BNB", "XRP", "SOL", "DOGE", "ADA")
"""The coins of the ticker that have a contract."""


def board_reply(stage: Stage, _: Translate, zone: str = "") -> Reply:
    """Word the board; coins without a mark are left out."""
    rows = [_row(stage, coin) for coin in COINS]
    title = Words(_("Prices of {when}."), {"when": Moment(stage.marks.at)})
    notes = [Words(_("mark price {age} old"), {"age": Age(stage.age)})]
    due = [m.funding_at for m in stage.marks.prices.values() if m.funding_at is not None]
    if due:
        notes.append(Words(_("funding due {when}"), {"when": Moment(min(due))}))
    notes.append(Words(_("posted daily because this group's hosts asked for it: /schedule")))
    return Reply(
        blocks=(
            warned(title, stage.marks.market, _),
            Table((_("mark"), _("24 h"), _("funding")), tuple(row for row in rows if row)),
            Notes(tuple(notes)),
        ),
        short=title,
        zone=zone,
    )


def _row(stage: Stage, coin: str) -> Row | None:
    symbol = Symbol(f"{coin}USDT")
    mark, instrument = stage.marks.get(symbol), stage.listing.instruments.get(symbol)
    if mark is None or instrument is None:
        return None
    none = Label("-")
    change: Figure = none if mark.change is None else Percent(mark.change, signed=True)
    funding: Figure = none if mark.funding is None else Percent(mark.funding, 4, signed=True)
    price = PriceOf(mark.price, instrument.tick_at(mark.price))
    return Row(Label(coin), (price, change, funding))
