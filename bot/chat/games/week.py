"""A season's board of the week in words: how it stands, and first how the last season ended."""

from bot.chat.figures import Code, Figure, Label, Name
from bot.chat.games.season import how, season_table
from bot.chat.i18n import Translate
from bot.chat.reply import Block, Choice, Notes, Reply, Text, Title, Words
from core.services.leagues import Week


def week_view(week: Week, _: Translate) -> Reply | None:
    """Return the board; None where nobody has won anything, so that the chat stays quiet."""
    if not week.seasons:
        return None
    blocks: list[Block] = []
    for season, lines in week.seasons:
        blocks += [Title(_title(week, season, _)), season_table(lines, _)]
    if week.seasons[-1][0] != week.now:
        blocks.append(Text(Words(_("In the new month no rated game has ended yet."))))
    asked = Words(
        _("posted weekly because this group's hosts asked for it: {line}"),
        {"line": Code("/schedule")},
    )
    blocks += [how(_), Notes((asked,))]
    challenges = Choice(_("Challenges"), "/challenge", kept=True)
    return Reply(tuple(blocks), ((challenges,),), short=_title(week, week.seasons[0][0], _))


def _title(week: Week, season: str, _: Translate) -> Words:
    """Whose season it is, and whether it is over."""
    over = season != week.now
    figures: dict[str, Figure] = {"month": Label(season)}
    if not week.league:
        text = _("Season {month}, the result.") if over else _("Season {month}.")
        return Words(text, figures)
    figures["name"] = Name(week.league)
    text = _("{name}, season {month}, the result.") if over else _("{name}, season {month}.")
    return Words(text, figures)
