"""The end of a crash: what it was, who came through it, and what it taught."""

import json
import re
from pathlib import Path

import pytest

from bot.chat.games.crash_end import lesson_words
from bot.chat.i18n import english
from bot.chat.numerals import Numerals
from bot.chat.render import Writer
from bot.chat.reply import File, Reply
from core.lessons.game.crash_lesson import CrashLesson
from core.money import ZERO
from tests.builders import amount, rate
from tests.chat.games.test_crash import begun, crash_of, labels, passed, seeded
from tests.chat.games.test_wording import assert_narrow
from tests.walk.group import Group, gathered, shown

WRITER = Writer(Numerals("en"))


async def played(group: Group, number: int = 1) -> str:
    """Play a crash in which Mira holds, Tobi closes, Otto reduces and Anna hedges."""
    group.seed = lambda: seeded(number)
    group.restart()
    await begun(group, "Mira", "Tobi", "Otto", "Anna")
    await group.press("Tobi", "Close all")
    await passed(group)
    await group.press("Otto", "-50%")
    await group.press("Anna", "Hedge")
    await passed(group, 11)
    return group.posts()[-1]


async def test_the_end_tells_the_event_its_dates_and_its_coins(group: Group) -> None:
    end = await played(group)
    reel = group.app.challenges.numbered(1).ground
    assert reel is not None
    event = reel.reel
    assert event is not None
    assert f"The event: {event.name}, {event.begins:%Y-%m-%d} to {event.ends:%Y-%m-%d}." in end
    assert event.told in end
    for coin in event.coins:
        real = event.real[coin].removesuffix("USDT")
        assert re.search(rf"^{coin} = {real} +[\d.,]+$", end, re.MULTILINE)
    assert not any(event.name in post for post in group.posts()[:-1])


async def test_everybody_on_the_podium_has_a_sentence(group: Group) -> None:
    end = await played(group)
    crash = crash_of(group)
    assert crash.over
    first = re.match(r"Survive the crash: (\w+) wins with ([\d.]+)\.\n", end)
    assert first is not None
    sentences = [line for line in end.splitlines() if line.startswith("- ")]
    assert len(sentences) == 3
    assert sentences[0].startswith(f"- {first[1]} ")
    told = {
        "Mira": r"held all the way, fell to \d+% and ended with [\d,]+\.",
        "Tobi": r"closed everything in tick 1 and ended with 9,\d\d\d\.",
        "Otto": r"first reduced in tick 2, fell to \d+%, ended with [\d,]+\.",
        "Anna": r"first acted in tick 2, fell to \d+%, ended with [\d,]+\.",
    }
    for sentence in sentences:
        name, _, rest = sentence.removeprefix("- ").partition(" ")
        assert re.fullmatch(told[name], rest)


async def test_it_ends_with_what_the_same_book_would_have_kept_and_a_code(group: Group) -> None:
    end = await played(group)
    assert re.search(r"The same book, left alone:\nall isolated +[\d,]+\nall cross +[\d,]+\n", end)
    code = re.search(r"same seed, same choices: ([0-9a-f]{4}-){2}[0-9a-f]{4} · seed 0+1 ", end)
    assert code is not None
    assert labels(group.wall.last) == [["Again", "Audit"]]


async def test_the_same_seed_and_choices_have_the_same_code(group: Group, tmp_path: Path) -> None:
    code = re.compile(r"choices: (\S+)")
    (tmp_path / "other").mkdir()
    async with gathered(tmp_path / "other") as other:
        ends = [await played(each) for each in (group, other)]
        found = [code.findall(end) for end in ends]
    assert found[0] == found[1] != []


async def test_what_is_published_is_played_again_alike(group: Group) -> None:
    await played(group)
    audit = await group.press("Mira", "Audit")
    assert isinstance(audit, Reply)
    (file,) = [block for block in audit.blocks if isinstance(block, File)]
    told = json.loads(file.text)
    assert told["conditions"]["reel"]["name"] not in shown(Reply(audit.blocks[:1]))
    assert not re.search("Mira|Tobi|Otto|Anna", file.text)


async def test_where_nobody_is_left_nobody_wins(group: Group) -> None:
    await begun(group)
    for who in ("Mira", "Tobi"):
        await group.say(who, "/challenge leave")
    await group.tick()
    end = group.posts()[-1]
    assert end.startswith("Survive the crash: nobody is left.\n")
    assert "\n- Mira " in end


# --- what it taught -------------------------------------------------------------------------------


def lesson(best: str = "flat", **counted: int) -> str:
    """A lesson of so many, in words."""
    held, acted = counted.get("held", 0), counted.get("acted", 0)
    found = CrashLesson(
        held=held,
        acted=acted,
        held_mean=rate("61.25") if held else None,
        acted_mean=rate(80) if acted else None,
        pockets=counted.get("pockets", 0),
        crosses=counted.get("crosses", 0),
        spared=counted.get("spared", 0),
        kept={"isolated": amount(ZERO), "cross": amount(ZERO), "flat": amount(ZERO)},
        best=best,
    )
    return WRITER.words(lesson_words(found, english))


@pytest.mark.parametrize(
    ("best", "told"),
    [
        ("flat", "Closing at once was best: what was held did not come back in time."),
        ("isolated", "Isolated walls were best: each stopped one loss, and the rest lived on."),
        ("cross", "Cross was best: the whole wallet carried the book until it paid again."),
        ("either", "Holding was best, and no wall fell: the mode made no difference."),
    ],
)
def test_the_best_policy_is_the_lesson(best: str, told: str) -> None:
    assert lesson(best) == told


def test_what_the_players_did_is_set_beside_it() -> None:
    told = lesson(held=2, acted=3, pockets=4, crosses=1, spared=3)
    assert "Who held has 61.2 points on average, who acted 80." in told
    assert "Walls that fell: 4 isolated, 1 cross." in told
    assert told.endswith("3 lost an isolated position and lived to the end.")


def test_without_both_there_is_nothing_to_compare() -> None:
    assert "on average" not in lesson(held=2) + lesson(acted=2)


async def test_every_message_of_a_crash_fits_a_phone(group: Group) -> None:
    await played(group)
    assert_narrow(group)
