"""A player's own account in a game: what it holds, and how near its walls are."""

from bot.chat.figures import Figure, Label, Money, Percent
from bot.chat.games.seen import Seen
from bot.chat.i18n import Translate
from bot.chat.positions import limit_of, position_card, position_title, price_figure
from bot.chat.reply import Block, Choice, Facts, Reply, Text, Title, Words
from core.lessons.challenges.arena import Arena
from core.lessons.challenges.prop import Prop
from core.lessons.challenges.squads import Squads
from core.lessons.game.errors import NotPlaying
from core.lessons.game.session import Session
from core.lessons.way import equity
from core.money import ONE
from core.paper.account import PaperAccount
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
        *_place(seen, seat),
        (_("wallet"), Money(account.wallet)),
        (_("worth now"), Money(equity(account, marks))),
    )
    cards: list[Block] = [*_unfilled(seen, seat)]
    for position in account.positions:
        cards.append(Text(position_title(position, scene, _)))
        cards.append(position_card(account, position, scene, _))
    if not account.positions:
        cards.append(Text(Words(_("No position is open."))))
    line = f"/challenge mine {seen.kept.number}"
    refresh = Choice(_("Refresh"), line, replace=True, kept=True)
    short = _in_short(account, dict(rows), scene, _)
    return Reply((Title(title), Facts(rows), *cards), ((refresh,),), short=short)


def _unfilled(seen: Seen, seat: int) -> tuple[Block, ...]:
    """That the last order found no fill, until one does."""
    session = _session(seen.kept.state.play)
    notes = None if session is None else session.notes.get(seat)
    if notes is None or not notes.refused:
        return ()
    text = seen._("Your last order could not be filled at its mark. Try it again.")
    return (Text(Words(text), strong=True),)


def _session(play: object) -> Session | None:
    match play:
        case Arena() | Prop():
            return play.session
        case Squads():
            return play.arena.session
        case _:
            return None


def _place(seen: Seen, seat: int) -> tuple[tuple[str, Figure], ...]:
    """Where they stand among those who are listed; `-` under the line."""
    play = seen.kept.state.play
    standings = () if play is None else play.standings(seen.table)
    own = next((one for one in standings if one.player == seat), None)
    if own is None:
        return ()
    listed = sum(one.listed for one in standings)
    place = seen._("{place} of {count}").format(place=own.place, count=listed)
    return ((seen._("place"), Label(place if own.listed else "-")),)


def _in_short(account: PaperAccount, rows: dict[str, Figure], scene: Scene, _: Translate) -> Words:
    """Wallet, worth and the nearest liquidation, in one sentence."""
    figures = {"wallet": rows[_("wallet")], "worth": rows[_("worth now")]}
    ends = [
        (abs(limit / scene.mark(position.leg.symbol) - ONE), position.leg.symbol, limit)
        for position in account.positions
        if (limit := limit_of(account, position, scene)) is not None
    ]
    text = _("Wallet {wallet}, worth {worth}.")
    if not ends:
        text += " " + (_("No position is open.") if not account.positions else _("No liquidation."))
        return Words(text, figures)
    away, symbol, limit = min(ends)
    text += " " + _("Liquidation at {price}, {away} away.")
    figures |= {"price": price_figure(symbol, limit, scene), "away": Percent(away)}
    return Words(text, figures)
