"""A prop desk under a keeper: its limits hold on every mark, though few marks are looked at."""

from dataclasses import replace
from datetime import timedelta

from core.lessons.challenges.prop import Prop
from core.lessons.game import inputs as i
from core.lessons.game.desk import DAILY, FAILED, Desk
from core.lessons.game.inputs import Input
from core.lessons.game.kind import Ground
from core.margin.pool import Side
from core.paper.actions import CloseAll, Open
from core.paper.records import Identity
from tests.builders import ETH, jumping
from tests.core.lessons.game.builders import ground, plain
from tests.core.paper.builders import CROSS, LONG, SHORT, wish
from tests.core.services.hall import LENA, MIRA, PAIRS, TOBI, Hall
from tests.core.services.test_funding_in_games import paths


def unboxed() -> Ground:
    """The same contracts, with a jump in their ladder that nobody reaches: every mark is met."""
    table = jumping((0, 125, "0.005"), (10**12, 1, "0.5"))
    return ground(*(replace(plain(symbol), brackets=table) for symbol in PAIRS))


def begun(hall: Hall, *people: Identity, **setup: str) -> Hall:
    number = hall.opened("prop", **setup)
    hall.join(number, *people)
    hall.challenges.begin(hall.host(), number)
    hall.deliver()
    hall.tick(1, 100)
    return hall


def order(hall: Hall, who: Identity, size: int, side: Side = LONG) -> None:
    """Let somebody order coins at 10x, cross; none is to close everything."""
    action = Open(wish(size, side, CROSS)) if size else CloseAll()
    hall.challenges.order(hall.by(who), 1, action)


def desk(hall: Hall, who: Identity) -> Desk:
    play = hall.state().play
    assert isinstance(play, Prop)
    assert play.desks is not None
    return play.desks.known[hall.seats(1)[who]]


def told(hall: Hall) -> list[tuple[str, int]]:
    return [(post.post.view, post.post.number) for post in hall.due() if post.learner]


def test_a_limit_is_broken_between_two_minutes_at_the_mark_that_reached_it() -> None:
    hall = begun(Hall(), MIRA, TOBI)
    order(hall, MIRA, 100)
    hall.tick(1, 100)
    hall.tick(10, 97)
    assert told(hall) == []
    hall.tick(1, "95.9")
    assert told(hall) == [("warning", 0)]
    hall.tick(1, "95.1")
    hall.tick(1, 95)
    assert (desk(hall, MIRA).verdict, desk(hall, MIRA).rule) == (FAILED, DAILY)
    assert desk(hall, MIRA).ended == hall.clock.now()
    assert hall.faults() == 0


def wild(hall: Hall) -> Hall:
    """Half an hour of a market that swings and sinks, with three who trade."""
    begun(hall, MIRA, TOBI, LENA)
    chance = 7
    for second in range(1, 1_800):
        chance = chance * 1103515245 % 2**31
        swing = (chance >> 8) % 200 - 100
        hall.tick(1, f"{100 + swing / 250 - second / 300:.4f}")
        if second in {20, 700}:
            order(hall, MIRA, 60)
        if second == 40:
            order(hall, TOBI, 90, SHORT)
        if second == 600:
            order(hall, TOBI, 0)
        if second == 300:
            hall.challenges.order(hall.by(LENA), 1, Open(wish(90, LONG, CROSS, symbol=ETH)))
    return hall


def test_what_was_not_looked_at_would_have_changed_nothing() -> None:
    quick, slow = wild(Hall()), wild(Hall(on=unboxed()))
    assert quick.state().play == slow.state().play
    assert quick.state().accounts == slow.state().accounts
    assert told(quick) == told(slow)
    assert told(quick)
    ours, theirs = (
        [what.at for what in hall.inputs() if isinstance(what, i.Ticked)] for hall in (quick, slow)
    )
    assert ours == theirs
    assert len(quick.referee.asked) < len(slow.referee.asked) / 2


def test_a_quiet_market_is_looked_at_once_a_minute() -> None:
    hall = begun(Hall(), MIRA, TOBI)
    order(hall, MIRA, 50)
    hall.tick(1, 100)
    before = len(hall.referee.asked)
    for second in range(600):
        hall.tick(1, f"{100 + second % 7 / 10:.1f}")
    assert len(hall.referee.asked) - before <= 2 * 10


def test_near_a_limit_every_mark_is_looked_at() -> None:
    hall = begun(Hall(), MIRA, TOBI)
    order(hall, MIRA, 100)
    hall.tick(1, 100)
    hall.tick(5, "95.9")
    before = len(hall.referee.asked)
    for _ in range(10):
        hall.tick(1, "95.02")
    assert len(hall.referee.asked) - before >= 9


def on_a_path(*naps: tuple[int, int]) -> Hall:
    """A day of a path and a little more; before these seconds the bot sleeps, and is started anew.

    Two hold so much that a limit is near; the third one lives.
    """
    hall = Hall(path=True)
    hall.market = paths()
    hall.ground = replace(hall.ground, path=True)
    hall.keeper = hall.new_keeper()
    number = hall.opened("prop")
    hall.join(number, MIRA, TOBI, LENA)
    hall.challenges.begin(hall.host(), number)
    hall.deliver()
    hall.tick(1)
    for who, side, size in ((MIRA, LONG, "0.55"), (TOBI, SHORT, "0.55"), (LENA, LONG, "0.02")):
        hall.challenges.order(hall.by(who), 1, Open(wish(size, side, CROSS)))
    hall.tick(1)
    begins, asleep = hall.clock.now(), dict(naps)
    while hall.clock.now() < begins + timedelta(seconds=3_800):
        passed = int((hall.clock.now() - begins).total_seconds())
        nap = asleep.pop(passed, 0)
        if nap:
            hall.keeper = hall.new_keeper()
        hall.tick(nap or 1)
    hall.seconds(3)
    return hall


def market_inputs(hall: Hall) -> list[Input]:
    return [what for what in hall.inputs() if not isinstance(what, i.Due)]


def test_who_slept_ends_as_one_who_was_awake_and_funding_and_days_with_it() -> None:
    awake, asleep = on_a_path(), on_a_path((7, 500), (900, 1), (2_000, 700), (3_300, 400))
    assert market_inputs(asleep) == market_inputs(awake)
    assert asleep.state() == awake.state()
    assert told(asleep) == told(awake)
    assert any(isinstance(what, i.Funded) for what in awake.inputs())
    play = awake.state().play
    assert isinstance(play, Prop)
    assert play.desks is not None
    assert play.desks.today == 1
    assert awake.faults() == asleep.faults() == 0
