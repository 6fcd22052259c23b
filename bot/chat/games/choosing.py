"""Choosing a draft's options: what typed words mean, and what a button's next value is."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import chain

from bot.chat.ask import Ask
from bot.chat.games.found import asking, room_of, seeing
from bot.chat.games.lobby import known_option
from bot.chat.games.wording import view
from bot.chat.reply import Choice, Reply, in_twos
from bot.chat.symbols import NAMES
from core.errors import Refusal
from core.lessons.game.books import KeptGame
from core.lessons.game.errors import BadOption
from core.lessons.game.kind import Ground, Option
from core.services.game_options import HERE, KNOWN, OF_ALL, WHERE

Options = Mapping[str, Option]


def options_of(ask: Ask, kept: KeptGame) -> Options:
    """Return what may be chosen: the kind's own options, and what a host may ask of any game.

    That is in how many chats it is played, and who may join; alone nobody asks either.
    """
    kind = ask.services.challenges.sight(kept).kind
    own = {option.name: option for option in kind.options}
    return own | {name: Option(name, OF_ALL[name]) for name in _common(ask)}


def _common(ask: Ask) -> tuple[str, ...]:
    """The options of every kind that a chat has any use for."""
    return (*((WHERE,) if _in_league(ask) else ()), *((KNOWN,) if ask.in_group else ()))


def choose(ask: Ask, kept: KeptGame, words: list[str]) -> KeptGame:
    """Return a draft with what words choose: an option's next value, its value, or values alone.

    Raises `BadOption`, and what choosing refuses.
    """
    options = options_of(ask, kept)
    if not words or words[0] not in options:
        return choose_values(ask, kept, words)
    option, typed = options[words[0]], words[1:]
    if not typed:
        value = _next(ask, kept, option)
    elif option.reads is not None:
        value = " ".join(NAMES.get(word, word) for word in typed)
    else:
        value = _value(option.values, typed[0])
    return ask.services.challenges.choose(asking(ask), kept.number, option.name, value)


def choose_values(ask: Ask, kept: KeptGame, words: Iterable[str]) -> KeptGame:
    """Return a draft with values chosen, each for the option that has it.

    Raises `BadOption`, and what choosing refuses.
    """
    options = options_of(ask, kept).values()
    ground = ask.services.challenges.sight(kept).ground
    for word in words:
        listed = ((o.name, v) for o in options for v in o.values if _is(word, v))
        times = ((o.name, word) for o in options if word[-1] == "x" and _reads(o, word, ground))
        meant = next(chain(listed, times), None)
        if meant is None:
            raise BadOption("option", word, tuple(v for option in options for v in option.values))
        kept = ask.services.challenges.choose(asking(ask), kept.number, *meant)
    return kept


def _reads(option: Option, typed: str, ground: Ground) -> bool:
    """Whether an option takes what was typed though it is none of its values."""
    if option.reads is None:
        return False
    with suppress(Refusal):
        option.reads(typed, ground)
        return True
    return False


def draft_shown(ask: Ask, kept: KeptGame) -> Reply:
    """Return a draft in words, with a button for each option of every kind that is of use here."""
    reply = view(seeing(ask, kept), "draft")
    label, setup = {WHERE: _where, KNOWN: _known}, kept.state.game.setup
    common = {
        name: Choice(
            label[name](ask, setup.get(name, OF_ALL[name][0])),
            f"/challenge set {kept.number} {name}",
            replace=True,
            kept=True,
        )
        for name in _common(ask)
    }
    first, last = ([common[name]] if name in common else [] for name in (WHERE, KNOWN))
    own = [choice for row in reply.choices[:-1] for choice in row]
    return replace(reply, choices=(*in_twos([*first, *own, *last]), reply.choices[-1]))


def _where(ask: Ask, value: str) -> str:
    return ask._("played in: this chat") if value == HERE else ask._("played in: the league")


def _known(ask: Ask, value: str) -> str:
    label, term = known_option(value, ask._)
    return f"{label}: {term}"


def _in_league(ask: Ask) -> bool:
    league, room = ask.services.leagues.of(room_of(ask)), room_of(ask)
    return league is not None and room in league.rooms


def _is(word: str, value: str) -> bool:
    """Whether a typed word is a value; leverage may be typed as 20x."""
    return value in {word, word.removesuffix("x")}


def _value(values: tuple[str, ...], word: str) -> str:
    """What an option calls a typed word; the word itself where it has no such value."""
    return next((value for value in values if _is(word, value)), word)


def _next(ask: Ask, kept: KeptGame, option: Option) -> str:
    """The value after the one chosen that the market has; the first after the last, or a typed."""
    game, sight = kept.state.game, ask.services.challenges.sight(kept)
    now = game.setup.get(option.name, option.values[0])
    values = [v for v in option.values if option.reads is None or _reads(option, v, sight.ground)]
    at = values.index(now) if now in values else -1
    return values[(at + 1) % len(values)]
