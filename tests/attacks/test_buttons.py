"""Forged, foreign, replayed and late buttons: nobody acts on another's account, nobody twice."""

import pytest

from tests.attacks.attackers import ATTACKER, EVERYBODY, VICTIM, street

BOTH = pytest.mark.parametrize("platform", ["telegram", "discord"])
WISH = "/open long btc 10x 500 isolated"


@BOTH
async def test_somebody_elses_token_opens_nothing_and_stays_good_for_its_owner(
    platform: str,
) -> None:
    async with street(platform) as there:
        await there.say(VICTIM, WISH)
        token = there.carried(VICTIM, "Confirm").removeprefix("/yes ")
        typed = await there.say(ATTACKER, f"/yes {token}")
        assert typed.outcome == "not_yours"
        under = there.last(ATTACKER)
        for owner in (ATTACKER, VICTIM, EVERYBODY):
            for line in (f"/yes {token}", f"/no {token}"):
                await there.send(ATTACKER, under, there.forged(owner, line))
        assert (there.held(VICTIM), there.held(ATTACKER)) == (0, 0)
        done = await there.say(VICTIM, f"/yes {token}")
        assert "Opened #1 LONG" in done.text
        assert (there.held(VICTIM), there.held(ATTACKER)) == (1, 0)


@BOTH
async def test_a_token_counts_once_however_it_comes_back(platform: str) -> None:
    async with street(platform) as there:
        await there.say(VICTIM, WISH)
        token, under = there.carried(VICTIM, "Confirm").removeprefix("/yes "), there.last(VICTIM)
        first = await there.press(VICTIM, "Confirm", times=3)
        assert "Opened #1 LONG" in first.text
        again = await there.say(VICTIM, f"/yes {token}")
        assert "Opened #1 LONG" in again.text
        await there.send(VICTIM, under, there.forged(VICTIM, f"/yes {token}"))
        late = await there.say(VICTIM, f"/no {token}")
        assert late.outcome == "preview_used"
        account = there.books.account(there.identity(VICTIM))
        assert account is not None
        assert [str(p.leg.quantity.normalize()) for p in account.positions] == ["0.073"]


@BOTH
async def test_an_expired_token_is_shown_anew_and_done_by_nobody(platform: str) -> None:
    async with street(platform) as there:
        await there.say(VICTIM, WISH)
        token = there.carried(VICTIM, "Confirm").removeprefix("/yes ")
        there.clock.advance(61)
        late = await there.press(VICTIM, "Confirm")
        assert "older than a minute" in late.text
        assert "Confirm" in late.labels
        assert there.held(VICTIM) == 0
        gone = await there.say(VICTIM, f"/yes {token}")
        assert gone.outcome == "preview_gone"
        assert there.held(VICTIM) == 0


@BOTH
async def test_a_let_go_preview_cannot_be_confirmed_afterwards(platform: str) -> None:
    async with street(platform) as there:
        await there.say(VICTIM, WISH)
        token = there.carried(VICTIM, "Confirm").removeprefix("/yes ")
        await there.press(VICTIM, "Cancel")
        assert (await there.say(VICTIM, f"/yes {token}")).outcome == "preview_gone"
        assert there.held(VICTIM) == 0


@BOTH
@pytest.mark.parametrize(
    "line",
    [
        "/open long btc 10x 500",
        "/close all",
        "/forget yes",
        "/reset",
        "/unlink yes",
        "/link",
        "/set confirm off",
        "/mode cross btc",
        "/margin btc 100",
        "/stop btc sl 5%",
        "/cancel all",
        "/venue okx",
    ],
)
async def test_a_button_that_carries_a_line_changes_nothing(platform: str, line: str) -> None:
    async with street(platform) as there:
        await there.opens()
        before = there.books.account(there.identity(VICTIM))
        under = there.last(VICTIM)
        for who in (VICTIM, ATTACKER):
            for owner in (VICTIM, ATTACKER, EVERYBODY):
                await there.send(who, under, there.forged(owner, line, replace=True))
        assert there.books.account(there.identity(VICTIM)) == before
        assert there.held(ATTACKER) == 0
        private = await there.say(VICTIM, "/set")
        assert "Confirm" in (await there.say(VICTIM, WISH)).labels
        assert "confirm                     on" in private.text


@BOTH
async def test_a_kept_button_of_somebody_else_acts_on_the_pressers_own_account(
    platform: str,
) -> None:
    async with street(platform) as there:
        await there.opens()
        await there.say(VICTIM, "/pf")
        close = there.carried(VICTIM, "Close #1")
        await there.say(VICTIM, "/forget")
        delete = there.carried(VICTIM, "Delete all")
        assert close.startswith("#")
        assert delete.startswith("#")
        before = there.books.account(there.identity(VICTIM))
        under = there.last(ATTACKER)
        for owner in (ATTACKER, EVERYBODY, VICTIM):
            for token in (close, delete):
                await there.send(ATTACKER, under, there.forged(owner, token))
                await there.send(ATTACKER, under, there.forged(owner, token, replace=True))
        assert there.books.account(there.identity(VICTIM)) == before
        assert there.held(ATTACKER) == 0


@BOTH
async def test_what_stands_in_a_group_opens_only_for_the_one_it_was_made_for(platform: str) -> None:
    async with street(platform) as there:
        shown = await there.say(VICTIM, "/compare 10x long BTC", group=True)
        assert "Paper: cross" in shown.labels
        under = there.last(VICTIM)
        stolen = await there.send(ATTACKER, under, there.player.data(under, "Paper: cross"))
        assert not any("Confirm" in sheet.labels for sheet in stolen.values())
        assert not there.books.is_known(there.identity(ATTACKER))
        assert not there.books.is_known(there.identity(VICTIM))


@BOTH
async def test_buttons_of_no_form_are_answered_without_a_fault(platform: str) -> None:
    async with street(platform) as there:
        await there.opens()
        under = there.last(VICTIM)
        lines = [
            "#",
            "#" + "x" * 8,
            "/yes",
            "/yes " + "x" * 40,
            "/no '; DROP TABLE x",
            "/\x00",
            ":",
        ]
        wild = ["x", "1.:", "1=zzzzzzzzzzzzz:/pf", "m1::n0:/pf", "m1:zz:x0:/yes", "2.5f:/close all"]
        for data in (*(there.forged(VICTIM, line) for line in lines), *wild):
            await there.send(VICTIM, under, data)
            await there.send(ATTACKER, under, data)
        assert (there.held(VICTIM), there.held(ATTACKER)) == (1, 0)
