"""A copy of everything kept, as files."""

import json

from bot.chat.reply import File, Reply
from tests.commands.trades import opened
from tests.walk.house import Home


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


def test_nobody_gets_anybody_elses(home: Home) -> None:
    opened(home, "BTC", "0.1", "1")
    assert "BTCUSDT" not in files(home.say("/export", "2"))["marginbot.json"]


def test_in_a_group_only_the_person_gets_it(home: Home) -> None:
    assert home.say("/export", group=True).private
