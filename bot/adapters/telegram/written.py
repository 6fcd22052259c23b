"""A reply, ready to send: pages of HTML with a keyboard, files, and the quiz that it may be."""

from dataclasses import dataclass

from telegram import InlineKeyboardMarkup

from bot.adapters.telegram import buttons
from bot.adapters.telegram.polls import Native, native
from bot.adapters.telegram.render import render
from bot.chat.i18n import translator
from bot.chat.ports import Desk
from bot.chat.render import Writer
from bot.chat.reply import File, Reply


@dataclass(frozen=True, slots=True)
class Quiz:
    """A quiz with the buttons below it."""

    native: Native
    keyboard: InlineKeyboardMarkup | None


@dataclass(frozen=True, slots=True)
class Written:
    """A reply, ready to send; where it is a `quiz`, the pages say the same without a poll."""

    pages: list[str]
    keyboard: InlineKeyboardMarkup | None
    files: tuple[File, ...] = ()
    quiz: Quiz | None = None


async def written(reply: Reply, locale: str, owner: int, desk: Desk, me: str) -> Written:
    """Return a reply in a language; `owner` may press its buttons, `me` is the bot's name."""
    writer = Writer.of(reply, locale, translator(locale))
    keyboard = await buttons.keyboard(reply.choices, owner, desk, me)
    poll, quiz = native(reply.blocks, writer), None
    if poll is not None:
        quiz = Quiz(poll, await buttons.keyboard(poll.more, buttons.EVERYBODY, desk, me))
    files = tuple(block for block in reply.blocks if isinstance(block, File))
    return Written(render(reply, writer), keyboard, files, quiz)
