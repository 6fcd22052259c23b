"""The Telegram adapter's life: start, listen, stop; and which update goes where.

It lives in a loop that it shares with others, so it installs no signal handlers and ends when it is
told to. Updates arrive by long polling, or by webhook behind a proxy. A network that is away at
start is waited for; a token that Telegram does not know ends the start.
"""

import asyncio
import contextlib
import os
import time
import uuid
from collections.abc import Coroutine
from typing import Any

import structlog
from telegram import ChatMember, ChatMemberUpdated, LinkPreviewOptions, Message, Update
from telegram.constants import ChatType, ParseMode
from telegram.error import Forbidden, InvalidToken, NetworkError, TelegramError
from telegram.ext import (
    Application,
    ContextTypes,
    Defaults,
    TypeHandler,
)

from bot.adapters.telegram import inline, menus
from bot.adapters.telegram.attendance import attends
from bot.adapters.telegram.conversation import Conversation
from bot.adapters.telegram.deliver import deliver, post
from bot.adapters.telegram.ear import Ear
from bot.adapters.telegram.flood import FloodGate
from bot.adapters.telegram.memory import Recent
from bot.adapters.telegram.moves import Moves
from bot.adapters.telegram.options import TelegramOptions, TokenRefused
from bot.adapters.telegram.pace import Clock, Crowded, Pace, SystemClock
from bot.adapters.telegram.roles import Roles
from bot.adapters.telegram.sender import Sender
from bot.adapters.telegram.transport import clients
from bot.adapters.telegram.updates import PLATFORM, Spot
from bot.chat.ports import Desk, Outcome, Posted
from bot.chat.reply import Reply
from bot.chat.request import Chat
from core.lessons.game.game import Room
from core.paper.records import Identity
from core.services.roll import Presence

# Without it the library warns about itself whenever Telegram asks us to wait.
os.environ.setdefault("PTB_TIMEDELTA", "1")

log = structlog.get_logger(__name__)

UPDATES = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
]
STALE = 600
"""Seconds before our start after which a group's question is no longer answered."""
AT_ONCE = 256
"""Updates that are handled at the same time."""
GRACE = 5
"""Seconds that answers under way get when we stop."""
POLL = 30
"""Seconds that Telegram keeps a poll open."""

_AWAY = {ChatMember.LEFT, ChatMember.BANNED}
App = Application[Any, Any, Any, Any, Any, Any]


class TelegramAdapter:
    """One bot on Telegram."""

    platform = PLATFORM

    def __init__(self, desk: Desk, options: TelegramOptions, clock: Clock | None = None) -> None:
        """Take the conversation and the settings; nothing is sent before `run`."""
        clock = clock or SystemClock()
        self._desk = desk
        self._options = options
        self._app = self._build(clock)
        self._moves = Moves(desk)
        self._pace = Pace(options.rates, clock)
        self._sender = Sender(self._app.bot, self._pace, self._moves.moved)
        roles = Roles(self._app.bot, clock)
        self._talk = Conversation(desk, self._sender, roles, clock)
        self._seen: Recent[int, bool] = Recent(2048)
        self._busy: set[asyncio.Task[Any]] = set()
        self._since = 0.0

    async def deliver(self, who: Identity, reply: Reply) -> Outcome:
        """Say something to a person first; later while Telegram is not reached."""
        if not self._app.running:
            return Outcome.LATER
        return await deliver(self._sender, self._desk, int(who.person), reply)

    async def post(self, chat: Chat, reply: Reply, message: str = "") -> Posted:
        """Say something into a group first; later while Telegram is not reached."""
        if not self._app.running:
            return Posted(Outcome.LATER)
        spot = Spot(int(chat.id), int(chat.topic) if chat.topic else None)
        return await post(self._sender, self._desk, spot, reply, message)

    async def attends(self, room: Room, who: Identity) -> Presence:
        """Return whether a person is in a group; unknown while Telegram is not reached."""
        if not self._app.running:
            return Presence.UNKNOWN
        return await attends(self._app.bot, self._moves.moved, int(room.chat), int(who.person))

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set. Raises `TokenRefused`."""
        self._since = time.time() - STALE
        async with contextlib.AsyncExitStack() as closing:
            closing.push_async_callback(self._app.bot.shutdown)
            if not await _unless(stop, self._reach()):
                return
            closing.push_async_callback(self._app.shutdown)
            await self._app.start()
            closing.push_async_callback(self._app.stop)
            closing.push_async_callback(self._finish)
            closing.push_async_callback(self._deafen)
            if await _unless(stop, self._listen()):
                log.info("telegram_ready", bot=self._app.bot.username)
                await _unless(stop, self._publish())
                await stop.wait()

    # --- life -------------------------------------------------------------------------------------

    def _build(self, clock: Clock) -> App:
        options = self._options
        plain = LinkPreviewOptions(is_disabled=True)
        calls, polls = clients(options.timeout, AT_ONCE)
        polls.ear = Ear(clock, lambda seconds: self._desk.deaf(PLATFORM, seconds))
        builder = (
            Application.builder()
            .token(options.token)
            .defaults(Defaults(parse_mode=ParseMode.HTML, link_preview_options=plain))
            .rate_limiter(FloodGate(options.rates.overall, clock))
            .concurrent_updates(AT_ONCE)
            .request(calls)
            .get_updates_request(polls)
            .job_queue(None)
        )
        if options.base_url:
            builder = builder.base_url(options.base_url.rstrip("/") + "/bot")
        app = builder.build()
        app.add_handler(TypeHandler(Update, self._on_update))
        app.add_error_handler(self._on_error)
        return app

    async def _reach(self) -> None:
        """Ask Telegram who we are, as often as it takes."""
        pause = 1.0
        while True:
            try:
                await self._app.initialize()
            except InvalidToken:
                raise TokenRefused("Telegram does not know this token") from None
            except NetworkError as fault:
                log.warning("telegram_unreachable", error=type(fault).__name__, again_in=pause)
                await asyncio.sleep(pause)
                pause = min(30.0, pause * 2)
            else:
                return

    async def _listen(self) -> None:
        updater, hook = self._app.updater, self._options.webhook
        assert updater is not None
        if hook is None:
            await updater.start_polling(
                timeout=POLL,
                bootstrap_retries=-1,
                allowed_updates=UPDATES,
                error_callback=_polling_failed,
            )
            return
        await updater.start_webhook(
            listen=hook.listen,
            port=hook.port,
            url_path=hook.url.split("://", 1)[-1].partition("/")[2],
            webhook_url=hook.url,
            secret_token=hook.secret,
            bootstrap_retries=-1,
            allowed_updates=UPDATES,
        )

    async def _publish(self) -> None:
        """Send the menus; a bot without them still answers."""
        try:
            await menus.publish(self._app.bot, self._desk)
        except TelegramError as fault:
            log.warning("telegram_menus_failed", error=type(fault).__name__)

    async def _deafen(self) -> None:
        updater = self._app.updater
        if updater is not None and updater.running:
            await updater.stop()

    async def _finish(self) -> None:
        """Let answers that are under way arrive, but wait for no queue and not for long."""
        self._pace.close()
        self._talk.close()
        if self._busy:
            await asyncio.wait(self._busy, timeout=GRACE)
        for task in self._busy:
            task.cancel()

    # --- updates ----------------------------------------------------------------------------------

    async def _on_update(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Take an update once, though Telegram may deliver it twice."""
        if update.update_id in self._seen:
            return
        self._seen.keep(update.update_id, value=True)
        task = asyncio.current_task()
        assert task is not None
        self._busy.add(task)
        task.add_done_callback(self._busy.discard)
        try:
            await self._take(update)
        except (Forbidden, Crowded) as fault:
            log.info("telegram_not_sent", reason=type(fault).__name__)

    async def _take(self, update: Update) -> None:
        me, message, query = self._app.bot.bot, update.effective_message, update.callback_query
        if query and query.from_user.is_bot:
            await self._sender.toast(query.id)  # as silent as to a bot's message
        elif query:
            await self._talk.pressed(query, me)
        elif update.inline_query:
            await inline.offer(update.inline_query, self._desk, self._sender, me)
        elif update.my_chat_member:
            if _came_in(update.my_chat_member):
                await self._talk.entered(update.my_chat_member, update.update_id, me)
        elif message and message.migrate_to_chat_id:
            await self._moves.moved(message.chat.id, message.migrate_to_chat_id)
        elif message and message.migrate_from_chat_id:
            await self._moves.moved(message.migrate_from_chat_id, message.chat.id)
        elif message and not self._is_stale(message):
            await self._talk.written(update, me)

    def _is_stale(self, message: Message) -> bool:
        """Whether a group has long gone on since this was written; alone, somebody still waits."""
        written = (message.edit_date or message.date).timestamp()
        return message.chat.type != ChatType.PRIVATE and written < self._since

    async def _on_error(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Write one line with an id; what Telegram itself refused needs no traceback.

        Of a fault of ours the person hears, with the id. A press that was not answered because of
        Telegram is let go, so that its button does not spin.
        """
        fault, number = context.error, uuid.uuid4().hex[:8]
        own = not isinstance(fault, TelegramError)
        log.error(
            "telegram_failed",
            id=number,
            error=type(fault).__name__,
            said=str(fault).replace(self._options.token, "(token)"),
            update=update.update_id if isinstance(update, Update) else None,
            exc_info=fault if own else None,
        )
        if not isinstance(update, Update):
            return
        if own:
            with contextlib.suppress(TelegramError, Crowded):
                await self._talk.failed(update, number)
        elif update.callback_query:
            await self._sender.toast(update.callback_query.id)


def _came_in(change: ChatMemberUpdated) -> bool:
    """Whether the bot was just added to a group."""
    was, now = change.old_chat_member.status, change.new_chat_member.status
    return change.chat.type != ChatType.PRIVATE and was in _AWAY and now not in _AWAY


def _polling_failed(fault: TelegramError) -> None:
    """Say in one line that updates do not come; the library tries again by itself."""
    log.warning("telegram_polling_failed", error=type(fault).__name__)


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Do some work unless told to stop meanwhile; return whether it was done."""
    working, stopping = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            working.result()
            return True
        return False
    finally:
        for task in (working, stopping):
            task.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)
