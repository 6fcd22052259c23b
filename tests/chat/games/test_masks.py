"""An anonymous admin's line is done by a press, under the name of whoever presses."""

from bot.chat.reply import Tone
from tests.commands.test_challenge import masked, says
from tests.walk.group import Group, shown


async def test_a_masked_line_becomes_a_button_and_is_done_by_whoever_presses(group: Group) -> None:
    asked = await masked(group, "/challenge duel 20x")
    assert asked.tone is Tone.ASK
    assert shown(asked) == "You write anonymously. Press, and it is done under your own name."
    assert says(asked) == ["/challenge duel 20x"]
    assert not asked.choices[0][0].aside
    draft = await group.told("Hope", "/challenge duel 20x", asked)
    assert draft.startswith("Mode duel: not open yet.")


async def test_what_everybody_does_for_themselves_is_answered_aside(group: Group) -> None:
    asked = await masked(group, "/challenge join")
    assert asked.choices[0][0].aside
