"""A squad's captain in words: the ballot, a vote, and the name that a captain gives."""

from dataclasses import replace

from bot.chat.ask import Ask
from bot.chat.figures import Code, Count, Figure, Label
from bot.chat.games.found import asking, going, room_of, seeing
from bot.chat.games.seen import Seen, shown_name
from bot.chat.games.squad import lead_of, play_of, squad_name, standing_in
from bot.chat.reply import Block, Choice, Reply, Text, Title, Words, in_twos
from bot.chat.troubles import refused
from core.lessons.challenges.squads import Squads
from core.lessons.game.books import KeptGame
from core.lessons.game.captain import VOTE, squad_of
from core.lessons.game.errors import NoGame, NotCaptain, NotNow, NotPlaying, OtherSquad

SHOWN = 8
"""Members for whom there is a button; others are voted for by their name."""

LOOK, NAME = "?", "name"
"""What shows the ballot, and what a new name follows."""


def ballot_button(seen: Seen) -> Choice:
    """Return the button that shows whoever presses it their own squad's ballot."""
    return Choice(seen._("Captain"), _line(seen, LOOK), kept=True, aside=True)


def _line(seen: Seen, what: str) -> str:
    return f"/challenge captain {seen.kept.number} {what}"


def captain(ask: Ask, rest: list[str]) -> Reply:
    """Vote for a captain, `/challenge captain 12 Mira`; name the squad, `... 12 name Night Owls`.

    With nothing behind the number, or with `?`, it shows the ballot. Raises `NoGame`, `NotPlaying`,
    `NotNow`, and what the game refuses.
    """
    kept, words = _battle(ask, rest)
    seat = ask.services.challenges.seat(ask.identity, kept.number)
    if seat is None:
        raise NotPlaying
    if not isinstance(kept.state.play, Squads):
        raise NotNow(kept.state.game.phase.value)
    if words and words[0].lower() == NAME and len(words) > 1:
        reply = _named(ask, kept, seat, " ".join(words[1:]))
    elif words and words != [LOOK]:
        reply = _voted(ask, kept, seat, " ".join(words))
    else:
        reply = _ballot(seeing(ask, kept), seat)
    return replace(reply, private=ask.in_group)


def _battle(ask: Ask, rest: list[str]) -> tuple[KeptGame, list[str]]:
    """The game that is meant, without a number the newest squad battle. Raises `NoGame`."""
    kept, words = going(ask, rest, values=1)
    if kept.state.game.kind == "squads":
        return kept, words
    for other in ask.services.challenges.here(room_of(ask)) if words == rest else ():
        if other.state.game.kind == "squads" and not other.state.game.phase.is_over:
            return other, words
    raise NoGame


# --- the ballot -----------------------------------------------------------------------------------


def _ballot(seen: Seen, seat: int) -> Reply:
    """Who leads the asker's squad, and a button for each who could. Raises `NotPlaying`."""
    _, game, play = seen._, seen.game, play_of(seen)
    own = _own(seen, seat)
    there, lead = play.helm.ranking(play.squads[own], game), lead_of(seen, own)
    title = _led(seen, own)
    blocks: list[Block] = [Title(title), *standing_in(seen, lead)]
    vote = play.helm.votes.get(seat)
    if vote in there:
        text = _("Your vote: {name}. Another one takes its place.")
        blocks.append(Text(Words(text, {"name": seen.name(vote)})))
    else:
        blocks.append(Text(Words(_("You have not voted yet. Most votes make the captain."))))
    if len(there) > SHOWN:
        figures: dict[str, Figure] = {
            "count": Count(len(there) - SHOWN),
            "line": Code(_line(seen, "NAME")),
        }
        blocks.append(Text(Words(_("{count} more: {line} votes for one."), figures)))
    if lead.captain == seat and not play.mustering:
        line = {"line": Code(_line(seen, f"{NAME} Night Owls"))}
        blocks.append(Text(Words(_("You may name your squad: {line}."), line)))
    buttons = [
        Choice(shown_name(game.player(p), _), _line(seen, f"#{p}"), kept=True, aside=True)
        for p in there[:SHOWN]
    ]
    rows = in_twos(buttons)
    return Reply(tuple(blocks), rows, short=title)


def _own(seen: Seen, seat: int) -> int:
    """The number of somebody's squad. Raises `NotPlaying`, `NotNow`."""
    return squad_of(play_of(seen).squads, seat, seen.game)


def _led(seen: Seen, number: int) -> Words:
    """Which squad it is, and who leads it; whoever looks plays in it, so somebody does."""
    lead = lead_of(seen, number)
    assert lead.captain is not None
    figures: dict[str, Figure] = {
        "squad": Label(squad_name(seen, number)),
        "captain": seen.name(lead.captain),
    }
    return Words(seen._("{squad}: the captain is {captain}."), figures)


# --- what is said to it ---------------------------------------------------------------------------


def _voted(ask: Ask, kept: KeptGame, seat: int, said: str) -> Reply:
    """Vote, and hear who leads now. Raises `OtherSquad`, and what the game refuses."""
    player = _meant(seeing(ask, kept), seat, said)
    ask.services.challenges.answer(asking(ask), kept.number, f"{VOTE} {player}")
    seen = seeing(ask, ask.services.challenges.numbered(kept.number))
    own = _own(seen, seat)
    voted = Words(seen._("{name} has your vote."), {"name": seen.name(player)})
    return Reply((Text(voted), Text(_led(seen, own))), short=voted)


def _meant(seen: Seen, seat: int, said: str) -> int:
    """The member of the asker's squad whom a number or a shown name means. Raises `OtherSquad`."""
    play, game = play_of(seen), seen.game
    there = play.helm.ranking(play.squads[_own(seen, seat)], game)
    for player in there:
        name = shown_name(game.player(player), seen._)
        if said.casefold() in {str(player), f"#{player}", name.casefold()}:
            return player
    raise OtherSquad


def _named(ask: Ask, kept: KeptGame, seat: int, name: str) -> Reply:
    """Name the asker's squad; who is not its captain hears who is."""
    try:
        ask.services.challenges.name_squad(asking(ask), kept.number, name)
    except NotCaptain as refusal:
        seen = seeing(ask, kept)
        own = _own(seen, seat)
        figures: dict[str, Figure] = {
            "squad": Label(squad_name(seen, own)),
            "captain": seen.name(refusal.captain),
        }
        words = Words(ask._("{captain} is the captain of {squad}, and names it."), figures)
        return refused(refusal, words, ballot_button(seen))
    seen = seeing(ask, ask.services.challenges.numbered(kept.number))
    own = _own(seen, seat)
    told = Words(
        ask._("Your squad is called {squad} now."), {"squad": Label(squad_name(seen, own))}
    )
    return Reply((Text(told),), short=told)
