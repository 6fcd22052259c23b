"""What is held is shown card by card, with the account below."""

from dataclasses import replace

from core.paper.actions import Reset
from core.paper.records import Change
from tests.commands.shown import button, line_of, numbers
from tests.commands.trades import do, opened
from tests.walk.house import Home, shown


def labels(home: Home, line: str) -> list[str]:
    return [choice.label for row in home.say(line).choices for choice in row]


def test_an_empty_account_says_how_to_begin(home: Home) -> None:
    reply = home.say("/pf")
    assert "/open long btc 10x 500 isolated" in shown(reply)
    assert line_of(reply, "available").strip() == "10,000.00"
    assert button(reply, "Open 10x long BTC").kept


def test_looking_makes_nobody_a_learner(home: Home) -> None:
    home.say("/pf")
    with home.units.reading() as books:
        assert books.paper.live("demo") == (0, ())
        assert books.paper.faults() == ()


def test_an_isolated_position_has_its_own_margin_and_ratio(home: Home) -> None:
    opened(home, "BTC", "0.1")
    reply = home.say("/pf")
    assert "#1 LONG 0.1 BTC, 10x isolated" in shown(reply)
    (margin,), (entry,) = numbers(reply, "margin "), numbers(reply, "entry")
    assert abs(margin - entry * 1 / 100) < 1
    assert "ratio (100% ends)" in shown(reply)
    assert labels(home, "/pf")[:3] == ["Close #1", "Add margin", "Stop"]


def test_a_cross_position_has_no_margin_to_add(home: Home) -> None:
    opened(home, "BTC", "0.1", cross=True)
    assert labels(home, "/pf")[:2] == ["Close #1", "Stop"]


def test_buttons_that_lead_to_changes_are_kept(home: Home) -> None:
    opened(home, "BTC", "0.1")
    reply = home.say("/pf")
    for label in ("Close #1", "Add margin", "Stop"):
        assert button(reply, label).kept


def test_add_margin_previews_a_tenth_of_what_is_there(home: Home) -> None:
    opened(home, "BTC", "0.1")
    more = button(home.say("/pf"), "Add margin")
    assert more.say == "/margin btc +68"
    reply = home.say(more.say, button=True, kept=True)
    assert reply.outcome == "ok"
    assert "Confirm" in [choice.label for row in reply.choices for choice in row]


def test_one_coin_can_be_asked_for(home: Home) -> None:
    opened(home, "BTC", "0.1")
    opened(home, "ETH", "1")
    text = shown(home.say("/pf eth"))
    assert "#2 LONG 1 ETH" in text
    assert "#1 LONG" not in text
    assert "You hold nothing in SOL." in shown(home.say("/pf sol"))


def test_orders_stand_below_the_positions(home: Home) -> None:
    opened(home, "ETH", "1", price=1500)
    reply = home.say("/pf")
    assert "#1 LONG 1 ETH at 1,500.00, 10x isolated" in shown(reply)
    assert button(reply, "Orders").say == "/orders"


def test_several_cross_coins_have_a_joint_line(home: Home) -> None:
    opened(home, "BTC", "0.1", cross=True)
    assert "All cross coins together" not in shown(home.say("/pf"))
    opened(home, "ETH", "1", cross=True, short=True)
    assert "All cross coins together may move" in shown(home.say("/pf"))


def test_many_positions_are_opened_by_their_coin(home: Home) -> None:
    for coin, size in (("BTC", "0.01"), ("ETH", "0.1"), ("SOL", "1"), ("BNB", "0.1")):
        opened(home, coin, size)
    assert "Close #4" in labels(home, "/pf")
    opened(home, "XRP", "20")
    assert labels(home, "/pf")[:5] == ["BTC", "ETH", "SOL", "BNB", "XRP"]
    assert "Close #5" in labels(home, "/pf xrp")


def test_an_account_of_another_market_is_shown_as_paused(home: Home) -> None:
    done = opened(home, "BTC", "0.1")
    with home.units.writing() as books:
        learner = books.paper.owner(done.after.id)
        other = books.paper.open_account(learner, "binance")
        after = replace(done.after, id=other.id, market="binance", version=done.after.version)
        books.paper.record(Change(other, after, done.events, home.clock.now()))
    text = shown(home.say("/pf"))
    assert "Paused: your account on Binance prices, with positions: 1 and orders: 0." in text


def test_an_account_of_a_challenge_is_not_shown_as_paused(home: Home) -> None:
    done = opened(home, "BTC", "0.1")
    with home.units.writing() as books:
        learner = books.paper.owner(done.after.id)
        other = books.paper.open_account(learner, "game:1:1")
        after = replace(done.after, id=other.id, market="game:1:1", version=done.after.version)
        books.paper.record(Change(other, after, done.events, home.clock.now()))
    assert "Paused" not in shown(home.say("/pf"))


def test_in_a_group_only_the_person_sees_it(home: Home) -> None:
    opened(home, "BTC", "0.1")
    assert home.say("/pf", group=True).private


def test_everybody_sees_their_own(home: Home) -> None:
    opened(home, "BTC", "0.1", "1")
    assert "No open position." in shown(home.say("/pf", "2"))


def test_a_toast_says_how_much_is_free(home: Home) -> None:
    opened(home, "BTC", "0.1")
    short = home.say("/pf").short
    assert short is not None
    assert short.text.startswith("Open positions")


def test_resets_are_told(home: Home) -> None:
    do(home, Reset())
    assert "resets: 1." in shown(home.say("/pf")).splitlines()[0]
