"""Confirm: once, by the same person, in the same chat, within a minute, near what was shown."""

from dataclasses import replace

import pytest

from bot.chat.reply import Tone
from core.money import D, Price
from core.paper.account import PaperAccount
from core.paper.records import Identity
from tests.commands.shown import button
from tests.walk.house import Home, shown

LINE = "/open long btc 10x 500"


def account(home: Home) -> PaperAccount:
    return home.services.accounts.look(Identity("telegram", "1"))


def shown_at(home: Home, token: str, price: int) -> str:
    """Keep a preview once more as one that was shown at another price; return its token."""
    with home.units.writing() as books:
        found = books.paper.preview(token)
        assert found is not None
        seen = tuple((symbol, Price(D(price))) for symbol, _ in found[0].seen)
        return books.paper.keep_preview(replace(found[0], seen=seen))


def token_of(home: Home, line: str = LINE) -> str:
    return button(home.say(line), "Confirm").say.removeprefix("/yes ")


def test_in_private_a_plain_yes_answers_the_last_preview(home: Home) -> None:
    home.say("/open long eth 10x 500")
    home.say(LINE)
    assert shown(home.say("yes")).startswith("Opened #1 LONG 0.073 BTC")


def test_a_second_plain_yes_never_falls_back_on_an_older_preview(home: Home) -> None:
    home.say("/open long eth 10x 500")
    home.say(LINE)
    home.say("yes")
    assert home.say("yes").outcome == "preview_gone"
    assert len(account(home).positions) == 1


@pytest.mark.parametrize("question", ["/open lnog btc 10x 5000", "/forget", "/link"])
def test_a_yes_to_another_question_does_not_do_what_was_shown_before(
    home: Home, question: str
) -> None:
    home.say("/open long btc 10x 100")
    home.say(question)
    assert home.say("yes").outcome == "preview_gone"
    assert "No open position." in shown(home.say("/pf"))


def test_a_misspelt_question_that_changes_nothing_leaves_the_preview(home: Home) -> None:
    home.say("/open long btc 10x 100")
    assert "LONG" in shown(home.say("/compare lnog btc 10x"))
    assert "Opened #1 LONG" in shown(home.say("yes"))


def test_a_plain_yes_delivered_twice_is_answered_alike(home: Home) -> None:
    home.say(LINE)
    first = home.say("yes")
    home._count -= 1
    assert shown(home.say("yes")) == shown(first)
    assert account(home).positions[0].leg.quantity == D("0.073")


def test_in_a_group_a_plain_yes_answers_nothing(home: Home) -> None:
    home.say(LINE, group=True)
    reply = home.say("/yes", group=True)
    assert reply.outcome == "preview_gone"
    assert account(home).positions == ()


def test_somebody_elses_preview_is_not_theirs(home: Home) -> None:
    token = token_of(home)
    assert home.say(f"/yes {token}", "2", button=True).outcome == "not_yours"
    assert account(home).positions == ()


def test_a_forged_token_leads_nowhere(home: Home) -> None:
    assert home.say("/yes AAAAAAAA", button=True).outcome == "preview_gone"


def test_after_a_minute_it_is_shown_anew_and_not_done(home: Home) -> None:
    token = token_of(home)
    home.clock.advance(61)
    reply = home.say(f"/yes {token}", button=True)
    assert reply.tone is Tone.ASK
    assert "older than a minute" in shown(reply)
    assert account(home).positions == ()
    assert home.say(f"/yes {token}", button=True).outcome == "preview_gone"
    assert shown(home.say(button(reply, "Confirm").say, button=True)).startswith("Opened #1")


def test_a_price_that_moved_away_is_shown_anew_and_not_done(home: Home) -> None:
    token = shown_at(home, token_of(home), 68000)
    reply = home.say(f"/yes {token}", button=True)
    assert "Not done: the price went from 68,000 to 68,430.9 since." in shown(reply)
    assert account(home).positions == ()
    assert shown(home.say(button(reply, "Confirm").say, button=True)).startswith("Opened #1")


def test_a_better_price_is_taken(home: Home) -> None:
    token = shown_at(home, token_of(home), 70000)
    assert home.say(f"/yes {token}", button=True).outcome == "ok"


def test_all_positions_are_measured_by_their_own_prices(home: Home) -> None:
    home.say("/set confirm off")
    home.say(LINE)
    home.say("/open short eth 10x 500")
    token = token_of(home, "/close all")
    assert shown(home.say(f"/yes {token}", button=True)).startswith("Closed positions: 2.")


def test_what_became_impossible_is_refused_and_can_still_be_answered(home: Home) -> None:
    token = token_of(home, "/open long btc 10x 9000")
    home.say("/set confirm off")
    home.say("/open long eth 10x 9000")
    assert home.say(f"/yes {token}", button=True).outcome == "insufficient"
    assert [p.leg.symbol for p in account(home).positions] == ["ETHUSDT"]
