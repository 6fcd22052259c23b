"""Every story on every platform: its facts are shown, and everywhere the same ones."""

import pytest

from bot.chat.render import COLUMNS
from tests.scenarios.play import PLATFORMS, Shown, fits, play
from tests.scenarios.player import figures, words
from tests.scenarios.story import STORIES, Story

PLAYED = [
    pytest.param(story, name, id=f"{story.name}-{name}")
    for story in STORIES
    for name, platform in PLATFORMS.items()
    if fits(story, platform)
]


def complaints(shown: Shown) -> list[str]:
    """Return everything about one step that is not as its story says."""
    step, doing = shown.step, shown.step.say or f"[{shown.step.press}]"
    found = [f"not shown: {fact}" for fact in step.facts if fact not in shown.text]
    found += [f"no button: {label}" for label in step.buttons if label not in shown.labels]
    found += [f"seen by all: {figure}" for figure in step.never if figure in shown.aloud]
    found += [f"too wide: {line}" for line in shown.fixed if len(line) > COLUMNS]
    if step.outcome != shown.outcome:
        found.append(f"outcome {shown.outcome}, not {step.outcome}")
    if step.alone and shown.aloud:
        found.append("seen by all")
    if step.group and not step.alone and not shown.aloud:
        found.append("seen by nobody else")
    return [f"{doing}: {each}" for each in found]


@pytest.mark.parametrize(("story", "name"), PLAYED)
async def test_what_a_story_promises_is_shown(story: Story, name: str) -> None:
    assert [line for shown in await play(story, name) for line in complaints(shown)] == []


@pytest.mark.parametrize("story", [pytest.param(story, id=story.name) for story in STORIES])
async def test_all_platforms_show_the_same(story: Story) -> None:
    fitting = [name for name, platform in PLATFORMS.items() if fits(story, platform)]
    played = {name: await play(story, name) for name in fitting}
    assert len(played) >= 3
    for steps in zip(*played.values(), strict=True):
        first = steps[0]
        for name, other in zip(played, steps, strict=True):
            here = (name, first.step.say or first.step.press)
            assert (here, figures(other.text)) == (here, figures(first.text))
            assert (here, other.outcome, other.labels) == (here, first.outcome, first.labels)
            if not first.silent:  # only Discord's commands must say why they say nothing
                assert (here, words(other.text)) == (here, words(first.text))
                assert (here, other.fixed or first.fixed) == (here, first.fixed or other.fixed)


def test_figures_are_told_from_words_and_layout() -> None:
    text = "LONG 0.292 BTC, 10x\n -20%  *-1,998.79*-9,990.01\n- 2 of 3 · 0.4%."
    shown = ["0.292", "10x", "-20%", "-1,998.79", "-9,990.01", "2", "3", "0.4%"]
    assert figures(text) == shown


def test_every_way_of_talking_is_told() -> None:
    steps = [step for story in STORIES for step in story.steps]
    assert all(any(getattr(s, each) for s in steps) for each in ("say", "press", "fields"))
    assert all(any(getattr(s, each) for s in steps) for each in ("group", "restart", "wait"))
    assert sum(story.in_group for story in STORIES) >= 2
