"""What must hold after a simulation, whatever happened in it; each check returns its complaints."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal, localcontext

from bot.adapters.database.codec import loads
from bot.chat.ports import Outcome
from core.lessons.challenges import kinds
from core.lessons.challenges.arena import Arena
from core.lessons.game.audit import Audit, agrees
from core.lessons.game.kind import Table
from core.lessons.game.trading import market_of
from core.money import EXACT
from core.paper.account import PaperAccount
from tests.sims.limits import discord_allows, telegram_allows
from tests.sims.on_discord import DiscordChannel
from tests.sims.recount.result import Result, differences
from tests.sims.recount.told import WIDE, Told, moment
from tests.sims.recount.wallet import Wallet
from tests.sims.sim import Sim

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


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


def who_was_kicked_has_left(sim: Sim) -> Iterator[str]:
    """A day after they were thrown out, once; what they held was closed at a mark after that."""
    kept, seat = sim.house.game(sim.number), sim.house.app.challenges.seat
    state, play = kept.state, kept.state.play
    inputs = json.loads(sim.house.published(sim.number))["inputs"]
    for who, at in sim.kicked.items():
        number = seat(sim.identity(who), sim.number) or 0
        left, account = state.game.player(number).left, state.accounts[number]
        if left is None or not DAY <= left - at <= DAY + 2 * HOUR:
            yield f"player {number}, kicked at {at}, left at {left}"
        own = [each for each in inputs if each["is"] == "Left" and each["player"] == number]
        if sum(moment(each["at"]) > at for each in own) != 1:
            yield f"player {number} did not leave once"
        if account.positions or account.orders:
            yield f"player {number} still holds {account.positions} {account.orders}"
        assert isinstance(play, Arena)
        assert play.session is not None
        last = max(t.closed for t in play.session.notes[number].trades if t.closed is not None)
        if left is not None and not left < last <= left + MINUTE:
            yield f"player {number} left at {left}, was closed at {last}"
        ground = kept.ground
        assert ground is not None
        with localcontext(EXACT):
            standings = play.standings(Table(state.game, ground, state.accounts))
        if any(one.listed for one in standings if one.player == number):
            yield f"player {number} is ranked"


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
    who_was_kicked_has_left,
    discord_allows,
)
