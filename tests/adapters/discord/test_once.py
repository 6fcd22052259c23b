"""What comes twice is answered once: commands, presses and forms, and nothing grows by it."""

from collections import Counter

import pytest
from simcord import Env

from bot.adapters.discord.once import Once
from bot.chat.reply import Choice, Reply, Text, Words
from tests.adapters.discord.stage import Stage, first
from tests.fakes.desk import one_line


def test_an_interaction_is_new_once() -> None:
    once = Once()
    assert [once.is_new(7), once.is_new(7), once.is_new(8)] == [True, False, True]


def test_the_oldest_is_forgotten() -> None:
    once = Once(size=2)
    assert [once.is_new(number) for number in (1, 2, 3, 1, 3)] == [True, True, True, True, False]


def answered(env: Env) -> Counter[str]:
    """How often each interaction was answered, by its path."""
    return Counter(e.path for e in env.http_requests if e.path.endswith("/callback"))


async def again(stage: Stage) -> None:
    """Bring the last interaction once more, as a resumed connection may."""
    sent = [payload for name, payload in SENT if name == "INTERACTION_CREATE"]
    stage.env.backend.emit("INTERACTION_CREATE", sent[-1])
    await stage.env.settle()


SENT: list[tuple[str, dict[str, object]]] = []


@pytest.fixture(autouse=True)
def overheard(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is sent to the client."""
    emit = stage.env.backend.emit
    SENT.clear()

    def kept(name: str, payload: dict[str, object]) -> None:
        SENT.append((name, payload))
        emit(name, payload)

    monkeypatch.setattr(stage.env.backend, "emit", kept)


async def test_a_command_that_comes_again_is_answered_once(stage: Stage) -> None:
    await stage.mira.slash(stage.channel, "price")
    await again(stage)
    assert set(answered(stage.env).values()) == {1}
    assert len(stage.desk.requests) == 1


@pytest.mark.parametrize("form", ["", "Your name"])
async def test_a_press_that_comes_again_is_answered_once(stage: Stage, form: str) -> None:
    choice = Choice("Join", "/join {}" if form else "/join", kept=True, form=form)
    stage.desk.answers |= {"price": Reply((Text(Words("Play?")),), ((choice,),))}
    stage.desk.answers["/join"] = one_line("You play.")
    shown = await stage.mira.slash(stage.channel, "price")
    await stage.mira.click(first(shown), label="Join")
    await again(stage)
    assert list(answered(stage.env).values()) == [1, 1]


async def test_a_form_that_comes_again_is_answered_once(stage: Stage) -> None:
    choice = Choice("Join", "/join {}", kept=True, form="Your name")
    stage.desk.answers |= {"price": Reply((Text(Words("Play?")),), ((choice,),))}
    shown = await stage.mira.slash(stage.channel, "price")
    asked = await stage.mira.click(first(shown), label="Join")
    assert asked.modal is not None
    await stage.mira.submit_modal(asked, {"typed": "Mira"})
    await again(stage)
    assert list(answered(stage.env).values()) == [1, 1, 1]
    assert [request.text for request in stage.desk.requests] == ["", "/join Mira"]
