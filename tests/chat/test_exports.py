"""Files hold every field; the line of an event tells what the wallet held afterwards."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime

from bot.chat.exports import COLUMNS, csv_file, json_file
from core.lessons.game.books import Won
from core.lessons.game.game import Room
from core.money import Amount, D
from core.paper.account import bare
from core.paper.apply import apply
from core.paper.events import Event
from core.paper.records import Identity, Recorded
from core.people import Preferences
from core.services.everything import Everything, Kept, OwnAccount, OwnGame
from tests.chat.test_happenings import FUNDING, LIQUIDATED, REDUCED, TOLD

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
INCREASED = next(e for e, _ in TOLD if type(e).__name__ == "PositionIncreased")
GRANTED = next(e for e, _ in TOLD if type(e).__name__ == "Granted")
ORDERED = next(e for e, _ in TOLD if type(e).__name__ == "OrderPlaced")
CARRIED = next(e for e, _ in TOLD if type(e).__name__ == "ResetsCarried")
MIRA = Identity("telegram", "1")


def everything(*events: Event, archived: bool = False) -> Everything:
    account = bare(7, "demo")
    for event in events:
        account = apply(account, event, NOON)
    history = tuple(Recorded(n, 7, NOON, "r", event) for n, event in enumerate(events, 1))
    met, lessons = frozenset({"margin"}), frozenset({"modes"})
    person = Kept(MIRA, Preferences(leverage=D("12.50")), met, lessons)
    return Everything(NOON, (person,), (OwnAccount(account, archived, history),))


def rows(*events: Event, archived: bool = False) -> list[dict[str, str]]:
    file = csv_file(everything(*events, archived=archived))
    return list(csv.DictReader(io.StringIO(file.text)))


def test_json_keeps_every_figure_as_it_is() -> None:
    file = json_file(everything(GRANTED, INCREASED, CARRIED))
    told = json.loads(file.text)
    assert (file.name, file.media) == ("marginbot.json", "application/json")
    assert told["at"] == "2026-12-01T12:00:00+00:00"
    (person,) = told["people"]
    assert person["identity"] == {"is": "Identity", "platform": "telegram", "person": "1"}
    assert person["preferences"]["leverage"] == "12.50"
    assert person["met"] == ["margin"]
    assert person["lessons"] == ["modes"]
    (owned,) = told["accounts"]
    assert owned["account"]["wallet"] == "9397"
    assert [each["event"]["is"] for each in owned["history"]] == [
        "Granted",
        "PositionIncreased",
        "ResetsCarried",
    ]


def test_csv_has_a_line_for_every_event_with_the_wallet_after_it() -> None:
    told = rows(GRANTED, INCREASED, FUNDING, REDUCED)
    assert list(told[0]) == list(COLUMNS)
    assert [row["what"] for row in told] == [
        "Granted",
        "PositionIncreased",
        "FundingSettled",
        "PositionReduced",
    ]
    assert [row["wallet_after"] for row in told][:2] == ["10000", "9397"]
    assert told[2]["amount"] == "-0.6"
    assert (told[3]["pnl"], told[3]["fee"], told[3]["side"]) == ("100", "3.05", "long")


def test_orders_and_liquidations_fill_their_columns() -> None:
    order = rows(GRANTED, ORDERED)[1]
    assert (order["position"], order["symbol"], order["price"]) == ("4", "BTCUSDT", "70000")
    gone = rows(GRANTED, INCREASED, LIQUIDATED)[2]
    assert (gone["position"], gone["pnl"], gone["amount"]) == ("3", "-600", "-600")
    part = replace(LIQUIDATED, whole=False, seized=(), collateral=Amount(D(600)))
    assert rows(GRANTED, INCREASED, part)[2]["amount"] == ""


def test_every_kind_of_event_has_a_line() -> None:
    for event, _ in TOLD:
        needs = [GRANTED, INCREASED]
        if type(event).__name__ == "OrderCancelled":
            needs.append(ORDERED)
        assert rows(*needs, event)[-1]["what"] == type(event).__name__


def test_what_was_put_aside_is_marked() -> None:
    assert rows(GRANTED)[0]["archived"] == "no"
    assert rows(GRANTED, archived=True)[0]["archived"] == "yes"


def test_somebody_without_an_account_gets_the_head_alone() -> None:
    file = csv_file(Everything(NOON, (), ()))
    assert file.text == ",".join(COLUMNS) + "\n"


def test_what_was_won_and_played_is_in_the_json_with_names_of_its_own() -> None:
    (own,) = everything(GRANTED).accounts
    room = Room("telegram", "-5")
    game = OwnGame(3, "duel", 2, "Mira", NOON, (own,))
    won = Won("2026-12", room, 3, 7, "Mira", 1, "10.0", NOON)
    told = json.loads(json_file(replace(everything(), games=(game,), wins=(won,))).text)
    assert told["games"][0]["game"] == 3
    assert [e["event"]["is"] for e in told["games"][0]["accounts"][0]["history"]] == ["Granted"]
    assert (told["wins"][0]["points"], told["wins"][0]["room"]["chat"]) == ("10.0", "-5")
