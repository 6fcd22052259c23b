"""What a group's hosts made of the knowledge base: own entries, other answers, hidden topics.

They are few, so an entry is found by the words its question shares with what is asked.
"""

from bot.chat.ask import Ask
from bot.chat.figures import Name
from bot.chat.reply import Notes, Reply, Text, Title, Words
from core.lessons.books import ChatEntry
from core.lessons.wording import words

ENOUGH = 600
"""Thousandths of both texts' words that must be shared for an answer."""

_COMMON = frozenset(words("a an and are can do does for how i in is it my of on or the to what"))
"""Words in every question, which show nothing."""


def hosts_answer(ask: Ask, question: str) -> Reply | None:
    """Return the hosts' answer to a question, or None where they have none."""
    found = ask.services.learning.ask(question, ask.request.locale)
    best: tuple[int, ChatEntry] | None = None
    for entry in _entries(ask):
        if entry.hidden:
            continue
        score = shared(question, entry.question)
        if found.entry is not None and found.entry.id == entry.key:
            score = 1000
        if question.strip().lower() == entry.key:
            score = 1000
        if score >= ENOUGH and (best is None or score > best[0]):
            best = score, entry
    return None if best is None else _answer(ask, best[1])


def is_hidden(ask: Ask, topic: str) -> bool:
    """Whether the hosts of this chat have hidden a topic."""
    return any(entry.hidden and entry.key == topic for entry in _entries(ask))


def shared(one: str, other: str) -> int:
    """Return how much two texts share, in thousandths of the words of both."""
    first, second = set(words(one)) - _COMMON, set(words(other)) - _COMMON
    if not first or not second:
        return 0
    return 2 * len(first & second) * 1000 // (len(first) + len(second))


def _entries(ask: Ask) -> tuple[ChatEntry, ...]:
    if not ask.in_group:
        return ()
    request = ask.request
    return ask.services.chat_book.entries(request.who.platform, request.chat.id)


def _answer(ask: Ask, entry: ChatEntry) -> Reply:
    """The hosts' words, called theirs."""
    answer = Words("{answer}", {"answer": Name(entry.answer)})
    return Reply(
        blocks=(
            Title(Words("{question}", {"question": Name(entry.question)})),
            Text(answer),
            Notes((Words(ask._("by this group's admins")),)),
        ),
        short=answer,
    )
