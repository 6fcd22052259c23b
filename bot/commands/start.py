"""/start: the first minute."""

from bot.chat.ask import Ask
from bot.chat.cards import title
from bot.chat.command import command
from bot.chat.reply import Choice, Reply, Text, Words

TOPIC = "faq-"
"""How a start payload names a topic of the knowledge base."""


@command(examples=("/start",))
def start(ask: Ask, text: str | None = None) -> Reply:
    """Say what this bot does, in two sentences."""
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
