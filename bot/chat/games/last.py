"""Last trader standing in words: each step, who stands, and what it cost."""

from collections.abc import Mapping

from bot.chat.figures import Age, Count, Figure, Label, Moment, Money, Times
from bot.chat.games.seen import KindWords, Seen
from bot.chat.i18n import Translate
from bot.chat.positions import mode_word, side_word
from bot.chat.reply import Block, Choice, Reply, Row, Table, Text, Title, Words
from bot.chat.symbols import base_of
from core.lessons.challenges.last import Last
from core.lessons.game.ladder import COMPANY, LADDER
from core.lessons.game.ladder_lesson import Carried, ladder_lesson
from core.lessons.game.picks import CLOSE, OPEN, pairs
from core.margin.pool import MarginMode, Side
from core.market import Symbol
from core.money import display

SHOWN = 10
"""Players on the board."""

FIRST = ("BTC", "ETH", "SOL", "XRP", "BNB", "DOGE", "ADA", "LTC")
"""Coins that get a button, where they are traded; others are typed."""

IN_ROW = 4


def _title(_: Translate) -> str:
    return _("Last trader standing")


def _gist(_: Translate) -> str:
    return _("Everybody holds one position, and the leverage rises. Who lives longest?")


def _rules(_: Translate) -> tuple[Words, ...]:
    return (
        Words(_("Choose coin, side and mode, then Open. You have 5 minutes for the first one.")),
        Words(_("Half of the wallet is the margin, for 200,000 of value at most.")),
        Words(_("At each step all positions are opened anew: 3x, 5x, 8x, 12x, 20x, to 50x.")),
        Words(_("Liquidated, or 2 minutes without a position: you are out.")),
        Words(_("The last one wins. After three steps at 50x the most money does.")),
        Words(_("Cross lives longer. The board says what that costs.")),
        Words(_("Two minutes after a position was opened you may close it or choose anew.")),
        Words(_("Fewer than 3 players: it is friendly.")),
        Words(_("Or type it: /challenge act 1 btc long cross, with your game's number.")),
    )


def _options(name: str, value: str, _: Translate) -> tuple[str, Figure]:
    del name
    return _("a step"), Label(value)


def _play(seen: Seen) -> Last:
    play = seen.kept.state.play
    assert isinstance(play, Last)
    return play


# --- a step ---------------------------------------------------------------------------------------


def _step_view(seen: Seen, number: int) -> Reply:
    """A step: its leverage, who stands, and the buttons to choose with."""
    _, play = seen._, _play(seen)
    leverage = LADDER[min(number, len(LADDER)) - 1]
    title = Words(
        _("Last trader standing, step {number}: {leverage}."),
        {"number": Count(number), "leverage": Times(leverage)},
    )
    is_open = not play.over and number == play.step + 1
    blocks: list[Block] = [Title(title)]
    if is_open and play.turns is None:
        text = _("{count} begin with 10,000. Choose within 5 minutes.")
        blocks.append(Text(Words(text, {"count": Count(len(seen.game.playing))})))
    elif is_open:
        blocks.append(Text(_next_step(seen)))
    if play.session is not None:
        blocks.append(_board(seen))
    if seen.game.frozen is not None:
        since = {"since": Moment(seen.game.frozen)}
        text = _("Frozen since {since}: prices are away, and the ladder waits.")
        blocks.append(Text(Words(text, since), strong=True))
    choices = _choices(seen) if is_open else ()
    return Reply((*blocks, seen.fairness(chance=False)), choices, short=title)


def _next_step(seen: Seen) -> Words:
    """How many stand, and when it gets steeper."""
    _, play = seen._, _play(seen)
    assert play.session is not None
    assert play.turns is not None
    figures: dict[str, Figure] = {
        "alive": Count(len(play.session.notes) - len(play.out)),
        "count": Count(len(play.session.notes)),
        "next": Times(LADDER[min(play.step + 1, len(LADDER) - 1)]),
        "when": Moment(play.turns, brief=True),
    }
    return Words(_("{alive} of {count} stand. {next} from {when} on."), figures)


def _board(seen: Seen) -> Table:
    """Rank, name, wall, and what the wallet has lost or gained."""
    _, play = seen._, _play(seen)
    assert play.session is not None
    rows = []
    for one in play.standings(seen.table)[:SHOWN]:
        change = Money(display(play.session.notes[one.player].change, 0), signed=True, whole=True)
        label = Words(
            "{place} {name}",
            {"place": Label(str(one.place)), "name": seen.name(one.player)},
        )
        rows.append(Row(label, (Label(_wall(seen, one.player)), change)))
    return Table((_("wall"), "USDT"), tuple(rows))


def _wall(seen: Seen, player: int) -> str:
    """What somebody stands behind; nothing yet, or nothing any more."""
    _, play = seen._, _play(seen)
    account, pick = seen.kept.state.accounts.get(player), play.picks.get(player)
    if player in play.out:
        return _("out")
    if pick is None or account is None or not account.positions:
        return _("none")
    return _("iso") if account.positions[0].isolated else _("cross")


def _choices(seen: Seen) -> tuple[tuple[Choice, ...], ...]:
    """Coins, sides and walls; what is chosen counts when it is opened."""
    _ = seen._
    known = {base_of(symbol) for symbol in pairs(seen.ground, LADDER[-1])}
    coins = [seen.act(coin, coin.lower()) for coin in FIRST if coin in known]
    rows = [tuple(coins[at : at + IN_ROW]) for at in range(0, len(coins), IN_ROW)]
    return (
        *rows,
        (seen.act(_("Long"), "long"), seen.act(_("Short"), "short")),
        (seen.act(_("Isolated"), "isolated"), seen.act(_("Cross"), "cross")),
        (seen.act(_("Open"), OPEN), seen.act(_("Close"), CLOSE)),
        (seen.to(_("Mine"), "mine"), seen.to(_("Rules"), "rules")),
    )


# --- the end --------------------------------------------------------------------------------------


def _end_view(seen: Seen, _number: int) -> Reply:
    """Who stood longest, and what either wall cost."""
    _, play = seen._, _play(seen)
    standings = play.standings(seen.table)
    first = [one.player for one in standings if one.place == 1]
    title = Words(_("Last trader standing: nobody is left."))
    if len(first) > 1:
        title = Words(
            _("Last trader standing: {count} fell together."), {"count": Count(len(first))}
        )
    elif first:
        figures: dict[str, Figure] = {
            "name": seen.name(first[0]),
            "leverage": Times(play.leverage),
        }
        title = Words(_("Last trader standing: {name} wins, at {leverage}."), figures)
    again = Choice(_("Again"), "/challenge last", kept=True)
    blocks: list[Block] = [Title(title), _board(seen)]
    if play.friendly:
        text = _("Friendly: fewer than {fewest} played.")
        blocks.append(Text(Words(text, {"fewest": Count(COMPANY)})))
    return Reply(
        (*blocks, Text(_lesson(seen), strong=True), seen.fairness()),
        ((again, seen.to(_("Audit"), "audit", aside=False)),),
        short=title,
    )


def _lesson(seen: Seen) -> Words:
    """How long each wall carried, and what it cost."""
    play = _play(seen)
    session = play.session
    assert session is not None
    span = (session.began, seen.game.ended or session.judged or session.began)
    return ladder_words(ladder_lesson(play.picks, session.notes, play.out, span), seen._)


def ladder_words(found: Mapping[MarginMode, Carried], _: Translate) -> Words:
    """Return what a ladder taught about the two walls."""
    figures: dict[str, Figure] = {}
    for mode, carried in found.items():
        change = Money(display(carried.change, 0), signed=True, whole=True)
        figures |= {f"{mode.value}_time": Age(carried.seconds), f"{mode.value}_change": change}
    if len(found) < len(MarginMode):
        texts = {
            MarginMode.ISOLATED: _(
                "All were isolated: they lasted {isolated_time} and ended at {isolated_change}"
                " on average."
            ),
            MarginMode.CROSS: _(
                "All were cross: they lasted {cross_time} and ended at {cross_change} on average."
            ),
        }
        nobody = _("Nobody opened a position in time.")
        return Words(next((texts[mode] for mode in found), nobody), figures)
    text = _(
        "On average isolated lasted {isolated_time} and ended at {isolated_change},"
        " cross {cross_time} and {cross_change}."
    )
    cross, isolated = found[MarginMode.CROSS], found[MarginMode.ISOLATED]
    if cross.change < isolated.change:
        longer = _("The whole wallet bought time, and that is what it cost.")
        in_vain = _("The whole wallet bought no time, and was lost all the same.")
        text += " " + (longer if cross.seconds > isolated.seconds else in_vain)
    return Words(text, figures)


def _said(code: str, seen: Seen) -> Words | None:
    """What somebody who chose is told."""
    _, words = seen._, code.split()
    if code == CLOSE:
        return Words(_("It closes at the next mark. Then open anew within 2 minutes."))
    if len(words) < len(("coin", "side", "mode")):
        return None
    coin, side, mode = words[-3:]
    figures: dict[str, Figure] = {
        "coin": Label(base_of(Symbol(coin))),
        "side": Label(side_word(Side(side), _)),
        "mode": Label(mode_word(MarginMode(mode), _)),
        "leverage": Times(_play(seen).leverage),
    }
    if words[0] == OPEN:
        text = _("{coin} {side} {leverage} {mode} opens at the next mark.")
        return Words(text, figures)
    return Words(_("{coin} {side} {mode}. It counts when you press Open."), figures)


WORDS = KindWords(
    title=_title,
    gist=_gist,
    rules=_rules,
    options=_options,
    views={"step": _step_view, "end": _end_view},
    board=lambda seen: _step_view(seen, _play(seen).step + 1),
    said=_said,
)
