"""Speaking first on Telegram: a notice to the one whom it concerns, a post into a whole group."""

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.adapters.telegram import buttons
from bot.adapters.telegram.pace import Crowded
from bot.adapters.telegram.render import render
from bot.adapters.telegram.sender import Sender
from bot.adapters.telegram.updates import Spot
from bot.chat.i18n import english
from bot.chat.ports import Desk, Outcome
from bot.chat.render import Writer
from bot.chat.reply import Reply


async def deliver(sender: Sender, desk: Desk, person: int, reply: Reply) -> Outcome:
    """Send a reply to a person; blocked, deleted and unknown ones are never tried again.

    A send that timed out may have arrived, and will be repeated: the notice's own number tells.
    """
    return await _sent(sender, desk, Spot(person), reply, owner=person)


async def post(sender: Sender, desk: Desk, spot: Spot, reply: Reply) -> Outcome:
    """Send a reply into a group and topic, its buttons open to all; never where we are gone."""
    return await _sent(sender, desk, spot, reply, owner=buttons.EVERYBODY)


async def _sent(sender: Sender, desk: Desk, spot: Spot, reply: Reply, owner: int) -> Outcome:
    pages = render(reply, Writer.of(reply, "en", english))
    keyboard = await buttons.keyboard(reply.choices, owner, desk)
    try:
        await sender.send(spot, pages, keyboard)
    except (Forbidden, ChatMigrated):
        return Outcome.NEVER
    except BadRequest as refused:
        return Outcome.NEVER if "chat not found" in refused.message.lower() else Outcome.LATER
    except (TelegramError, Crowded):
        return Outcome.LATER
    return Outcome.DELIVERED
