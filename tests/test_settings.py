"""Settings: names others rely on, defaults that need nothing, and faults told in one line."""

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load, options

FAULTS = {
    "a token of another form": ("TELEGRAM_TOKEN", "hunter2 hunter2"),
    "a speed that is no number": ("PRICES_SPEED", "fast"),
    "a speed that is not a number": ("PRICES_SPEED", "nan"),
    "a speed beyond all bounds": ("PRICES_SPEED", "1e9999"),
    "a wallet of nothing": ("PAPER_WALLET", "0"),
    "a leverage below one": ("DEFAULT_LEVERAGE", "0.5"),
    "a venue nobody knows": ("DEFAULT_VENUE", "moon"),
    "a market that is not there": ("PRICES_SOURCE", "moon"),
    "a second venue that is the first": ("PRICES_SECOND", "demo"),
    "a jump of nothing": ("PRICES_JUMP", "0"),
    "an owner without a platform": ("OWNER_IDS", "42"),
    "a chat on an unknown platform": ("ALLOWED_CHATS", "telegram:1,irc:2"),
    "a database of another kind": ("DATABASE_URL", "mysql://x"),
    "a port that does not exist": ("TELEGRAM_WEBHOOK_PORT", "70000"),
    "an address that is none": ("TELEGRAM_BASE_URL", "somewhere"),
    "a loudness that does not exist": ("LOG_LEVEL", "loud"),
    "a server that is no number": ("DISCORD_TEST_GUILD", "home"),
    "a webhook without an address": ("TELEGRAM_MODE", "webhook"),
}


def test_nothing_is_needed_to_start() -> None:
    settings = load(None)
    assert settings.telegram_token is None
    assert settings.discord_token is None
    assert settings.prices_source == "demo"
    assert settings.database_url == "sqlite:///data/marginbot.db"
    assert settings.allowed_chats == settings.owner_ids == frozenset()
    assert (settings.paper_wallet, settings.default_leverage) == (Decimal(10000), Decimal(10))


def test_live_prices_are_checked_with_another_venue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRICES_SOURCE", "Binance")
    assert (load(None).prices_source, load(None).prices_second) == ("binance", "auto")
    monkeypatch.setenv("PRICES_SECOND", "binance")
    with pytest.raises(SettingsError, match="PRICES_SECOND: must be another venue"):
        load(None)


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".env"
    file.write_text("LOG_LEVEL=debug\nDEFAULT_VENUE=OKX\n", encoding="utf-8")
    monkeypatch.setenv("LOG_LEVEL", "error")
    settings = load(file)
    assert (settings.log_level, settings.default_venue) == ("ERROR", "okx")


def test_the_file_in_the_working_folder_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("PAPER_WALLET=250.5\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert load().paper_wallet == Decimal("250.5")


def test_names_of_other_programs_are_left_alone(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("SOMEBODY_ELSES=1\nTELEGRAM_TOKEN=\n", encoding="utf-8")
    assert load(file) == load(None)


def test_lists_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OWNER_IDS", "telegram:1, discord:22,")
    monkeypatch.setenv("ALLOWED_CHATS", "telegram:-100123")
    settings = load(None)
    assert settings.owner_ids == {"telegram:1", "discord:22"}
    assert settings.allowed_chats == {"telegram:-100123"}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_bad_value_is_told_in_one_line(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, value = FAULTS[fault]
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load(None)
    told = str(caught.value)
    named = "TELEGRAM_WEBHOOK_URL" if name == "TELEGRAM_MODE" else name
    assert told.startswith(f"{named}: ")
    assert "\n" not in told
    assert "hunter2" not in told


@pytest.mark.parametrize("secret", ["two words", "x" * 257, "ümlaut"])
def test_a_webhook_secret_that_telegram_refuses_is_told(
    secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_WEBHOOK_SECRET", secret)
    with pytest.raises(SettingsError, match=r"^TELEGRAM_WEBHOOK_SECRET: "):
        load(None)


def test_a_whole_webhook_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_MODE", "Webhook")
    monkeypatch.setenv("TELEGRAM_WEBHOOK_URL", "https://bot.example/hook")
    monkeypatch.setenv("TELEGRAM_WEBHOOK_SECRET", "abc_DEF-1")
    assert load(None).telegram_webhook_url == "https://bot.example/hook"


def test_a_file_that_is_no_text_is_told_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes(b"\xff\xfe\x00LOG")
    with pytest.raises(SettingsError, match=r"cannot be read"):
        load(file)


def test_no_secret_is_printed_and_all_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "123:abc")
    monkeypatch.setenv("DISCORD_TOKEN", "def.ghi")
    monkeypatch.setenv("DATABASE_URL", "postgresql://bot:hunter2@db/margin")
    settings = load(None)
    assert settings.secrets() == ("123:abc", "def.ghi")
    assert not any(secret in repr(settings) for secret in ("123:abc", "def.ghi", "hunter2"))


def test_every_setting_has_a_name_and_a_line_of_help() -> None:
    listed = list(options())
    assert {option.name.lower() for option in listed} == set(Settings.model_fields)
    assert all(option.help and "\n" not in option.help for option in listed)


def test_an_old_python_is_turned_away_in_one_line() -> None:
    pretend = "import sys; sys.version_info = (3, 10, 1); import bot.__main__"
    run = subprocess.run(
        [sys.executable, "-c", pretend], capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert run.stderr.strip() == "Marginbot needs Python 3.11 or newer; this is Python 3.10."
