"""A member's own account in a squad battle, with their squad and who leads it."""

from bot.chat.games.account import own_view
from bot.chat.games.seen import Seen
from bot.chat.games.squad import captain_facts, lead_of, play_of, standing_in
from bot.chat.reply import Facts, Reply
from core.lessons.game.errors import NotPlaying


def own_member(seen: Seen, seat: int | None) -> Reply:
    """Return how somebody stands, and for whom. Raises `NotPlaying`."""
    if seat is None:
        raise NotPlaying
    reply, play = own_view(seen, seat), seen.kept.state.play
    squads = () if play is None else play_of(seen).squads
    for number, members in enumerate(squads):
        if seat in members:
            title, *rest = reply.blocks
            led = Facts(captain_facts(seen, number))
            blocks = (title, led, *standing_in(seen, lead_of(seen, number)), *rest)
            return Reply(blocks, reply.choices, short=reply.short)
    return reply
