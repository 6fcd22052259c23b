"""Replays in chat: an event by date or name, both modes side by side, and step by step."""

import pytest

from bot.chat.reply import Hush, Reply, Tone
from bot.chat.request import Chat, Place, Request, Role, Who
from core.paper.records import Identity
from tests.commands.shown import button, line_of, numbers, short_of
from tests.commands.trades import opened
from tests.walk.house import Home, shown

LINE = "/replay 2020-03-12 10x long BTC"


def test_alone_it_lists_every_event(home: Home) -> None:
    reply = home.say("/replay")
    assert len([choice for row in reply.choices for choice in row]) == 11
    assert button(reply, "FTX collapse").say == "/replay 2022-11-08"


def test_both_modes_stand_side_by_side(home: Home) -> None:
    reply = home.say(LINE)
    text = shown(reply)
    assert text.startswith(
        "Black Thursday: LONG 2.489 BTC, 10x, Binance. RECORDED PRICES of 2020-03-12"
    )
    assert "an estimate" in text.splitlines()[0]
    assert "DEMO PRICES" not in text
    assert line_of(reply, "Liq. on").split()[0] == "Thu"
    isolated, cross = numbers(reply, "Result")
    assert -2_020 < isolated < -1_990
    assert cross < isolated
    left, cross_left = numbers(reply, "Left")
    assert left == 10_000 + isolated
    assert cross_left == 10_000 + cross
    assert "mark prices by the hour" in text
    assert "funding included, at the rates recorded then" in text
    paid, cross_paid = numbers(reply, "Funding")
    assert paid < cross_paid < 0  # isolated was gone before the shorts paid
    assert "assumed: wallet 10,000, margin 2,000" in text


@pytest.mark.parametrize(
    "line",
    [
        "/replay 2020-03 10x long BTC",
        "/replay thursday 10x long BTC",
        "/replay BLACK long btc 10x",
        "/replay 2020-03-12 btc 10x long @8034.4!",
    ],
)
def test_an_event_has_several_names(home: Home, line: str) -> None:
    assert shown(home.say(line)).startswith("Black Thursday: LONG 2.489 BTC, 10x")


def test_a_word_that_means_several_is_asked_about_with_the_trade_kept(home: Home) -> None:
    reply = home.say("/replay collapse 5x short SOL")
    assert reply.tone is Tone.ASK
    assert button(reply, "FTX collapse").say == "/replay 2022-11-08 5x short SOL"
    assert shown(home.say(button(reply, "FTX collapse").say)).startswith("FTX collapse: SHORT")


def test_an_unknown_event_is_answered_with_those_there_are(home: Home) -> None:
    reply = home.say("/replay tulips 10x long BTC")
    assert (reply.outcome, reply.tone) == ("unknown_scenario", Tone.TROUBLE)
    assert len(reply.choices) == 6


def test_an_event_alone_is_told_and_offers_trades(home: Home) -> None:
    reply = home.say("/replay ftx")
    assert "The venue FTX stopped paying out" in shown(reply)
    assert "BTC, ETH, BNB, XRP, SOL, DOGE, ADA" in shown(reply)
    assert home.say(button(reply, "10x long BTC").say).outcome == "ok"


def test_a_coin_without_recorded_rates_is_played_without_funding(home: Home) -> None:
    reply = home.say("/replay ftx 2x long BNB")
    assert "without funding: no rates are recorded" in shown(reply)
    assert "Funding" not in shown(reply)


def test_a_coin_nobody_recorded_is_refused_with_those_that_are(home: Home) -> None:
    reply = home.say("/replay 2020-03-12 10x long SOL")
    assert reply.outcome == "not_recorded"
    assert short_of(reply) == (
        "Black Thursday has no prices of SOL. Recorded are: BTC, ETH, BNB, XRP, DOGE, ADA."
    )


def test_what_is_misread_is_put_right_in_the_same_line(home: Home) -> None:
    reply = home.say("/replay 2020-03-12 long btc 10x 1,00,0")
    assert reply.tone is Tone.TROUBLE
    assert "Try: /replay 2020-03-12 long btc 10x 1000" in shown(reply)
    assert home.say("/replay 2020-03-12 10x long").tone is not Tone.ANSWER


def test_step_by_step_goes_on_and_back(home: Home) -> None:
    reply = home.say(button(home.say(LINE), "Step by step").say)
    assert "Black Thursday: step 1 of" in shown(reply)
    assert "BTC 8,034.4, 0.0% since the beginning" in shown(reply)
    labels = [choice.label for choice in reply.choices[0]]
    assert labels == ["Next", "Summary"]
    seen = [shown(reply)]
    while any(choice.label == "Next" for choice in reply.choices[0]):
        assert button(reply, "Next").replace
        reply = home.say(button(reply, "Next").say)
        seen.append(shown(reply))
    assert sum("LONG BTC was liquidated at" in text for text in seen) == 2
    assert all("RECORDED PRICES of 2020-03-12" in text for text in seen)
    assert button(reply, "Back").say.endswith(f"step {len(seen) - 1}")
    assert shown(home.say(button(reply, "Summary").say)).startswith("Black Thursday: LONG 2.489")


@pytest.mark.parametrize("step", ["0", "99", "9999999"])
def test_a_step_beyond_the_end_is_the_last_and_none_is_the_summary(home: Home, step: str) -> None:
    assert home.say(f"{LINE} step {step}").outcome == "ok"


def test_comparing_goes_on_at_the_present_market(home: Home) -> None:
    reply = home.say(button(home.say(LINE), "Compare").say)
    assert shown(reply).startswith("LONG 0.292 BTC, 10x, Binance.")


def test_no_card_is_wider_than_a_phone(home: Home) -> None:
    for line in ("/replay 2020-03-12 10x long BTC", "/replay luna 3x long ada 250 wallet 500000"):
        reply = home.say(line)
        table = shown(reply).splitlines()
        assert reply.outcome == "ok"
        assert any(row.strip().startswith("Liq. on") for row in table)


# --- one's own ------------------------------------------------------------------------------------


def test_ones_own_positions_are_played_from_the_present_marks(home: Home) -> None:
    opened(home, "BTC", "0.2")
    opened(home, "ETH", "2", short=True, cross=True)
    before = home.services.accounts.look(Identity("telegram", "1"))
    reply = home.say("/replay 2022-11-08 mine")
    text = shown(reply)
    assert reply.private
    assert text.startswith("FTX collapse: your positions, from the present marks on.")
    assert "DEMO PRICES" in text
    assert "BTC, ETH: mark prices by the hour" in text
    assert home.services.accounts.look(Identity("telegram", "1")) == before
    step = home.say(button(reply, "Step by step").say)
    assert step.private
    assert "ETH 1,9" in shown(step)


def test_ones_own_positions_are_offered_in_private_only(home: Home) -> None:
    opened(home, "BTC", "0.2")
    assert button(home.say("/replay ftx"), "My positions").say == "/replay 2022-11-08 mine"
    in_group = home.say("/replay ftx", group=True)
    assert "My positions" not in [c.label for row in in_group.choices for c in row]


def test_with_nothing_open_there_is_nothing_of_ones_own_to_play(home: Home) -> None:
    reply = home.say("/replay ftx mine")
    assert (reply.outcome, reply.private) == ("no_position", True)


def test_a_coin_of_ones_own_that_was_not_recorded_is_named_in_private(home: Home) -> None:
    opened(home, "SOL", "10")
    reply = home.say("/replay 2020-03-12 mine", group=True)
    assert (reply.outcome, reply.private) == ("not_recorded", True)


def test_in_a_group_ones_own_is_for_nobody_else(home: Home) -> None:
    opened(home, "BTC", "0.2")
    assert home.say("/replay ftx mine", group=True).private
    assert not home.say(LINE, group=True).private


def test_a_typed_form_in_a_group_is_private_too(home: Home) -> None:
    opened(home, "BTC", "0.2")
    request = Request(
        id="9",
        who=Who("telegram", "1"),
        chat=Chat("-5", Place.GROUP),
        command="replay",
        options={"text": "ftx mine"},
    )
    reply = home.ask(request)
    assert isinstance(reply, Reply)
    assert reply.private


def test_somebody_masked_has_no_positions(home: Home) -> None:
    answer = home.answer("/replay ftx mine", group=True, role=Role.MASKED)
    assert isinstance(answer, Reply | Hush)
    assert answer.outcome == "not_allowed"


def test_a_size_is_measured_by_the_recorded_price(home: Home) -> None:
    reply = home.say("/replay 2020-03-12 2btc long 10x")
    assert shown(reply).startswith("Black Thursday: LONG 2 BTC, 10x")
    step = home.say(button(reply, "Step by step").say)
    assert step.outcome == "ok"
