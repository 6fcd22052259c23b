"""Two identities become one person: what each side is shown, and what it may press.

Each sees the other's name as the platform gave it, and neither is joined before both agreed.
"""

from bot.chat.ask import Ask
from bot.chat.figures import Age, Code, Figure, Label, Name
from bot.chat.names import platform_name
from bot.chat.reply import Choice, Reply, Text, Title, Tone, Words
from core.paper.records import Identity, Link
from core.services.identities import LIFE

LENGTH = 8
"""Letters of a code."""


def offered(ask: Ask, code: str) -> Reply:
    """Show a fresh code to the one who asked for it, and how it is used."""
    figures: dict[str, Figure] = {"line": Code(f"/link {code}"), "age": Age(_SECONDS)}
    return Reply(
        blocks=(
            Title(Words(ask._("Join your account on another platform."))),
            Text(
                Words(ask._("Within {age}, write this to me there: {line}"), figures), strong=True
            ),
            Text(Words(ask._("Then come back here and confirm. Show the code to nobody else."))),
        ),
        choices=(
            (
                Choice(ask._("Confirm here"), f"/link {code}", replace=True, kept=True),
                Choice(ask._("Cancel"), f"/link {code} no", replace=True, kept=True),
            ),
        ),
    )


_SECONDS = int(LIFE.total_seconds())


def waiting(ask: Ask, code: str) -> Reply:
    """Tell the one who asked that the other side has not agreed yet."""
    line = Code(f"/link {code}")
    text = ask._("Not yet: write {line} on the other platform first, and choose there.")
    return Reply(
        (Text(Words(text, {"line": line})),),
        choices=((Choice(ask._("Confirm here"), f"/link {code}", replace=True, kept=True),),),
        tone=Tone.ASK,
    )


def choosing(ask: Ask, code: str, link: Link) -> Reply:
    """Ask the one who typed the code whether to join, and whose portfolio stays."""
    assert link.second is not None
    text = ask._("Join with {name} on {platform}? Choose whose portfolio stays.")
    theirs = ask._("Keep the one from {platform}")
    return Reply(
        blocks=(
            Title(Words(text, _named(link.first, link.first_name))),
            Text(Words(ask._("The other one is put aside and stays in your export."))),
            Text(Words(ask._("If you do not know this name, cancel."))),
        ),
        choices=(
            (_choice(theirs, link.first, code, "there"),),
            (_choice(theirs, link.second, code, "here"),),
            (Choice(ask._("Cancel"), f"/link {code} no", replace=True, kept=True),),
        ),
        tone=Tone.ASK,
    )


def chosen(ask: Ask, link: Link) -> Reply:
    """Tell the one who chose that the other side has the last word."""
    text = ask._("Agreed here. Now confirm as {name} on {platform}.")
    return Reply((Text(Words(text, _named(link.first, link.first_name)), strong=True),))


def confirming(ask: Ask, code: str, link: Link) -> Reply:
    """Ask the one who wanted the code for the last word."""
    assert link.second is not None
    assert link.keeps is not None
    text = ask._("Join with {name} on {platform}?")
    keeps = Label(platform_name(link.keeps.platform))
    stays = ask._("The portfolio from {platform} stays; the other one is put aside.")
    return Reply(
        blocks=(
            Title(Words(text, _named(link.second, link.second_name))),
            Text(Words(stays, {"platform": keeps})),
            Text(Words(ask._("If you do not know this name, cancel."))),
        ),
        choices=(
            (
                Choice(ask._("Join"), f"/link {code} yes", replace=True, kept=True),
                Choice(ask._("Cancel"), f"/link {code} no", replace=True, kept=True),
            ),
        ),
        tone=Tone.ASK,
    )


def joined(ask: Ask, link: Link) -> Reply:
    """Say that the two are one."""
    assert link.second is not None
    text = ask._("You and {name} on {platform} are one person now, with one portfolio.")
    return Reply(
        (Text(Words(text, _named(link.second, link.second_name)), strong=True),),
        choices=((Choice(ask._("Portfolio"), "/pf"),),),
    )


def dropped(ask: Ask) -> Reply:
    """Say that nothing was joined."""
    return Reply((Text(Words(ask._("Nothing is joined; the code is void."))),))


def _named(who: Identity, name: str) -> dict[str, Figure]:
    """A person as their platform names them."""
    return {"name": Name(name or who.person), "platform": Label(platform_name(who.platform))}


def _choice(label: str, who: Identity, code: str, side: str) -> Choice:
    text = label.replace("{platform}", platform_name(who.platform))
    return Choice(text, f"/link {code} {side}", replace=True, kept=True)
