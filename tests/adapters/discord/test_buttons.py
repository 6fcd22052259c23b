"""A button's id holds everything a press needs, and always fits."""

from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.discord.buttons import Pressed, base36, custom_id, read, view
from bot.adapters.discord.limits import CUSTOM_ID, units
from bot.chat.reply import Choice
from tests.fakes.desk import ScriptedDesk

MIRA = 1456074443980800010


async def test_a_short_line_stands_in_the_button_itself() -> None:
    desk = ScriptedDesk()
    made = await custom_id(Choice("20x", "/c 20x l btc", replace=True), 3, MIRA, desk)
    assert made == f"m1:{base36(MIRA)}:r3:/c 20x l btc"
    assert read(made) == Pressed(base36(MIRA), "/c 20x l btc", replace=True)
    assert desk.lines == {}


async def test_a_line_that_is_too_long_is_kept_under_a_token() -> None:
    desk = ScriptedDesk()
    line = "/compare 10x long btc " + "9" * 80
    pressed = read(await custom_id(Choice("More", line), 0, MIRA, desk))
    assert pressed is not None
    assert desk.lines[pressed.token] == line


async def test_a_line_that_changes_something_is_always_kept() -> None:
    desk = ScriptedDesk()
    pressed = read(await custom_id(Choice("Yes", "/yes", kept=True), 0, MIRA, desk))
    assert pressed is not None
    assert desk.lines[pressed.token] == "/yes"


async def test_a_line_that_looks_like_a_token_is_kept() -> None:
    desk = ScriptedDesk()
    pressed = read(await custom_id(Choice("3", "#3"), 0, MIRA, desk))
    assert pressed is not None
    assert desk.lines[pressed.token] == "#3"


def test_a_press_knows_whose_it_is() -> None:
    pressed = Pressed(base36(MIRA), "/price")
    assert pressed.by(MIRA)
    assert not pressed.by(MIRA + 1)


async def test_a_button_of_a_board_is_everybodys_and_is_answered_alone() -> None:
    made = await custom_id(Choice("Join", "/join", aside=True), 2, MIRA, ScriptedDesk())
    assert made == "m1:0:a2:/join"
    pressed = read(made)
    assert pressed == Pressed("0", "/join", aside=True)
    assert pressed is not None
    assert pressed.by(MIRA)
    assert pressed.by(MIRA + 1)


def test_an_id_of_another_version_is_not_read() -> None:
    assert read("m2:abc:n0:/price") is None
    assert read("something else") is None


def test_base_36_counts() -> None:
    assert [base36(n) for n in (0, 35, 36, 1295)] == ["0", "z", "10", "zz"]


async def test_equal_choices_get_different_ids() -> None:
    made = await view(((Choice("a", "/p"), Choice("b", "/p")),), MIRA, ScriptedDesk())
    assert made is not None
    row = made.to_components()[0]["components"]
    assert len({button["custom_id"] for button in row}) == 2


async def test_a_row_longer_than_five_goes_on_below() -> None:
    made = await view((tuple(Choice(str(i), "/p") for i in range(7)),), MIRA, ScriptedDesk())
    assert made is not None
    assert [len(row["components"]) for row in made.to_components()] == [5, 2]


async def test_many_rows_are_closed_up_to_twenty_five_buttons() -> None:
    rows = tuple((Choice(str(i), "/p"), Choice(f"{i}b", "/p")) for i in range(20))
    made = await view(rows, MIRA, ScriptedDesk())
    assert made is not None
    assert [len(row["components"]) for row in made.to_components()] == [5, 5, 5, 5, 5]
    assert made.to_components()[4]["components"][4]["label"] == "12"


async def test_no_choices_are_no_view() -> None:
    assert await view((), MIRA, ScriptedDesk()) is None
    assert await view(((Choice("empty", " "),),), MIRA, ScriptedDesk()) is None


async def test_long_and_empty_labels_are_labels() -> None:
    made = await view(((Choice("😀" * 60, "/a"), Choice(" ", "/b")),), MIRA, ScriptedDesk())
    assert made is not None
    first, second = made.to_components()[0]["components"]
    assert units(first["label"]) <= 80
    assert second["label"] == "·"


@given(st.text(min_size=1, max_size=200), st.booleans(), st.integers(0, 24), st.integers(0, 2**63))
async def test_an_id_fits_and_says_the_line_again(
    line: str, replace: bool, place: int, person: int
) -> None:
    desk = ScriptedDesk()
    made = await custom_id(Choice("x", line, replace=replace), place, person, desk)
    assert units(made) <= CUSTOM_ID
    pressed = read(made)
    assert pressed is not None
    assert (desk.lines.get(pressed.token) or pressed.line, pressed.replace) == (line, replace)
    assert pressed.by(person)
