"""/trade: an order in the challenge that the asker plays in."""

from bot.chat.ask import Ask
from bot.chat.command import command
from bot.chat.figures import Code, Figure, Label
from bot.chat.games.account import own_view
from bot.chat.games.found import asking, is_number, numbered, seeing
from bot.chat.games.orders import order_of, untaken
from bot.chat.games.wording import words_of_kinds
from bot.chat.reply import Choice, Reply, Text, Words
from core.errors import Refusal
from core.lessons.game.books import KeptGame
from core.lessons.game.errors import NoGame, NotNow, NotPlaying
from core.lessons.game.trading import executed
from core.paper.scene import Scene


@command(
    examples=("/trade", "/trade long btc 10x 500", "/trade close btc", "/trade margin btc +100"),
    writes=True,
    personal=True,
)
def trade(ask: Ask, text: str | None = None) -> Reply:
    """Trade in the challenge you play in; it fills at the next mark.

    Raises `NoGame`, `NotPlaying`, `NotNow`, and what the order or the game refuses.
    """
    number, line = _split(text or "")
    kept = _game(ask, number)
    seat = ask.services.challenges.seat(ask.identity, kept.number)
    seen = seeing(ask, kept)
    if not line:
        return (words_of_kinds()[kept.state.game.kind].own or own_view)(seen, seat)
    account = None if seat is None else kept.state.accounts.get(seat)
    if seat is None:
        raise NotPlaying
    if account is None or seen.marks is None:
        raise NotNow("between")
    scene = Scene(seen.ground.listing, seen.marks, ask.now, seen.ground.rules)
    try:
        action = order_of(ask, line, account, scene)
        # What would not be filled now is hardly filled a second later: better said at once.
        executed(account, action, scene)
    except Refusal as refusal:
        return untaken(ask, refusal, kept.number)
    ask.services.challenges.order(asking(ask), kept.number, action)
    return _taken(ask, kept)


def _split(text: str) -> tuple[int | None, str]:
    """The number of a game where one stands first (`#12`), and the rest."""
    first, _, rest = text.strip().partition(" ")
    if first.startswith("#") and is_number(first):
        return int(first.removeprefix("#")), rest.strip()
    return None, text.strip()


def _game(ask: Ask, number: int | None) -> KeptGame:
    """The game of a number, else the newest that the asker plays. Raises `NoGame`."""
    if number is not None:
        return numbered(ask, number)
    games = ask.services.challenges.played_by(ask.identity)
    if not games:
        raise NoGame
    return games[0]


def _taken(ask: Ask, kept: KeptGame) -> Reply:
    """The order waits for the next mark; what came of it is a press away."""
    figures: dict[str, Figure] = {"game": Label(f"#{kept.number}"), "line": Code("/trade")}
    words = Words(
        ask._("Taken in game {game}: it fills at the next mark. {line} shows it."), figures
    )
    choice = Choice(ask._("Mine"), f"/trade #{kept.number}", kept=True)
    return Reply((Text(words),), ((choice,),), short=words)
