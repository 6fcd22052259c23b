"""Everything that goes out to Telegram, each message in its turn.

A send that timed out may have arrived, so it is never repeated here; a chat that moved is followed
once; an edit that changes nothing is a success. What else goes wrong is the caller's to see.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Literal, cast

import structlog
from telegram import (
    Bot,
    InlineKeyboardMarkup,
    InlineQueryResult,
    InlineQueryResultsButton,
    InputFile,
    InputPollOption,
    Poll,
    ReplyParameters,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError

from bot.adapters.telegram.memory import Recent
from bot.adapters.telegram.pace import Pace
from bot.adapters.telegram.polls import Native
from bot.adapters.telegram.updates import Spot
from bot.chat.reply import File

log = structlog.get_logger(__name__)

LOOKING = "👀"

_NOT_IN_PLACE = ("message to edit not found", "can't be edited", "no text in the message")
"""Why a page cannot stand in a message's place: it is gone, no longer ours, or a poll."""

_Place = Literal[0, 1, 2, 3]

Moved = Callable[[int, int], Awaitable[None]]


class Sender:
    """Sends, edits, deletes, reacts and answers presses."""

    def __init__(self, bot: Bot, pace: Pace, moved: Moved) -> None:
        """Take the bot, the turns, and whom to tell when a chat has a new id."""
        self._bot = bot
        self._pace = pace
        self._moved = moved
        self._toasted: Recent[str, bool] = Recent(1024)
        self._offered: Recent[str, bool] = Recent(1024)

    @property
    def name(self) -> str:
        """The bot's name on Telegram."""
        return str(self._bot.username)

    async def send(
        self, spot: Spot, pages: Sequence[str], keyboard: InlineKeyboardMarkup | None
    ) -> list[int]:
        """Send pages of HTML, the keyboard under the last; return the ids of the messages.

        Raises `Crowded`, and `TelegramError` where Telegram refused or did not answer.
        """
        sent: list[int] = []
        for number, page in enumerate(pages, 1):
            below = keyboard if number == len(pages) else None
            spot, message = await self._page(spot, page, below)
            sent.append(message)
            spot = replace(spot, reply_to=None)
        return sent

    async def _page(
        self, spot: Spot, page: str, keyboard: InlineKeyboardMarkup | None
    ) -> tuple[Spot, int]:
        """Send one message; return where it went, which is elsewhere when the chat has moved."""
        await self._pace.turn(spot.chat)
        try:
            message = await self._bot.send_message(
                spot.chat,
                page,
                message_thread_id=spot.topic,
                reply_parameters=_answered(spot),
                reply_markup=keyboard,
            )
        except ChatMigrated as moved:
            await self._moved(spot.chat, moved.new_chat_id)
            return await self._page(Spot(moved.new_chat_id), page, keyboard)
        return spot, message.message_id

    async def poll(self, spot: Spot, quiz: Native, keyboard: InlineKeyboardMarkup | None) -> int:
        """Send an anonymous quiz; return its id. Raises what `send` raises."""
        await self._pace.turn(spot.chat)
        try:
            message = await self._bot.send_poll(
                spot.chat,
                quiz.question,
                [InputPollOption(option, text_parse_mode=None) for option in quiz.options],
                type=Poll.QUIZ,
                is_anonymous=True,
                correct_option_ids=[cast("_Place", quiz.right)],
                explanation=quiz.explanation,
                # Plain text: what is said has no markup, and might read like some.
                question_parse_mode=None,
                explanation_parse_mode=None,
                message_thread_id=spot.topic,
                reply_parameters=_answered(spot),
                reply_markup=keyboard,
            )
        except ChatMigrated as moved:
            await self._moved(spot.chat, moved.new_chat_id)
            return await self.poll(Spot(moved.new_chat_id), quiz, keyboard)
        return message.message_id

    async def documents(self, spot: Spot, files: Iterable[File]) -> list[int]:
        """Send files, one message each; return their ids. Raises what `send` raises."""
        sent: list[int] = []
        for file in files:
            await self._pace.turn(spot.chat)
            message = await self._bot.send_document(
                spot.chat,
                InputFile(file.text.encode(), filename=file.name),
                message_thread_id=spot.topic,
                # The name says what it is; guessing by content is not for Telegram to do.
                disable_content_type_detection=True,
            )
            sent.append(message.message_id)
        return sent

    async def replace(
        self, chat: int, message: int, page: str, keyboard: InlineKeyboardMarkup | None
    ) -> bool:
        """Put a page in place of one of our messages; False where that message is gone."""

        async def sending() -> None:
            await self._bot.edit_message_text(
                page, chat_id=chat, message_id=message, reply_markup=keyboard
            )

        try:
            await self._pace.edit(chat, message, sending)
        except BadRequest as refused:
            said = refused.message.lower()
            if "not modified" in said:
                return True
            if any(reason in said for reason in _NOT_IN_PLACE):
                return False
            raise
        return True

    async def delete(self, chat: int, messages: Iterable[int]) -> None:
        """Delete messages; where we may not, or they are gone, they stay as they are."""
        for message in messages:
            with suppress(BadRequest, Forbidden):
                await self._bot.delete_message(chat, message)

    async def react(self, chat: int, message: int) -> None:
        """Put a small reaction under a message, if the chat has room and allows it."""
        if self._pace.now_or_never(chat):
            with suppress(BadRequest, Forbidden):
                await self._bot.set_message_reaction(chat, message, LOOKING)

    async def toast(self, press: str, text: str = "") -> bool:
        """Answer a press once, with a small window where there is text; one too old is let go.

        Returns whether this was the answer.
        """
        if press in self._toasted:
            return False
        self._toasted.keep(press, value=True)
        with suppress(BadRequest, NetworkError):
            return await self._bot.answer_callback_query(press, text or None, show_alert=bool(text))
        return False

    async def offer(
        self,
        query: str,
        results: Sequence[InlineQueryResult],
        button: InlineQueryResultsButton | None,
        *,
        personal: bool,
        fresh: int,
    ) -> None:
        """Answer an inline query once; one too old is let go.

        Telegram keeps the answer for `fresh` seconds, for everybody unless it is `personal`.
        """
        if query in self._offered:
            return
        self._offered.keep(query, value=True)
        try:
            await self._bot.answer_inline_query(
                query, results, cache_time=fresh, is_personal=personal, button=button
            )
        except BadRequest as refused:
            if "query is too old" not in refused.message.lower():
                raise
            log.info("telegram_not_sent", reason="late")


def _answered(spot: Spot) -> ReplyParameters | None:
    """The message that is answered, whether it is still there or not."""
    if not spot.reply_to:
        return None
    return ReplyParameters(spot.reply_to, allow_sending_without_reply=True)
