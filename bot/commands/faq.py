"""/faq: the right answer in one message, or an honest word that there is none."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.chat.ask import Ask
from bot.chat.cards import title
from bot.chat.chat_answers import hidden_topics, hosts_answer
from bot.chat.command import command
from bot.chat.figures import Day, Figure, Label
from bot.chat.own_case import own_words
from bot.chat.reading import Misread
from bot.chat.reply import Block, Choice, Points, Reply, Source, Text, Title, Tone, Words, in_twos
from bot.chat.spelling import nearest
from core.errors import Refusal
from core.lessons.faq import FaqEntry, Found
from core.lessons.wording import words
from core.venue import VENUES

CATEGORIES = (
    "modes",
    "risk-of-modes",
    "switching",
    "leverage",
    "liquidation",
    "margin-terms",
    "prices",
    "funding",
    "fees",
    "position-mode",
    "contracts",
    "exchange",
    "risk",
    "bot",
)
"""The categories in the order in which one learns."""

PAGE = 6
"""Topics shown at once: more buttons than a phone's screen holds are not looked at."""

LABEL = 48
"""Characters of a button."""

SHORT = 4
"""Letters of a word in which one slip may make any other."""

EXAMPLES = 2
"""Worked examples under an answer, at most."""


@command(
    aliases=("ask", "?"),
    examples=("/faq can i switch to cross with an open position", "/faq which mode is safer"),
    suggests=frozenset({"text"}),
)
def faq(ask: Ask, text: str | None = None) -> Reply:
    """Look up an answer about margin modes."""
    quoted = ask.request.quoted
    if not text and quoted is not None:
        return _found(ask, quoted.text, under=quoted.id if _asks(quoted.text) else "")
    if not text:
        return _categories(ask)
    match text.split():
        case ["all"]:
            return _categories(ask)
        case ["all", category, *page] if category in CATEGORIES:
            return _topics(ask, category, page)
        case ["other", *ids]:
            return _others(ask, ids)
    return _found(ask, text)


def _found(ask: Ask, question: str, under: str = "") -> Reply:
    """The answer to a question: the hosts' own, ours, or an honest word."""
    found = ask.services.learning.ask(question, ask.request.locale)
    hosts = hosts_answer(ask, question, found)
    if hosts is not None:
        return replace(hosts, under=under)
    if found.entry is None or found.entry.id in hidden_topics(ask):
        _check_slip(ask, question)
        return _not_covered(ask, question, found)
    return _answer(ask, found, question, under)


def _check_slip(ask: Ask, line: str) -> None:
    """Raise `Misread` where a line nobody can answer begins with a command, one letter off."""
    if ask.request.text.startswith("/"):
        return
    try:
        ask.read(f"/{line}")
    except Misread as misread:
        head = misread.token.removeprefix("/")
        names = [label.removeprefix("/") for label, _ in misread.options]
        if misread.kind == "unknown_command" and len(head) > SHORT and nearest(head, names, 1):
            misread.token = head
            raise


# --- an answer ------------------------------------------------------------------------------------


def _answer(ask: Ask, found: Found, question: str, under: str) -> Reply:
    """One direct sentence, the points, worked examples, the source, related topics."""
    entry, *others = found.near
    own, examples = own_words(ask, entry.own, question), tuple(_examples(ask, entry))
    heading = Words("{question}", {"question": Label(entry.question)})
    return Reply(
        blocks=(
            title(ask, None, heading) if own or examples else Title(heading),
            Text(Words("{answer}", {"answer": Label(entry.answer)}), strong=True),
            Points(tuple(Words("{point}", {"point": Label(p)}) for p in entry.points)),
            *examples,
            *([Text(own, strong=True)] if own is not None else []),
            Source(_source(ask, entry)),
        ),
        choices=_choices(ask, entry, others),
        short=Words("{answer}", {"answer": Label(entry.answer)}),
        under=under,
    )


def _examples(ask: Ask, entry: FaqEntry) -> Iterator[Block]:
    """What the engine works out for the entry's lines, a sentence each."""
    told = [short for line in entry.live[:EXAMPLES] if (short := _worked(ask, line)) is not None]
    if told:
        yield Text(Words(ask._("For example:")))
        yield Points(tuple(told))


def _worked(ask: Ask, line: str) -> Words | None:
    """The one sentence of a line's result; nothing where the market cannot answer now."""
    try:
        reply = ask.reckon(f"/{line}")
    except (Misread, Refusal):
        return None
    return reply.short if reply.tone is Tone.ANSWER else None


def _source(ask: Ask, entry: FaqEntry) -> Words:
    """Where it comes from, for whom it holds, as of when."""
    figures: dict[str, Figure] = {
        "source": Label(entry.source),
        "date": Day(entry.source_date),
        "venue": Label(VENUES[entry.venue].name if entry.venue in VENUES else entry.venue),
    }
    if entry.venue:
        return Words(ask._("Valid for {venue} as of {date}. Source: {source}."), figures)
    return Words(ask._("As of {date}. Source: {source}."), figures)


def _choices(
    ask: Ask, entry: FaqEntry, others: Iterable[FaqEntry]
) -> tuple[tuple[Choice, ...], ...]:
    """The numbers, two topics nearby, and the way on for who asked something else.

    That way names topics only: what somebody wrote is carried nowhere.
    """
    lines = tuple(Choice(ask._("Show me with numbers"), f"/{line}") for line in entry.live[:1])
    hidden = hidden_topics(ask)
    shown = [topic for topic in entry.related if topic not in hidden][:2]
    near = [_topic(ask.services.learning.entry(topic, ask.request.locale)) for topic in shown]
    said = " ".join(("/faq", "other", *(each.id for each in others)))
    other = Choice(ask._("Not what I asked"), said)
    return tuple(row for row in (lines, *((each,) for each in near), (other,)) if row)


def _topic(entry: FaqEntry) -> Choice:
    """A topic as a button, whose label a phone shows whole."""
    label = entry.question
    if len(label) > LABEL:
        label = label[:LABEL].rsplit(" ", 1)[0] + "…"
    return Choice(label, f"/faq {entry.id}")


# --- no answer ------------------------------------------------------------------------------------


def _others(ask: Ask, ids: Iterable[str]) -> Reply:
    """The next nearest topics, for who did not ask for the one they got."""
    locale = ask.request.locale
    near, hidden = [ask.services.learning.entry(t, locale) for t in ids], hidden_topics(ask)
    shown = [entry for entry in near if entry.id not in hidden]
    text = ask._("Perhaps one of these?") if shown else ask._("Ask in other words, or look here.")
    return Reply(
        (Text(Words(text)),),
        choices=(*((_topic(entry),) for entry in shown), _everything(ask)),
        tone=Tone.ASK,
    )


def _everything(ask: Ask) -> tuple[Choice, ...]:
    """The ways on where no topic fits; who asks for a mode is led to the four questions."""
    return (Choice(ask._("All topics"), "/faq"), _suits(ask), Choice(ask._("Help"), "/help"))


def _suits(ask: Ask) -> Choice:
    return Choice(ask._("Which mode suits me?"), "/choose")


def _not_covered(ask: Ask, question: str, found: Found) -> Reply:
    """Say so, with the topics that come nearest; the words that missed are counted."""
    hidden = hidden_topics(ask)
    near = [entry for entry in found.near if entry.id not in hidden]
    text = (
        ask._("I have no answer to that. Closest:") if near else ask._("I have no answer to that.")
    )
    told = Words(text)
    return Reply(
        (Text(told),),
        choices=(*((_topic(entry),) for entry in near), _everything(ask)),
        tone=Tone.TROUBLE,
        outcome="unknown_topic",
        short=told,
        missed=ask.services.learning.missed(question, ask.request.locale),
    )


# --- all topics -----------------------------------------------------------------------------------


def category_name(ask: Ask, category: str) -> str:
    """Return what a category is called."""
    names = {
        "modes": ask._("Margin modes"),
        "risk-of-modes": ask._("What each mode can lose"),
        "switching": ask._("Switching modes"),
        "leverage": ask._("Leverage"),
        "liquidation": ask._("Liquidation"),
        "margin-terms": ask._("Margin terms"),
        "prices": ask._("Prices"),
        "funding": ask._("Funding"),
        "fees": ask._("Fees"),
        "position-mode": ask._("Hedge and one-way"),
        "contracts": ask._("Contracts"),
        "exchange": ask._("Venues"),
        "risk": ask._("Managing risk"),
        "bot": ask._("This bot"),
    }
    return names[category]


def _categories(ask: Ask) -> Reply:
    """The categories as buttons, two in a row."""
    buttons = [Choice(category_name(ask, c), f"/faq all {c}", replace=True) for c in CATEGORIES]
    return Reply(
        blocks=(
            Title(Words(ask._("What would you like to know?"))),
            Text(Words(ask._("Type your question, or choose a topic."))),
        ),
        choices=(
            *in_twos(buttons),
            (_suits(ask), Choice(ask._("Lessons"), "/learn", kept=True)),
        ),
    )


def _topics(ask: Ask, category: str, page: list[str]) -> Reply:
    """The topics of a category as buttons, in the order of learning."""
    topics = ask.services.learning.topics(ask.request.locale, category)
    hidden = hidden_topics(ask)
    shown = [entry for entry in topics if entry.id not in hidden]
    number = int(page[0]) if page and page[0].isdecimal() and len(page[0]) < 3 else 1
    here = shown[(number - 1) * PAGE : number * PAGE] or shown[:PAGE]
    more = [Choice(ask._("All topics"), "/faq all", replace=True)]
    if here[-1:] != shown[-1:]:
        line = f"/faq all {category} {number + 1}"
        more.append(Choice(ask._("More topics"), line, replace=True))
    return Reply(
        blocks=(Title(Words(category_name(ask, category))),),
        choices=(*((_topic(entry),) for entry in here), tuple(more)),
    )


def _asks(text: str) -> bool:
    """Whether a message asks something, so that its author may be told of the answer."""
    first = text.strip().lower().split(" ", 1)[0]
    return "?" in text or first in _QUESTION_WORDS


_QUESTION_WORDS = frozenset(
    words("can could do does did how is are should what whats when where which who why will would")
)
