"""What happened, newest first, ten at a time."""

from tests.commands.shown import button
from tests.commands.trades import closed, opened
from tests.walk.house import Home, shown


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("- ")]


def test_nothing_has_happened_to_a_stranger(home: Home) -> None:
    assert "Nothing has happened yet." in shown(home.say("/history"))


def test_the_newest_stands_first_with_its_time(home: Home) -> None:
    opened(home, "BTC", "0.1")
    home.clock.advance(60)
    closed(home, 1, "0.1")
    told = lines(shown(home.say("/history")))
    assert told[0].startswith("- 2026-12-01 12:01 UTC · #1 closed 0.1 BTC at ")
    assert told[1].startswith("- 2026-12-01 12:00 UTC · #1 LONG 0.1 BTC at ")
    assert told[-1].endswith("rules of Binance chosen")


def test_older_pages_are_behind_a_button_until_the_first_event(home: Home) -> None:
    for _ in range(21):
        opened(home, "BTC", "0.01")
    first = home.say("/history")
    second = home.say(button(first, "Older").say, button=True)
    third = home.say(button(second, "Older").say, button=True)
    assert button(first, "Older").replace
    pages = [lines(shown(page)) for page in (first, second, third)]
    assert [len(page) for page in pages] == [10, 10, 3]
    assert pages[2][-1].endswith("rules of Binance chosen")
    assert "Older" not in {choice.label for row in third.choices for choice in row}


def test_a_page_stays_the_same_while_more_happens(home: Home) -> None:
    for _ in range(12):
        opened(home, "BTC", "0.01")
    older = button(home.say("/history"), "Older").say
    before = lines(shown(home.say(older)))
    opened(home, "BTC", "0.01")
    assert lines(shown(home.say(older))) == before


def test_one_coin_can_be_asked_for_page_by_page(home: Home) -> None:
    for _ in range(11):
        opened(home, "BTC", "0.01")
        opened(home, "ETH", "0.1")
    first = home.say("/history eth")
    assert len(lines(shown(first))) == 10
    assert "BTC" not in shown(first)
    rest = home.say(button(first, "Older").say, button=True)
    assert len(lines(shown(rest))) == 1
    assert "BTC" not in shown(rest)
