"""Mirrored pairs in words: who shares a place, the host's decision, and the way to it."""

from collections.abc import Mapping

from bot.chat.ask import Ask
from bot.chat.figures import Figure
from bot.chat.games.found import asking, found
from bot.chat.games.seen import Seen
from bot.chat.reply import Block, Choice, Reply, Text, Title, Words
from core.lessons.challenges.squads import KIND as SQUADS
from core.lessons.game.pairs import CLEAR, SHARED, Pairs, Ruling, Two

SHOWN = 3
"""Pairs for which there are buttons; others are decided by their numbers."""

WORDS = 3
"""Of a decision: two players and what is decided."""


def flagged(seen: Seen, pairs: Pairs) -> tuple[tuple[Block, ...], tuple[tuple[Choice, ...], ...]]:
    """Return what is said of pairs about whom no host has decided, and their buttons."""
    text = _texts(seen)[""]
    open_ = [two for two in pairs.flagged if not pairs.decision(two)]
    blocks = tuple(Text(Words(text, _names(seen, two))) for two in open_)
    return blocks, tuple(_buttons(seen, two) for two in open_[:SHOWN])


def _texts(seen: Seen) -> Mapping[str, str]:
    """What is said of a pair by what was decided; squads share scores, all others places."""
    _ = seen._
    if seen.game.kind == SQUADS.name:
        return {
            "": _(
                "{one} and {other} traded against each other. Both count with the lower score "
                "until a host decides."
            ),
            CLEAR: _("{one} and {other}: a host calls it chance. Both keep their own scores."),
            SHARED: _("{one} and {other}: a host lets both count with the lower score."),
        }
    return {
        "": _(
            "{one} and {other} traded against each other. They share the lower place until a host "
            "decides."
        ),
        CLEAR: _("{one} and {other}: a host calls it chance. Both keep the places they earned."),
        SHARED: _("{one} and {other}: a host lets them share the lower place."),
    }


def _names(seen: Seen, two: Two) -> dict[str, Figure]:
    return {"one": seen.name(two[0]), "other": seen.name(two[1])}


def _buttons(seen: Seen, two: Two) -> tuple[Choice, ...]:
    """What a host may decide: chance, or one place for both."""
    line = f"/challenge pair {seen.kept.number} {two[0]} {two[1]}"
    names = f"{two[0]}+{two[1]}"
    return (
        Choice(seen._("Chance") + f" {names}", f"{line} {CLEAR}", kept=True, aside=True),
        Choice(seen._("One place") + f" {names}", f"{line} {SHARED}", kept=True, aside=True),
    )


def ruling(seen: Seen, told: Ruling, table: Block) -> Reply:
    """Return a decision as it is printed, with the places that follow from it."""
    _ = seen._
    title = Words(_texts(seen)[told.decision], _names(seen, told.two))
    blocks: list[Block] = [Title(title)]
    if told.by:
        text = _("{name} decided it and plays too, and is not ranked any more.")
        blocks.append(Text(Words(text, {"name": seen.name(told.by)})))
    return Reply((*blocks, table, seen.fairness()), short=title)


def pair(ask: Ask, rest: list[str]) -> Reply:
    """Decide about two players as a host, `/challenge pair 12 3 5 clear`; it is printed below.

    Raises `NoGame`, `NotAllowed`, `NotNow`, `BadOption`.
    """
    kept, words = found(ask, rest, WORDS, over=True)
    about = " ".join(words).lower()
    ask.services.challenges.rule(asking(ask), kept.number, "pair", about)
    told = Words(ask._("Decided. It is printed in the group."))
    return Reply((Text(told),), private=ask.in_group, short=told)
