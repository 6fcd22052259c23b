"""What must be true of games after a process was killed, counted in plain SQL on a copy."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from decimal import localcontext
from pathlib import Path

from bot.adapters.database import Database
from core.lessons.game.asking import Asking
from core.lessons.game.books import GameBooks
from core.money import EXACT
from tests.long.game_crowd import BETWEEN, OPEN, Heard
from tests.long.ledgers import copied

TWICE = """
SELECT 'request ' || request || ' is logged ' || COUNT(*) || ' times' FROM game_input
WHERE request <> '' GROUP BY request HAVING COUNT(*) > 1
UNION ALL SELECT 'learner ' || learner || ' sits ' || COUNT(*) || ' times in game ' || game
FROM game_seat GROUP BY game, learner HAVING COUNT(*) > 1
UNION ALL SELECT 'learner ' || learner || ' won game ' || game || ' ' || COUNT(*) || ' times'
FROM game_won GROUP BY game, learner HAVING COUNT(*) > 1
UNION ALL SELECT 'game ' || game || ' says ' || view || ' ' || number || ' ' || COUNT(*) || ' times'
FROM game_post GROUP BY game, view, number, player, room HAVING COUNT(*) > 1
"""
GAPS = """
SELECT 'the log of game ' || game || ' has ' || COUNT(*) || ' inputs, the last is ' || MAX(number)
FROM game_input GROUP BY game HAVING COUNT(*) <> MAX(number)
"""
WAITS = "SELECT id, game, view, number FROM game_post WHERE sent_at IS NULL"
UNFINISHED = "SELECT number, kind, phase FROM game WHERE phase <> 'final'"

SEATED = """
SELECT identity.person FROM game_seat JOIN identity ON identity.learner = game_seat.learner
"""

ORDERS = ("/trade long ", "/trade short ", "/trade close ", "/trade margin ")
LOGGED = ("/challenge act ", "/challenge begin ", "/challenge stop ", "/answer ", *ORDERS)
"""What people say that must stand in a game's log once they were told that it was taken."""

JOINED = ("/challenge join ", "/challenge hide ")


STOOD = ("draft", "open", "running", OPEN, BETWEEN, "frozen", "settling", "final")
"""How a game may stand when a life ends."""


@dataclass
class GameProof:
    """What is known of the games of one file, from life to life."""

    database: Path
    heard: Heard
    stood: Counter[str] = field(default_factory=Counter)
    """Ends of lives at which some game stood in a phase."""
    logged: int = 0
    confirmed: int = 0
    won: int = 0
    _seen: dict[tuple[int, int], str] = field(default_factory=dict)

    def wrong(self, said: Counter[int], *, clean: bool = False) -> list[str]:
        """Everything that is not as it must be; `said` is how often the platform has a post."""
        copy = copied(self.database)
        database = Database(f"sqlite:///{copy}")
        try:
            with (
                localcontext(EXACT),
                database.units().reading() as books,
                closing(sqlite3.connect(copy)) as rows,
            ):
                self.stood.update(self._stood(books.games, rows))
                return [
                    *(f"audit: {fault}" for fault in books.paper.faults()),
                    *(line for (line,) in rows.execute(TWICE + "UNION ALL" + GAPS)),
                    *self._of_requests(rows),
                    *self._of_log(rows),
                    *self._of_posts(rows, said, clean=clean),
                    *(self._unfinished(rows) if clean else ()),
                ]
        finally:
            database.close()

    def _of_requests(self, rows: sqlite3.Connection) -> Iterator[str]:
        """What people were told is in the log; who was told that they play has a seat."""
        logged = {r for (r,) in rows.execute("SELECT request FROM game_input WHERE request <> ''")}
        seated, self.confirmed = {person for (person,) in rows.execute(SEATED)}, 0
        for request, (who, outcome, text) in self.heard.answered.items():
            if outcome == "ok" and text.startswith(LOGGED):
                self.confirmed += 1
                if request not in logged:
                    yield f"{request}: {text!r} was taken, and is not in the log"
            if outcome == "ok" and text.startswith(JOINED):
                self.confirmed += 1
                if who not in seated:
                    yield f"{request}: {who} plays, and has no seat"

    def _of_log(self, rows: sqlite3.Connection) -> Iterator[str]:
        """What stood in a log stands there for ever."""
        now = {
            (game, number): body
            for game, number, body in rows.execute("SELECT game, number, body FROM game_input")
        }
        for key, body in self._seen.items():
            if now.get(key) != body:
                yield f"input {key} was {body[:80]}, and is {now.get(key, 'gone')[:80]}"
        self._seen, self.logged = now, len(now)
        ((self.won,),) = rows.execute("SELECT COUNT(*) FROM game_won")

    def _of_posts(
        self, rows: sqlite3.Connection, said: Counter[int], *, clean: bool
    ) -> Iterator[str]:
        """What counts as said was said; nothing was said more often than it was cut off."""
        sent = {n for (n,) in rows.execute("SELECT id FROM game_post WHERE sent_at IS NOT NULL")}
        yield from (f"post {n} counts as said, and was not" for n in sent - said.keys())
        known = {n for (n,) in rows.execute("SELECT id FROM game_post")}
        yield from (f"post {n} was said before it was there" for n in said.keys() - known)
        for number, times in said.items():
            if times > 1 + self.heard.cut[number]:
                yield f"post {number}: said {times} times, cut off {self.heard.cut[number]} times"
        if clean:
            yield from (f"post {row} waits for ever" for row in rows.execute(WAITS))

    def _stood(self, games: GameBooks, rows: sqlite3.Connection) -> set[str]:
        """The phases in which games were; of games of questions, too, whether one was open."""
        found = set()
        for number, phase in rows.execute("SELECT number, phase FROM game").fetchall():
            found.add(phase)
            kept = games.game(number)
            play: object = None if kept is None else kept.state.play
            if phase == "running" and isinstance(play, Asking):
                found.add(OPEN if play.rounds.last.is_open else BETWEEN)
        return found

    def _unfinished(self, rows: sqlite3.Connection) -> Iterator[str]:
        yield from (f"game {n} ({kind}) is {p}" for n, kind, p in rows.execute(UNFINISHED))
