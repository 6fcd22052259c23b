"""/unlink: this platform goes its own way again."""

from collections.abc import Iterable

from bot.chat.ask import Ask
from bot.chat.command import command
from bot.chat.figures import Label
from bot.chat.names import platform_name
from bot.chat.reply import Choice, Reply, Text, Title, Tone, Words
from core.paper.errors import NotLinked


@command(examples=("/unlink",), writes=True, personal=True)
def unlink(ask: Ask, text: str | None = None) -> Reply:
    """Part this platform from your portfolio, after you confirmed it.

    Raises `NotLinked`.
    """
    identities = ask.services.identities
    if (text or "").strip().lower() == "yes":
        rest = _names(w.platform for w in identities.part(ask.identity))
        done = ask._("Parted. The portfolio stays on {platforms}; here you have a new one.")
        return Reply((Text(Words(done, {"platforms": Label(rest)}), strong=True),))
    own = identities.known_as(ask.identity)
    if len(own) < 2:
        raise NotLinked
    others = Label(_names(w.platform for w in own if w != ask.identity))
    stays = ask._("Your portfolio stays on {platforms}. Here you begin with a new one.")
    return Reply(
        blocks=(
            Title(Words(ask._("Part this platform from your portfolio?"))),
            Text(Words(stays, {"platforms": others})),
            Text(Words(ask._("The number of resets goes along."))),
        ),
        choices=((Choice(ask._("Part"), "/unlink yes", replace=True, kept=True),),),
        tone=Tone.ASK,
    )


def _names(platforms: Iterable[str]) -> str:
    return ", ".join(map(platform_name, platforms))
