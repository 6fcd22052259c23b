"""/replay: what isolated and cross would have lived through in a recorded event."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from bot.chat.ask import Ask
from bot.chat.cards import assumptions, look, reading_notes, trade_of
from bot.chat.command import command
from bot.chat.figures import Day, Figure, Label, Name
from bot.chat.reading import Misread
from bot.chat.replays import lesson, recorded_title, step_card, summary
from bot.chat.reply import Choice, Points, Reply, Text, Title, Tone, Words, in_twos
from bot.chat.request import Role
from bot.chat.say import canonical
from bot.chat.symbols import base_of
from core.errors import NotAllowed
from core.lessons.scenario import Heading
from core.margin.pool import Side
from core.market import Symbol
from core.services.replays import Replayed

MINE, STEP = "mine", "step"
"""Words of the line: the asker's own positions; one telling moment."""

BTC = Symbol("BTCUSDT")
"""The coin to begin with, where a recording has it."""


@command(
    examples=(
        "/replay",
        "/replay 2020-03-12 10x long BTC",
        "/replay ftx 5x short SOL",
    )
)
def replay(ask: Ask, text: str | None = None) -> Reply:
    """Play a trade through a recorded crash or rally, in both modes."""
    words = (text or "").split()
    if not words:
        return _all(ask)
    found = ask.services.replays.named(words[0])
    if len(found) != 1:
        return _which(ask, found or ask.services.replays.headings(), words)
    (heading,) = found
    rest, step = _stepped(words[1:])
    if not rest:
        return _begin(ask, heading)
    if [word.lower() for word in rest] == [MINE]:
        return _mine(ask, heading, step)
    return _trade(ask, heading, " ".join(rest), step)


def _stepped(words: list[str]) -> tuple[list[str], int]:
    """The words without `step 2` at their end, and which step; 0 for none."""
    match words:
        case [*rest, word, number] if word.lower() == STEP and number.isdecimal():
            return rest, int(number[:4])
    return words, 0


# --- which event ----------------------------------------------------------------------------------


def _all(ask: Ask) -> Reply:
    """Every recorded event as a button."""
    headings = ask.services.replays.headings()
    return Reply(
        blocks=(
            Title(Words(ask._("Recorded events: which one?"))),
            Points(tuple(_named(each) for each in headings)),
            Text(Words(ask._("Each is played on recorded prices, in both modes, on a copy."))),
        ),
        choices=_buttons(headings, []),
    )


def _named(heading: Heading) -> Words:
    day: dict[str, Figure] = {"day": Label(heading.id), "name": Label(heading.name)}
    return Words("{day} {name}", day)


def _buttons(headings: tuple[Heading, ...], rest: list[str]) -> tuple[tuple[Choice, ...], ...]:
    """Events as buttons, two in a row; each with the rest of the line that was typed."""
    buttons = [look(each.name, " ".join(("/replay", each.id, *rest))) for each in headings]
    return in_twos(buttons)


def _which(ask: Ask, found: tuple[Heading, ...], words: list[str]) -> Reply:
    """Ask back: several are meant, or none is known by that word."""
    if len(found) < len(ask.services.replays.headings()):
        told = Words(ask._("Which event?"))
        return Reply((Text(told),), _buttons(found, words[1:]), Tone.ASK, short=told)
    typed = words[0][:32]
    told = Words(ask._("There is no recorded event called {word}."), {"word": Name(typed)})
    return Reply(
        (Text(told), Points(tuple(map(_named, found)))),
        _buttons(found, words[1:]),
        Tone.TROUBLE,
        outcome="unknown_scenario",
        short=told,
    )


def _begin(ask: Ask, heading: Heading) -> Reply:
    """What happened, what is recorded, and trades to begin with."""
    figures: dict[str, Figure] = {
        "first": Day(heading.first_hour.date()),
        "last": Day(heading.ends.date()),
        "coins": Label(_coins(heading)),
    }
    trades = _trades(heading)
    return Reply(
        blocks=(
            recorded_title(ask, heading, Words("{name}.", {"name": Label(heading.name)})),
            Text(Words("{told}", {"told": Label(heading.told)})),
            Text(Words(ask._("Recorded from {first} to {last}: {coins}."), figures)),
            Text(Words(ask._("Which trade? Type it behind the date, or choose one."))),
        ),
        choices=tuple(row for row in (trades, tuple(_own(ask, heading)), (_others(ask),)) if row),
    )


def _trades(heading: Heading) -> tuple[Choice, ...]:
    """Trades to begin with, in a coin that was recorded."""
    coin = base_of(BTC if BTC in heading.coins else next(iter(heading.coins)))
    lines = (f"10x long {coin}", f"10x short {coin}")
    return tuple(look(line, f"/replay {heading.id} {line}") for line in lines)


def _coins(heading: Heading) -> str:
    return ", ".join(map(base_of, heading.coins))


def _own(ask: Ask, heading: Heading) -> Iterator[Choice]:
    """The asker's own positions, where there are some and nobody else reads."""
    if ask.in_group:
        return
    account = ask.services.accounts.look(ask.identity)
    if account.positions and account.symbols <= heading.coins.keys():
        yield look(ask._("My positions"), f"/replay {heading.id} {MINE}")


def _others(ask: Ask) -> Choice:
    return Choice(ask._("Other events"), "/replay")


# --- what is played -------------------------------------------------------------------------------


def _trade(ask: Ask, heading: Heading, line: str, step: int) -> Reply:
    """A trade, read as every trade is; what is misread is put right in this command's line."""
    try:
        reading = ask.read(f"/compare {line}", {s: c.first for s, c in heading.coins.items()})
    except Misread as misread:
        raise _here(misread, heading) from None
    asked, values = replace(ask, reading=reading), reading.values
    side, symbol = values.get("side"), values.get("symbol")
    if reading.command != "compare" or not isinstance(side, Side):
        return _begin(ask, heading)
    coin = Symbol(str(symbol))
    if coin not in heading.coins:
        return _missing(ask, heading, (coin,))
    trade = trade_of(asked, side, coin, _number(values, "leverage"))
    terms = asked.terms(_number(values, "wallet"), str(values.get("venue") or "") or None)
    seen = ask.services.replays.trade(heading.id, trade, terms)
    rest = canonical(reading).split(" ", 1)[1]
    return _shown(asked, seen, rest, step, assumptions(asked, terms.wallet, None))


def _number(values: Mapping[str, object], name: str) -> Decimal | None:
    value = values.get(name)
    return value if isinstance(value, Decimal) else None


def _mine(ask: Ask, heading: Heading, step: int) -> Reply:
    """The asker's present positions, for nobody else's eyes."""
    if ask.request.role is Role.MASKED:
        raise NotAllowed("person")
    account = ask.services.accounts.look(ask.identity)
    lost = tuple(sorted({p.leg.symbol for p in account.positions} - heading.coins.keys()))
    if lost:
        return replace(_missing(ask, heading, lost), private=True)
    if not account.positions:
        words = Words(ask._("There is no open position to play with."))
        return Reply(
            (Text(words),),
            (_trades(heading),),
            Tone.TROUBLE,
            private=True,
            outcome="no_position",
            short=words,
        )
    return replace(
        _shown(ask, ask.services.replays.account(heading.id, account), MINE, step, []),
        private=True,
    )


def _shown(ask: Ask, seen: Replayed, rest: str, step: int, assumed: list[Words]) -> Reply:
    """The summary, or one telling moment."""
    line = f"/replay {seen.heading.id} {rest}"
    if step:
        number = min(max(step, 1), len(seen.telling))
        row = [look(ask._("Summary"), line)]
        if number < len(seen.telling):
            row.insert(0, look(ask._("Next"), f"{line} {STEP} {number + 1}"))
        if number > 1:
            row.insert(0, look(ask._("Back"), f"{line} {STEP} {number - 1}"))
        return Reply(step_card(ask, seen, number), (tuple(row), (_others(ask),)))
    title, *blocks = summary(ask, seen, assumed)
    row = [look(ask._("Step by step"), f"{line} {STEP} 1")]
    if seen.leg is not None:
        row.append(Choice(ask._("Compare"), f"/compare {rest}"))
    return Reply(
        (title, *reading_notes(ask), *blocks),
        (tuple(row), (_others(ask),)),
        short=lesson(ask, seen),
    )


def _missing(ask: Ask, heading: Heading, symbols: tuple[Symbol, ...]) -> Reply:
    """Coins that were not recorded, with those that were."""
    words = Words(
        ask._("{name} has no prices of {missing}. Recorded are: {coins}."),
        {
            "name": Label(heading.name),
            "missing": Label(", ".join(map(base_of, symbols))),
            "coins": Label(_coins(heading)),
        },
    )
    return Reply(
        (Text(words),), (_trades(heading),), Tone.TROUBLE, outcome="not_recorded", short=words
    )


def _here(misread: Misread, heading: Heading) -> Misread:
    """A misreading whose corrected lines are of this command."""

    def line(text: str) -> str:
        for head in ("/compare", "/c"):
            if text == head or text.startswith(head + " "):
                return f"/replay {heading.id}" + text.removeprefix(head)
        return text

    return replace(
        misread,
        suggestion=line(misread.suggestion),
        options=tuple((line(label), line(said)) for label, said in misread.options),
    )
