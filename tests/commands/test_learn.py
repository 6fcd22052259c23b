"""Six lessons, walked through by buttons and by typed lines."""

import pytest

from bot.adapters.content.course_files import CourseFiles
from bot.chat.reply import Choice, Reply, Tone
from bot.chat.request import Role
from core.lessons.course import Lesson
from tests.commands.shown import button
from tests.commands.trades import opened
from tests.walk.house import Home, shown

LESSONS = CourseFiles().lessons("en")
MODES = LESSONS[0]


def buttons(reply: Reply) -> list[Choice]:
    return [choice for row in reply.choices for choice in row]


def press(home: Home, reply: Reply, label: str, who: str = "1") -> Reply:
    pressed = button(reply, label)
    return home.say(pressed.say, who, button=True, kept=pressed.kept)


def letter(lesson: Lesson, *, right: bool) -> str:
    """Return the letter of the right answer, or of the first wrong one."""
    answers = lesson.check.answers
    return next(x for x, a in zip("abc", answers, strict=True) if a.right is right)


def pass_lesson(home: Home, lesson: Lesson, who: str = "1") -> Reply:
    return home.say(f"/learn {lesson.id} {letter(lesson, right=True)}", who)


def test_alone_it_shows_all_lessons_and_where_to_begin(home: Home) -> None:
    reply = home.say("/learn")
    for lesson in LESSONS:
        assert lesson.title in shown(reply)
    assert "passed" not in shown(reply)
    assert "Still to pass: 6 of 6." in shown(reply)
    assert shown(press(home, reply, "Begin")) == shown(home.say("/learn modes 1"))


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.id)
def test_a_lesson_is_walked_through_to_its_end_by_buttons(home: Home, lesson: Lesson) -> None:
    reply = home.say(f"/learn {lesson.id}")
    steps = len(lesson.topics)
    for number, topic in enumerate(lesson.topics, 1):
        entry = home.services.learning.entry(topic)
        assert f"{lesson.title}: step {number} of {steps}" in shown(reply)
        for text in (entry.question, entry.answer, *entry.points, entry.source):
            assert text in shown(reply)
        reply = press(home, reply, "Next" if number < steps else "Check question")
    assert lesson.check.question in shown(reply)
    reply = press(home, reply, letter(lesson, right=True).upper())
    assert shown(reply).startswith(f"Right. Lesson passed: {lesson.title}.")
    assert lesson.check.right.why in shown(reply)
    assert "Still to pass: 5 of 6." in shown(reply)
    assert f"{lesson.title}: passed" in shown(press(home, reply, "All lessons"))


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.id)
def test_every_example_of_a_lesson_is_answered_beside_it(home: Home, lesson: Lesson) -> None:
    count = 0
    for number in range(1, len(lesson.topics) + 1):
        for choice in buttons(home.say(f"/learn {lesson.id} {number}")):
            if not choice.say.startswith("/learn"):
                assert not choice.replace
                assert home.say(choice.say, button=True).tone is Tone.ANSWER
                count += 1
    assert count


def test_a_topic_with_two_examples_shows_both(home: Home) -> None:
    labels = [choice.label for choice in buttons(home.say("/learn leverage 1"))]
    assert labels[:2] == ["First example", "Second example"]
    assert "Show me with numbers" in [choice.label for choice in buttons(home.say("/learn modes"))]


def test_one_can_go_back(home: Home) -> None:
    assert "Back" not in [choice.label for choice in buttons(home.say("/learn modes"))]
    third = home.say("/learn modes 3")
    assert shown(press(home, third, "Back")) == shown(home.say("/learn modes 2"))
    last = shown(home.say(f"/learn modes {len(MODES.topics)}"))
    assert shown(press(home, home.say("/learn modes check"), "Back")) == last


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.id)
def test_a_wrong_answer_is_explained_and_passes_nothing(home: Home, lesson: Lesson) -> None:
    for x, answer in zip("ABC", lesson.check.answers, strict=True):
        if answer.right:
            continue
        reply = press(home, home.say(f"/learn {lesson.id} check"), x)
        assert answer.text in shown(reply)
        assert answer.why in shown(reply)
        assert lesson.check.right.why not in shown(reply)
        assert lesson.check.question in shown(press(home, reply, "Try again"))
    assert home.services.course.passed("telegram", "1") == frozenset()


def test_it_goes_on_with_the_first_lesson_that_is_not_passed(home: Home) -> None:
    pass_lesson(home, LESSONS[1])
    assert button(home.say("/learn"), "Continue").say == "/learn modes"
    assert button(pass_lesson(home, LESSONS[0]), "Next lesson").say == "/learn leverage"
    assert button(pass_lesson(home, LESSONS[5]), "Next lesson").say == "/learn leverage"


def test_passing_twice_counts_once(home: Home) -> None:
    pass_lesson(home, MODES)
    assert "Still to pass: 5 of 6." in shown(pass_lesson(home, MODES))


def test_who_has_passed_all_is_shown_the_way_to_paper_trading(home: Home) -> None:
    replies = [pass_lesson(home, lesson) for lesson in LESSONS]
    assert "You have passed all lessons." not in shown(replies[-2])
    for done in (replies[-1], home.say("/learn")):
        assert "You have passed all lessons." in shown(done)
        assert "/open" in shown(done)
        assert "Still to pass" not in shown(done)
        assert "Confirm" in [c.label for c in buttons(press(home, done, "Open 10x long BTC"))]


def test_one_can_start_over(home: Home) -> None:
    replies = [pass_lesson(home, lesson) for lesson in LESSONS]
    again = press(home, replies[-1], "Start over")
    assert "All lessons are open again." in shown(again)
    assert "Still to pass: 6 of 6." in shown(again)
    pass_lesson(home, MODES)
    home.say("/learn reset")
    assert "Still to pass: 6 of 6." in shown(home.say("/learn"))


def test_everybody_learns_for_themselves(home: Home) -> None:
    pass_lesson(home, MODES, "1")
    assert "Still to pass: 6 of 6." in shown(home.say("/learn", "2"))


def test_whoever_is_forgotten_begins_again(home: Home) -> None:
    pass_lesson(home, MODES)
    home.say("/forget yes")
    assert "Still to pass: 6 of 6." in shown(home.say("/learn"))


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("/learn MODES", "/learn modes 1"),
        ("/lessons modes", "/learn modes 1"),
        ("/learn 2", "/learn liquidation"),
        ("/learn fees", "/learn funding"),
        ("/learn modes 0", "/learn modes 1"),
        ("/learn modes 99", "/learn modes 5"),
        ("/learn modes 99999999999", "/learn modes 1"),
        ("/learn modes ab", "/learn modes 1"),
        ("/learn modes please", "/learn modes 1"),
        ("/learn 💥", "/learn"),
        ("learn", "/learn"),
    ],
)
def test_it_can_be_typed_in_many_ways(home: Home, typed: str, same: str) -> None:
    assert shown(home.say(typed)) == shown(home.say(same))


@pytest.mark.parametrize("text", ["banana", "<b>x</b>", "7", "x" * 4000])
def test_a_lesson_that_is_not_there_is_answered_with_those_that_are(home: Home, text: str) -> None:
    reply = home.say(f"/learn {text}")
    assert (reply.outcome, reply.tone) == ("unknown_lesson", Tone.TROUBLE)
    assert text not in shown(reply).replace("[7]", "")
    assert [c.say for c in buttons(reply)] == [f"/learn {lesson.id}" for lesson in LESSONS]


def test_in_a_group_it_is_between_the_bot_and_the_learner(home: Home) -> None:
    for line in ("/learn", "/learn modes", "/learn modes check", "/learn modes b", "/learn x"):
        assert home.say(line, group=True).private
    assert home.say("/learn", group=True, role=Role.MASKED).outcome == "not_allowed"


def test_what_a_client_carries_passes_no_lesson(home: Home) -> None:
    right = f"/learn modes {letter(MODES, right=True)}"
    assert home.say(right, button=True).outcome == "not_allowed"
    assert home.services.course.passed("telegram", "1") == frozenset()


def test_every_button_of_the_course_is_kept_and_stays_in_place(home: Home) -> None:
    for line in ("/learn", "/learn modes 2", "/learn modes check", "/learn modes a", "/learn x"):
        own = [c for c in buttons(home.say(line)) if c.say.startswith("/learn")]
        assert own
        assert all(choice.kept and choice.replace for choice in own)


def test_learning_leaves_the_account_alone(home: Home) -> None:
    opened(home, "BTC", "0.1")
    before = shown(home.say("/pf"))
    pass_lesson(home, MODES)
    home.say("/learn reset")
    assert shown(home.say("/pf")) == before
