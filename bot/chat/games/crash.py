"""Survive the crash in words: each tick, and at the end what it was."""

from bot.chat.figures import Count, Figure, Label, Money, Percent, PriceOf, Times
from bot.chat.games.crash_board import board, play_of
from bot.chat.games.crash_end import end_view
from bot.chat.games.seen import KindWords, Seen
from bot.chat.i18n import Translate
from bot.chat.positions import mode_word, side_word
from bot.chat.reply import (
    Block,
    Choice,
    Notes,
    Points,
    Reply,
    Row,
    Table,
    Text,
    Title,
    Words,
)
from bot.chat.symbols import base_of
from core.lessons.challenges.crash import KIND, LATEST, entries
from core.lessons.game.kind import chosen
from core.lessons.game.starting_book import film
from core.money import ONE, display


def _title(_: Translate) -> str:
    return _("Survive the crash")


def _gist(_: Translate) -> str:
    return _("A recorded crash under other names, one book for all. Who comes through it?")


def _rules(_: Translate) -> tuple[Words, ...]:
    return (
        Words(_("Everybody begins with 10,000 and the same 2 or 3 positions, isolated and cross.")),
        Words(_("In each tick you choose in private; who chooses nothing holds.")),
        Words(_("Choices are done at the prices shown, then some hours pass at once.")),
        Words(_("Of those hours the worst price for you comes first, then the last one.")),
        Words(_("Add margin: half of its first margin, for the weakest isolated position.")),
        Words(_("Hedge: the other side of half of the largest cross position.")),
        Words(_("Move cash: all free money into the weakest isolated position, or back.")),
        Words(_("Up to 50 points for the ticks you live: while 1% is left.")),
        Words(
            _("Up to 50 for what is left, against the best of: all isolated, all cross, closed.")
        ),
        Words(_("10 more if you never fell below 20%.")),
        Words(_("A tie goes to who lived longer, fell less deep, and did less.")),
        Words(_("You can join until tick 3, as if you had held. Who leaves holds, unranked.")),
    )


def _options(name: str, value: str, _: Translate) -> tuple[str, Figure]:
    match name:
        case "ticks":
            return _("ticks"), Label(value)
        case "pace":
            return _("a tick"), Label(value)
        case _:
            names = {"normal": _("normal, 10x"), "easy": _("easy, 5x"), "hard": _("hard, 20x")}
            return _("level"), Label(names[value])


# --- a tick ---------------------------------------------------------------------------------------


def _tick_view(seen: Seen, number: int) -> Reply:
    """A tick: its prices, who is where, and what can be done. The book stands on the first one."""
    _, play = seen._, play_of(seen)
    figures: dict[str, Figure] = {"number": Count(number), "ticks": Count(play.ticks)}
    title = Words(_("Crash, tick {number} of {ticks}."), figures)
    blocks: list[Block] = [Title(title)]
    is_open = not play.over and number == play.tick
    if is_open:
        blocks.append(Text(_time(seen)))
    blocks.append(_prices(seen, number))
    if number == 1:
        blocks += [Text(Words(_("Everybody holds:"))), Points(_book(seen))]
    if play.passed:
        blocks.append(board(seen))
    choices = _choices(seen, number) if is_open else ()
    return Reply((*blocks, _small_print(seen)), choices, short=title)


def _time(seen: Seen) -> Words:
    """How long there is, and how many have chosen."""
    play, text = (
        play_of(seen),
        seen._("You have {pace} from here. {chosen} of {count} have chosen."),
    )
    figures: dict[str, Figure] = {
        "pace": Label(chosen(seen.game, KIND, "pace")),
        "chosen": Count(len(play.chosen)),
        "count": Count(sum(not play.survivors[p.number].out for p in seen.game.playing)),
    }
    return Words(text, figures)


def _prices(seen: Seen, number: int) -> Table:
    """What each coin opens at, and how far it has moved: in the last tick, and from the start."""
    _, reel = seen._, film(seen.ground)
    rows = []
    for coin, first in reel.first.items():
        now = reel.ticks[number - 1].bars[coin].open
        before = reel.ticks[max(0, number - 2)].bars[coin].open
        tick = seen.ground.listing.instrument(coin).tick
        rows.append(
            Row(
                Label(base_of(coin)),
                (
                    PriceOf(display(first * now, max(0, -tick.adjusted())), tick),
                    Percent(now / before - ONE, 1, signed=True),
                    Percent(now - ONE, 1, signed=True),
                ),
            )
        )
    return Table((_("price"), _("tick"), _("in all")), tuple(rows))


def _book(seen: Seen) -> tuple[Words, ...]:
    """The positions of all."""
    text = seen._("{coin} {side} {leverage} {mode}, {margin}")
    return tuple(
        Words(
            text,
            {
                "coin": Label(base_of(coin)),
                "side": Label(side_word(side, seen._)),
                "leverage": Times(leverage),
                "mode": Label(mode_word(mode, seen._)),
                "margin": Money(margin, whole=True),
            },
        )
        for coin, side, leverage, margin, mode in entries(seen.table)
    )


def _choices(seen: Seen, number: int) -> tuple[tuple[Choice, ...], ...]:
    """What can be done in a tick; a button of an old one does nothing."""
    _ = seen._

    def act(label: str, value: str) -> Choice:
        return seen.act(label, f"{number}:{value}")

    join = (seen.to(_("Join"), "join"),) if number <= LATEST else ()
    return (
        (act(_("Hold"), "hold"), act("-25%", "cut25"), act("-50%", "cut50")),
        (act(_("Close all"), "cut100"), act(_("Add margin"), "add")),
        (act(_("Hedge"), "hedge"), act(_("Move cash"), "cash")),
        (seen.to(_("Mine"), "mine"), seen.to(_("Rules"), "rules"), *join),
    )


def _small_print(seen: Seen) -> Notes:
    own = Words(seen._("recorded prices under other names, rescaled by the seed"))
    return Notes((own, *seen.fairness(chance=False).items))


def _said(code: str, seen: Seen) -> Words | None:
    """What somebody who chose is told."""
    _ = seen._
    texts = {
        "hold": _("You hold in this tick."),
        "cut25": _("A quarter of everything is closed in this tick."),
        "cut50": _("Half of everything is closed in this tick."),
        "cut100": _("Everything is closed in this tick."),
        "add": _("The weakest isolated position gets more margin in this tick."),
        "hedge": _("Half of the largest cross position is hedged in this tick."),
        "cash_in": _("All free money goes into the weakest isolated position."),
        "cash_out": _("What isolated positions can spare comes back to the wallet."),
    }
    if code not in texts:
        return None
    return Words(texts[code] + " " + _("Until time is up you may choose anew."))


WORDS = KindWords(
    title=_title,
    gist=_gist,
    rules=_rules,
    options=_options,
    views={"tick": _tick_view, "end": end_view},
    board=lambda seen: _tick_view(seen, play_of(seen).tick),
    said=_said,
)
