"""The end of a crash in words: what it was, who came through it and how, and what it taught."""

from decimal import Decimal

from bot.chat.figures import Code, Count, Day, Figure, Label, Money, Percent, PriceOf
from bot.chat.games.crash_board import board, play_of, points
from bot.chat.games.seen import Seen
from bot.chat.i18n import Translate
from bot.chat.reply import Block, Choice, Facts, Notes, Points, Reply, Text, Title, Words
from bot.chat.symbols import base_of
from core.lessons.challenges.crash import KIND
from core.lessons.game.crash_lesson import CrashLesson, Way, crash_lesson, way_of
from core.lessons.game.kind import chosen
from core.lessons.game.standing import Standing
from core.lessons.game.starting_book import WALLET, film
from core.lessons.game.survival import Survivor, fingerprint
from core.money import ONE, Rate, display

PODIUM = 3
"""Places that get a sentence."""


def end_view(seen: Seen, _number: int) -> Reply:
    """Return what it was, who came through it best and how, and what it taught."""
    _, play = seen._, play_of(seen)
    standings = play.standings(seen.table)
    podium = [one for one in standings if one.listed and one.place <= PODIUM][:PODIUM]
    title = Words(_("Survive the crash: nobody is left."))
    if podium:
        figures: dict[str, Figure] = {
            "name": seen.name(podium[0].player),
            "points": points(podium[0].figures[0]),
        }
        title = Words(_("Survive the crash: {name} wins with {points}."), figures)
    lesson = _lesson_of(seen)
    again = Choice(_("Again"), "/challenge crash", kept=True)
    return Reply(
        (
            Title(title),
            *_event(seen),
            board(seen),
            Points(tuple(_sentence(seen, one) for one in podium)),
            _policies(seen, lesson),
            Text(lesson_words(lesson, _), strong=True),
            _codes(seen),
        ),
        ((again, seen.to(_("Audit"), "audit", aside=False)),),
        short=title,
    )


def _event(seen: Seen) -> tuple[Block, ...]:
    """Which event it was, when, and which coins."""
    _, reel = seen._, film(seen.ground)
    when: dict[str, Figure] = {
        "name": Label(reel.name),
        "from": Day(reel.begins.date()),
        "until": Day(reel.ends.date()),
    }
    told = Words(
        _("The event: {name}, {from} to {until}. {told}"), when | {"told": Label(reel.told)}
    )
    coins = tuple(
        (f"{base_of(coin)} = {base_of(real)}", _then(reel.recorded[coin]))
        for coin, real in reel.real.items()
    )
    return Text(told), Facts(coins)


def _then(price: Decimal) -> PriceOf:
    """A recorded price with five digits."""
    tick = ONE.scaleb(price.adjusted() - 4)
    return PriceOf(display(price, max(0, -tick.adjusted())), min(ONE, tick))


def _sentence(seen: Seen, one: Standing) -> Words:
    """How somebody on the podium came through it."""
    _, way = seen._, play_of(seen).survivors[one.player]
    kind, tick = way_of(way)
    texts = {
        Way.HELD: _("{name} held all the way, fell to {low} and ended with {worth}."),
        Way.CLOSED: _("{name} closed everything in tick {tick} and ended with {worth}."),
        Way.REDUCED: _("{name} first reduced in tick {tick}, fell to {low}, ended with {worth}."),
        Way.ACTED: _("{name} first acted in tick {tick}, fell to {low}, ended with {worth}."),
    }
    return Words(texts[kind], _sentence_figures(seen, one.player, way, tick))


def _sentence_figures(seen: Seen, player: int, way: Survivor, tick: int) -> dict[str, Figure]:
    return {
        "name": seen.name(player),
        "tick": Count(tick),
        "low": Percent(Rate(way.low / WALLET), 0),
        "worth": Money(display(way.equity, 0), whole=True),
    }


def _lesson_of(seen: Seen) -> CrashLesson:
    play = play_of(seen)
    scores = {player: play.score(player) for player in play.survivors}
    return crash_lesson(play.survivors, scores, play.policies)


def _policies(seen: Seen, lesson: CrashLesson) -> Facts:
    """What the same book would have kept."""
    _ = seen._
    names = {"isolated": _("all isolated"), "cross": _("all cross"), "flat": _("closed at once")}
    rows = tuple(
        (names[name], Money(display(worth, 0), whole=True)) for name, worth in lesson.kept.items()
    )
    return Facts(rows, _("The same book, left alone:"))


def lesson_words(lesson: CrashLesson, _: Translate) -> Words:
    """Return what the game's own choices taught."""
    best = {
        "isolated": _("Isolated walls were best: each stopped one loss, and the rest lived on."),
        "cross": _("Cross was best: the whole wallet carried the book until it paid again."),
        "either": _("Holding was best, and no wall fell: the mode made no difference."),
        "flat": _("Closing at once was best: what was held did not come back in time."),
    }
    text = best[lesson.best]
    if lesson.held and lesson.acted:
        text += " " + _("Who held has {held} points on average, who acted {acted}.")
    if lesson.pockets or lesson.crosses:
        text += " " + _("Walls that fell: {pockets} isolated, {crosses} cross.")
    if lesson.spared:
        text += " " + _("{spared} lost an isolated position and lived to the end.")
    figures: dict[str, Figure] = {
        "held": points(lesson.held_mean or Decimal(0)),
        "acted": points(lesson.acted_mean or Decimal(0)),
        "pockets": Count(lesson.pockets),
        "crosses": Count(lesson.crosses),
        "spared": Count(lesson.spared),
    }
    return Words(text, figures)


def _codes(seen: Seen) -> Notes:
    """The seed, and a code that another game with the same seed and choices has, too."""
    setup = [chosen(seen.game, KIND, option.name) for option in KIND.options]
    code = fingerprint(seen.game.seed, setup, play_of(seen).survivors)
    text = Words(seen._("same seed, same choices: {code}"), {"code": Code(code)})
    return Notes((text, *seen.fairness().items))
