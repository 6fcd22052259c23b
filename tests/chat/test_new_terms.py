"""New terms in words: which contract, from when on, before and after, and what can be done."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.i18n import english
from bot.chat.new_terms import SHOWN, new_terms_reply
from bot.chat.reply import Reply
from core.alerts.books import News
from core.margin.pool import Leg, MarginMode
from core.market import Symbol
from core.money import Amount, D, Price
from core.paper.new_terms import Announcement, Effect, NewTerms, Turn
from tests.builders import BTC, ETH, NOON, long, price, rate, short
from tests.chat.lines import read
from tests.walk.house import LISTINGS, shown

FEES = (rate("0.0005"), rate("0.0005"))


def effect(number: int = 1, leg: Leg | None = None, **changed: object) -> Effect:
    made = Effect(
        number=number,
        mode=MarginMode.ISOLATED,
        leg=leg or long("0.1", 60_000),
        mark=price(60_000),
        needed=(Amount(D(24)), Amount(D("27.5"))),
        limit=(price("54216.9"), price("54300.1")),
    )
    return replace(made, **changed)  # type: ignore[arg-type]  # by name


def terms(*effects: Effect, symbol: Symbol = BTC, **changed: object) -> NewTerms:
    made = NewTerms(
        symbol=symbol, turn=Turn.CHANGED, taker_fee=FEES, effects=effects or (effect(),)
    )
    return replace(made, **changed)  # type: ignore[arg-type]  # by name


def reply(*told: NewTerms, market: str = "test") -> Reply:
    announced = Announcement(
        account=1,
        market=market,
        venue="binance",
        edition=7,
        applies_at=NOON + timedelta(days=1),
        prices_of=NOON,
        terms=told or (terms(),),
    )
    news = News(1, "terms:7:1", None, NOON + timedelta(minutes=2), announced)
    return new_terms_reply(news, announced, LISTINGS, english, "Asia/Tokyo")


def lines(answer: Reply) -> list[str]:
    return [" ".join(line.split()) for line in shown(answer).splitlines()]


def test_it_says_what_changes_from_when_on_and_what_it_does() -> None:
    answer = reply()
    text = lines(answer)
    assert text[0] == "Binance changes the terms of BTC on 2026-11-23 21:00 JST."
    assert {
        "now then",
        "#1 LONG 0.1 BTC isolated",
        "maintenance 24.00 27.50",
        "liq. price 54,216.9 54,300.1",
        "Until then you can add margin, make a position smaller, or close it.",
    } <= set(text)
    assert (answer.private, answer.zone) == (True, "Asia/Tokyo")
    assert "reckoned at the marks of 2026-11-22 21:00 JST" in text[-2]
    assert "edition 7 of the venue's figures, 2026-11-22 21:02 JST" in text[-2]


def test_it_fits_a_phone() -> None:
    big = effect(
        12, long("1234.567", 60_000), needed=(Amount(D("99999.99")), Amount(D("99999.99")))
    )
    table = shown(reply(terms(big))).splitlines()[1:5]
    assert [line for line in table if len(line) > 30] == []


def test_its_buttons_make_the_position_safer_and_read_as_they_are_meant() -> None:
    (add, half, portfolio) = reply().choices[0]
    assert (add.label, add.kept, half.kept) == ("Add 4", True, True)
    values = read(add.say).values
    assert (values["symbol"], values["add"]) == (BTC, 4)
    values = read(half.say).values
    assert (values["id"], values["percent"]) == ("1", 50)
    assert portfolio.say == "/pf"


@pytest.mark.parametrize(
    "found",
    [
        effect(mode=MarginMode.CROSS),
        effect(needed=(Amount(D(24)), Amount(D(20)))),
    ],
    ids=["cross has no margin of its own", "less is needed"],
)
def test_margin_is_added_only_where_that_helps(found: Effect) -> None:
    assert [each.label for each in reply(terms(found)).choices[0]] == ["Close half", "Portfolio"]


def test_a_short_without_an_end_has_none() -> None:
    found = effect(leg=short("0.1", 60_000), limit=(None, price(70_000)))
    assert "liq. price none 70,000.0" in lines(reply(terms(found)))


def test_what_would_fall_at_once_is_said_loudly() -> None:
    text = lines(reply(terms(effect(falls=True), effect(2, short("0.2", 60_000), falls=True))))
    assert "At these prices the new terms would liquidate #1, #2." in text


def test_an_entry_that_stood_in_is_said() -> None:
    text = lines(reply(terms(effect(stood_in=True))))
    assert "reckoned at your entry where the contract had no fresh price" in text[-2]
    assert "reckoned at the marks" not in text[-2]


@pytest.mark.parametrize(
    ("fee", "row"), [("0.0006", "0.05% 0.06%"), ("0.00055", "0.05% 0.055%"), ("0", "0.05% 0.00%")]
)
def test_another_fee_has_a_line(fee: str, row: str) -> None:
    assert f"taker fee {row}" in lines(reply(terms(taker_fee=(FEES[0], rate(fee)))))
    assert "taker fee" not in shown(reply())


def test_many_positions_are_counted() -> None:
    many = [effect(number) for number in range(1, SHOWN + 3)]
    text = lines(reply(terms(*many)))
    assert f"#{SHOWN} LONG 0.1 BTC isolated" in text
    assert f"#{SHOWN + 1} LONG 0.1 BTC isolated" not in text
    assert "And 2 more positions: see the portfolio." in text
    assert [each.say for each in reply(terms(*many)).choices[0]] == ["/pf"]


def test_several_contracts_are_named_together() -> None:
    other = effect(2, long(1, 2_000, symbol=ETH), limit=(Price(D("1800")), Price(D("1810.5"))))
    text = lines(reply(terms(), terms(other, symbol=ETH)))
    assert text[0].startswith("Binance changes the terms of BTC, ETH on ")
    assert "liq. price 1,800.00 1,810.50" in text


def test_what_is_gone_and_what_is_taken_back_have_their_own_sentence() -> None:
    gone = terms(turn=Turn.DELISTED)
    back = terms(turn=Turn.WITHDRAWN, symbol=ETH)
    text = lines(reply(gone, back, market="demo"))
    assert text[0].startswith("Binance lists BTC no longer. Your position goes on under its terms")
    assert text[1] == "Binance takes back what it announced for ETH: its terms stay."
    assert "maintenance" not in " ".join(text)
    assert text[-2].startswith("edition 7")
    assert "DEMO PRICES" in text[-2]
    assert text[-1] == "[1] Portfolio"
