"""A mode duel on recorded crashes in words: its rules, how far it is, and at last what each was."""

from bot.chat.figures import Age, Count, Day, Figure, Label
from bot.chat.games.seen import Seen
from bot.chat.games.walls import round_lesson
from bot.chat.i18n import Translate
from bot.chat.reply import Notes, Points, Words
from bot.chat.symbols import base_of
from core.lessons.challenges.duel import CRASH, KIND, MARKET, pace_of
from core.lessons.game.bout import Bout
from core.lessons.game.match import Round
from core.lessons.game.recorded_bout import STEPS


def places(_: Translate) -> dict[str, str]:
    """Return what may be played on, in words."""
    return {MARKET: _("the market"), CRASH: _("past crashes")}


def rules(seen: Seen) -> tuple[Words, ...]:
    """Return what is different on recorded crashes; nothing on a market."""
    _ = seen._
    if not KIND.is_recorded(seen.game):
        return ()
    time: dict[str, Figure] = {
        "pace": Age(int(pace_of(seen.game).total_seconds())),
        "steps": Count(STEPS),
    }
    return (
        Words(_("Each round is another recorded crash or rally: names and dates are hidden.")),
        Words(_("Its prices are rescaled by the seed; all enter at the first one.")),
        Words(_("One hour of it passes every {pace}, {steps} hours in all."), time),
        Words(_("Of each hour the worst price for you comes first, as an estimate.")),
        Words(_("What you press is done at the end of the hour.")),
        Words(_("A round ends early when nobody holds anything any more.")),
        Words(_("After a stop of the bot it goes on at the hour where it stood.")),
    )


def entry(bout: Bout, _: Translate) -> str:
    """Return when everybody enters."""
    if bout.passed is None:
        return _("Everybody enters at the next mark.")
    return _("Everybody enters at the first price.")


def again(seen: Seen) -> str:
    """Return what is said for another match on the same."""
    return f"/challenge duel{f' {CRASH}' if seen.ground.reels else ''}"


def progress(bout: Bout, _: Translate) -> tuple[tuple[str, Figure], ...]:
    """Return how many hours have passed; nothing on a market."""
    if bout.passed is None:
        return ()
    told = _("{place} of {count}").format(place=bout.passed, count=STEPS)
    return ((_("hours passed"), Label(told)),)


def print_of(seen: Seen) -> Notes:
    """Return the small print of a round that is played."""
    own = seen.fairness(chance=False)
    if not seen.ground.reels:
        return own
    estimate = Words(seen._("the worst price of each hour is judged first: an estimate"))
    return Notes((*own.items[:1], estimate, *own.items[1:]))


def event(seen: Seen, found: Round) -> Words | None:
    """Return which event a round that is over was, and what happened then; None on a market."""
    if not seen.ground.reels:
        return None
    told: dict[str, Figure] = {"told": Label(seen.ground.reels[found.number - 1].told)}
    return Words(
        seen._("That was {name}: {coin}, {from} to {until}. {told}"), _when(seen, found) | told
    )


def events(seen: Seen, rounds: tuple[Round, ...]) -> tuple[Points, ...]:
    """Return each round's event, and what either wall did in it; nothing on a market."""
    played = [each for each in rounds if each.bout.opened is not None]
    if not seen.ground.reels or not played:
        return ()
    return (Points(tuple(_told(seen, each) for each in played)),)


def _told(seen: Seen, found: Round) -> Words:
    """One round: the event, and its lesson where somebody stood behind both walls."""
    text, lesson = (
        seen._("{number}: {name}, {coin}, {from} to {until}."),
        round_lesson(found.bout, seen._),
    )
    figures: dict[str, Figure] = {"number": Count(found.number)}
    if lesson is not None:
        text += " " + lesson.text
    return Words(text, figures | _when(seen, found))


def coin_of(seen: Seen, found: Round) -> str:
    """Return the coin of a round that is over, by its real name."""
    symbol = found.bout.symbol
    if seen.ground.reels:
        symbol = seen.ground.reels[found.number - 1].real[symbol]
    return base_of(symbol)


def _when(seen: Seen, found: Round) -> dict[str, Figure]:
    """The name of an event, the coin by its real name, and the days that were played."""
    reel = seen.ground.reels[found.number - 1]
    return {
        "name": Label(reel.name),
        "coin": Label(coin_of(seen, found)),
        "from": Day(reel.begins.date()),
        "until": Day(reel.ends.date()),
    }
