"""Answers as each platform shows them, kept as files: what changes in them is seen in review.

`pytest tests/golden --golden-update` writes them anew; read what the change did to them.
"""

import json
from pathlib import Path

from bot.adapters.console.render import text as as_console
from bot.adapters.discord.render import pages
from bot.adapters.telegram.render import render
from bot.chat.render import Writer
from bot.chat.reply import Reply

FOLDER = Path(__file__).parent / "kept"

PLATFORMS = ("console", "telegram", "discord")


def on_platform(reply: Reply, platform: str) -> str:
    """Return an answer in a platform's own form: text, HTML, or an embed as JSON."""
    writer = Writer.of(reply, "en")
    labels = " ".join(f"[{choice.label}]" for row in reply.choices for choice in row)
    if platform == "console":
        return as_console(reply) + "\n"
    if platform == "telegram":
        return "\n".join([*render(reply, writer), labels]) + "\n"
    embeds = [page.embed.to_dict() for page in pages(reply, writer)]
    return json.dumps([*embeds, labels], indent=1, ensure_ascii=False) + "\n"


def kept(name: str, platform: str, reply: Reply, *, update: bool) -> str:
    """Return an answer as it is kept, after writing it anew where that is asked for."""
    ending = {"console": "txt", "telegram": "html", "discord": "json"}[platform]
    path = FOLDER / f"{name}.{ending}"
    if update:
        path.parent.mkdir(exist_ok=True)
        path.write_text(on_platform(reply, platform), encoding="utf-8")
    return path.read_text(encoding="utf-8")
