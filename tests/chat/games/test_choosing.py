"""A draft's options: by their names, by values alone, by buttons, and what is none of them."""

import pytest

from bot.chat.reply import Reply
from tests.walk.group import Group, shown


def chosen(reply: Reply) -> dict[str, str]:
    """What the buttons of a draft say, by the option."""
    said = [choice.label.split(": ") for row in reply.choices for choice in row]
    return {parts[0]: parts[1] for parts in said if len(parts) == 2}


@pytest.mark.parametrize(
    ("line", "option", "value"),
    [
        ("/challenge set 1 leverage 50", "leverage", "50x"),
        ("/challenge set 1 leverage 50x", "leverage", "50x"),
        ("/challenge set leverage 50", "leverage", "50x"),
        ("/challenge set leverage", "leverage", "10x"),
        ("/challenge set 50x", "leverage", "50x"),
        ("/challenge set 50", "leverage", "50x"),
        ("/challenge set 1 1h", "a round", "1h"),
        ("/CHALLENGE SET #1 SIDE SHORT", "side", "SHORT"),
        ("/duel set short", "side", "SHORT"),
        ("/challenge duel short", "side", "SHORT"),
        ("/duel halves", "players", "two halves"),
        ("/challenge set known 7d", "who joins", "known 7 days"),
        ("/challenge duel 1d", "who joins", "known 1 day"),
    ],
)
async def test_an_option_is_chosen_however_it_is_said(
    group: Group, line: str, option: str, value: str
) -> None:
    await group.say("Hope", "/challenge duel")
    assert chosen(await group.answer("Hope", line))[option] == value


async def test_several_are_chosen_in_one_line(group: Group) -> None:
    draft = await group.answer("Hope", "/challenge duel halves 50x short 1h")
    assert chosen(draft) == {
        "players": "two halves",
        "leverage": "50x",
        "side": "SHORT",
        "a round": "1h",
        "played on": "the market",
        "who joins": "anybody",
    }


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("/challenge set 1 leverage 7", "leverage can't be 7. There are: 20, 10, 50."),
        ("/challenge set 1 colour red", "There is no colour. There are: two, halves, 20"),
        ("/challenge duel 7x", "There is no 7x. There are: two, halves, 20, 10, 50, long"),
        ("/challenge set 1 known 3d", "known can't be 3d. There are: any, 1d, 7d."),
        ("/challenge set 1 where league", "There is no where."),
    ],
)
async def test_what_there_is_not_is_answered_with_what_there_is(
    group: Group, line: str, told: str
) -> None:
    await group.say("Hope", "/challenge duel")
    reply = await group.answer("Hope", line)
    assert reply.outcome == "bad_option"
    assert shown(reply).startswith(told)


async def test_a_line_without_a_choice_shows_the_draft(group: Group) -> None:
    await group.say("Hope", "/challenge duel 50x")
    assert chosen(await group.answer("Hope", "/challenge set"))["leverage"] == "50x"


async def test_once_it_is_open_its_options_are_fixed(group: Group) -> None:
    await group.opened()
    reply = await group.answer("Hope", "/challenge set 1 leverage 50")
    assert shown(reply).startswith("Its options are fixed once it is open.")


async def test_only_whoever_made_it_and_hosts_choose(group: Group) -> None:
    await group.say("Hope", "/challenge duel")
    assert (await group.answer("Mira", "/challenge set 1 50x")).outcome == "not_allowed"


async def test_a_chat_of_a_league_may_play_with_the_others(group: Group) -> None:
    await group.say("Hope", "/league new Winter cup")
    draft = await group.answer("Hope", "/challenge duel")
    assert draft.choices[0][0].label == "played in: this chat"
    there = await group.press("Hope", "played in: this chat", draft)
    assert isinstance(there, Reply)
    assert there.choices[0][0].label == "played in: the league"
    back = await group.press("Hope", "played in: the league", there)
    assert isinstance(back, Reply)
    assert back.choices[0][0].label == "played in: this chat"
    assert (await group.answer("Hope", "/challenge set 1 where league")).outcome == "ok"


# --- options that take more than their values


@pytest.mark.parametrize(
    ("line", "option", "value"),
    [
        ("/challenge set leverage 37", "leverage", "up to 37x"),
        ("/challenge set 1 leverage 1x", "leverage", "up to 1x"),
        ("/challenge arena 37x", "leverage", "up to 37x"),
        ("/challenge set pairs bitcoin eth sol", "pairs", "BTC ETH SOL"),
        ("/challenge set 1 pairs ETHUSDT, DOGE", "pairs", "ETH DOGE"),
        ("/challenge arena pairs btc eth", "pairs", "BTC ETH"),
        ("/challenge set pairs all", "pairs", "all"),
    ],
)
async def test_more_than_the_buttons_offer_can_be_typed(
    group: Group, line: str, option: str, value: str
) -> None:
    await group.say("Hope", "/challenge arena")
    assert chosen(await group.answer("Hope", line))[option] == value


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("/challenge set leverage 126", "leverage can't be 126. There are: 1-125."),
        ("/challenge arena 126x", "There is no 126x. There are: 1h, 24h,"),
        (
            "/challenge set pairs btc pepe",
            "pairs can't be PEPE. There are: ADA, BNB, BTC, DOGE, ETH, SOL, XRP.",
        ),
        (
            "/challenge set pairs btc",
            "Name at least 2 pairs: /challenge set pairs BTC ETH.",
        ),
    ],
)
async def test_what_cannot_be_typed_is_answered_with_what_can(
    group: Group, line: str, told: str
) -> None:
    await group.say("Hope", "/challenge arena")
    assert shown(await group.answer("Hope", line)).startswith(told)


async def test_buttons_go_through_presets_and_from_what_was_typed_to_the_first(
    group: Group,
) -> None:
    await group.say("Hope", "/challenge arena")
    seen = [chosen(await group.answer("Hope", "/challenge set pairs"))["pairs"] for _ in range(3)]
    assert seen == ["BTC ETH", "BTC ETH SOL", "all"]
    await group.say("Hope", "/challenge set leverage 37")
    draft = await group.answer("Hope", "/challenge set leverage")
    assert chosen(draft)["leverage"] == "up to 20x"
