"""What these tests keep: a moment, one person's settings, one group's rules, one strange line."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from core.people import ChatRules, Preferences

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
MONTH = timedelta(days=30)
SECOND = timedelta(seconds=1)

OWN = Preferences(
    leverage=Decimal("12.5"),
    margin=Decimal("0.00000001"),
    wallet=Decimal(10000),
    fee=Decimal("0.000275"),
    venue="okx",
    zone="Europe/Berlin",
    confirm=False,
)
STRICT = ChatRules(
    enabled=False,
    topics=frozenset({"7", "general"}),
    quiet=True,
    cooldown=0,
    per_minute=3,
    delete_after=90,
    links=True,
    challenges=True,
)
STRANGE = "/faq \N{RIGHT-TO-LEFT OVERRIDE}%s ? :x 'quoted' \"twice\" \N{CHART WITH UPWARDS TREND}\n"
