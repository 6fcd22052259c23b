"""The books of leagues in memory: the fake that stands beside the database's."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from core.lessons.game.game import Room
from core.lessons.game.league import League, Member
from core.paper.records import Identity


@dataclass
class KeptLeagues:
    """Everything a memory keeps of leagues."""

    leagues: dict[int, League] = field(default_factory=dict)
    numbers: int = 0

    def __deepcopy__(self, _: object) -> "KeptLeagues":
        """A copy that shares no dictionary."""
        return KeptLeagues(dict(self.leagues), self.numbers)


class MemoryLeagues:
    """Implements `LeagueBooks`; `written` hands out what may be changed, or raises."""

    def __init__(self, seen: KeptLeagues, written: Callable[[], KeptLeagues]) -> None:
        self._seen = seen
        self._written = written

    def add(self, name: str, code: str, host: Identity, first: Member) -> League:
        kept = self._written()
        kept.numbers += 1
        new = League(number=kept.numbers, name=name, code=code, host=host, members=(first,))
        kept.leagues[new.number] = new
        return new

    def of(self, room: Room) -> League | None:
        for league in self._seen.leagues.values():
            if any(member.room == room for member in league.members):
                return league
        return None

    def coded(self, code: str) -> League | None:
        found = (x for x in self._seen.leagues.values() if code and x.code == code)
        return next(found, None)

    def keep(self, league: League) -> None:
        leagues = self._written().leagues
        if league.members:
            leagues[league.number] = league
        else:
            leagues.pop(league.number, None)

    def move(self, platform: str, old: str, new: str) -> None:
        leagues = self._written().leagues
        taken = {member.room for league in leagues.values() for member in league.members}
        for league in list(leagues.values()):
            members = []
            for member in league.members:
                room = member.room
                if (room.platform, room.chat) == (platform, old):
                    room = replace(room, chat=new)
                    if room in taken:
                        continue
                members.append(replace(member, room=room))
            leagues[league.number] = replace(league, members=tuple(members))

    def forget_host(self, who: Identity) -> None:
        leagues = self._written().leagues
        for league in list(leagues.values()):
            if league.host == who:
                leagues[league.number] = replace(league, host=Identity(who.platform, ""))
