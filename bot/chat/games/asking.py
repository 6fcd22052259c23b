"""What games of questions say alike: which item it is, how it is answered, why one is void."""

from bot.chat.figures import Count, Figure, Label
from bot.chat.games.scores import score_table
from bot.chat.games.seen import Seen
from bot.chat.i18n import Translate
from bot.chat.reply import Choice, Reply, Text, Title, Words
from core.lessons.game.asking import Asking, AskingKind

DOOR = "card-"
"""How a start payload names a game whose open item is to be answered in private."""


def asking_of(seen: Seen) -> Asking:
    """Return the play of a game of questions."""
    play: object = seen.kept.state.play
    assert isinstance(play, Asking)
    return play


def asked_in_all(seen: Seen) -> int:
    """Return how many items the host chose."""
    kind: object = seen.kind
    assert isinstance(kind, AskingKind)
    return kind.items(seen.game)


def item_title(seen: Seen, number: int, text: str) -> Words:
    """Return a sentence with the place of an item and the count of all."""
    figures: dict[str, Figure] = {
        "place": Count(asking_of(seen).rounds.place(number)),
        "count": Count(asked_in_all(seen)),
    }
    return Words(text, figures)


def answer_choice(seen: Seen, number: int, form: str) -> Choice:
    """Return the button behind which an answer is typed in private."""
    game = seen.kept.number
    line = f"/answer #{game} {number}:{{}}"
    return Choice(seen._("Answer"), line, kept=True, aside=True, form=form, door=f"{DOOR}{game}")


def say_voided(seen: Seen, number: int, text: str) -> Reply:
    """Return why an item does not count, and whether another is asked instead.

    After the end the points stand below as they are then.
    """
    ask = asking_of(seen).rounds.asks[number - 1]
    figures: dict[str, Figure] = {
        "place": Count(asking_of(seen).rounds.place(number)),
        "why": Label(_reasons(seen._)[ask.void]),
    }
    title = Words(text, figures)
    if seen.game.phase.is_over:
        return Reply((Title(title), *score_table(seen)), short=title)
    if not ask.again:
        return Reply((Title(title),), short=title)
    another = Text(Words(seen._("Another is asked in its place.")))
    return Reply((Title(title), another), short=title)


def _reasons(_: Translate) -> dict[str, str]:
    return {
        "restart": _("the bot was away."),
        "deaf": _("answers could not be received in time."),
        "unseen": _("too few could see it."),
        "host": _("a host struck it out."),
    }
