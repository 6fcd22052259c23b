"""How much platforms take, counted where it arrives: at the servers, not at the bot.

Telegram: 20 messages and edits a minute in a group, 30 a second over all chats; in a private chat
about one a second, short bursts pass (so the bot's own three in three seconds are held). Discord:
five new messages in five seconds in a channel, and as many edits there, as its buckets say; answers
to presses and commands stand outside of them. Every press is answered exactly once.
"""

import re
from collections import Counter, deque
from collections.abc import Hashable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from bot.chat.ports import Outcome
from tests.sims.on_discord import DiscordChannel
from tests.sims.on_telegram import TelegramGroup
from tests.sims.sim import Sim

MINUTE, HALF = timedelta(minutes=1), timedelta(seconds=30)

IN_A_GROUP = 20, MINUTE
IN_PRIVATE = 3, timedelta(seconds=3)
OVERALL = 30, timedelta(seconds=1)
IN_A_CHANNEL = 5, timedelta(seconds=5)

_MESSAGES = re.compile(r"/channels/(\d+)/messages(/\d+)?")
_ANSWERS = re.compile(r"/interactions/(\d+)/[^/]+/callback")


def telegram_allows(sim: Sim) -> Iterator[str]:
    """Groups, private chats, everything together, boards at most every 30 s, and presses."""
    for group in sim.groups:
        if isinstance(group, TelegramGroup):
            spoken = group.api.spoken
            yield from _over(
                "in a group", IN_A_GROUP, ((c.chat, c.at) for c in spoken if c.chat < 0)
            )
            yield from _over("alone", IN_PRIVATE, ((c.chat, c.at) for c in spoken if c.chat > 0))
            yield from _over("in all chats", OVERALL, (("all", c.at) for c in spoken))
            yield from _boards(group)
            yield from group.world.unanswered()


def discord_allows(sim: Sim) -> Iterator[str]:
    """New messages and edits of a channel, private ones too, and answers to presses and commands.

    Discord counts by route, so new messages of a channel and edits there have a bucket each.
    """
    for group in sim.groups:
        if isinstance(group, DiscordChannel):
            calls = [(_MESSAGES.fullmatch(path), at) for at, path in group.calls]
            by_route = ((f"{m[1]} {'edits' if m[2] else 'new'}", at) for m, at in calls if m)
            yield from _over("in a channel", IN_A_CHANNEL, by_route)
            found = [_ANSWERS.fullmatch(path) for _, path in group.calls]
            answers = Counter(int(match[1]) for match in found if match)
            for record in group.records:
                if answers[record.id] != 1:
                    yield f"interaction {record.id} was answered {answers[record.id]} times"


def _over(
    where: str, limit: tuple[int, timedelta], calls: Iterable[tuple[Hashable, datetime]]
) -> Iterator[str]:
    """Chats that got more at once than a platform takes."""
    by_chat: dict[Hashable, list[datetime]] = {}
    for chat, at in calls:
        by_chat.setdefault(chat, []).append(at)
    most, span = limit
    for chat, moments in by_chat.items():
        if (count := busiest(moments, span)) > most:
            yield f"{chat}: {count} messages in {span.total_seconds():.0f} s {where}"


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


def busiest(moments: Iterable[datetime], span: timedelta) -> int:
    """Return the most that fell into any stretch of a length."""
    window: deque[datetime] = deque()
    most = 0
    for at in sorted(moments):
        window.append(at)
        while at - window[0] >= span:
            window.popleft()
        most = max(most, len(window))
    return most
