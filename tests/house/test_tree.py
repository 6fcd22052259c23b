"""Tests stand in the same tree as the code: `tests/chat/test_line.py` for `bot/chat/line.py`.

A module whose test stands elsewhere is named in `ELSEWHERE`, one that needs none in `RECORDS`; each
list says why, and neither may name what is no longer so.
"""

import ast
from pathlib import PurePosixPath

import pytest

from tests.house.tree import ROOT, Source, sources

ELSEWHERE = {
    # the door is opened by a process, together with the verbs behind it
    "bot/__main__.py": "tests/cli/test_main.py",
    # tables and their types are tried where the schema they make is
    "bot/adapters/database/tables.py": "tests/adapters/database/test_schema.py",
    "bot/adapters/database/alert_tables.py": "tests/adapters/database/test_schema.py",
    "bot/adapters/database/game_tables.py": "tests/adapters/database/test_schema.py",
    "bot/adapters/database/learning_tables.py": "tests/adapters/database/test_schema.py",
    "bot/adapters/database/instrument_tables.py": "tests/adapters/database/test_schema.py",
    "bot/adapters/database/metadata.py": "tests/adapters/database/test_schema.py",
    # questions to tables, asked by the books
    "bot/adapters/database/statements.py": "tests/adapters/database/test_paper_books.py",
    "bot/adapters/database/learning_statements.py": "tests/adapters/database/test_learning_rows.py",
    "bot/adapters/database/alert_statements.py": "tests/adapters/database/test_alert_rows.py",
    "bot/adapters/database/game_statements.py": "tests/adapters/database/test_game_rows.py",
    "bot/adapters/database/game_seat_statements.py": "tests/adapters/database/test_game_seats.py",
    "bot/adapters/database/game_post_statements.py": "tests/adapters/database/test_game_posts.py",
    # what the keeper of games takes in and gives out
    "core/services/game_posts.py": "tests/core/services/test_gamekeeper.py",
    # parts of a running client, which is played on a simulated Discord
    "bot/adapters/discord/client.py": "tests/adapters/discord/test_commands.py",
    "bot/adapters/discord/incoming.py": "tests/adapters/discord/test_answers.py",
    # sentences of a running adapter, which is played on a strict server
    "bot/adapters/telegram/wording.py": "tests/adapters/telegram/test_presses.py",
}
"""Modules that are tried in a file of another name."""

RECORDS = {
    "bot/chat/ports.py",  # what platforms and conversation promise each other
    "bot/chat/reading.py",  # what the grammar hands on
    "bot/chat/reply.py",  # what commands hand on
    "bot/chat/request.py",  # what platforms hand on
    "core/alerts/books.py",  # what is kept of alerts
    "core/lessons/game/books.py",  # what is kept of games
    "core/lessons/game/inputs.py",  # what may come in to a game
    "core/paper/events.py",  # what may happen
    "core/people.py",  # what people and hosts have set
    "core/paper/records.py",  # what is kept beside accounts
    "core/paper/rules.py",  # the house's own numbers
}
"""Modules of plain records and protocols: there is nothing in them that could go wrong."""


def mirror(path: str) -> str:
    """Return where the test of a module stands; `bot` itself has no folder among the tests."""
    module = PurePosixPath(path)
    folder = PurePosixPath("tests", *module.parts[module.parts[0] == "bot" : -1])
    return str(folder / f"test_{module.name}")


def has_code(source: Source) -> bool:
    """Whether a module does more than to say what it is about."""
    return any(not isinstance(node, ast.Expr) for node in source.tree.body)


def modules() -> dict[str, Source]:
    """Return the program's modules by path; a folder's own file gathers and does nothing."""
    return {
        source.path: source
        for source in sources("bot", "core")
        if not source.path.endswith("__init__.py") and has_code(source)
    }


def only_records(source: Source) -> bool:
    """Whether no function of a module has a body: at most one statement that returns a record."""
    bodies = [
        [statement for statement in node.body if not isinstance(statement, ast.Expr)]
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return all(not body or [type(s) for s in body] == [ast.Return] for body in bodies)


def named_tests(path: str) -> list[str]:
    """Return the names of the tests in a file."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, functions) and node.name.startswith("test_")
    ]


@pytest.mark.parametrize(
    ("module", "test"),
    [
        ("bot/app.py", "tests/test_app.py"),
        ("bot/chat/line.py", "tests/chat/test_line.py"),
        ("bot/adapters/console/render.py", "tests/adapters/console/test_render.py"),
        ("core/money.py", "tests/core/test_money.py"),
        ("core/margin/pool.py", "tests/core/margin/test_pool.py"),
    ],
)
def test_a_test_has_the_address_of_its_module(module: str, test: str) -> None:
    assert mirror(module) == test


def test_a_module_that_only_tells_its_idea_has_no_code() -> None:
    assert not has_code(Source("a.py", '"""An idea."""\n'))
    assert has_code(Source("a.py", '"""An idea."""\nX = 1\n'))


def test_a_record_is_told_from_a_rule() -> None:
    record = "class A:\n  def f(self):\n    '''Tell.'''\n  def g(self):\n    return {1: self.x}\n"
    assert only_records(Source("a.py", record))
    assert not only_records(Source("a.py", "def f(x):\n  if x:\n    return 1\n  return 2\n"))


def test_every_module_has_its_tests_in_the_same_place() -> None:
    missing = [
        f"{path}: {test}"
        for path in modules()
        if path not in RECORDS
        and not (ROOT / (test := ELSEWHERE.get(path, mirror(path)))).is_file()
    ]
    assert missing == []


def test_every_such_file_holds_tests() -> None:
    files = {ELSEWHERE.get(path, mirror(path)) for path in modules() if path not in RECORDS}
    assert [
        path for path in sorted(files) if (ROOT / path).is_file() and not named_tests(path)
    ] == []


def test_the_exceptions_are_still_needed() -> None:
    known = modules()
    named = [path for path in (*ELSEWHERE, *RECORDS) if path not in known]
    # Whoever deletes a platform's whole folder should not have to come here.
    assert [path for path in named if (ROOT / path).parent.is_dir()] == []
    assert [path for path in (*ELSEWHERE, *RECORDS) if (ROOT / mirror(path)).is_file()] == []
    assert [path for path in RECORDS if not only_records(known[path])] == []
