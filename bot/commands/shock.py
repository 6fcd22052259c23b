"""/shock: coins move together; which pool falls first, which leg ate the cushion, what is left."""

from collections.abc import Mapping
from decimal import Decimal

from bot.chat.ask import Ask
from bot.chat.cards import DEFAULT_SHARE, reading_notes, side_label, small_print, title
from bot.chat.command import command
from bot.chat.figures import Figure, Label, Money, Percent, Times
from bot.chat.reply import Choice, Reply, Row, Table, Text, Words
from bot.chat.say import say
from core.margin.fees import posted_margin
from core.margin.pair import PairComparison
from core.margin.pool import Leg, Pool, Side, isolated_pool
from core.margin.shock import Fall, Story
from core.margin.shock import shock as run_shock
from core.margin.sizing import Size as TradeSize
from core.margin.sizing import SizeKind, Trade
from core.market import Symbol
from core.money import Rate
from core.services.prices import Stage


@command(aliases=("whatif",), examples=("/shock btc -15% eth -20%", "/shock short sol +30%"))
def shock(
    ask: Ask,
    shocks: tuple[tuple[Symbol, Decimal], ...],
    side: Side = Side.LONG,
    leverage: Decimal | None = None,
    wallet: Decimal | None = None,
    venue: str | None = None,
) -> Reply:
    """Show what a joint move of coins does to positions in both modes."""
    moves = {symbol: Rate(percent / 100) for symbol, percent in shocks}
    trades = _trades(ask, tuple(moves), side, Rate(leverage or ask.defaults.leverage), wallet)
    stage, pair = ask.services.compare.pair(trades, ask.terms(wallet, venue))
    pockets = [_pocket(stage, outcome.leg) for outcome in pair.isolated]
    isolated = run_shock(pockets, moves, stage.marks, stage.listing)
    cross = run_shock([pair.cross[0].pool], moves, stage.marks, stage.listing)
    return Reply(
        blocks=(
            title(ask, stage, _heading(ask, stage, pair)),
            *reading_notes(ask),
            _table(ask, stage, pair, moves, (isolated, cross)),
            *(Text(words, strong=True) for words in _isolated_story(ask, stage, isolated)),
            Text(_cross_story(ask, stage, cross), strong=True),
            small_print(_notes(ask, pair)),
        ),
        choices=_choices(ask, shocks, side),
        short=_short(ask, stage, pair, moves, (isolated, cross)),
    )


def _trades(
    ask: Ask, symbols: tuple[Symbol, ...], side: Side, leverage: Rate, wallet: Decimal | None
) -> list[Trade]:
    """The usual margin shared among the named coins, all on one side."""
    usual = ask.defaults.margin or (wallet or ask.defaults.wallet) * DEFAULT_SHARE
    size = TradeSize(SizeKind.MARGIN, usual / len(symbols))
    return [Trade(symbol, side, leverage, size) for symbol in symbols]


def _pocket(stage: Stage, leg: Leg) -> Pool:
    return isolated_pool(leg, posted_margin(leg, stage.instrument(leg.symbol)))


def _coin(stage: Stage, leg: Leg) -> Label:
    return Label(stage.instrument(leg.symbol).base)


def _heading(ask: Ask, stage: Stage, pair: PairComparison) -> Words:
    """Which positions are put to the test."""
    legs = [outcome.leg for outcome in pair.isolated]
    figures: dict[str, Figure] = {
        "side": side_label(ask, legs[0].side),
        "coins": Label(", ".join(_coin(stage, leg).value for leg in legs)),
        "leverage": Times(legs[0].leverage),
        "venue": Label(stage.listing.venue.name),
    }
    return Words(ask._("Shock test: {side} {coins}, {leverage}, {venue}."), figures)


def _table(
    ask: Ask,
    stage: Stage,
    pair: PairComparison,
    moves: Mapping[Symbol, Rate],
    stories: tuple[Story, Story],
) -> Table:
    """Per coin the move and both results; a fallen pool is starred."""
    rows = []
    for outcome in pair.isolated:
        leg = outcome.leg
        label = Words(
            "{coin} {move}",
            {"coin": _coin(stage, leg), "move": Percent(moves[leg.symbol], 0, signed=True)},
        )
        cells, flags = zip(*(_cell(story, leg) for story in stories), strict=True)
        rows.append(Row(label, cells, frozenset(i for i, gone in enumerate(flags) if gone)))
    isolated, cross = stories
    left = (Money(isolated.left + pair.free), Money(cross.left))
    rows.append(Row(Label(ask._("left")), left))
    return Table((ask._("Isolated"), ask._("Cross")), tuple(rows), ask._("liquidated on the way"))


def _short(
    ask: Ask,
    stage: Stage,
    pair: PairComparison,
    moves: Mapping[Symbol, Rate],
    stories: tuple[Story, Story],
) -> Words:
    """The moves, which leg falls first, and what both modes have left of the wallet."""
    isolated, cross = stories
    first = pair.isolated[0].leg
    figures: dict[str, Figure] = {
        "side": side_label(ask, first.side),
        "leverage": Times(first.leverage),
        "margin": Money(_margin(pair), whole=True),
        "wallet": Money(pair.wallet, whole=True),
        "isolated_left": Money(isolated.left + pair.free),
        "cross_left": Money(cross.left),
    }
    places = []
    for i, outcome in enumerate(pair.isolated):
        figures[f"coin{i}"] = _coin(stage, outcome.leg)
        figures[f"move{i}"] = Percent(moves[outcome.leg.symbol], 0, signed=True)
        places.append(f"{{coin{i}}} {{move{i}}}")
    if isolated.falls:
        figures["fallen"] = _coin(stage, isolated.falls[0].pool.legs[0])
    text = _short_text(ask, len(isolated.falls), fallen=bool(cross.falls))
    return Words(text.replace("{moves}", ", ".join(places)), figures)


def _short_text(ask: Ask, pockets: int, *, fallen: bool) -> str:
    """The sentence for so many liquidated pockets, and a pool that stands or is `fallen`."""
    head = ask._("{side} {leverage}, margin {margin} of a wallet of {wallet}, {moves}:")
    if pockets == 0:
        isolated = ask._("isolated keeps every leg and has {isolated_left} left;")
    elif pockets == 1:
        isolated = ask._("isolated closes {fallen} and has {isolated_left} left;")
    else:
        isolated = ask._("isolated closes {fallen} first and has {isolated_left} left;")
    cross = (
        ask._("cross is liquidated and has {cross_left}.")
        if fallen
        else ask._("cross stands with {cross_left}.")
    )
    return f"{head} {isolated} {cross}"


def _cell(story: Story, leg: Leg) -> tuple[Money, bool]:
    """What this leg made of it: its result where it stands, its loss at the fall where not."""
    for fall in story.falls:
        if leg in fall.pool.legs:
            alone = len(fall.pool.legs) == 1
            return Money(-fall.lost if alone else _result(leg, fall), signed=True), True
    mark = story.marks.price(leg.symbol)
    return Money(leg.side.sign * (leg.quantity * mark - leg.entry_cost), signed=True), False


def _result(leg: Leg, fall: Fall) -> Decimal:
    return leg.side.sign * (leg.quantity * fall.marks.price(leg.symbol) - leg.entry_cost)


def _isolated_story(ask: Ask, stage: Stage, story: Story) -> list[Words]:
    """In which order the pockets fall."""
    if not story.falls:
        return [Words(ask._("Isolated: no position is liquidated."))]
    words = []
    for number, fall in enumerate(story.falls):
        leg = fall.pool.legs[0]
        text = (
            ask._("Isolated: {coin} falls first, after {part} of the move; {lost} is gone.")
            if number == 0
            else ask._("Then {coin}, after {part}; {lost} is gone.")
        )
        words.append(
            Words(
                text,
                {
                    "coin": _coin(stage, leg),
                    "part": Percent(fall.after, 0),
                    "lost": Money(fall.lost),
                },
            )
        )
    return words


def _cross_story(ask: Ask, stage: Stage, story: Story) -> Words:
    """Whether the pool falls, and which leg ate the cushion."""
    if not story.falls:
        left: dict[str, Figure] = {"left": Money(story.left)}
        return Words(ask._("Cross: the pool stands with {left}."), left)
    fall = story.falls[0]
    hungriest = fall.bites[0]
    figures: dict[str, Figure] = {
        "part": Percent(fall.after, 0),
        "lost": Money(fall.lost),
        "coin": _coin(stage, hungriest.leg),
        "bite": Money(-hungriest.change),
    }
    if len(fall.bites) == 1:
        return Words(
            ask._("Cross: the pool falls after {part} of the move; {lost} is gone."), figures
        )
    return Words(
        ask._(
            "Cross: the pool falls after {part} of the move and every leg with it; {lost} is gone. "
            "{coin} ate the most of the cushion: {bite}."
        ),
        figures,
    )


def _margin(pair: PairComparison) -> Decimal:
    """What is posted for all legs together, quote."""
    return sum((o.max_loss for o in pair.isolated), Decimal(0))


def _notes(ask: Ask, pair: PairComparison) -> list[Words]:
    """What stood in for a portfolio."""
    figures = {"wallet": Money(pair.wallet, whole=True), "margin": Money(_margin(pair))}
    assumed = (
        ask._("assumed: wallet {wallet}, margin {margin} in all")
        if ask.assumed("wallet")
        else ask._("assumed: margin {margin} in all, of a wallet of {wallet}")
    )
    return [
        Words(assumed, dict(figures)),
        Words(ask._("all coins move at the same pace, straight from here to there")),
        Words(ask._("before exit fees and funding")),
    ]


def _choices(
    ask: Ask, shocks: tuple[tuple[Symbol, Decimal], ...], side: Side
) -> tuple[tuple[Choice, ...], ...]:
    """The same moves against the other side."""
    label = ask._("As shorts") if side is Side.LONG else ask._("As longs")
    typed = {
        name: value
        for name, value in ask.reading.values.items()
        if name in {"leverage", "wallet", "venue"} and not ask.assumed(name)
    }
    line = say("shock", {"shocks": shocks, "side": side.other, **typed})
    return ((Choice(label, line, replace=True), Choice(ask._("Why?"), "/faq when-use-cross")),)
