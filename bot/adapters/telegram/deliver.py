"""Speaking first on Telegram: a notice to the one whom it concerns, a post into a whole group."""

from dataclasses import dataclass

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.adapters.telegram import buttons
from bot.adapters.telegram.pace import Crowded
from bot.adapters.telegram.render import render
from bot.adapters.telegram.sender import Sender
from bot.adapters.telegram.updates import Spot
from bot.chat.i18n import english
from bot.chat.ports import Desk, Outcome, Posted
from bot.chat.render import Writer
from bot.chat.reply import Reply


async def deliver(sender: Sender, desk: Desk, person: int, reply: Reply) -> Outcome:
    """Send a reply to a person; blocked, deleted and unknown ones are never tried again.

    A send that timed out may have arrived, and will be repeated: the notice's own number tells.
    """
    return (await _sent(sender, desk, Spot(person), Letter(reply, person))).outcome


async def post(sender: Sender, desk: Desk, spot: Spot, reply: Reply, message: str = "") -> Posted:
    """Send a reply into a group and topic, its buttons open to all; never where we are gone.

    With a message of ours it is put in its place; where that one is gone, it is sent anew. What is
    kept up to date is short: of several pages only the last has an id, and is replaced.
    """
    old = int(message) if message else None
    return await _sent(sender, desk, spot, Letter(reply, buttons.EVERYBODY, old))


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent, whose its buttons are, and which message of ours it replaces."""

    reply: Reply
    owner: int
    replaces: int | None = None


async def _sent(sender: Sender, desk: Desk, spot: Spot, letter: Letter) -> Posted:
    pages = render(letter.reply, Writer.of(letter.reply, "en", english))
    keyboard = await buttons.keyboard(letter.reply.choices, letter.owner, desk, sender.name)
    old = letter.replaces
    try:
        if old is not None and await sender.replace(spot.chat, old, pages[-1], keyboard):
            return Posted(Outcome.DELIVERED, str(old))
        sent = await sender.send(spot, pages, keyboard)
    except (Forbidden, ChatMigrated):
        return Posted(Outcome.NEVER)
    except BadRequest as refused:
        gone = "chat not found" in refused.message.lower()
        return Posted(Outcome.NEVER if gone else Outcome.LATER)
    except (TelegramError, Crowded):
        return Posted(Outcome.LATER)
    return Posted(Outcome.DELIVERED, str(sent[-1]) if sent else "")
