"""The prop desk in words: the board, the end, and what it taught."""

import re
from dataclasses import replace

from bot.chat.games.prop import WORDS
from bot.chat.i18n import english
from core.lessons.challenges.prop import KIND, Prop
from core.lessons.game import inputs as i
from core.lessons.game.game import Phase
from tests.chat.games.prop_seen import HOUR, Room, begun, said, seen, shown
from tests.core.lessons.challenges.test_prop import four_days
from tests.core.lessons.game.builders import at
from tests.walk.group import Group


def board(room: Room, seconds: float) -> str:
    return shown(said("board", 0, seen(room, seconds)))


def test_every_option_has_words() -> None:
    told = {
        option.name: {WORDS.options(option.name, value, english)[0] for value in option.values}
        for option in KIND.options
    }
    assert told == {"overall": {"overall limit"}, "days": {"days"}, "late": {"late"}}


def test_the_board_tells_the_day_who_runs_and_how_it_stands() -> None:
    room = begun("Mira", "Tobi", "Lena", "Bartholomew1")
    room.buy(1, 10, 0, 100)
    room.buy(2, 100, 0, 100)
    room.mark(60, 94)
    room.feed(i.Joined(at=at(HOUR + 5), name="Wilhelmina22"))
    room.mark(HOUR + 65, 101)
    room.feed(i.Left(at=at(HOUR + 70), player=3))
    lines = board(room, HOUR + 70).splitlines()
    assert [line.split() for line in lines[:9]] == [
        ["Prop", "desk,", "day", "2:", "4", "of", "5", "still", "run."],
        ["The", "next", "day", "begins", "2026-11-22", "14:00", "UTC."],
        ["days", "state"],
        ["1", "Mira", "2", "+0.1%"],
        ["2", "Tobi", "1", "daily"],
        ["-", "Wilhelmina22", "*1", "0.0%"],
        ["-", "Lena", "2", "away"],
        ["-", "Bartholomew1", "2", "0.0%"],
        ["*", "came", "late"],
    ]
    assert max(map(len, board(room, HOUR + 70).splitlines()[2:8])) <= 30


def test_before_its_time_begins_the_board_has_no_table() -> None:
    room = Room()
    room.join("Mira")
    room.feed(i.Began(at=at()))
    assert board(room, 1).startswith("Prop desk: 1 trade.\nrecorded prices in an order of chance")


def test_while_prices_are_away_the_board_says_since_when() -> None:
    room = begun("Mira")
    room.mark(5, 100)
    room.feed(i.Froze(at=at(90)))
    assert "Frozen since 2026-11-22 12:01 UTC: prices are away." in board(room, 100)


def ended(room: Room) -> str:
    """What is said when it is over."""
    assert room.game.phase is Phase.SETTLING
    return shown(said("end", 0, seen(room, 99 * HOUR)))


def test_the_end_tells_who_passed_and_what_broke_the_others() -> None:
    room = four_days(200, 200, 200)
    room.buy(1, 100, 3 * HOUR + 60, 100)
    room.sell_out(1, 3 * HOUR + 240, 102)
    room.buy(2, 100, 3 * HOUR + 300, 100)
    room.mark(3 * HOUR + 360, 101)
    room.mark(3 * HOUR + 400, 94)
    end = ended(room)
    assert end.startswith("Prop desk: one passed, days: 4.\n")
    assert re.search(r"\n1 one +4 passed\n2 two +4 +daily\n", end)
    assert "Ahead before they failed: 1 of 1. The limit is about size, not luck." in end
    assert "- Broken: daily 1, overall 0, time 0." in end
    assert "seed 5eed" in end


def test_several_who_passed_are_counted_and_the_first_is_named() -> None:
    room = four_days(200, 200, 200)
    play = room.play
    assert play.desks is not None
    passed = {p: d.over("passed", at(p * HOUR)) for p, d in play.desks.known.items()}
    over = replace(play, desks=replace(play.desks, known=passed))
    room.state = replace(room.state, play=over)
    end = shown(said("end", 0, seen(room, 99 * HOUR)))
    assert end.startswith("Prop desk: 2 passed, one first, days: 2.\n")
    assert "No limit was broken: what was missing was the target, not the risk." in end


def test_where_nobody_passed_that_is_said() -> None:
    room = begun("Mira")
    room.buy(1, 100, 0, 100)
    room.mark(10, 94)
    end = ended(room)
    assert end.startswith("Prop desk: nobody passed.\n")
    assert "Broken: daily 1, overall 0, time 0." in end
    assert "Ahead" not in end


def test_orders_are_answered_by_the_trading_desk() -> None:
    assert WORDS.said("ordered", seen(begun(), 1)) is None
    assert isinstance(begun().play, Prop)


async def test_a_group_plays_it_from_the_first_press_to_a_broken_limit(group: Group) -> None:
    draft = await group.answer("Hope", "/challenge prop")
    assert shown(draft).startswith("Prop desk: not open yet.\nMake 8% without breaking a limit")
    rules = shown(await group.answer("Hope", "/challenge rules 1"))
    assert "- Daily limit: stay above the balance at the day's beginning less 500." in rules
    await group.press("Hope", "Open it", draft)
    await group.tick()
    for who in ("Mira", "Tobi"):
        await group.press(who, "Join", group.wall.posts["1"])
    await group.say("Hope", "/challenge begin 1")
    await group.tick(2)
    for who, side in (("Mira", "long"), ("Tobi", "short")):
        taken = await group.answer(who, f"/trade {side} sol 10x 9000 cross")
        assert "it fills at the next mark" in shown(taken)
    too_much = await group.answer("Mira", "/trade long btc 20x 100")
    assert shown(too_much) == "The leverage here is 10x at most."
    await group.wait(1_200)
    letters = [shown(reply).splitlines()[0] for _, reply in group.wall.letters]
    assert len(letters) >= 2
    assert any("four fifths were used" in letter or "is used" in letter for letter in letters)
    assert any(letter.startswith("Failed: the daily limit was broken") for letter in letters)
    assert [label for row in group.wall.posts["2"].choices for label in row]
