"""The project's files as data: which there are, and the syntax trees of those in Python."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

MADE_BY_TOOLS = {
    ".git",
    ".venv",
    ".hypothesis",
    ".import_linter_cache",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    "__pycache__",
    "build",
    "dist",
}


@dataclass(frozen=True)
class Source:
    """One Python file: its path below the root, with slashes, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Return the syntax tree."""
        return ast.parse(self.text, self.path)

    @property
    def top(self) -> str:
        """Return the first part of the path."""
        return self.path.split("/", 1)[0]

    def within(self, *folders: str) -> bool:
        """Whether the file stands in one of these folders."""
        return any(self.path.startswith(folder + "/") for folder in folders)

    def at(self, node: ast.AST, what: str) -> str:
        """Return one finding as a line that an editor can follow."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}: {what}"


def files(root: Path = ROOT) -> Iterator[Path]:
    """Yield every file that belongs to the project; made ones, `.env` and `data/` do not."""
    for path in sorted(root.iterdir()):
        if path.name in MADE_BY_TOOLS or path.name == ".env" or path.name.startswith(".coverage"):
            continue
        if path.is_dir():
            if path.name.endswith(".egg-info") or path == ROOT / "data":
                continue
            yield from files(path)
        else:
            yield path


def sources(*folders: str) -> list[Source]:
    """Return the Python files in these folders, in order."""
    return [
        Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for folder in folders
        if (ROOT / folder).is_dir()
        for path in files(ROOT / folder)
        if path.suffix == ".py"
    ]


def docstrings(tree: ast.Module) -> set[ast.expr]:
    """Return the strings that stand alone: docstrings, and notes under attributes."""
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
