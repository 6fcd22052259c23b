"""What the adapter is told at start: secrets are never shown, and rates stay below Telegram's."""

from bot.adapters.telegram.options import Rates, TelegramOptions, TokenRefused, Webhook
from bot.chat.ports import PlatformRefused


def test_secrets_are_not_shown() -> None:
    options = TelegramOptions("123:SECRET", webhook=Webhook("https://bot.example.org", "S3CRET"))
    assert "123:SECRET" not in repr(options)
    assert "S3CRET" not in repr(options)
    assert "bot.example.org" in repr(options)


def test_behind_a_proxy_we_listen_to_this_machine_alone() -> None:
    assert Webhook("https://bot.example.org", "s").listen == "127.0.0.1"


def test_nobody_is_sent_more_than_telegram_takes() -> None:
    rates = Rates()
    assert rates.private.count / rates.private.seconds <= 1
    assert (rates.group.count, rates.group.seconds) == (20, 60)
    assert rates.overall <= 30


def test_a_refused_token_is_a_platform_that_refuses() -> None:
    assert issubclass(TokenRefused, PlatformRefused)
