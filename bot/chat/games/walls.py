"""What the two walls taught in rounds that are over, in words."""

from bot.chat.figures import Count, Figure
from bot.chat.i18n import Translate
from bot.chat.reply import Words
from core.lessons.game.bout import Bout
from core.lessons.game.wall_lesson import WallLesson, wall_lesson


def round_lesson(bout: Bout, _: Translate) -> Words | None:
    """Return one sentence about the walls of a round, None where nobody stood behind them."""
    if bout.forfeit or not bout.notes:
        return None
    found = wall_lesson((bout,))
    if found.isolated and found.cross:
        return Words(
            _("Both walls fell. Isolated kept what was not posted; cross had nothing kept back.")
        )
    if found.cross:
        return Words(_("Only the cross wall fell, and with it went the whole wallet behind it."))
    if found.isolated and found.costlier:
        return Words(
            _("The isolated wall fell and stopped the loss. Cross lived on and lost more.")
        )
    if found.isolated:
        return Words(
            _("The isolated wall fell. Cross lived through the same move and ended higher.")
        )
    return Words(
        _("No wall fell: what differs comes from what the players did, not from the mode.")
    )


def match_lesson(found: WallLesson, _: Translate) -> Words:
    """Return what all rounds taught, counted."""
    if not found.isolated and not found.cross:
        return Words(
            _("No wall fell in this match. The mode decides where a loss stops, and nothing else.")
        )
    text = _("Walls that fell: {isolated} isolated, {cross} cross.")
    if found.spared:
        text += " " + _("{spared} of the isolated would have lived on in cross.")
    if found.costlier:
        text += " " + _("For {costlier} of the isolated, cross lost more.")
    figures: dict[str, Figure] = {
        "isolated": Count(found.isolated),
        "cross": Count(found.cross),
        "spared": Count(found.spared),
        "costlier": Count(found.costlier),
    }
    return Words(text, figures)
