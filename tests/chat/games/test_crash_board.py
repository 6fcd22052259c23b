"""How a crash stands: worth, points, and a star where a wall fell."""

import re
from dataclasses import replace

import pytest

from bot.chat.games.crash_board import board, play_of, points
from bot.chat.games.seen import Seen
from bot.chat.i18n import english
from bot.chat.numerals import Numerals
from bot.chat.render import Writer, table_lines
from core.lessons.challenges.crash import Crash
from core.lessons.game.lifecycle import State
from core.lessons.game.survival import Survivor
from core.money import D
from tests.builders import amount
from tests.chat.games.test_crash import begun, passed
from tests.walk.group import Group


async def looked_at(group: Group, **survivors: Survivor) -> Seen:
    """A crash after its first tick, with some of its survivors (`p1`) put in place."""
    await begun(group, "Mira", "Tobi", "Otto")
    await passed(group)
    kept = group.app.challenges.numbered(1)
    play = kept.state.play
    assert isinstance(play, Crash)
    own = {int(who.removeprefix("p")): one for who, one in survivors.items()}
    state = replace(kept.state, play=replace(play, survivors={**play.survivors, **own}))
    kept = replace(kept, state=state)
    sight = group.app.challenges.sight(kept)
    return Seen(kept, sight.kind, sight.ground, group.clock.now(), sight.path, english)


def lines(seen: Seen) -> list[str]:
    return table_lines(board(seen), Writer(Numerals("en")))


async def test_the_best_stand_first_with_what_they_are_worth(group: Group) -> None:
    seen = await looked_at(group, p1=Survivor(amount("4321.5"), amount(4_000), alive=1))
    head, first, _, last = lines(seen)
    assert head.split() == ["worth", "points"]
    assert re.fullmatch(r"1 Tobi +9,\d\d\d +[\d.]+", first)
    assert re.fullmatch(r"3 Mira +4,322 +8[\d.]+", last)


async def test_a_star_tells_that_a_wall_fell_and_who_is_out_has_no_worth(group: Group) -> None:
    fallen = Survivor(amount(7_000), amount(7_000), alive=1, pockets=1)
    dead = Survivor(amount(0), amount(0), out=True, crosses=1)
    seen = await looked_at(group, p1=fallen, p3=dead)
    table = "\n".join(lines(seen))
    assert re.search(r"^2 Mira +\*7,000 ", table, re.MULTILINE)
    assert re.search(r"^3 Otto +\*out +0$", table, re.MULTILINE)
    assert table.endswith("* a wall fell")


async def test_whoever_has_left_stands_under_the_line(group: Group) -> None:
    seen = await looked_at(group)
    assert not lines(seen)[-1].startswith("-")
    await group.say("Tobi", "/challenge leave")
    kept = group.app.challenges.numbered(1)
    assert lines(replace(seen, kept=kept))[-1].startswith("- Tobi")


async def test_ten_are_shown(group: Group) -> None:
    await begun(group, *(f"Player{n}" for n in range(12)))
    await passed(group)
    assert len(re.findall(r"^\d+ Player\d+ ", group.posts()[-1], re.MULTILINE)) == 10


async def test_another_kind_of_game_has_no_such_board(group: Group) -> None:
    seen = await looked_at(group)
    empty = replace(seen, kept=replace(seen.kept, state=State(seen.game)))
    with pytest.raises(AssertionError):
        play_of(empty)


def test_points_are_shown_to_a_tenth() -> None:
    assert points(D("109.3843")).value == D("109.4")
