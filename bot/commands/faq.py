"""/faq: the right answer in one message, or an honest word that there is none."""

from bot.chat.ask import Ask
from bot.chat.cards import title
from bot.chat.command import command
from bot.chat.figures import Day, Figure, Label
from bot.chat.reply import Choice, Points, Reply, Source, Text, Title, Words
from core.lessons.faq import FaqEntry
from core.venue import VENUES


@command(
    aliases=("ask", "?"),
    examples=("/faq can i switch to cross with an open position", "/faq which mode is safer"),
)
def faq(ask: Ask, text: str | None = None) -> Reply:
    """Look up an answer about margin modes."""
    if not text:
        return _topics(ask)
    return _answer(ask, ask.services.learning.answer(text, ask.request.locale))


def _answer(ask: Ask, entry: FaqEntry) -> Reply:
    """One direct sentence, the points, the source, related topics."""
    lines = [Choice(ask._("Show me with numbers"), f"/{line}") for line in entry.live[:1]]
    return Reply(
        blocks=(
            title(ask, None, Words("{question}", {"question": Label(entry.question)})),
            Text(Words("{answer}", {"answer": Label(entry.answer)}), strong=True),
            Points(tuple(Words("{point}", {"point": Label(p)}) for p in entry.points)),
            Source(_source(ask, entry)),
        ),
        choices=tuple(row for row in (tuple(lines), _related(ask, entry)) if row),
        short=Words("{answer}", {"answer": Label(entry.answer)}),
    )


def _source(ask: Ask, entry: FaqEntry) -> Words:
    """Where it comes from, for whom it holds, as of when."""
    figures: dict[str, Figure] = {
        "source": Label(entry.source),
        "date": Day(entry.source_date),
        "venue": Label(VENUES[entry.venue].name if entry.venue in VENUES else entry.venue),
    }
    if entry.venue:
        return Words(ask._("{venue}, as of {date}. Source: {source}."), figures)
    return Words(ask._("As of {date}. Source: {source}."), figures)


def _related(ask: Ask, entry: FaqEntry) -> tuple[Choice, ...]:
    """Two topics nearby."""
    return tuple(Choice(_question(ask, topic), f"/faq {topic}") for topic in entry.related[:2])


def _question(ask: Ask, topic: str) -> str:
    return ask.services.learning.entry(topic, ask.request.locale).question


def _topics(ask: Ask) -> Reply:
    """All topics as buttons."""
    topics = ask.services.learning.topics(ask.request.locale)
    return Reply(
        blocks=(
            Title(Words(ask._("What would you like to know?"))),
            Text(Words(ask._("Type your question, or choose a topic."))),
        ),
        choices=tuple((Choice(entry.question, f"/faq {entry.id}"),) for entry in topics),
    )
