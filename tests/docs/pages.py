"""The written pages as data: which there are, their code blocks, links and headings."""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.house.tree import ROOT

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """One page: where it stands, and its text."""

    path: Path
    text: str

    @property
    def name(self) -> str:
        """Return the path below the root, with slashes."""
        return self.path.relative_to(ROOT).as_posix()

    def blocks(self, language: str) -> list[str]:
        """Return the code blocks of a language."""
        return [code for tag, code in _BLOCK.findall(self.text) if tag == language]

    @property
    def prose(self) -> str:
        """Return the text without its code blocks."""
        return _BLOCK.sub("", self.text)

    @property
    def links(self) -> list[str]:
        """Return the targets of all links that stay in the project."""
        return [link for link in _LINK.findall(self.prose) if "://" not in link]

    @property
    def anchors(self) -> set[str]:
        """Return what `#` may point to: each heading in small letters, with hyphens."""
        heads = (re.sub(r"[^\w\- ]", "", head.lower()) for head in _HEADING.findall(self.prose))
        return {head.strip().replace(" ", "-") for head in heads}


def page(name: str) -> Page:
    """Return one page by its path below the root."""
    path = ROOT / name
    return Page(path, path.read_text(encoding="utf-8"))


def pages() -> list[Page]:
    """Return every page there is."""
    top = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")
    below = (p.relative_to(ROOT).as_posix() for p in sorted((ROOT / "docs").rglob("*.md")))
    return [page(name) for name in (*top, *below)]
