"""What people set for themselves, and hosts for their chats."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What a person has set; None is the bot's default. Money in quote, leverage and fee plain.

    `mistakes` lets quizzes they join ask about their liquidations, without their name.
    """

    leverage: Decimal | None = None
    margin: Decimal | None = None
    wallet: Decimal | None = None
    fee: Decimal | None = None
    venue: str | None = None
    zone: str | None = None
    confirm: bool = True
    mistakes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatRules:
    """What a host has set for a chat.

    `topics` are the topics or channels the bot answers in (empty: everywhere); `cooldown` seconds
    between public replies to one person; `per_minute` public replies in the chat; `delete_after`
    seconds until the bot's command replies go (0: they stay); `links` whether its hosts may
    put links into FAQ entries; `challenges` whether everybody may start a challenge, not the hosts
    alone.
    """

    enabled: bool = True
    topics: frozenset[str] = frozenset()
    quiet: bool = False
    cooldown: int = 20
    per_minute: int = 10
    delete_after: int = 0
    links: bool = False
    challenges: bool = False
