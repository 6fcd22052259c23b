"""What must hold after a simulation, whatever happened in it; each check returns its complaints."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal, localcontext
from itertools import pairwise

from bot.adapters.database.codec import loads
from bot.chat.ports import Outcome
from core.lessons.challenges import kinds
from core.lessons.game.audit import Audit, agrees
from core.lessons.game.trading import market_of
from core.money import EXACT
from core.paper.account import PaperAccount
from tests.sims.on_discord import DiscordChannel
from tests.sims.on_telegram import TelegramGroup
from tests.sims.recount.result import Result, differences
from tests.sims.recount.told import WIDE, Told
from tests.sims.recount.wallet import Wallet
from tests.sims.sim import Sim

MINUTE, HALF = timedelta(minutes=1), timedelta(seconds=30)
A_MINUTE = 20
"""Messages that Telegram takes in one group in a minute."""


def complaints(sim: Sim) -> list[str]:
    """Everything that is not as it must be."""
    return [line for check in CHECKS for line in check(sim)]


def counted_anew(sim: Sim) -> Iterator[str]:
    """Scores and accounts are those of an independent count of the audit file."""
    text = sim.house.published(sim.number)
    with localcontext(WIDE):
        told = Told.read(text)
        found = sim.format.recount(told)
        yield from differences(told, found)
        yield from _accounts(sim, found)
    with localcontext(EXACT):
        audit = loads(Audit, text)
        yield from (f"verify: {code}" for code in agrees(audit, kinds()[audit.kind]))


def _accounts(sim: Sim, found: Result) -> Iterator[str]:
    """Of the game and of the ledger; the ledger has none of who was forgotten."""
    kept = sim.house.game(sim.number).state
    database = sim.house.database()
    try:
        with database.units().reading() as books:
            seats = books.games.seats(sim.number)
            purse = 0 if kept.play is None else kept.play.purse
            market = market_of(sim.number, purse)
            for player, wallet in found.wallets.items():
                yield from _same(f"game, player {player}", kept.accounts.get(player), wallet)
                booked = books.paper.account(seats[player], market)
                yield from _same(f"ledger, player {player}", booked, wallet)
    finally:
        database.close()


def _same(what: str, account: PaperAccount | None, wallet: Wallet) -> Iterator[str]:
    if account is None:
        yield f"{what}: no account"
        return
    ours = [
        (p.leg.symbol, p.leg.side.sign, p.leg.quantity, p.leg.entry_cost, p.margin)
        for p in account.positions
    ]
    theirs = [
        (h.symbol, Decimal(h.sign), h.quantity, h.cost, h.pocket or Decimal(0)) for h in wallet.held
    ]
    if (account.wallet, ours) != (wallet.money, theirs):
        yield f"{what}: {account.wallet} {ours}, but {wallet.money} {theirs}"


def books_are_sound(sim: Sim) -> Iterator[str]:
    """No sum is off, nobody sits twice, nothing was won twice."""
    database = sim.house.database()
    try:
        with database.units().reading() as books, localcontext(EXACT):
            yield from (f"books: {fault}" for fault in books.paper.faults())
            seats = books.games.seats(sim.number)
            if len(set(seats.values())) != len(seats):
                yield f"somebody sits twice: {seats}"
            for learner in seats.values():
                won = [each.game for each in books.games.wins(learner)]
                if len(set(won)) != len(won):
                    yield f"won twice: {won}"
    finally:
        database.close()


def nobody_stands_twice(sim: Sim) -> Iterator[str]:
    """Each person is one player, and each player of the game stands once in the result."""
    game = sim.house.game(sim.number).state.game
    numbers = [player.number for player in game.players]
    if len(set(numbers)) != len(numbers) or len(numbers) > sim.plan.size:
        yield f"players: {numbers}"


def every_place_plays(sim: Sim) -> Iterator[str]:
    """People of each group are among the players: a league is one game in several chats."""
    rooms = {player.room for player in sim.house.game(sim.number).state.game.players}
    if len(rooms) != len(sim.groups):
        yield f"players come from rooms {sorted(rooms)}, not from {len(sim.groups)}"


def nothing_waits(sim: Sim) -> Iterator[str]:
    """Every post was said once in every chat, or given up; none waits, none was said twice."""
    said = Counter[tuple[str, str]]()
    for group in sim.groups:
        for one in group.ear.posts:
            if not one.old and one.outcome is Outcome.DELIVERED:
                said[group.platform, one.message] += 1
    rows = list(_rows(sim))
    for view, due, sent, *_ in rows:
        if due is not None:
            yield f"{view} waits until {due}"
        if due is None and sent is None:
            yield f"{view} was given up"
    messages = sum(sent is not None for _, _, sent, _ in rows)
    if messages != sum(said.values()):
        yield f"{messages} posts, said {sum(said.values())} times"


def _rows(sim: Sim) -> Iterator[tuple[str, object, object, str]]:
    import sqlite3  # noqa: PLC0415 - what lies in the file, without our own reading of it
    from contextlib import closing  # noqa: PLC0415

    with closing(sqlite3.connect(sim.house.path)) as rows:
        yield from rows.execute(
            "SELECT view || ' ' || number, due_at, sent_at, message FROM game_post "
            "WHERE game = ? AND player = 0 ORDER BY id",
            (sim.number,),
        )


def telegram_allows(sim: Sim) -> Iterator[str]:
    """At most 20 messages and edits in any minute, and no board more often than every 30 s."""
    for group in sim.groups:
        if isinstance(group, TelegramGroup):
            moments = [call.at for call in group.api.spoken if call.chat < 0]
            most = busiest(moments, MINUTE)
            if most > A_MINUTE:
                yield f"{most} messages in one minute"
            yield from _boards(group)
            yield from group.world.unanswered()


def _boards(group: TelegramGroup) -> Iterator[str]:
    """Boards that were edited too often; a last look at one that is followed does not count."""
    last: dict[str, list[datetime]] = {}
    for one in group.ear.posts:
        if one.old and one.outcome is Outcome.DELIVERED:
            last.setdefault(one.old, []).append(one.at)
    for message, moments in last.items():
        often = [a for a, b in pairwise(moments[:-1]) if b - a < HALF]
        if often:
            yield f"board {message} was edited {len(often)} times too soon"


def busiest(moments: Iterable[object], span: timedelta) -> int:
    """Return the most that fell into any stretch of a length."""
    window: deque[object] = deque()
    most = 0
    for at in moments:
        window.append(at)
        while window and at - window[0] >= span:  # type: ignore[operator]  # moments
            window.popleft()
        most = max(most, len(window))
    return most


def threads_hold_games(sim: Sim) -> Iterator[str]:
    """On Discord the channel has the lobby and the end; all between them is in the one thread."""
    for group in sim.groups:
        if isinstance(group, DiscordChannel):
            new = [one for one in group.ear.posts if one.message and not one.old]
            places = Counter(one.thread for one in new)
            if (group.threads, places[""], len(places)) != (1, 2, 2):
                yield f"{group.threads} threads, posts by thread: {dict(places)}"


CHECKS = (
    counted_anew,
    books_are_sound,
    nobody_stands_twice,
    every_place_plays,
    threads_hold_games,
    nothing_waits,
    telegram_allows,
)
