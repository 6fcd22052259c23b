"""A command is one annotated function; everything else is read off it.

The function's name is the command, its parameters are the fields of the grammar
(`bot.chat.words.FIELDS`), those without a default are required, its docstring is the help line.
From this come the grammar's verb, Telegram's menu, Discord's options, `/help` and the docs.
"""

import inspect
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType
from typing import TypedDict, Unpack

from bot.chat.ask import Ask
from bot.chat.ports import Entry, Parameter
from bot.chat.reply import Reply
from bot.chat.verbs import Verb
from bot.chat.words import FIELDS


class More(TypedDict, total=False):
    """What few commands are; see `Command`."""

    hidden: bool
    roles: bool
    personal: bool
    token: bool
    implied: Mapping[str, str]
    suggests: frozenset[str]


@dataclass(frozen=True, slots=True)
class Command:
    """A command as read off its function.

    `hidden` ones stand in no menu but work when typed. `personal` ones show somebody's own account:
    only to them, and never to somebody masked. `token` ones carry a token of ours that is bound to
    its person, so that a button may carry it. `implied` maps an alias to the word it stands for.
    `suggests` names fields that this command has completions for beside those that always have.
    `roles` ones are for everybody, and must yet know who is a host.
    """

    name: str
    help: str
    run: Callable[..., Reply]
    required: tuple[str, ...]
    optional: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    writes: bool = False
    host: bool = False
    hidden: bool = False
    personal: bool = False
    token: bool = False
    implied: Mapping[str, str] = field(default_factory=dict, hash=False)
    suggests: frozenset[str] = frozenset()
    roles: bool = False

    def __call__(self, ask: Ask) -> Reply:
        """Run on what was read; fields that were not read keep the function's own defaults."""
        values = ask.reading.values
        known = (*self.required, *self.optional)
        return self.run(ask, **{name: values[name] for name in known if name in values})

    @property
    def unmasked(self) -> bool:
        """Whether somebody masked is refused at once; `roles` ones see for themselves."""
        return self.personal or (self.writes and not self.roles)

    @property
    def takes_entry(self) -> bool:
        """Whether it works with an entry where no price is recorded."""
        return not {"entry", "legs"}.isdisjoint((*self.required, *self.optional))

    @property
    def verb(self) -> Verb:
        """The command as the grammar sees it."""
        return Verb(
            name=self.name,
            aliases=self.aliases,
            required=self.required,
            optional=self.optional,
            writes=self.writes,
            implied=self.implied,
        )

    def entry(self, translate: Callable[[str], str]) -> Entry:
        """The command as menus show it, in one language."""
        parameters = tuple(
            Parameter(
                name=field,
                help=translate(FIELDS[field].help),
                required=field in self.required,
                choices=FIELDS[field].choices,
                suggests=FIELDS[field].suggests or field in self.suggests,
            )
            for field in (*self.required, *self.optional)
        )
        return Entry(
            self.name, translate(self.help), parameters, self.aliases, self.examples, self.host
        )


def command(
    *,
    examples: Iterable[str],
    aliases: Iterable[str] = (),
    writes: bool = False,
    host: bool = False,
    **more: Unpack[More],
) -> Callable[[Callable[..., Reply]], Command]:
    """Make a command of a function. Raises `TypeError` for unknown fields or no docstring."""

    def read(function: Callable[..., Reply]) -> Command:
        first, *fields = inspect.signature(function).parameters.values()
        unknown = [p.name for p in fields if p.name not in FIELDS]
        if first.name != "ask" or unknown or not function.__doc__:
            raise TypeError(f"{function.__module__}: unknown {unknown} or no docstring")
        return Command(
            name=function.__name__,
            help=inspect.cleandoc(function.__doc__).splitlines()[0],
            run=function,
            required=tuple(p.name for p in fields if p.default is p.empty),
            optional=tuple(p.name for p in fields if p.default is not p.empty),
            aliases=tuple(aliases),
            examples=tuple(examples),
            writes=writes,
            host=host,
            **more,
        )

    return read


def discover(package: ModuleType) -> tuple[Command, ...]:
    """Import every module of a package and collect its commands, in the order of file names.

    Modules whose names start with `_` are private. Raises `TypeError`, naming the file, where a
    module holds no command or a name is taken twice.
    """
    found: dict[str, Command] = {}
    for info in pkgutil.iter_modules(package.__path__):
        if info.name.startswith("_"):
            continue
        module = import_module(f"{package.__name__}.{info.name}")
        commands = [c for c in vars(module).values() if isinstance(c, Command)]
        if not commands:
            raise TypeError(f"{info.name}.py holds no command")
        for one in commands:
            for name in (one.name, *one.aliases):
                if name in found:
                    raise TypeError(f"{info.name}.py: {name} is taken")
                found[name] = one
    return tuple(dict.fromkeys(found.values()))
