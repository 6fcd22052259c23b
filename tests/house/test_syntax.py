"""What must not stand in the code, although Python would take it.

Every rule is a function from a source to findings. It is tried on a planted fault and on something
innocent beside it, and then on the whole tree.
"""

import ast
from collections.abc import Iterator

import pytest

from tests.house.tree import Source, docstrings, sources

SYNC_FLOORS = ("core", "bot/chat", "bot/commands")
FLOAT_FILES = {"core/margin/screen.py", "core/lessons/ranking.py"}
OUTSIDE_CALLS = {
    "open",
    "input",
    "print",
    "eval",
    "exec",
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "Path.open",
    "os.getenv",
}
OUTSIDE_MODULES = ("random.", "time.", "secrets.", "os.", "socket.", "subprocess.", "threading.")


def asynchronous(source: Source) -> Iterator[str]:
    """Async is the shell's: the floors below are called, they never wait."""
    kinds = (ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith, ast.Await)
    for node in ast.walk(source.tree):
        if isinstance(node, kinds) or (isinstance(node, ast.comprehension) and node.is_async):
            yield source.at(node, "async")


def floats(source: Source) -> Iterator[str]:
    """Money is exact: no float literal, no `float(`."""
    for node in ast.walk(source.tree):
        match node:
            case ast.Constant(value=float() | complex()):
                yield source.at(node, f"float {node.value!r}")
            case ast.Call(func=ast.Name(id="float")):
                yield source.at(node, "float(")


def outside_calls(source: Source) -> Iterator[str]:
    """The core asks nobody: no file, no clock, no chance."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            tail = ".".join(name.split(".")[-2:])  # however the module was imported
            if tail in OUTSIDE_CALLS or name.startswith(OUTSIDE_MODULES):
                yield source.at(node, name + "(")


def bare_rounding(source: Source) -> Iterator[str]:
    """Rounding has a name and a direction, and those live in `core/money.py`."""
    for node in ast.walk(source.tree):
        match node:
            case ast.Call(func=ast.Name(id="round")):
                yield source.at(node, "round(")
            case ast.Call(func=ast.Attribute(attr="quantize")):
                yield source.at(node, ".quantize(")


def explicit_any(source: Source) -> Iterator[str]:
    """The core knows its types."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name) and node.id == "Any":
            yield source.at(node, "Any")


def undocumented(source: Source) -> Iterator[str]:
    """Every public thing says in a sentence what it is."""
    yield from (
        source.at(node, f"{name} has no docstring")
        for name, node in _public(source.tree, "module")
        if ast.get_docstring(node) is None
    )


Documented = ast.Module | ast.ClassDef | ast.FunctionDef


def _public(node: Documented, name: str) -> Iterator[tuple[str, Documented]]:
    yield name, node
    if isinstance(node, ast.Module | ast.ClassDef):
        for child in node.body:
            match child:
                case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                    if not name.startswith("_") and not _overrides(child):
                        yield from _public(child, name)


def _overrides(node: ast.ClassDef | ast.FunctionDef) -> bool:
    return any(ast.unparse(each) in {"override", "overload"} for each in node.decorator_list)


def unexplained_ignore(source: Source) -> Iterator[str]:
    """A type that is waived names its code and says why."""
    for number, line in enumerate(source.text.splitlines(), 1):
        _, marker, rest = line.partition("# type: " + "ignore")
        if marker:
            code, _, reason = rest.partition("]")
            if not code.startswith("[") or not reason.strip(" #-"):
                yield f"{source.path}:{number}: unexplained type waiver"


RULES = {
    "async": (asynchronous, "async def f() -> None: ...", "def f() -> None: ..."),
    "async comprehension": (asynchronous, "[a async for a in b]", "[a for a in b]"),
    "float literal": (floats, "x = 0.5", "x = D('0.5')"),
    "float call": (floats, "x = float(y)", "x = D(y); y: float"),
    "opened file": (outside_calls, "open('f')", "self.open('f')"),
    "clock": (outside_calls, "datetime.now(UTC)", "clock.now()"),
    "clock of a module": (outside_calls, "datetime.datetime.now()", "self.clock.now()"),
    "chance": (outside_calls, "random.random()", "ids.random()"),
    "rounding": (bare_rounding, "round(x)", "up(x, QUANTUM)"),
    "quantize": (bare_rounding, "x.quantize(y)", "display(x, 2)"),
    "any": (explicit_any, "def f(a: Any) -> None: ...", "def f(a: object) -> None: ..."),
    "docstring": (
        undocumented,
        '"""A."""\nclass A:\n  """B."""\n  def c(self): ...',
        '"""A."""\nclass A:\n  """B."""\n  def _c(self): ...\n  def c(self):\n    """D."""',
    ),
    "type waiver": (
        unexplained_ignore,
        "x = 1  # type: " + "ignore[assignment]",
        "x = 1  # type: " + "ignore[assignment]  # the library's own type is wrong",
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_a_rule_finds_the_planted_fault_and_nothing_beside_it(name: str) -> None:
    rule, fault, innocent = RULES[name]
    assert list(rule(Source("planted.py", fault)))
    assert not list(rule(Source("innocent.py", innocent)))


def test_core_chat_and_commands_never_wait() -> None:
    assert [line for source in sources(*SYNC_FLOORS) for line in asynchronous(source)] == []


def test_money_in_the_core_is_never_a_float() -> None:
    exact = [source for source in sources("core") if source.path not in FLOAT_FILES]
    assert [line for source in exact for line in floats(source)] == []


def test_the_core_asks_no_file_no_clock_and_no_chance() -> None:
    assert [line for source in sources("core") for line in outside_calls(source)] == []


def test_rounding_stands_in_money_only() -> None:
    others = [source for source in sources("core") if source.path != "core/money.py"]
    assert [line for source in others for line in bare_rounding(source)] == []


def test_the_core_has_no_any() -> None:
    assert [line for source in sources("core") for line in explicit_any(source)] == []


def test_everything_public_in_the_core_has_a_docstring() -> None:
    assert [line for source in sources("core") for line in undocumented(source)] == []


def test_every_module_tells_its_idea() -> None:
    silent = [
        source.path
        for source in sources("bot", "core", "migrations", "tests")
        if source.text.strip() and ast.get_docstring(source.tree) is None
    ]
    assert silent == []


def test_every_waived_type_says_why() -> None:
    code = sources("bot", "core", "migrations", "tests")
    assert [line for source in code for line in unexplained_ignore(source)] == []


def test_docstrings_are_told_apart_from_values() -> None:
    tree = Source("a.py", '"""Idea."""\nX = "value"\n"""Note."""\n').tree
    assert {ast.literal_eval(text) for text in docstrings(tree)} == {"Idea.", "Note."}
