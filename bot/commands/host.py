"""/host: what a chat's hosts may set: whether, where and how much the bot talks."""

from collections.abc import Callable

from bot.chat.ask import Ask
from bot.chat.command import command
from bot.chat.figures import Age, Code, Figure, Label
from bot.chat.reply import Choice, Facts, Reply, Text, Title, Tone, Words
from core.errors import NotAllowed
from core.people import ChatRules

LIMITS = {"cooldown": (0, 3600), "limit": (1, 60), "delete": (0, 172800)}
"""Smallest and largest value of each number, in seconds or replies a minute."""


@command(
    examples=(
        "/host",
        "/host off",
        "/host cooldown 30",
        "/host topic here",
        "/host quiet on",
        "/host links on",
        "/host challenges on",
    ),
    writes=True,
    host=True,
)
def host(ask: Ask, text: str | None = None) -> Reply:
    """Set how the bot behaves in this group (hosts only)."""
    if not ask.in_group:
        raise NotAllowed("group")
    words = (text or "").lower().split()
    if not words:
        return _shown(ask, ask.rules, ask._("How I behave here."))
    changes = _changes(ask, words)
    if changes is None:
        return _unreadable(ask)
    chat = ask.request.chat
    rules = ask.services.chats.change(ask.request.who.platform, chat.id, **changes)
    return _shown(ask, rules, ask._("Kept."))


def _changes(ask: Ask, words: list[str]) -> dict[str, object] | None:
    """What a line of sub-words changes, or None where it cannot be read."""
    head, rest = words[0], words[1:]
    readers: dict[str, Callable[[], dict[str, object] | None]] = {
        "on": lambda: {"enabled": True},
        "off": lambda: {"enabled": False},
        "quiet": lambda: _switch("quiet", rest),
        "links": lambda: _switch("links", rest),
        "challenges": lambda: _switch("challenges", rest),
        "topic": lambda: _topics(ask, rest),
        "channel": lambda: _topics(ask, rest),
        "cooldown": lambda: _number("cooldown", "cooldown", rest),
        "limit": lambda: _number("limit", "per_minute", rest),
        "delete": lambda: _number("delete", "delete_after", rest),
    }
    reader = readers.get(head)
    return reader() if reader else None


def _switch(field: str, rest: list[str]) -> dict[str, object] | None:
    states = {"on": True, "off": False}
    return {field: states[rest[0]]} if rest and rest[0] in states else None


def _number(word: str, field: str, rest: list[str]) -> dict[str, object] | None:
    """A whole number within its limits; "off" is 0."""
    low, high = LIMITS[word]
    typed = "0" if rest[:1] == ["off"] else (rest or [""])[0]
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 6):
        return None
    return {field: int(typed)} if low <= int(typed) <= high else None


def _topics(ask: Ask, rest: list[str]) -> dict[str, object] | None:
    """Answer in this topic or channel (too), or everywhere again."""
    here = ask.request.chat.topic or "main"
    match rest[:1]:
        case ["here"]:
            return {"topics": ask.rules.topics | {here}}
        case ["all"]:
            return {"topics": frozenset()}
        case _:
            return None


def _unreadable(ask: Ask) -> Reply:
    """One error, one cure."""
    text = ask._("I can't read that. Try {line}, or {bare} to see what can be set.")
    figures: dict[str, Figure] = {"line": Code("/host cooldown 30"), "bare": Code("/host")}
    return Reply((Text(Words(text, figures)),), tone=Tone.TROUBLE, outcome="bad_host_line")


def _shown(ask: Ask, rules: ChatRules, heading: str) -> Reply:
    """All rules of this chat."""
    on, off = ask._("on"), ask._("off")
    topics = ", ".join(sorted(rules.topics)) or ask._("everywhere")
    rows: tuple[tuple[str, Figure], ...] = (
        (ask._("answers"), Label(on if rules.enabled else off)),
        (ask._("topics"), Label(topics)),
        (ask._("quiet"), Label(on if rules.quiet else off)),
        (ask._("links in entries"), Label(on if rules.links else off)),
        (ask._("challenges"), Label(ask._("by all") if rules.challenges else ask._("by hosts"))),
        (ask._("cooldown a person"), Age(rules.cooldown)),
        (ask._("replies a minute"), Label(str(rules.per_minute))),
        (ask._("delete after"), Age(rules.delete_after) if rules.delete_after else Label(off)),
    )
    turned = Choice(ask._("Switch off"), "/host off", kept=True)
    if not rules.enabled:
        turned = Choice(ask._("Switch on"), "/host on", kept=True)
    return Reply(
        blocks=(Title(Words(heading)), Facts(rows), Text(_lines(ask))),
        choices=((turned, Choice(ask._("FAQ of this group"), "/hostfaq", kept=True)),),
        private=False,
    )


def _lines(ask: Ask) -> Words:
    """What can be typed."""
    return Words(
        ask._("Type {a}, {b}, {c}, {d}, {e}, {f} or {g}."),
        {
            "a": Code("/host off"),
            "b": Code("/host topic here"),
            "c": Code("/host quiet on"),
            "d": Code("/host cooldown 30"),
            "e": Code("/host delete 60"),
            "f": Code("/host links on"),
            "g": Code("/host challenges on"),
        },
    )
