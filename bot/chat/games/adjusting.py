"""Putting a player's account right: what a host types, what it costs them, how it is printed."""

from dataclasses import dataclass, replace
from decimal import Decimal

from bot.chat.ask import Ask
from bot.chat.figures import Code, Figure, Label, Money, Said
from bot.chat.games.found import asking, going, is_number
from bot.chat.games.seen import Seen, shown_name
from bot.chat.numbers import read_number, write_number
from bot.chat.refusals import refusal_reply
from bot.chat.reply import Block, Choice, Reply, Text, Title, Tone, Words
from core.lessons.game.adjusting import LARGEST, adjusters, adjustments
from core.lessons.game.books import KeptGame
from core.lessons.game.errors import NoGame, NoPlayer, NotCovered, OwnPlace
from core.lessons.game.names import said
from core.lessons.game.session import Adjustment
from core.money import QUANTUM, Amount, down

GIVES_UP = "!"
"""Stands before a line whose host knows that it costs them their place."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A line in its parts: whom it is about, how much (quote), and why."""

    who: str
    amount: Decimal
    reason: str


def adjust(ask: Ask, rest: list[str]) -> Reply:
    """Put an account right, `/challenge adjust 7 3 +250 outage`; it is printed in the game's chats.

    A host who plays in it is told first what that costs. Raises `NoGame`, `NotAllowed`, `NotNow`,
    `NoPlayer`, `NotCovered`.
    """
    gives_up = rest[:1] == [GIVES_UP]
    words = rest[1:] if gives_up else rest
    numbered = len(words) > 1 and is_number(words[0]) and typed(words[1:]) is not None
    line = typed(words[1:] if numbered else words)
    if line is None:
        return _unreadable(ask)
    kept = going(ask, words[:1] if numbered else [])[0]
    wanted = Adjustment(_player(ask, kept, line.who), Amount(line.amount), reason=line.reason)
    try:
        ask.services.hosting.adjust(asking(ask), kept.number, wanted, gives_up=gives_up)
    except OwnPlace:
        return _costs(ask, kept, wanted)
    except NotCovered as refusal:
        # What is free in somebody's wallet is for no group.
        return replace(refusal_reply(refusal, ask._), private=ask.in_group)
    told = Words(ask._("Done. It is printed in the game's chats."))
    return Reply((Text(told),), private=ask.in_group, short=told)


def typed(words: list[str]) -> Typed | None:
    """Return a player, an amount and a reason; None where one of them is missing.

    The amount is the first number with a sign behind the player, or the first number at all.
    """
    numbers = [(at, read_number(word)) for at, word in enumerate(words) if at]
    found = [(at, value) for at, value in numbers if value is not None]
    signed = [(at, value) for at, value in found if words[at][0] in "+-"]
    for at, value in (signed or found)[:1]:
        amount = down(abs(value), QUANTUM).copy_sign(value)
        reason = said(" ".join(words[at + 1 :]))
        if reason and amount and abs(amount) <= LARGEST:
            return Typed(" ".join(words[:at]), amount, reason)
    return None


def _player(ask: Ask, kept: KeptGame, who: str) -> int:
    """The number of a player who is called by it, or as the board shows them. Raises `NoPlayer`."""
    if is_number(who):
        return int(who.removeprefix("#"))
    for player in kept.state.game.players:
        if who.casefold() in {player.name.casefold(), shown_name(player, ask._).casefold()}:
            return player.number
    raise NoPlayer(who)


def _costs(ask: Ask, kept: KeptGame, wanted: Adjustment) -> Reply:
    """What it costs a host who plays, and one button for it."""
    amount = write_number(wanted.amount)
    sign = "" if wanted.amount < 0 else "+"
    line = f"/challenge adjust {GIVES_UP} {kept.number} {wanted.player} {sign}{amount}"
    words = Words(
        ask._(
            "You play in it. Who puts accounts right there has no place in it any more, for good."
        )
    )
    give_up = Choice(
        ask._("Adjust, and give up my place"), f"{line} {wanted.reason}", kept=True, aside=True
    )
    return Reply((Text(words),), ((give_up,),), Tone.ASK, private=ask.in_group, short=words)


def _unreadable(ask: Ask) -> Reply:
    """One error, one cure."""
    words = Words(
        ask._("Type game, player, amount and reason: {line}."),
        {"line": Code("/challenge adjust 7 3 +250 outage")},
    )
    return Reply((Text(words),), tone=Tone.TROUBLE, outcome="bad_adjustment", short=words)


# --- as it is printed -----------------------------------------------------------------------------


def adjusted_view(seen: Seen, number: int) -> Reply:
    """Who got how much, why, and who saw to it."""
    _, made = seen._, adjustments(seen.kept.state.play)
    if not 0 < number <= len(made):
        raise NoGame
    told = made[number - 1]
    figures: dict[str, Figure] = {
        "name": seen.name(told.player),
        "amount": Money(told.amount, "USDT", signed=True),
        "reason": Said(told.reason),
        "game": Label(f"#{seen.kept.number}"),
    }
    title = Words(_("{name}: {amount}, put right by a host in game {game}."), figures)
    blocks: list[Block] = [Title(title), Text(Words(_("Reason: {reason}."), figures))]
    if told.by:
        figures = {"host": seen.name(told.by), "number": Label(f"#{told.by}")}
        text = _("The host is player {number}, {host}, who has no place in it any more.")
        blocks.append(Text(Words(text, figures)))
    return Reply((*blocks, seen.fairness(chance=False)), short=title)


def without_place(seen: Seen) -> tuple[Block, ...]:
    """Return who gave their place up, under the table in which they have none."""
    players = sorted(adjusters(seen.kept.state.play))
    if not players:
        return ()
    figures: dict[str, Figure] = {f"name{player}": seen.name(player) for player in players}
    names = ", ".join(f"{{{place}}}" for place in figures)
    return (Text(Words(f"{names}: " + seen._("adjusted by its owner, no place."), figures)),)
