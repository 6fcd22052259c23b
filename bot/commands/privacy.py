"""/privacy: what is stored, and how to be rid of it."""

from bot.chat.ask import Ask
from bot.chat.command import command
from bot.chat.figures import Code
from bot.chat.reply import Choice, Points, Reply, Text, Title, Words


@command(examples=("/privacy",))
def privacy(ask: Ask) -> Reply:
    """Say what is stored about you and how to delete it."""
    ways = ask._(
        "{export} gives you a copy of all of it, {forget} deletes all of it, "
        "{settings} only your settings."
    )
    lines = {"export": "/export", "forget": "/forget", "settings": "/set default"}
    return Reply(
        blocks=(
            Title(Words(ask._("What I keep."))),
            Points((*_of_a_person(ask), *_of_others(ask))),
            Text(Words(ways, {name: Code(line) for name, line in lines.items()})),
        ),
        choices=(
            (
                Choice(ask._("Show my settings"), "/set", kept=True),
                Choice(ask._("Export"), "/export"),
                Choice(ask._("Forget me"), "/forget", kept=True),
            ),
        ),
    )


def _of_a_person(ask: Ask) -> tuple[Words, ...]:
    """What is kept of somebody."""
    own = ask._("About you: your platform's id and what you chose with {line}.")
    return (
        Words(own, {"line": Code("/set")}),
        Words(
            ask._(
                "Which words of the field were explained to you, which lessons you passed, "
                "which badges you earned and when."
            )
        ),
        Words(
            ask._(
                "Your paper accounts: every trade, order and booking, with its time; "
                "which of your platforms they belong to."
            )
        ),
        Words(
            ask._("Your alerts, until they fire or you delete them; what fired, as it was told.")
        ),
        Words(
            ask._(
                "Challenges you joined: under which name and which role of your server, since when "
                "you are gone from their chat if you are, your moves and accounts in them, what "
                "you won. When you are forgotten the game stays, with a number for a name."
            )
        ),
        Words(
            ask._(
                "While two platforms are being joined, for ten minutes: both names, "
                "so that each side sees the other's."
            )
        ),
    )


def _of_others(ask: Ask) -> tuple[Words, ...]:
    """What is kept beside that, and what is not."""
    return (
        Words(
            ask._(
                "About a group: its id, its host's settings, when prices are posted there, and "
                "what its admins wrote for its FAQ, with the id of who did; when you are "
                "forgotten, your id goes from there."
            )
        ),
        Words(ask._("How often a word stood in questions without an answer, without a name.")),
        Words(ask._("Long buttons: the command behind them, for 30 days, without a name.")),
        Words(ask._("Not kept: what you typed, other names, prices you asked about.")),
    )
