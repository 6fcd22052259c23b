"""Everything a self-hoster can turn, read from the environment and from `.env`.

One class per section, one flat name per setting: the environment's `TELEGRAM_TOKEN` is the field
`telegram_token`. The environment wins over `.env`; an empty value means the default; names that
belong to other programs are left alone. `options()` lists every setting with its comment, and
`.env.example` and the table of the README are made from that list.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings import SettingsError as SourceError

from bot.setting_types import (
    DatabaseUrl,
    Members,
    Positive,
    Url,
    bot_token,
    lower,
    named,
    upper,
)


class SettingsError(Exception):
    """A setting that cannot be used; its text is one line that names it and shows no secret."""


class TelegramSection(BaseModel):
    """The Telegram platform; off without a token."""

    telegram_token: Annotated[SecretStr | None, BeforeValidator(bot_token)] = Field(
        None, description="Bot token from BotFather; empty: Telegram is off"
    )
    telegram_base_url: Url | None = Field(
        None, description="Address of an own Bot API server; empty: Telegram's"
    )
    telegram_mode: Annotated[Literal["polling", "webhook"], BeforeValidator(lower)] = Field(
        "polling", description="How updates arrive: polling or webhook"
    )
    telegram_webhook_url: Url | None = Field(
        None, description="Public address that Telegram calls in webhook mode"
    )
    telegram_webhook_listen: str = Field(
        "127.0.0.1", description="Address the webhook listens on, behind your proxy"
    )
    telegram_webhook_port: int = Field(
        8443, ge=1, le=65535, description="Port the webhook listens on"
    )
    telegram_webhook_secret: SecretStr | None = Field(
        None, description="Secret token that Telegram's calls must carry: letters, digits, _ and -"
    )

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> Self:
        """Ask for what webhook mode cannot do without."""
        if self.telegram_mode == "webhook":
            for name in ("telegram_webhook_url", "telegram_webhook_secret"):
                if getattr(self, name) is None:
                    raise named(name, "needed when TELEGRAM_MODE is webhook")
        secret = self.telegram_webhook_secret
        if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret.get_secret_value()):
            raise named("telegram_webhook_secret", "up to 256 letters, digits, _ and - only")
        return self


class DiscordSection(BaseModel):
    """The Discord platform; off without a token."""

    discord_token: SecretStr | None = Field(
        None, description="Bot token from Discord's developer portal; empty: Discord is off"
    )
    discord_test_guild: int | None = Field(
        None, ge=1, description="Id of one server that gets the commands at once, for trying out"
    )


class AccessSection(BaseModel):
    """Who may use this bot."""

    allowed_chats: Members = Field(
        frozenset(),
        description="Chats that are answered, as platform:id with commas; empty: everyone",
    )
    owner_ids: Members = Field(
        frozenset(), description="People who own this bot, as platform:id with commas"
    )


class DatabaseSection(BaseModel):
    """Where everything is kept."""

    database_url: DatabaseUrl = Field(
        "sqlite:///data/marginbot.db",
        repr=False,
        description="SQLite file, or postgresql://user:password@host/name",
    )
    scenarios_dir: Path | None = Field(
        None,
        description="Folder of own recorded events; empty: scenarios/ beside the SQLite file",
    )


class PricesSection(BaseModel):
    """Where marks come from."""

    prices_source: Annotated[Literal["demo", "binance", "bybit", "okx"], BeforeValidator(lower)] = (
        Field(
            "demo", description="Where prices come from: binance, bybit, okx, or demo, a recording"
        )
    )
    prices_second: Annotated[
        Literal["auto", "none", "binance", "bybit", "okx"], BeforeValidator(lower)
    ] = Field(
        "auto",
        description="Venue that live prices are checked with; auto: another one; none: no check",
    )
    prices_quiet_after: int = Field(
        10,
        ge=1,
        le=3600,
        description="Seconds without a tick after which the stream is dialled anew",
    )
    prices_jump: Annotated[Decimal, Field(gt=0, le=100)] = Field(
        Decimal(10),
        description="Percent by which a price may jump, or differ from the second venue's",
    )
    prices_base_url: Url | None = Field(
        None, description="Address that stands in for the venues' own, a proxy or a recording"
    )
    prices_speed: Annotated[Positive, Field(le=3600)] = Field(
        Decimal(1), description="How many times faster than real time the demo market runs"
    )
    prices_stale_after: int = Field(
        60, ge=1, le=86400, description="Seconds after which a price is too old to decide anything"
    )

    @model_validator(mode="after")
    def _second_is_another(self) -> Self:
        """A venue cannot be checked with itself."""
        if self.prices_second == self.prices_source:
            raise named("prices_second", "must be another venue than PRICES_SOURCE")
        return self


class InstrumentsSection(BaseModel):
    """How venues' contracts are kept up to date."""

    instruments_notice_hours: int = Field(
        24,
        ge=1,
        le=24 * 30,
        description="Hours that new tiers or fees of a contract wait while somebody holds it",
    )


class PaperSection(BaseModel):
    """What is assumed for somebody who has set nothing."""

    paper_wallet: Positive = Field(
        Decimal(10000), description="Wallet that is assumed for everybody, in USDT"
    )
    warn_at: Annotated[Decimal, Field(gt=0, lt=1)] = Field(
        Decimal("0.8"),
        description="Margin ratio at which people are warned of a liquidation",
    )
    warn_every: int = Field(
        24, ge=1, le=24 * 365, description="Hours between two warnings of the same pool"
    )
    half_spread: Annotated[Decimal, Field(ge=0, lt=Decimal("0.1"))] = Field(
        Decimal("0.0001"),
        description="How much worse than the mark a market order fills, 0.0001 is 0.01%",
    )
    worse_by: Annotated[Decimal, Field(ge=0, lt=1)] = Field(
        Decimal("0.005"),
        description="How much worse than its preview a fill may be before it is asked again",
    )
    default_leverage: Annotated[Decimal, Field(ge=1, le=150)] = Field(
        Decimal(10), description="Leverage that is assumed where none is named"
    )
    default_venue: Annotated[
        Literal["binance", "bybit", "okx", "hyperliquid"], BeforeValidator(lower)
    ] = Field("binance", description="Venue rules: binance, bybit, okx or hyperliquid")


class LogSection(BaseModel):
    """What is written about the bot's own doings."""

    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(upper)] = (
        Field("INFO", description="Least weighty line that is logged: DEBUG INFO WARNING ERROR")
    )
    log_format: Annotated[Literal["auto", "json", "console"], BeforeValidator(lower)] = Field(
        "auto", description="json, console, or auto: console when it is a terminal"
    )


SECTIONS: tuple[type[BaseModel], ...] = (
    TelegramSection,
    DiscordSection,
    AccessSection,
    DatabaseSection,
    PricesSection,
    InstrumentsSection,
    PaperSection,
    LogSection,
)
"""The sections in the order of `.env.example`."""


class Settings(
    TelegramSection,
    DiscordSection,
    AccessSection,
    DatabaseSection,
    PricesSection,
    InstrumentsSection,
    PaperSection,
    LogSection,
    BaseSettings,
):
    """All settings, flat and frozen; made by `load()`."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        str_strip_whitespace=True,
    )

    def secrets(self) -> tuple[str, ...]:
        """Return every secret text that is set, so that no log line shows one."""
        values = (self.telegram_token, self.discord_token, self.telegram_webhook_secret)
        return tuple(value.get_secret_value() for value in values if value is not None)


@dataclass(frozen=True, slots=True)
class Option:
    """One setting as documents show it: its name, its default as text, one line on it."""

    name: str
    default: str
    help: str
    section: str


def options() -> Iterator[Option]:
    """Yield every setting in the order of its section."""
    for section in SECTIONS:
        for name, field in section.model_fields.items():
            value = field.default
            default = "" if value is None or value == frozenset() else str(value)
            yield Option(
                name.upper(), default, str(field.description), (section.__doc__ or "").strip()
            )


def load(env_file: Path | None = Path(".env")) -> Settings:
    """Read the environment and `env_file` (None: the environment alone).

    Raises `SettingsError` with one line that names the first setting that cannot be used.
    """
    try:
        return Settings(_env_file=env_file)
    except ValidationError as fault:
        raise SettingsError(_line(fault)) from None
    except (SourceError, UnicodeDecodeError, OSError) as fault:
        raise SettingsError(f"{env_file} cannot be read: {fault}") from None


def _line(fault: ValidationError) -> str:
    """Word the first fault; the value is never repeated, since it may be a secret."""
    first = fault.errors(include_url=False, include_input=False)[0]
    name = str(first.get("ctx", {}).get("name") or ".".join(map(str, first["loc"][:1])))
    return f"{name.upper()}: {first['msg'][:1].lower()}{first['msg'][1:]}"
