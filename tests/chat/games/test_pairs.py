"""Mirrored pairs in words: what is said of them, who decides, and how that is printed."""

import re

from bot.chat.reply import Reply
from tests.chat.games.arena_story import against_each_other, opened, over
from tests.walk.group import Group, shown


async def test_a_pair_is_named_with_what_it_shares_and_hosts_decide_and_it_is_printed(
    group: Group,
) -> None:
    """One story, told once: an hour of trading is long."""
    await opened(group, "Mira", "Tobi", "Lena")
    await against_each_other(group)
    await over(group)
    end = group.wall.last
    assert (
        "Mira and Tobi traded against each other. They share the lower place until a host decides."
    ) in shown(end)
    assert re.search(r"\n1 Lena .*\n2 Mira .*\n2 Tobi ", shown(end))
    assert [choice.label for choice in end.choices[0]] == ["Chance 1+2", "One place 1+2"]

    refused = await group.press("Mira", "Chance 1+2", end)
    assert isinstance(refused, Reply)
    assert refused.outcome == "not_allowed"

    said = await group.told("Hope", "Chance 1+2", end)
    assert said == "Decided. It is printed in the group."
    await group.tick()
    first = shown(group.wall.last)
    assert first.startswith(
        "Mira and Tobi: a host calls it chance. Both keep the places they earned.\n"
    )
    assert re.search(r"\n1 \w+ .*\n2 \w+ .*\n3 \w+ ", first)
    assert "not ranked" not in first

    for line in ("/challenge pair 1 2 shared", "/challenge pair 1 2 1 shared"):
        again = await group.answer("Hope", line)
        assert shown(again) == "Decided. It is printed in the group."
        await group.tick()
        assert shown(group.wall.last).startswith(
            "Mira and Tobi: a host lets them share the lower place.\n"
        )

    wrong = await group.answer("Hope", "/challenge pair 1 1 3 clear")
    assert shown(wrong) == "pair can't be 1 3. There are: 1 2."
    vague = await group.answer("Hope", "/challenge pair 1 1 2 perhaps")
    assert shown(vague) == "decision can't be perhaps. There are: clear, shared."

    group.hosts.add("Lena")
    await group.say("Lena", "/challenge pair 1 1 2 clear")
    await group.tick()
    last = shown(group.wall.last)
    assert "Lena decided it and plays too, and is not ranked any more." in last
    assert re.search(r"\n1 \w+ .*\n2 \w+ .*\n- Lena ", last)
    for post in group.posts():
        table = [line for line in post.splitlines() if re.search(r"\d\.\d%$|score", line)]
        assert all(len(line) <= 30 for line in table)


async def test_where_nothing_is_over_nothing_is_decided(group: Group) -> None:
    await opened(group, "Mira", "Tobi")
    answer = await group.answer("Hope", "/challenge pair 1 1 2 clear")
    assert shown(answer) == "There is nothing to decide before it is over."
