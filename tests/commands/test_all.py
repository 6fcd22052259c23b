"""What holds for every command alike."""

import pytest

from bot.app import commands
from bot.chat.reply import Reply
from bot.chat.request import Role
from tests.chat.paper_samples import PAPER
from tests.walk.house import Home, shown

EXAMPLES = [example for c in commands() for example in c.examples]
PRICELESS = {
    *("learn", "help", "privacy", "set", "host", "hostfaq", "export", "forget", "link", "unlink"),
    *("share", "faq", "schedule", "replay", "challenge", "league", "trade", "answer"),
}
WITHOUT_FIGURES = {"no_receipt", "no_position", *(kind.code for kind in PAPER)}
"""What an account that holds nothing is refused: such words tell no price."""
ASKING = {"/choose"}
"""Lines that are answered by a question back."""
PRICED = [e for c in commands() if c.name not in PRICELESS for e in c.examples if e not in ASKING]
TRADES = [e for e in PRICED if e.split()[0] not in {"/about", "/start", "/faq", "/venue", "/price"}]


def others_see(reply: Reply) -> str:
    """Everything of a reply that others in the group can read, its buttons' lines as well."""
    if reply.private:
        return ""
    return shown(reply) + " ".join(c.say for row in reply.choices for c in row)


@pytest.mark.parametrize("line", PRICED)
def test_prices_are_called_demo_in_the_first_line(home: Home, line: str) -> None:
    reply = home.say(line)
    if reply.outcome in WITHOUT_FIGURES:
        return
    assert "DEMO PRICES, not live." in shown(reply).splitlines()[0]


@pytest.mark.parametrize("line", EXAMPLES)
def test_a_person_asking_for_their_own_is_answered_alone(home: Home, line: str) -> None:
    home.say("/set wallet 7777")
    home.say("/set margin 777")
    answer = home.say(f"{line} mine", group=True, addressed=True, role=Role.MEMBER)
    assert answer.private
    assert "777" not in others_see(answer)


@pytest.mark.parametrize("line", EXAMPLES)
def test_without_that_word_nothing_of_theirs_is_used(home: Home, line: str) -> None:
    stranger = home.answer(line, "2", group=True)
    home.say("/set wallet 7777", "3")
    home.say("/set margin 777", "3")
    known = home.answer(line, "3", group=True)
    assert isinstance(stranger, Reply)
    assert isinstance(known, Reply)
    assert others_see(known) == others_see(stranger)


@pytest.mark.parametrize("line", TRADES)
def test_what_is_refused_of_their_own_is_refused_alone(home: Home, line: str) -> None:
    home.say("/set wallet 7.77")
    home.say("/set margin 7.76")
    answer = home.say(f"{line} mine", group=True)
    assert answer.private
