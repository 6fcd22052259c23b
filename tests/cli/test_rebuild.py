"""`marginbot rebuild`: accounts are what their events make of them, whatever stood there."""

import pytest

from bot.cli import main
from tests.cli.test_audit import spoil


@pytest.mark.parametrize("state", ["{}", "nonsense"])
def test_a_spoiled_account_is_made_anew(capsys: pytest.CaptureFixture[str], state: str) -> None:
    assert main(["ask", "/open long btc 10x 500"]) == 0
    assert main(["ask", "yes"]) == 0
    spoil(f"UPDATE account SET state = '{state}', version = 0, live = 0, last_event = 0")
    capsys.readouterr()
    assert main(["rebuild"]) == 0
    assert capsys.readouterr().out.endswith("changed: 1\n")
    assert main(["audit"]) == 0
    assert main(["ask", "/pf"]) == 0
    assert "#1 LONG" in capsys.readouterr().out


def test_sound_accounts_stay_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "/open long btc 10x 500"]) == 0
    assert main(["ask", "yes"]) == 0
    capsys.readouterr()
    assert main(["rebuild"]) == 0
    assert capsys.readouterr().out.endswith("changed: 0\n")
