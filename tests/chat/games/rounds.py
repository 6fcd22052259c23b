"""A group that plays a game of questions: who answers what, in the group or alone with the bot."""

from dataclasses import replace

from bot.chat.reply import Hush, Reply
from bot.chat.request import Chat
from core.lessons.challenges.guess import Guess
from core.lessons.challenges.quiz import Quiz
from core.lessons.game.cards import Card
from core.lessons.game.items import Item
from tests.walk.group import Group, shown

LETTERS = "ABCD"
ALL = ("Mira", "Tobi", "Anna")


async def began(group: Group, line: str, *people: str) -> None:
    """Let people join a game that is begun; its first item has arrived."""
    await group.opened(line)
    lobby = group.wall.last
    for who in people or ALL:
        await group.press(who, "Join", lobby)
    await group.say("Hope", "/challenge begin")
    await group.tick()


def quiz(group: Group, number: int = 1) -> Quiz:
    play = group.app.challenges.numbered(number).state.play
    assert isinstance(play, Quiz)
    return play


def guess(group: Group, number: int = 1) -> Guess:
    play = group.app.challenges.numbered(number).state.play
    assert isinstance(play, Guess)
    return play


def item(group: Group) -> Item:
    """Return what is asked now."""
    return quiz(group).items[-1]


def card(group: Group) -> Card:
    """Return the card that is shown now."""
    return guess(group).cards[-1]


def right(group: Group) -> str:
    return LETTERS[item(group).right]


def wrong(group: Group) -> str:
    return LETTERS[item(group).right - 1]


async def alone(group: Group, who: str, line: str) -> Reply:
    """Say a line alone with the bot."""
    request = replace(group.request(who, line), chat=Chat(who.lower()), addressed=True)
    said = await group.ask(request)
    assert isinstance(said, Reply), said
    return said


async def told(group: Group, who: str, line: str) -> str:
    """Say a line alone, and return what is answered as a person reads it."""
    return shown(await alone(group, who, line))


async def pressed_alone(group: Group, who: str, label: str, under: Reply) -> str:
    """Press a button under something that was said alone."""
    choice = next(c for row in under.choices for c in row if c.label == label)
    request = replace(group.pressed(who, choice), chat=Chat(who.lower()))
    said = await group.ask(request)
    return said.outcome if isinstance(said, Hush) else shown(said)


async def shut(group: Group) -> None:
    """Let the time for the item pass, and show its solution."""
    await group.wait(60)


async def onwards(group: Group) -> None:
    """Let the pause pass, and the next item arrive."""
    await group.wait(8)
    await group.tick()
