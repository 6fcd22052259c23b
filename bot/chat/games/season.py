"""A season in words: who has won how much this month, of how many games."""

from bot.chat.figures import Count, Name
from bot.chat.i18n import Translate
from bot.chat.reply import Choice, Notes, Reply, Row, Table, Text, Title, Words
from core.services.rating import SeasonLine

SHOWN = 10
"""Lines of the board; the asker's own is added."""


def season_view(
    lines: tuple[SeasonLine, ...], title: Words, _: Translate, own: int | None = None
) -> Reply:
    """Return the board of a season; `own` is the asker's learner number, shown in any case."""
    challenges = Choice(_("Challenges"), "/challenge", kept=True)
    if not lines:
        nothing = Words(_("No rated game has ended this month."))
        return Reply((Title(title), Text(nothing), how(_)), ((challenges,),), short=title)
    blocks = (Title(title), season_table(lines, _, own), how(_))
    return Reply(blocks, ((challenges,),), short=title)


def season_table(lines: tuple[SeasonLine, ...], _: Translate, own: int | None = None) -> Table:
    """Return the best of a season as a table; `own` is a learner who is shown in any case."""
    shown = list(lines[:SHOWN])
    shown += [line for line in lines[SHOWN:] if line.learner == own]
    rows = tuple(
        Row(
            Name(f"{line.place} {line.name or _('anonymous')}"),
            (Count(line.points), Count(line.games)),
        )
        for line in shown
    )
    return Table((_("points"), _("games")), rows)


def how(_: Translate) -> Notes:
    """How points come about."""
    return Notes(
        (
            Words(_("10-7-5-3-2-1 by place, times log2 of the players")),
            Words(_("the best eight games of a month count, three a day at most")),
            Words(_("rated where five of a chat's players are known for a week")),
        )
    )
