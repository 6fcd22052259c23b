"""One question to a chat, unscored: a poll where the platform has them, else a card with letters.

Nothing is kept of who answers, and everybody may press as often as they like.
"""

from bot.chat.ask import Ask
from bot.chat.figures import Code, Figure, Label
from bot.chat.games.found import asking, is_number, may_start, room_of
from bot.chat.games.quiz_items import (
    answer_of,
    facts_of,
    letter,
    question_words,
    source_of,
    why_words,
)
from bot.chat.games.quiz_slips import slip_text
from bot.chat.reply import Block, Choice, Poll, Reply, Text, Title, Words
from bot.chat.troubles import refused
from core.errors import NotAllowed
from core.lessons.game.books import Polled
from core.lessons.game.drawing import Wish
from core.lessons.game.errors import BadOption, ItemOpen
from core.lessons.game.items import Item
from core.lessons.game.question import CATEGORIES, LEVELS
from core.lessons.game.typed import LETTERS, read_choice

WHY = "why"
"""What asks for the whole explanation in place of answering."""


def poll(ask: Ask, rest: list[str]) -> Reply:
    """Ask the chat a question, or answer one by its number and a letter.

    Raises `ItemOpen` to who has an open question in a game, `NotNow`, `BadOption`, `NoGame`.
    """
    until = ask.services.challenges.open_until(ask.identity)
    if until is not None:
        raise ItemOpen(until)
    words = [word.lower() for word in rest]
    if len(words) > 1 and is_number(words[0]):
        return _answered(ask, int(words[0].removeprefix("#")), words[1])
    if not may_start(ask):
        return _hosts_only(ask)
    return _posed(ask, ask.services.polls.ask(asking(ask), _wish(words)))


def _wish(words: list[str]) -> Wish:
    """What words ask for: a category, a level, or both. Raises `BadOption`."""
    wish = Wish()
    for word in words:
        if word in CATEGORIES:
            wish = Wish(wish.source, word, wish.level)
        elif word in LEVELS:
            wish = Wish(wish.source, wish.category, word)
        else:
            raise BadOption("option", word, (*CATEGORIES, *LEVELS))
    return wish


def _posed(ask: Ask, polled: Polled) -> Reply:
    """A question as it is asked."""
    _, item = ask._, polled.item
    question = question_words(item, _)
    letters = tuple(
        _button(polled, letter(place), LETTERS[place]) for place in range(len(item.choices))
    )
    shown = Poll(
        question=question,
        given=facts_of(item, _),
        choices=tuple(answer_of(item, choice, _) for choice in item.choices),
        right=item.right,
        why=why_words(item, _),
        source=next((block.words for block in source_of(item, _)), None),
        whole=_button(polled, _("Explanation"), WHY),
    )
    return Reply((shown,), (letters,), short=question)


def _button(polled: Polled, label: str, word: str) -> Choice:
    line = f"/challenge poll {polled.number} {word}"
    return Choice(label, line, kept=True, aside=True)


def _answered(ask: Ask, number: int, word: str) -> Reply:
    """Whether an answer is right, and why; for whoever gave it alone.

    Which one is right is not told beside a wrong one: another press is free. Raises `NoGame`,
    `BadAnswer`.
    """
    item = ask.services.polls.asked(number, room_of(ask)).item
    place = item.right if word == WHY else LETTERS.index(read_choice(word))
    right = place == item.right
    title = _right(ask, item) if right else _wrong(ask, item, place)
    why = why_words(item, ask._)
    blocks: tuple[Block, ...] = (Title(title), Text(why), *source_of(item, ask._))
    figures = {**title.figures, **why.figures}
    short = Words(f"{title.text} {why.text}", figures)
    return Reply(blocks, private=ask.in_group, short=short)


def _right(ask: Ask, item: Item) -> Words:
    figures: dict[str, Figure] = {
        "letter": Label(letter(item.right)),
        "answer": answer_of(item, item.choices[item.right], ask._),
    }
    return Words(ask._("Right: {letter} {answer}."), figures)


def _wrong(ask: Ask, item: Item, place: int) -> Words:
    """Not right, and where it is known the mistake that leads there."""
    slip = item.choices[place].slip
    if not slip:
        return Words(ask._("Not that one."))
    return Words(ask._("Not that one: {slip}."), {"slip": Label(slip_text(item.kind, slip, ask._))})


def _hosts_only(ask: Ask) -> Reply:
    """Who may not ask a chat is told how they could."""
    words = Words(
        ask._("Here only admins ask everybody. {line} lets all of you."),
        {"line": Code("/host challenges on")},
    )
    return refused(NotAllowed("host"), words, Choice("/challenge", "/challenge", kept=True))
