"""The master of games: lets time and market come to them, and says what they want said.

One process per database keeps games. A message counts when the platform took it, and a game that
waited for it goes on only then; a crash in between repeats it. Live messages are brought up to date
at most every half minute, each chat in its own turn.
"""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Hashable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol
from uuid import uuid4

import structlog

from bot.chat.ports import Notifier, Outcome, Posted, Publisher
from bot.chat.reply import Reply
from bot.chat.request import Chat, Place
from bot.runtime.desks import Busy, Desks
from bot.runtime.loops import pause, surviving
from core.lessons.game.books import DuePost
from core.market import Symbol
from core.services.game_posts import ASIDE
from core.services.gamekeeper import GameKeeper, Gap

log = structlog.get_logger("marginbot")

Word = Callable[[DuePost], Reply]
"""Words what is to be said, from the game as it is now."""

Recall = Callable[[frozenset[Symbol], datetime, datetime], Awaitable[object]]
"""Learns the minutes of contracts between two moments."""

FRESHEN = timedelta(seconds=30)
"""How often a live message is brought up to date at most."""

_REMEMBERED = 10_000
"""Boards of which the message is known."""


class Speaker(Notifier, Publisher, Protocol):
    """A platform that can speak to people and to chats first."""


class GameMaster:
    """Keeps games until it is told to stop."""

    def __init__(
        self,
        keeper: GameKeeper,
        desks: Desks,
        word: Word,
        every: float = 1.0,
        recall: Recall | None = None,
    ) -> None:
        """`word` words a post; `every` seconds all games are looked at.

        `recall` learns what games have missed of a market that was away.
        """
        self._keeper = keeper
        self._desks = desks
        self._word = word
        self._every = every
        self._recall = recall
        self._holder = uuid4().hex
        self._leads = False
        self._speaking: dict[Hashable, asyncio.Task[None]] = {}
        self._boards: OrderedDict[Hashable, DuePost] = OrderedDict()

    async def run(self, stop: asyncio.Event, speakers: Iterable[Speaker]) -> None:
        """Keep games until `stop` is set. A chat that takes its time keeps no other waiting."""
        there = {each.platform: each for each in speakers}
        while not stop.is_set():
            await self._guarded(self.look(there))
            await pause(stop, self._every)
        await asyncio.gather(*self.speaking())

    async def round(self, there: Mapping[str, Speaker]) -> None:
        """Look at all games once, and wait until what is due on these platforms was said."""
        await self.look(there)
        await asyncio.gather(*self.speaking())

    def speaking(self) -> "list[asyncio.Task[None]]":
        """Return what is being said still."""
        return list(self._speaking.values())

    async def look(self, there: Mapping[str, Speaker]) -> None:
        """Look at all games once, and begin to say what is due on these platforms."""
        if not await self._desks.run(self._looked, writes=True):
            return
        gap = self._keeper.gap
        if gap is not None and self._recall is not None:
            self._begin(gap.symbols, self._recalled(gap, self._recall))
        for platform, speaker in there.items():
            due = await self._desks.run(partial(self._keeper.posts, platform), writes=False)
            for where, chat in _by_chat(due).items():
                self._begin(where, self._in_turn(chat, speaker))
            live = await self._desks.run(
                partial(self._keeper.live, platform, FRESHEN), writes=False
            )
            for post in live:
                self._begin(post.id, self._freshened(post, speaker))

    async def _recalled(self, gap: Gap, recall: Recall) -> None:
        """Learn what games have missed; the next look goes on from there."""
        await recall(gap.symbols, gap.since, gap.until)

    def _begin(self, what: Hashable, speaking: Coroutine[None, None, None]) -> None:
        """Begin to say something, unless the same is being said still."""
        if what in self._speaking:
            speaking.close()
            return
        task = asyncio.create_task(self._guarded(speaking))
        self._speaking[what] = task
        task.add_done_callback(lambda _: self._speaking.pop(what))

    async def _guarded(self, work: Awaitable[None]) -> None:
        """Await some work; neither a full desk nor a fault is the end."""
        with surviving("games"):
            await work

    def _looked(self) -> bool:
        """At the writer desk: look at all games, if this process is the one that keeps them."""
        leads = self._keeper.leads(self._holder)
        if leads and not self._leads:
            self._keeper.wake()
        self._leads = leads
        if leads:
            self._keeper.tick()
        return leads

    async def _in_turn(self, posts: Iterable[DuePost], speaker: Speaker) -> None:
        """Say what is due in one chat in its order; the first that fails stops the rest.

        What was taken out before a thread was begun, or lost, goes where its game goes on now.
        """
        threads: dict[int, str] = {}
        for each in posts:
            moved = threads.get(each.game) if each.post.view not in ASIDE else None
            post = each if moved is None else replace(each, thread=moved)
            reply = await self._worded(post)
            posted = Posted(Outcome.LATER)
            if reply is not None:
                post, posted = await self._placed(post, reply, speaker)
            if posted.thread or post.thread != each.thread:
                threads[post.game] = posted.thread or post.thread
            if posted.outcome is Outcome.DELIVERED:
                shown = _fingerprint(reply) if reply is not None and post.post.live else ""
                await self._desks.run(partial(self._sent, post, posted, shown), writes=True)
                if post.post.live:
                    await self._left_behind(replace(post, message=posted.message), speaker)
                continue
            never = posted.outcome is Outcome.NEVER
            await self._desks.run(partial(self._keeper.unsent, post, for_good=never), writes=True)
            log.info("unsaid", platform=speaker.platform, game=post.game, for_good=never)
            return

    async def _left_behind(self, post: DuePost, speaker: Speaker) -> None:
        """Show the board that a new one follows as it is now: nobody brings it up to date again.

        Boards of before a restart are known once they were brought up to date again.
        """
        old = self._boards.pop((post.game, post.room), None)
        self._remember(post)
        if old is None or not old.message:  # a terminal keeps no message that could be replaced
            return
        reply = await self._worded(old)
        if reply is not None:
            await self._spoken(old, reply, speaker)

    def _remember(self, post: DuePost) -> None:
        self._boards[post.game, post.room] = post
        while len(self._boards) > _REMEMBERED:
            self._boards.popitem(last=False)

    def _sent(self, post: DuePost, posted: Posted, shown: str) -> None:
        """At the writer desk: keep that something was said, and what it says."""
        self._keeper.sent(post, posted.message, posted.thread)
        if shown:
            self._keeper.shown(post, posted.message, shown)

    async def _freshened(self, post: DuePost, speaker: Speaker) -> None:
        """Bring a live message up to date where it would say something else."""
        reply = await self._worded(post)
        shown = post.shown if reply is None else _fingerprint(reply)
        message = post.message
        if reply is not None and shown != post.shown:
            post, posted = await self._placed(post, reply, speaker)
            if posted.outcome is not Outcome.DELIVERED:
                shown = post.shown
            message = posted.message or message
        self._remember(replace(post, message=message))
        await self._desks.run(partial(self._keeper.shown, post, message, shown), writes=True)

    async def _worded(self, post: DuePost) -> Reply | None:
        """Words for a post; None where there are none now, which is no reason to stop either."""
        try:
            return await self._desks.run(partial(self._word, post), writes=False)
        except Busy:
            return None
        except Exception:  # one game that cannot be worded must not silence the others
            log.exception("fault", fault=uuid4().hex[:8], doing="games", game=post.game)
            return None

    async def _placed(
        self, post: DuePost, reply: Reply, speaker: Speaker
    ) -> tuple[DuePost, Posted]:
        """Say something where it belongs; a thread that is gone or locked gives way to its chat."""
        posted = await self._spoken(post, reply, speaker)
        if posted.outcome is not Outcome.NEVER or not post.thread:
            return post, posted
        await self._desks.run(partial(self._keeper.lost, post), writes=True)
        log.info("unthreaded", platform=speaker.platform, game=post.game)
        post = replace(post, thread="", message="")
        return post, await self._spoken(post, reply, speaker)

    async def _spoken(self, post: DuePost, reply: Reply, speaker: Speaker) -> Posted:
        """Say something where it belongs; a platform's fault is no reason to stop."""
        try:
            if post.learner is None:
                room = post.room
                chat = Chat(room.chat, _place(post), room.topic, thread=post.thread)
                return await speaker.post(chat, reply, post.message)
            who = await self._desks.run(partial(self._keeper.addressee, post), writes=False)
            return Posted(Outcome.NEVER if who is None else await speaker.deliver(who, reply))
        except Busy:
            return Posted(Outcome.LATER)
        except Exception:  # others must still get theirs
            log.exception("fault", fault=uuid4().hex[:8], doing="games", platform=speaker.platform)
            return Posted(Outcome.LATER)


def _place(post: DuePost) -> Place:
    return Place.PRIVATE if post.room.platform == "console" else Place.GROUP


def _by_chat(posts: Iterable[DuePost]) -> Mapping[Hashable, list[DuePost]]:
    """Posts by where they are said, each place in the order in which they were put there.

    That is not always the order in which they are due: what was put off is due late.
    """
    queues: dict[Hashable, list[DuePost]] = {}
    for post in sorted(posts, key=lambda each: each.id):
        queues.setdefault((post.room, post.learner), []).append(post)
    return queues


def _fingerprint(reply: Reply) -> str:
    return hashlib.sha256(repr((reply.blocks, reply.choices)).encode()).hexdigest()[:16]
