"""/start: the first minute."""

from bot.chat.ask import Ask
from bot.chat.cards import title
from bot.chat.command import command
from bot.chat.games.asking import DOOR
from bot.chat.games.found import found, is_number, seeing
from bot.chat.games.wording import view
from bot.chat.reply import Choice, Reply, Text, Words
from core.lessons.game.asking import Asking
from core.lessons.game.errors import NoGame, NotNow, NotPlaying

TOPIC = "faq-"
"""How a start payload names a topic of the knowledge base."""


@command(examples=("/start",))
def start(ask: Ask, text: str | None = None) -> Reply:
    """Say what this bot does, in two sentences."""
    game = (text or "").removeprefix(DOOR)
    if game != (text or ""):  # the button under an item that is answered in private
        return _item(ask, game)
    topic = (text or "").removeprefix(TOPIC)
    if topic != (text or ""):  # the link under an answer that somebody posted elsewhere
        return ask.reckon(f"/faq {topic}")
    difference = (
        ask._(
            "Isolated margin walls one position off: it can lose the margin assigned to it "
            "and no more."
        ),
        ask._(
            "Cross margin puts all positions on one pool: the entire available balance stands "
            "behind each of them."
        ),
    )
    return Reply(
        blocks=(
            title(ask, None, Words(ask._("Isolated or cross margin?"))),
            *(Text(Words(sentence)) for sentence in difference),
            Text(Words(ask._("This is a simulation; it never asks for keys."))),
        ),
        choices=(
            (Choice(ask._("Show me (10x long BTC)"), "/compare 10x long BTC"),),
            (
                Choice(ask._("Which is safer?"), "/faq safer-mode-beginners"),
                Choice(ask._("Prices"), "/price"),
            ),
        ),
    )


def _item(ask: Ask, number: str) -> Reply:
    """The open item of a game, to be answered below. Raises `NoGame`, `NotPlaying`, `NotNow`."""
    if not is_number(number):
        raise NoGame
    kept = found(ask, [number])[0]
    play: object = kept.state.play
    if not isinstance(play, Asking):
        raise NotNow("nothing")
    if ask.services.challenges.seat(ask.identity, kept.number) is None:
        raise NotPlaying
    if not play.rounds.last.is_open:
        raise NotNow("nothing")
    return view(seeing(ask, kept), "card", play.rounds.last.number)
