"""Small rooms: budgets for functions and files, taken from the projects we admire.

Run with `-s` to see the ten longest functions and files.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from tests.house.tree import Source, sources

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, order=True)
class Measured:
    """Something with a length in lines."""

    lines: int
    where: str


def functions(source: Source) -> Iterator[Function]:
    """Yield every function and method of a file."""
    for node in ast.walk(source.tree):
        if isinstance(node, Function):
            yield node


def length(node: Function) -> int:
    """Return the lines from `def` to the end."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def parameters(node: Function) -> int:
    """Return how many values a caller may have to think of."""
    given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return len([each for each in given if each.arg not in {"self", "cls"}])


def is_command(node: Function) -> bool:
    """Whether the signature is a command's grammar, as long as the command has words."""
    return any(ast.unparse(each).startswith("command") for each in node.decorator_list)


def measured() -> tuple[list[Measured], list[Measured]]:
    """Return functions and files of the program, longest first."""
    code = sources("bot", "core", "migrations")
    by_function = [
        Measured(length(node), s.at(node, node.name)) for s in code for node in functions(s)
    ]
    by_file = [Measured(len(s.text.splitlines()), s.path) for s in code if s.text.strip()]
    return sorted(by_function, reverse=True), sorted(by_file, reverse=True)


def test_lengths_and_parameters_are_counted_as_written() -> None:
    source = Source("a.py", "class A:\n  def f(self, a, /, b, *, c):\n    return (\n      a)\n")
    (node,) = functions(source)
    assert (length(node), parameters(node)) == (3, 3)


def test_a_command_is_known_by_its_decorator() -> None:
    plain, command = functions(
        Source("a.py", "def f(): ...\n@command(examples=[])\ndef g(): ...\n")
    )
    assert (is_command(plain), is_command(command)) == (False, True)


def test_functions_and_files_keep_their_budgets() -> None:
    by_function, by_file = measured()
    for worst in (*by_function[:10], *by_file[:10]):
        print(f"{worst.lines:5} {worst.where}")  # noqa: T201 - asked for with -s
    lengths = [each.lines for each in by_function]
    assert [each for each in by_function if each.lines > 50] == []
    assert [each for each in by_file if each.lines > 300] == []
    assert median(lengths) <= 10
    assert sorted(lengths)[int(len(lengths) * 0.9)] <= 30
    assert median(each.lines for each in by_file) <= 130


def test_no_function_asks_for_more_than_five_values() -> None:
    many = [
        source.at(node, node.name)
        for source in sources("bot", "core", "migrations")
        for node in functions(source)
        if parameters(node) > 5 and not is_command(node)
    ]
    assert many == []
