"""A player's own account in a game: what it holds, and how near its walls are."""

from bot.chat.figures import Figure, Label, Money
from bot.chat.games.seen import Seen
from bot.chat.positions import position_card, position_title
from bot.chat.reply import Block, Choice, Facts, Reply, Text, Title, Words
from core.lessons.game.errors import NotPlaying
from core.lessons.game.trading import equity
from core.paper.scene import Scene


def own_view(seen: Seen, seat: int | None) -> Reply:
    """Return the account of a seat in words. Raises `NotPlaying`."""
    _ = seen._
    if seat is None:
        raise NotPlaying
    title = Words(_("Yours in game {game}."), {"game": Label(f"#{seen.kept.number}")})
    account, marks = seen.kept.state.accounts.get(seat), seen.marks
    if account is None or marks is None or not account.symbols <= marks.prices.keys():
        nothing = Words(_("There is nothing in it yet; it begins with the first mark."))
        return Reply((Title(title), Text(nothing)), short=title)
    scene = Scene(seen.ground.listing, marks, marks.at, seen.ground.rules)
    rows: tuple[tuple[str, Figure], ...] = (
        (_("wallet"), Money(account.wallet)),
        (_("worth now"), Money(equity(account, marks))),
    )
    cards: list[Block] = []
    for position in account.positions:
        cards.append(Text(position_title(position, scene, _)))
        cards.append(position_card(account, position, scene, _))
    if not cards:
        cards.append(Text(Words(_("No position is open."))))
    line = f"/challenge mine {seen.kept.number}"
    refresh = Choice(_("Refresh"), line, replace=True, kept=True)
    return Reply((Title(title), Facts(rows), *cards), ((refresh,),), short=title)
