"""Squads by what people are on their server: the most frequent roles, and the others shared out.

A role is a name that a server gave, not a person's. It is kept only where squads are made of it.
"""

from collections import Counter
from collections.abc import Sequence

from core.lessons.game.game import Game, Player
from core.lessons.game.names import cleaned, is_reserved, says_something, told_apart
from core.lessons.game.squad import Members, joined_smallest

ROLE = "role"
"""The value of the option `by` that asks for it."""

FEWEST_ROLES = 2
LONGEST_ROLE = 100
"""Letters in which roles are told apart; a squad shows the first of them."""


def role_kept(game: Game, role: str) -> str:
    """Return a role as a game keeps it: cleaned, and only where its squads are made by roles."""
    return cleaned(role, LONGEST_ROLE) if game.setup.get("by") == ROLE else ""


def by_role(players: Sequence[Player], most: int) -> tuple[Members, tuple[str, ...]]:
    """Return a squad for each of the most frequent roles, at `most` so many, and these roles.

    Of equally frequent ones that one counts whose bearer joined first. Who has none of them joins
    the smallest squad. Of fewer than two roles there are no squads.
    """
    ranks = Counter(player.role for player in players if player.role)
    roles = tuple(role for role, _ in ranks.most_common(most))
    if len(roles) < FEWEST_ROLES:
        return (), ()
    squads: Members = tuple(tuple(p.number for p in players if p.role == role) for role in roles)
    for player in players:
        if player.role not in roles:
            squads = joined_smallest(squads, player.number)
    return squads, roles


def role_names(roles: Sequence[str]) -> tuple[str, ...]:
    """Return what squads of roles are called: cut, and told apart by #2.

    Nothing for a role that says nothing, or is called like somebody in charge of the bot.
    """
    found: list[str] = []
    for role in roles:
        short = cleaned(role) if says_something(role) and not is_reserved(role) else ""
        found.append(told_apart(short, found) if short else "")
    return tuple(found)
