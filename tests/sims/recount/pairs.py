"""Two who traded against each other, found by comparing every trade with every other one."""

from dataclasses import replace
from datetime import datetime, timedelta

from tests.sims.recount.told import Place, Told
from tests.sims.recount.trading import Session
from tests.sims.recount.wallet import Trade

SECOND = timedelta(seconds=1)


def mirrored(session: Session) -> list[tuple[int, int]]:
    """Return the pairs of whom two trades or more, and half of the fewer one's, are mirrored."""
    found = []
    until = session.last
    players = sorted(session.wallets)
    for place, one in enumerate(players):
        for other in players[place + 1 :]:
            ours, theirs = (session.wallets[p].trades.values() for p in (one, other))
            both = [(a.number, b.number) for a in ours for b in theirs if _against(a, b, until)]
            mirrors = min(len({a for a, _ in both}), len({b for _, b in both}))
            if mirrors >= 2 and 2 * mirrors >= min(len(ours), len(theirs)):
                found.append((one, other))
    return found


def tied(told: Told, session: Session) -> list[tuple[int, int]]:
    """Return the pairs who share a place: those whom no host, in the last word, called chance."""
    rulings = [what for what in told.file["inputs"] if what["is"] == "Ruled"]
    words = [what["about"].split() for what in rulings if what["what"] == "pair"]
    last = {frozenset(map(int, word[:2])): word[2] for word in words}
    return [two for two in mirrored(session) if last.get(frozenset(two)) != "clear"]


def _against(one: Trade, other: Trade, until: datetime) -> bool:
    """Opposite sides of one contract, and together for more than nine tenths of the whole time."""
    if one.symbol != other.symbol or one.sign == other.sign:
        return False
    ends = [trade.closed or until for trade in (one, other)]
    common = (min(ends) - max(one.opened, other.opened)) // SECOND
    whole = (max(ends) - min(one.opened, other.opened)) // SECOND
    return common * 10 > whole * 9


def shared(places: list[Place], pairs: list[tuple[int, int]]) -> list[Place]:
    """Let whoever is tied to others have the figures of the lowest of them."""
    known = {one.player: one for one in places}
    ties = {player: {player} for player in known}
    for one, other in pairs:
        group = ties[one] | ties[other]
        for player in group:
            ties[player] = group
    lowest = {
        player: min((known[other] for other in group), key=lambda o: (o.listed, o.figures))
        for player, group in ties.items()
    }
    return [replace(lowest[player], player=player) for player in known]
