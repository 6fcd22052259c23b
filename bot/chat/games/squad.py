"""What a squad is called, and who leads it, in words that several views share."""

from bot.chat.figures import Figure, Label
from bot.chat.games.seen import Seen
from bot.chat.reply import Text, Words
from core.lessons.challenges.squads import CHAT, KIND, Squads
from core.lessons.game.captain import Lead
from core.lessons.game.kind import chosen


def play_of(seen: Seen) -> Squads:
    """Return the battle that is looked at."""
    play = seen.kept.state.play
    assert isinstance(play, Squads)
    return play


def squad_name(seen: Seen, number: int) -> str:
    """Return what a squad is called: its own name, its platform, its chat's number, or a colour."""
    _, rooms = seen._, seen.kept.rooms
    play = play_of(seen)
    if own := play.called(number, seen.game):
        return own
    if chosen(seen.game, KIND, "by") == CHAT and len(rooms) > 1:
        room = seen.game.player(play.squads[number][0]).room
        platforms = [each.platform for each in rooms]
        mine = platforms[min(room, len(platforms) - 1)]
        if platforms.count(mine) == 1:
            return mine.capitalize()
        return _("chat {number}").format(number=room + 1)
    return (_("Red"), _("Blue"), _("Green"), _("Gold"))[number % 4]


def lead_of(seen: Seen, number: int) -> Lead:
    """Return who leads a squad; of a battle that is over, who led it at its end."""
    return play_of(seen).lead(number, seen.game, seen.game.ended or seen.now)


def standing_in(seen: Seen, lead: Lead) -> tuple[Text, ...]:
    """Return that a captain stands in for one who is away, where that is so."""
    if lead.captain is None or lead.absent is None:
        return ()
    figures: dict[str, Figure] = {
        "captain": seen.name(lead.captain),
        "absent": seen.name(lead.absent),
    }
    text = seen._("{captain} stands in: nothing was heard of {absent} for 24 hours.")
    return (Text(Words(text, figures)),)


def captain_facts(seen: Seen, number: int) -> tuple[tuple[str, Figure], ...]:
    """Return a squad's name, its captain and its vice-captain, as rows."""
    _, lead = seen._, lead_of(seen, number)
    rows: list[tuple[str, Figure]] = [(_("squad"), Label(squad_name(seen, number)))]
    if lead.captain is not None:
        rows.append((_("captain"), seen.name(lead.captain)))
    if lead.vice is not None:
        rows.append((_("vice-captain"), seen.name(lead.vice)))
    return tuple(rows)
