"""Two platforms, one person: both sides see the other's name and agree."""

import pytest

from bot.chat.reply import Tone
from bot.chat.request import Role
from core.paper.actions import Reset
from tests.commands.shown import button
from tests.commands.trades import do, opened
from tests.commands.two import Somebody, joined
from tests.walk.house import Home, shown


@pytest.fixture
def mira(home: Home) -> Somebody:
    return Somebody(home, "telegram", "Mira")


@pytest.fixture
def amir(home: Home) -> Somebody:
    return Somebody(home, "discord", "amira77", "9")


def test_a_code_is_for_the_other_platform_and_lasts_ten_minutes(mira: Somebody) -> None:
    text = shown(mira.say("/link"))
    assert "Within 10 min, write this to me there: /link " in text


def test_each_side_sees_the_other_by_name(mira: Somebody, amir: Somebody) -> None:
    code = mira.code()
    assert "Join with Mira on Telegram?" in shown(amir.say(f"/link {code}"))
    amir.press(amir.say(f"/link {code}"), "Keep the one from Discord")
    asked = shown(mira.say(f"/link {code}"))
    assert "Join with amira77 on Discord?" in asked
    assert "The portfolio from Discord stays" in asked


def test_a_joined_person_has_one_portfolio(home: Home, mira: Somebody, amir: Somebody) -> None:
    opened(home, "BTC", "0.1")
    assert "one person now" in shown(joined(mira, amir))
    assert "#1 LONG 0.1 BTC" in shown(amir.say("/pf"))


def test_the_one_who_types_the_code_chooses_whose_stays(
    home: Home, mira: Somebody, amir: Somebody
) -> None:
    opened(home, "ETH", "1", "9", platform="discord")
    joined(mira, amir, "Keep the one from Discord")
    assert "LONG 1 ETH" in shown(mira.say("/pf"))


def test_without_the_other_sides_word_nothing_is_joined(
    home: Home, mira: Somebody, amir: Somebody
) -> None:
    opened(home, "BTC", "0.1")
    code = mira.code()
    assert "Not yet:" in shown(mira.say(f"/link {code}"))
    assert "Not yet:" in shown(mira.say(f"/link {code} yes"))
    amir.say(f"/link {code}")
    assert "Not yet:" in shown(mira.say(f"/link {code} yes"))
    assert "No open position." in shown(amir.say("/pf"))


def test_a_code_does_not_work_twice(mira: Somebody, amir: Somebody) -> None:
    code = mira.code()
    amir.press(amir.say(f"/link {code}"), "Keep the one from Telegram")
    mira.say(f"/link {code} yes")
    assert mira.say(f"/link {code} yes").outcome == "link_gone"
    assert amir.say(f"/link {code}").outcome == "link_gone"


def test_a_code_ends_after_ten_minutes(home: Home, mira: Somebody, amir: Somebody) -> None:
    code = mira.code()
    home.clock.advance(600)
    assert amir.say(f"/link {code}").outcome == "link_gone"


def test_a_new_code_makes_the_old_one_void(mira: Somebody, amir: Somebody) -> None:
    old = mira.code()
    assert mira.code() != old
    assert amir.say(f"/link {old}").outcome == "link_gone"


def test_whoever_comes_second_to_a_code_is_turned_away(
    home: Home, mira: Somebody, amir: Somebody
) -> None:
    code = mira.code()
    amir.say(f"/link {code}")
    stranger = Somebody(home, "discord", "Eve", "13")
    for line in (f"/link {code}", f"/link {code} here", f"/link {code} yes"):
        assert stranger.say(line).outcome == "link_gone"
    stranger.say(f"/link {code} no")
    assert "Choose whose portfolio stays" in shown(amir.say(f"/link {code}"))


def test_either_side_may_say_no(mira: Somebody, amir: Somebody) -> None:
    for refusing in (mira, amir):
        code = mira.code()
        amir.say(f"/link {code}")
        assert "Nothing is joined" in shown(refusing.say(f"/link {code} no"))
        assert amir.say(f"/link {code}").outcome == "link_gone"


@pytest.mark.parametrize("typed", ["abc", "ABCDEFGHI", "12345678", "QQQQQQQQ", "АBCDEFGH"])
def test_what_is_no_code_is_refused_with_a_cure(amir: Somebody, typed: str) -> None:
    reply = amir.say(f"/link {typed}")
    assert reply.outcome == "link_gone"
    assert reply.tone is Tone.TROUBLE
    assert button(reply, "New code").say == "/link"


def test_a_code_may_be_typed_small(mira: Somebody, amir: Somebody) -> None:
    assert "Join with Mira" in shown(amir.say(f"/link {mira.code().lower()}"))


def test_two_that_both_hold_positions_cannot_be_joined(
    home: Home, mira: Somebody, amir: Somebody
) -> None:
    opened(home, "BTC", "0.1")
    opened(home, "ETH", "1", "9", platform="discord")
    reply = amir.say(f"/link {mira.code()}")
    assert reply.outcome == "link_refused"
    assert "Both portfolios hold positions or orders." in shown(reply)


def test_a_portfolio_that_holds_something_is_not_put_aside(
    home: Home, mira: Somebody, amir: Somebody
) -> None:
    opened(home, "BTC", "0.1")
    code = mira.code()
    refused = amir.press(amir.say(f"/link {code}"), "Keep the one from Discord")
    assert refused.outcome == "not_flat"
    assert "#1 LONG" in shown(mira.say("/pf"))


def test_two_of_one_platform_cannot_be_joined(home: Home, mira: Somebody) -> None:
    other = Somebody(home, "telegram", "Mira 2", "2")
    reply = other.say(f"/link {mira.code()}")
    assert "Both are on the same platform." in shown(reply)


def test_the_joined_are_told_that_they_are(mira: Somebody, amir: Somebody) -> None:
    joined(mira, amir)
    assert "joined already" in shown(amir.say(f"/link {mira.code()}"))


def test_a_stranger_with_a_name_full_of_marks_is_shown_tamed(home: Home, amir: Somebody) -> None:
    eve = Somebody(home, "telegram", "@everyone\nhttps://evil.com \u202egnp", "5")
    text = shown(amir.say(f"/link {eve.code()}"))
    assert "evil.com" not in text
    assert "@everyone" not in text


def test_in_a_group_the_code_is_shown_to_the_person_alone(home: Home) -> None:
    assert home.say("/link", group=True).private


def test_a_forged_press_joins_nobody(home: Home) -> None:
    assert home.say("/link ABCDEFGH yes", button=True).outcome == "not_allowed"


def test_nobody_who_is_masked_gets_a_code(home: Home) -> None:
    assert home.say("/link", group=True, role=Role.MASKED).outcome == "not_allowed"


def test_the_higher_number_of_resets_stays(home: Home, mira: Somebody, amir: Somebody) -> None:
    for _ in range(3):
        do(home, Reset(), "9", "discord")
    do(home, Reset())
    home.clock.advance(86_400)
    joined(mira, amir)
    for person in (mira, amir):
        assert "resets: 3." in shown(person.say("/pf"))
    text = shown(mira.say("/stats"))
    assert "2026-12-01" in text
    assert "2026-12-02" not in text
    with home.units.reading() as books:
        assert books.paper.faults() == ()
