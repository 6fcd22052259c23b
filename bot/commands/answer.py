"""/answer: the answer to the question that is open for the asker, seen by nobody else."""

import re
from decimal import Decimal
from typing import NamedTuple

from bot.chat.answering import MEANT, Meant, meant
from bot.chat.ask import Ask
from bot.chat.command import command
from bot.chat.figures import Count, Figure, Label
from bot.chat.games.asking import answer_choice, asking_of
from bot.chat.games.found import asking, found, seeing
from bot.chat.games.seen import Seen
from bot.chat.reply import Choice, Reply, Text, Tone, Words
from core.lessons.challenges.guess import NEVER, Guess
from core.lessons.challenges.quiz import Quiz
from core.lessons.game.asking import Asking
from core.lessons.game.asks import UNSURE
from core.lessons.game.books import KeptGame
from core.lessons.game.errors import NoGame, NotNow

_PARTS = re.compile(r"(?:#([0-9]{1,9})(?:\s+|$))?(?:([0-9]{1,4}):)?\s*(.*)", re.DOTALL)

_LONGEST = 100


class Said(NamedTuple):
    """What was said, to which item of which game."""

    seen: Seen
    item: int
    text: str


@command(examples=("/answer 54000", "/answer never", "/answer b"), writes=True, personal=True)
def answer(ask: Ask, text: str | None = None) -> Reply:
    """Answer the open question of the game you play, in private.

    Raises `NoGame`, `NotPlaying`, `NotNow`, `TooLate`, `ActUsed`, `BadAnswer`.
    """
    said = _said(ask, (text or "")[:_LONGEST].strip())
    if ask.in_group and not (ask.request.button or ask.request.slash):
        return _in_private(ask, said)
    entry = _entry(said)
    if entry is None:
        return _sent(ask, said, said.text.lower())
    price = meant(said.text, entry)
    kept = said.seen.kept
    if not price.instead or ask.services.questions.held(ask.identity, kept.number, said.item):
        return _sent(ask, said, price.value)
    return _asked_back(ask, said, price)


def _said(ask: Ask, text: str) -> Said:
    """Take an answer apart; without a number it is for what was opened last for the asker."""
    parts = _PARTS.fullmatch(text)
    assert parts is not None, "anything fits"
    number, item, value = parts.groups()
    kept = _game(ask, number)
    seen = seeing(ask, kept)
    last = asking_of(seen).rounds.last.number
    return Said(seen, int(item) if item else last, value.strip())


def _game(ask: Ask, number: str | None) -> KeptGame:
    """The game of questions that is meant. Raises `NoGame`, `NotNow`."""
    if number is None:
        games = ask.services.questions.open_to(ask.identity)
        if not games:
            raise NotNow("nothing")
        return games[0]
    kept = found(ask, [number])[0]
    play: object = kept.state.play
    if not isinstance(play, Asking):
        raise NoGame
    return kept


def _entry(said: Said) -> Decimal | None:
    """The entry beside which a price is read; None where a choice is asked for."""
    play: object = said.seen.kept.state.play
    place = said.item - 1
    if isinstance(play, Guess) and 0 <= place < len(play.cards):
        return play.cards[place].entry
    if isinstance(play, Quiz) and 0 <= place < len(play.items):
        item = play.items[place]
        return None if item.choices else item.numbers["entry"]
    return None


def _sent(ask: Ask, said: Said, value: str) -> Reply:
    """Hand an answer in; a repeated request is told what it was told."""
    kept = said.seen.kept
    fed = ask.services.challenges.answer(asking(ask), kept.number, f"{said.item}:{value}")
    if fed.said == "hold":
        entry = _entry(said)
        return _which(ask, said, meant(said.text, Decimal(entry or 0)))
    texts = {
        "answered": ask._("Taken: {answer}. One change is left, for 10 points."),
        "changed": ask._("Changed to {answer}, for 10 points. That one counts."),
    }
    text = ask._("Taken: {answer}")
    if isinstance(kept.state.play, Guess):
        text = texts.get(fed.said, text)
    words = Words(text, {"answer": _figure(ask, value)})
    return Reply((Text(words),), private=ask.in_group, short=words)


def _figure(ask: Ask, value: str) -> Figure:
    """An answer as it was understood."""
    if value == NEVER:
        return Label(ask._("never"))
    return Count(Decimal(value)) if value[:1].isdecimal() else Label(value.upper())


def _asked_back(ask: Ask, said: Said, price: Meant) -> Reply:
    """Ask once which of two readings is meant; in the guessing game their clock stands still."""
    kept = said.seen.kept
    if isinstance(kept.state.play, Guess):
        return _sent(ask, said, UNSURE)
    return _which(ask, said, price)


def _which(ask: Ask, said: Said, price: Meant) -> Reply:
    """The two readings of a number, a button each."""
    game = said.seen.kept.number
    values = [value for value in (price.instead, price.value) if value]
    choices = tuple(
        Choice(f"{Decimal(value):,f}", f"/answer #{game} {said.item}:{value}{MEANT}", kept=True)
        for value in values
    )
    text = ask._("Which price do you mean?")
    if isinstance(said.seen.kept.state.play, Guess):
        text = ask._("Which price do you mean? Your clock waits 10 s.")
    words = Words(text)
    return Reply((Text(words),), (choices,), Tone.ASK, private=ask.in_group, short=words)


def _in_private(ask: Ask, said: Said) -> Reply:
    """What everybody can read counts for nothing."""
    words = Words(ask._("That is not counted: others could copy it. Answer in private."))
    choice = answer_choice(said.seen, said.item, ask._("Your answer"))
    return Reply((Text(words),), ((choice,),), Tone.TROUBLE, outcome="not_private", short=words)
