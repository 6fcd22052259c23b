"""What a group's hosts made of the knowledge base: own entries, other answers, hidden topics.

They are few, so an entry is found by the words its question shares with what is asked.
"""

from bot.chat.ask import Ask
from bot.chat.figures import Figure, Label, Said
from bot.chat.reply import Notes, Reply, Text, Title, Words
from core.lessons.books import ChatEntry
from core.lessons.faq import Found
from core.lessons.wording import words

ENOUGH = 600
"""Thousandths of both texts' words that must be shared for an answer."""

_COMMON = frozenset(words("a an and are can do does for how i in is it my of on or the to what"))
"""Words in every question, which show nothing."""


def hosts_answer(ask: Ask, question: str, found: Found) -> Reply | None:
    """Return the hosts' answer to a question, or None where they have none.

    `found` is what the knowledge base leads to: their word on a topic goes before ours.
    """
    topic = found.entry.id if found.entry is not None else ""
    fits = [(_fit(e, question, topic), e) for e in _entries(ask) if not e.hidden]
    fit, best = max(fits, key=lambda each: each[0], default=(0, None))
    return None if best is None or fit < ENOUGH else _answer(ask, best)


def _fit(entry: ChatEntry, question: str, topic: str) -> int:
    """How well an entry of the hosts fits a question, in thousandths."""
    if entry.key in {topic, question.strip().lower()}:
        return 1000
    return shared(question, entry.question)


def hidden_topics(ask: Ask) -> frozenset[str]:
    """Return the topics that the hosts of this chat have hidden."""
    return frozenset(entry.key for entry in _entries(ask) if entry.hidden)


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
    answer = Words("{answer}", {"answer": Said(entry.answer)})
    asked: Figure = Said(entry.question)
    if not entry.question:
        asked = Label(ask.services.learning.entry(entry.key, ask.request.locale).question)
    return Reply(
        blocks=(
            Title(Words("{question}", {"question": asked})),
            Text(answer),
            Notes((Words(ask._("by this group's admins")),)),
        ),
        short=answer,
    )
