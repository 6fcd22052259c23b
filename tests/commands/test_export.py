"""A copy of everything kept, as files."""

import json
from dataclasses import replace

from bot.chat.reply import File, Reply
from core.lessons.game.trading import market_of
from core.paper.records import Change, Identity
from tests.commands.trades import opened
from tests.contracts.duels import ROOM, on
from tests.walk.house import Home, shown


def files(reply: Reply) -> dict[str, str]:
    return {block.name: block.text for block in reply.blocks if isinstance(block, File)}


def test_both_files_come_by_default(home: Home) -> None:
    assert set(files(home.say("/export"))) == {"marginbot.json", "marginbot-history.csv"}


def test_one_form_can_be_asked_for(home: Home) -> None:
    assert set(files(home.say("/export csv"))) == {"marginbot-history.csv"}
    assert set(files(home.say("/export JSON"))) == {"marginbot.json"}
    assert len(files(home.say("/export please"))) == 2


def test_settings_and_trades_are_in_it(home: Home) -> None:
    home.say("/set leverage 20")
    opened(home, "BTC", "0.1")
    made = files(home.say("/export"))
    everything = json.loads(made["marginbot.json"])
    assert everything["people"][0]["preferences"]["leverage"] == "20"
    assert everything["accounts"][0]["account"]["positions"][0]["leg"]["symbol"] == "BTCUSDT"
    assert "PositionIncreased,1,BTCUSDT,long,0.1," in made["marginbot-history.csv"]


def test_challenges_are_counted_apart_and_their_accounts_are_in_the_json(home: Home) -> None:
    done = opened(home, "BTC", "0.1")
    assert "Challenges" not in shown(home.say("/export"))
    with home.units.writing() as books:
        learner = books.paper.owner(done.after.id)
        number = books.games.add(on(), Identity("telegram", "1"), ROOM).number
        books.games.sit(number, learner, 1)
        own = books.paper.open_account(learner, market_of(number, 1))
        after = replace(done.after, id=own.id, market=own.market)
        books.paper.record(Change(own, after, done.events, home.clock.now()))
    reply = home.say("/export")
    assert "Accounts: 1, events: 3." in shown(reply)
    assert "Challenges: 1." in shown(reply)
    made = files(reply)
    (game,) = json.loads(made["marginbot.json"])["games"]
    assert (game["kind"], game["player"], game["name"]) == ("duel", 1, "Mira")
    assert game["accounts"][0]["account"]["market"] == f"game:{number}:1"
    assert "game:" not in made["marginbot-history.csv"]


def test_nobody_gets_anybody_elses(home: Home) -> None:
    opened(home, "BTC", "0.1", "1")
    assert "BTCUSDT" not in files(home.say("/export", "2"))["marginbot.json"]


def test_in_a_group_only_the_person_gets_it(home: Home) -> None:
    assert home.say("/export", group=True).private
