"""A reply ready to send: its pages, its keyboard, its files, and the quiz that it may be."""

from bot.adapters.telegram.buttons import read
from bot.adapters.telegram.written import written
from bot.chat.reply import Choice, File, Reply, Text, Words
from tests.adapters.telegram.test_polls import ASKED, POLL
from tests.fakes.desk import ScriptedDesk

FILE = File("a.json", "application/json", "{}")
PLAIN = Reply((Text(Words("Words.")), FILE), ((Choice("Go", "/go"),),))


async def test_words_are_pages_with_a_keyboard_and_files() -> None:
    made = await written(PLAIN, "en", 5, ScriptedDesk(), "bot")
    assert (made.pages, made.files, made.quiz) == (["Words."], (FILE,), None)
    assert made.keyboard is not None
    pressed = await read(str(made.keyboard.inline_keyboard[0][0].callback_data), ScriptedDesk())
    assert pressed is not None
    assert (pressed.say, pressed.owner) == ("/go", 5)


async def test_a_quiz_has_its_card_beside_it() -> None:
    made = await written(ASKED, "en", 5, ScriptedDesk(), "bot")
    assert made.quiz is not None
    assert (made.quiz.native.right, made.quiz.keyboard) == (POLL.right, None)
    assert made.pages[0].startswith("<b>Which margin opens &lt;this&gt; &amp; that?</b>")
    assert made.keyboard is not None
