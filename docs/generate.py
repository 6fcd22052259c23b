"""The generated pages: `python -m docs.generate` writes them, `--check` says what is out of date.

Whole pages are made for the glossary (from the core's docstrings) and the commands (from their
functions). In the README, the settings, the exchange, the trade, the question and the duel stand
between two comments each, as the ledger does in docs/paper.md, a replay in docs/replay.md and the
kinds of games in docs/challenges.md; only what is between them is replaced. They are the program's
own answers, asked at the first second of the demo market.
"""

import importlib
import inspect
import os
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import core
from bot import app
from bot.chat.command import Command
from bot.chat.games.wording import words_of_kinds
from bot.chat.i18n import english
from bot.chat.reply import Reply
from bot.chat.words import FIELDS
from bot.runtime.logs import configure
from bot.settings import options
from core.lessons.challenges import kinds
from docs.duel import part, transcript
from docs.session import session

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
README = ROOT / "README.md"
PAPER = DOCS / "paper.md"
CHALLENGES = DOCS / "challenges.md"
REPLAY = DOCS / "replay.md"
PLAYED = ("/replay 2020-03-12 10x long BTC",)
"""The replay of docs/replay.md."""
QUESTION = "/compare 10x long BTC"
TRADE = ("/open long btc 10x 500", "yes", "/ff")
"""The README's first trade."""
ASKED = ("/faq can i change mode with an open trade",)
"""The README's question."""
WALLS = (
    "/open long btc 10x 500 isolated",
    "yes",
    "/open short eth 10x 500 cross",
    "yes",
    "/margin btc 100",
    "yes",
    "/close btc",
    "yes",
)
"""An isolated and a cross position, for the ledger of docs/paper.md."""
MADE = "<!-- Made by `make docs`; edit the code instead. -->\n"


def answer(line: str, more: tuple[Command, ...] = ()) -> Reply:
    """Ask the whole program one line at the demo epoch; `more` are commands beside its own."""
    return session(line, more=more).replies[0]


def exchange() -> str:
    """The README's exchange: what is typed, and what the terminal shows."""
    return session(QUESTION).transcript


def settings_table() -> str:
    """Every setting with its default and its line of help, a row each."""
    rows = [
        f"| `{option.name}` | {f'`{option.default}`' if option.default else ''} | {option.help} |"
        for option in options()
    ]
    return "\n".join(("| Setting | Default | What it is |", "|---|---|---|", *rows)) + "\n"


def commands_page() -> str:
    """Every command in the order of names: help, aliases, words, examples."""
    parts = [f"# Commands\n\n{MADE}\nWords stand in any order; words in bold must be said.\n"]
    parts += [_command(one) for one in sorted(app.commands(), key=lambda c: c.name)]
    return "\n".join(parts)


def _command(one: Command) -> str:
    lines = [f"## /{one.name}\n", f"{one.help}\n"]
    if one.aliases:
        lines.append("Also " + ", ".join(f"`/{alias}`" for alias in one.aliases) + ".\n")
    words = [f"- **{name}**: {FIELDS[name].help}" for name in one.required]
    words += [f"- {name}: {FIELDS[name].help}" for name in one.optional]
    if words:
        lines.append("\n".join(words) + "\n")
    lines.append("```text\n" + "\n".join(one.examples) + "\n```\n")
    return "\n".join(lines)


def glossary_page() -> str:
    """Every word of the core in the order of the alphabet, as its docstring tells it."""
    parts = [f"# Glossary\n\n{MADE}\nThe words of the core, as its docstrings tell them.\n"]
    things, figures = (
        sorted(_words(inspect.isclass, "core")),
        sorted(_words(_reckons, "core.margin")),
    )
    for head, rows in (("What there is", things), ("What is reckoned", figures)):
        lines = (f"- **{word}**: {told} (`{place}`)" for word, told, place in rows)
        parts.append(f"## {head}\n\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


def _reckons(thing: object) -> bool:
    return inspect.isfunction(thing)


def _words(fits: Callable[[object], bool], package: str) -> Iterator[tuple[str, str, str]]:
    """Yield the public names that fit: in words, first paragraph of the docstring, module."""
    for info in pkgutil.walk_packages(core.__path__, "core."):
        if not info.name.startswith(package):
            continue
        for name, thing in vars(importlib.import_module(info.name)).items():
            if name[0] != "_" and fits(thing) and thing.__module__ == info.name:
                word = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower().replace("_", " ")
                told = inspect.cleandoc(thing.__doc__ or "").split("\n\n")[0].replace("\n", " ")
                yield word, told, info.name


def kinds_table() -> str:
    """Every kind of challenge with what it is and what may be chosen, a row each."""
    rows = ["| Typed | What it is | What may be chosen, the default first |", "|---|---|---|"]
    for name, words in words_of_kinds().items():
        chosen = "; ".join(
            f"{option.name} {', '.join(option.values)}{' or typed' if option.reads else ''}"
            for option in kinds()[name].options
        )
        title, gist = words.title(english), words.gist(english)
        rows.append(f"| `/challenge {name}` | **{title}.** {gist} | {chosen} |")
    return "\n".join(rows) + "\n"


def challenges_page() -> str:
    """The host's guide, with the kinds there are and what a group sees of a duel."""
    page = between(CHALLENGES.read_text(encoding="utf-8"), "kinds", kinds_table())
    for name in ("draft", "lobby", "board", "mine", "end"):
        page = between(page, name, part(name))
    return page


def between(page: str, mark: str, inside: str) -> str:
    """Replace what stands between a page's two comments of that name. Raises `ValueError`."""
    start, end = f"<!-- {mark} -->\n", f"<!-- end of {mark} -->"
    if page.count(start) != 1 or page.count(end) != 1:
        raise ValueError(f"{mark} needs one comment before it and one after")
    head, rest = page.split(start)
    return f"{head}{start}{inside}{end}{rest.split(end)[1]}"


def pages() -> dict[Path, str]:
    """Return every generated page as it should be."""
    readme = between(README.read_text(encoding="utf-8"), "exchange", exchange())
    readme = between(readme, "trade", session(*TRADE).transcript)
    readme = between(readme, "faq", session(*ASKED).transcript)
    readme = between(readme, "duel", transcript())
    paper = PAPER.read_text(encoding="utf-8")
    return {
        README: between(readme, "settings", settings_table()),
        CHALLENGES: challenges_page(),
        PAPER: between(paper, "ledger", session(*WALLS).ledger),
        REPLAY: between(REPLAY.read_text(encoding="utf-8"), "replay", session(*PLAYED).transcript),
        DOCS / "commands.md": commands_page(),
        DOCS / "glossary.md": glossary_page(),
    }


def stale() -> list[str]:
    """Return the paths of pages that are not as they should be."""
    return [
        path.relative_to(ROOT).as_posix()
        for path, wanted in pages().items()
        if not path.exists() or path.read_text(encoding="utf-8") != wanted
    ]


def main(arguments: list[str]) -> int:
    """Write the pages, or with `--check` name the stale ones and return 1."""
    for option in options():  # a self-hoster's own settings must not reach the pages
        os.environ.pop(option.name, None)
    configure("ERROR", "console", ())
    if "--check" in arguments:
        names = stale()
        for name in names:
            print(f"{name} is out of date: run make docs")
        return 1 if names else 0
    for path, wanted in pages().items():
        path.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
