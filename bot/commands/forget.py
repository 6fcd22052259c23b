"""/forget: everything kept about you is deleted."""

from bot.chat.ask import Ask
from bot.chat.command import command
from bot.chat.names import platform_name
from bot.chat.reply import Choice, Points, Reply, Text, Title, Tone, Words


@command(examples=("/forget",), writes=True, personal=True)
def forget(ask: Ask, text: str | None = None) -> Reply:
    """Delete everything kept about you, after you confirmed it.

    A preview that still waits is let go, so that a `yes` to this question cannot answer it.
    """
    if (text or "").strip().lower() == "yes":
        ask.services.identities.forget(ask.identity)
        return Reply((Title(Words(ask._("You are forgotten. Nothing is kept that names you."))),))
    ask.services.trading.lapse(ask.asked)
    own = ask.services.identities.known_as(ask.identity)
    names = ", ".join(platform_name(who.platform) for who in own)
    return Reply(
        blocks=(
            Title(Words(ask._("Delete everything kept about you?"))),
            Points(
                (
                    Words(ask._("Your accounts with all trades, orders and history.")),
                    Words(ask._("Your settings.")),
                    Words(ask._("Your name in challenges; the games stay, with a number for it.")),
                    Words(ask._("Where: {platforms}.").replace("{platforms}", names)),
                )
            ),
            Text(Words(ask._("It cannot be undone. An export keeps a copy for you."))),
        ),
        choices=(
            (
                Choice(ask._("Delete all"), "/forget yes", replace=True, kept=True),
                Choice(ask._("Export first"), "/export"),
            ),
        ),
        tone=Tone.ASK,
    )
