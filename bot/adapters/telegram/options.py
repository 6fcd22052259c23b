"""What the application hands to the Telegram adapter, and the one way it may fail at start."""

from dataclasses import dataclass, field

from bot.chat.ports import PlatformRefused


class TokenRefused(PlatformRefused):
    """Telegram does not know the token; the text never holds it."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """How Telegram calls us: the public `url`, and where we listen behind the proxy."""

    url: str
    secret: str = field(repr=False)
    listen: str = "127.0.0.1"
    port: int = 8443


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `count` messages in any `seconds`, and how long a message may wait for its turn."""

    count: int
    seconds: float
    patience: float


@dataclass(frozen=True, slots=True)
class Rates:
    """How much we send.

    Telegram publishes no exact numbers: about one message a second in a private chat (short bursts
    pass), 20 a minute in a group, 30 a second in all.
    """

    private: Rate = Rate(3, 3, 15)
    group: Rate = Rate(20, 60, 60)
    overall: int = 30


@dataclass(frozen=True, slots=True)
class TelegramOptions:
    """Everything that can be set.

    `base_url` is an own Bot API server's address without `/bot`. `webhook` None means long polling.
    `timeout` is how many seconds one call may take.
    """

    token: str = field(repr=False)
    base_url: str | None = None
    webhook: Webhook | None = None
    rates: Rates = Rates()
    timeout: float = 10
