"""/learn: six lessons through the FAQ, a card for each step and a question at the end of each."""

from bot.chat.ask import Ask
from bot.chat.command import command
from bot.chat.figures import Code, Count, Figure, Label
from bot.chat.reply import Block, Choice, Points, Reply, Source, Text, Title, Tone, Words, in_twos
from core.lessons.course import Answer, Lesson, following, named
from core.lessons.faq import FaqEntry

RESET, CHECK = "reset", "check"
"""Words of our own lines: begin again; a lesson's question."""

LETTERS = ("a", "b", "c")
"""What an answer is chosen by."""


@command(
    aliases=("lessons",),
    examples=("/learn", "/learn modes", "/learn modes 3"),
    writes=True,
    personal=True,
)
def learn(ask: Ask, text: str | None = None) -> Reply:
    """Learn in six lessons of about five minutes."""
    first, *rest = ((text or "").lower().split() or [""])[:2]
    course, who = ask.services.course, ask.request.who
    lessons = course.lessons(ask.request.locale)
    if first == RESET:
        course.restart(who.platform, who.id)
        return _overview(ask, lessons, [Text(Words(ask._("All lessons are open again.")))])
    lesson = named(lessons, first)
    if lesson is None:
        return _unknown(ask, lessons) if first else _overview(ask, lessons)
    step = rest[0] if rest else "1"
    if step in LETTERS:
        return _answered(ask, lessons, lesson, LETTERS.index(step))
    if step == CHECK:
        return _check(ask, lesson)
    number = int(step) if step.isdecimal() and len(step) < 4 else 0
    return _step(ask, lesson, min(max(number, 1), len(lesson.topics)))


def _there(label: str, *words: str) -> Choice:
    """A button to another card of the course, in place of this one.

    The command keeps who passed what, so that a client may not carry any of its lines.
    """
    return Choice(label, " ".join(("/learn", *words)), replace=True, kept=True)


def _all(ask: Ask) -> Choice:
    return _there(ask._("All lessons"))


# --- the lessons ----------------------------------------------------------------------------------


def _overview(ask: Ask, lessons: tuple[Lesson, ...], first: list[Block] | None = None) -> Reply:
    """All lessons, which are passed, how many are left, and the way on."""
    who = ask.request.who
    passed = ask.services.course.passed(who.platform, who.id)
    items = tuple(_line(ask, lesson, lesson.id in passed) for lesson in lessons)
    buttons = [_there(f"{n}. {lesson.title}", lesson.id) for n, lesson in enumerate(lessons, 1)]
    rows = [*in_twos(buttons)]
    on = following(lessons, passed)
    if on is not None:
        rows.insert(0, (_there(ask._("Continue") if passed else ask._("Begin"), on.id),))
    return Reply(
        blocks=(
            Title(Words(ask._("Lessons of about five minutes each."))),
            *(first or []),
            Points(items),
            *(_left(ask, len(lessons), len(passed)) if on is not None else _finished(ask)),
        ),
        choices=(*rows, *(() if on is not None else _onward(ask))),
    )


def _line(ask: Ask, lesson: Lesson, passed: bool) -> Words:
    """One lesson in the list; that it is passed stands there in a word."""
    text = ask._("{lesson}: passed") if passed else "{lesson}"
    return Words(text, {"lesson": Label(lesson.title)})


def _left(ask: Ask, all_: int, passed: int) -> list[Block]:
    """How many lessons are still to come."""
    figures: dict[str, Figure] = {"left": Count(all_ - passed), "all": Count(all_)}
    return [Text(Words(ask._("Still to pass: {left} of {all}."), figures))]


def _finished(ask: Ask) -> list[Block]:
    """Everything is passed: what was learned can be tried where nothing is lost."""
    return [
        Text(Words(ask._("You have passed all lessons.")), strong=True),
        Text(
            Words(
                ask._("Try it with paper money: {line} shows first what a trade would be."),
                {"line": Code("/open")},
            )
        ),
    ]


def _onward(ask: Ask) -> tuple[tuple[Choice, ...], ...]:
    """The ways on from a finished course."""
    first = Choice(ask._("Open 10x long BTC"), "/open long btc 10x 500 isolated", kept=True)
    return ((first, _there(ask._("Start over"), RESET)),)


def _unknown(ask: Ask, lessons: tuple[Lesson, ...]) -> Reply:
    """No lesson of that name; here is what there is."""
    words = Words(ask._("There is no such lesson."))
    buttons = tuple((_there(lesson.title, lesson.id),) for lesson in lessons)
    return Reply((Text(words),), buttons, Tone.TROUBLE, outcome="unknown_lesson", short=words)


# --- a lesson -------------------------------------------------------------------------------------


def _step(ask: Ask, lesson: Lesson, number: int) -> Reply:
    """One step: a topic's answer, its points, its examples, and the way on."""
    entry = ask.services.learning.entry(lesson.topics[number - 1], ask.request.locale)
    at: dict[str, Figure] = {
        "lesson": Label(lesson.title),
        "step": Count(number),
        "steps": Count(len(lesson.topics)),
    }
    return Reply(
        blocks=(
            Title(Words(ask._("{lesson}: step {step} of {steps}"), at)),
            Text(Words("{question}", {"question": Label(entry.question)})),
            Text(Words("{answer}", {"answer": Label(entry.answer)}), strong=True),
            Points(tuple(Words("{point}", {"point": Label(point)}) for point in entry.points)),
            Source(Words(ask._("Source: {source}."), {"source": Label(entry.source)})),
        ),
        choices=tuple(row for row in (_examples(ask, entry), _around(ask, lesson, number)) if row),
        short=Words("{answer}", {"answer": Label(entry.answer)}),
    )


def _examples(ask: Ask, entry: FaqEntry) -> tuple[Choice, ...]:
    """The topic's worked examples; each is a message of its own, so that the lesson stays."""
    lines = [f"/{line}" for line in entry.live[:2]]
    if len(lines) < 2:
        return tuple(Choice(ask._("Show me with numbers"), line) for line in lines)
    labels = (ask._("First example"), ask._("Second example"))
    return tuple(Choice(label, line) for label, line in zip(labels, lines, strict=True))


def _around(ask: Ask, lesson: Lesson, number: int) -> tuple[Choice, ...]:
    """Back, on, and out; behind the last step comes the question."""
    row = []
    if number > 1:
        row.append(_there(ask._("Back"), lesson.id, str(number - 1)))
    if number < len(lesson.topics):
        row.append(_there(ask._("Next"), lesson.id, str(number + 1)))
    else:
        row.append(_there(ask._("Check question"), lesson.id, CHECK))
    return (*row, _all(ask))


# --- its question ---------------------------------------------------------------------------------


def _check(ask: Ask, lesson: Lesson) -> Reply:
    """The question and its answers, each behind its letter."""
    answers = lesson.check.answers
    items = (
        Words("{letter}: {answer}", {"letter": Label(x.upper()), "answer": Label(a.text)})
        for x, a in zip(LETTERS, answers, strict=True)
    )
    title = Words(ask._("{lesson}: check question"), {"lesson": Label(lesson.title)})
    back = _there(ask._("Back"), lesson.id, str(len(lesson.topics)))
    return Reply(
        blocks=(
            Title(title),
            Text(Words("{text}", {"text": Label(lesson.check.question)}), strong=True),
            Points(tuple(items)),
        ),
        choices=(tuple(_there(x.upper(), lesson.id, x) for x in LETTERS), (back, _all(ask))),
        tone=Tone.ASK,
    )


def _answered(ask: Ask, lessons: tuple[Lesson, ...], lesson: Lesson, chosen: int) -> Reply:
    """What is right or wrong about an answer; the right one passes the lesson."""
    answer = lesson.check.answers[chosen]
    if not answer.right:
        return _wrong(ask, lesson, answer)
    who = ask.request.who
    passed = ask.services.course.pass_(who.platform, who.id, lesson.id)
    on = following(lessons, passed, lesson.id)
    words = Words(ask._("Right. Lesson passed: {lesson}."), {"lesson": Label(lesson.title)})
    end = _finished(ask) if on is None else _left(ask, len(lessons), len(passed))
    rows = _onward(ask) if on is None else ((_there(ask._("Next lesson"), on.id),),)
    return Reply((Title(words), *_told(answer), *end), (*rows, (_all(ask),)), short=words)


def _wrong(ask: Ask, lesson: Lesson, answer: Answer) -> Reply:
    """Why it is not that, and another try."""
    again = _there(ask._("Try again"), lesson.id, CHECK)
    read = _there(ask._("Read it again"), lesson.id)
    words = Words(ask._("Not quite."))
    return Reply((Title(words), *_told(answer)), ((again, read, _all(ask)),), short=words)


def _told(answer: Answer) -> tuple[Text, Text]:
    """The answer that was chosen, and what is to be said of it."""
    return (
        Text(Words("{answer}", {"answer": Label(answer.text)})),
        Text(Words("{why}", {"why": Label(answer.why)}), strong=True),
    )
