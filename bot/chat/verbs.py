"""What commands look like to the grammar: a name, aliases, fields that are needed or welcome.

They are read off the commands' functions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Verb:
    """A command's grammar.

    `implied` maps an alias to the word it stands for: `/long` is `/open` with `long` already said.
    `writes` marks commands that change something; they are read strictly.
    """

    name: str
    aliases: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    writes: bool = False
    implied: Mapping[str, str] = field(default_factory=dict)
    fields: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Join both kinds of fields once."""
        object.__setattr__(self, "fields", frozenset((*self.required, *self.optional)))
