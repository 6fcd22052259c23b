"""Four questions and a mode: by buttons, typed at once, with the figures of one's own wallet."""

import pytest

from bot.chat.reply import Reply, Tone
from bot.chat.request import Role
from core.money import D
from tests.commands.shown import button, line_of, numbers
from tests.walk.house import Home, shown


def press(home: Home, reply: Reply, *labels: str) -> Reply:
    """Press one button after the other, as a client that carries the line itself."""
    for label in labels:
        pressed = button(reply, label)
        assert not pressed.kept
        reply = home.say(pressed.say, button=True)
    return reply


def test_four_presses_lead_to_what_can_be_typed_at_once(home: Home) -> None:
    reply = press(home, home.say("/choose"), "No", "Three", "20%", "New to it")
    assert reply.tone is Tone.ANSWER
    assert shown(reply) == shown(home.say("/choose no 3 20 new"))


def test_each_question_is_a_card_in_place_of_the_one_before(home: Home) -> None:
    reply = home.say("/choose")
    for number, label in enumerate(("Yes, hedged", "Two", "All of it", "Some"), 1):
        assert f"Question {number} of 4" in shown(reply)
        assert all(choice.replace for row in reply.choices for choice in row)
        reply = press(home, reply, label)
    assert "Question" not in shown(reply)


def test_one_can_go_back(home: Home) -> None:
    third = home.say("/choose no 3")
    assert shown(press(home, third, "Back")) == shown(home.say("/choose no"))
    assert shown(press(home, third, "Back", "Back")) == shown(home.say("/choose"))
    assert "Back" not in shown(home.say("/choose"))


@pytest.mark.parametrize(
    ("line", "mode"),
    [
        ("no 1 5 new", "Isolated"),
        ("yes 2 all new", "Isolated"),
        ("yes 2 20 some", "Cross"),
        ("no 5 50 pro", "Isolated"),
        ("no 5 all pro", "Cross"),
        ("no 1 all pro", "Isolated"),
        ("no 5 all some", "Isolated"),
    ],
)
def test_a_mode_is_recommended_with_what_speaks_against_it(
    home: Home, line: str, mode: str
) -> None:
    text = shown(home.say(f"/choose {line}"))
    assert text.startswith(f"{mode} margin suits you better. DEMO PRICES, not live.")
    assert "Against it:" in text
    assert "about the mode only: no advice on trades" in text


def test_the_figures_are_those_of_the_comparison(home: Home) -> None:
    reply = home.say("/choose no 3 20 new")
    compared = press(home, reply, "Compare")
    for label in ("Can lose", "of wallet", "Liq. price"):
        assert line_of(reply, label).split() == line_of(compared, label).split()
    isolated, cross = numbers(reply, "Can lose")
    assert D(1990) < isolated <= D(2000)
    assert D(9980) < cross <= D(10000)


def test_the_wallet_is_the_persons_own(home: Home) -> None:
    assert "assumed: wallet 10,000 USDT" in shown(home.say("/choose no 3 20 new"))
    home.say("/set wallet 5000")
    reply = home.say("/choose no 3 20 new")
    isolated, cross = numbers(reply, "Can lose")
    assert D(990) < isolated <= D(1000)
    assert D(4980) < cross <= D(5000)
    assert "With a wallet of 5,000 USDT" in shown(reply)
    assert "assumed: wallet" not in shown(reply)


def test_it_is_their_own_in_a_group_too_and_for_nobody_else(home: Home) -> None:
    home.say("/set wallet 5000")
    reply = home.say("/choose no 3 20 new", group=True)
    assert reply.private
    assert shown(reply) == shown(home.say("/choose no 3 20 new"))
    assert home.say("/choose", group=True).private
    assert home.say("/choose", group=True, role=Role.MASKED).outcome == "not_allowed"


def test_who_may_lose_everything_still_sees_two_modes_apart(home: Home) -> None:
    isolated, cross = numbers(home.say("/choose no 3 all some"), "Can lose")
    assert isolated < cross


@pytest.mark.parametrize("wallet", ["5", "100000000"])
def test_a_wallet_that_no_trade_fits_gets_its_mode_all_the_same(home: Home, wallet: str) -> None:
    home.say(f"/set wallet {wallet}")
    reply = home.say("/choose no 3 20 new")
    assert (reply.outcome, reply.tone) == ("ok", Tone.ANSWER)
    assert shown(reply).startswith("Isolated margin suits you better.")
    assert ("No figures:" in shown(reply)) == ("Can lose" not in shown(reply))


def test_a_wallet_below_the_smallest_order_has_no_figures(home: Home) -> None:
    home.say("/set wallet 5")
    reply = home.say("/choose no 3 20 new")
    assert "No figures: a trade that would show them cannot be placed now." in shown(reply)
    assert "Compare" not in [choice.label for row in reply.choices for choice in row]


@pytest.mark.parametrize("line", ["no 3 20 new", "yes 3 20 pro", "yes 2 all new", "no 9 all pro"])
def test_every_button_leads_somewhere(home: Home, line: str) -> None:
    for row in home.say(f"/choose {line}").choices:
        for choice in row:
            answer = home.say(choice.say, button=True, kept=choice.kept)
            assert answer.outcome == "ok", choice


def test_only_a_hedge_is_shown_a_hedge(home: Home) -> None:
    assert "A hedge in both modes" in shown(home.say("/choose yes 3 20 pro"))
    assert "A hedge in both modes" not in shown(home.say("/choose no 3 20 pro"))


def test_the_answers_are_told_as_they_were_understood(home: Home) -> None:
    reply = home.say("/choose YES, 4+ 2.5% beginner thanks")
    assert line_of(reply, "hedged").strip() == "yes"
    assert numbers(reply, "positions") == [4]
    assert numbers(reply, "may be lost") == [D("2.50")]
    assert line_of(reply, "experience").strip() == "New to it"


@pytest.mark.parametrize(
    ("line", "number"),
    [("banana", 1), ("<b>no</b>", 1), ("no lots", 2), ("no 3 0%", 3), ("no 3 20 x", 4)],
)
def test_what_is_no_answer_is_asked_again(home: Home, line: str, number: int) -> None:
    reply = home.say(f"/choose {line}")
    assert "I did not understand that answer." in shown(reply)
    assert f"Question {number} of 4" in shown(reply)
    assert line.rsplit(maxsplit=1)[-1] not in shown(reply).replace("20%", "").split()


def test_a_hedge_of_one_position_is_no_hedge(home: Home) -> None:
    reply = home.say("/choose yes 1 20 new")
    assert "A hedge takes two positions or more" in shown(reply)
    assert "One" not in [choice.label for row in reply.choices for choice in row]
