"""Questions in, answers out: between Telegram's updates and the desk.

Within one chat questions are answered in their order; sending then waits for its turn outside that
order, so that nobody's press is kept waiting by a full chat.
"""

import asyncio
from dataclasses import dataclass, replace
from weakref import WeakValueDictionary

import structlog
from telegram import (
    CallbackQuery,
    ChatMemberUpdated,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Update,
    User,
)
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.helpers import create_deep_linked_url

from bot.adapters.telegram import buttons, wording
from bot.adapters.telegram.limits import TOAST
from bot.adapters.telegram.memory import Recent
from bot.adapters.telegram.pace import Clock, Crowded
from bot.adapters.telegram.render import render, toast
from bot.adapters.telegram.roles import Roles
from bot.adapters.telegram.sender import Sender
from bot.adapters.telegram.updates import (
    PLATFORM,
    Spot,
    button_request,
    chat_of,
    locale_of,
    message_request,
    person,
    spot_of,
)
from bot.adapters.telegram.written import Quiz, Written, written
from bot.chat.i18n import translator
from bot.chat.ports import Desk
from bot.chat.render import Writer
from bot.chat.reply import Hush, Reply, Tone
from bot.chat.request import Place, Request, Role
from bot.chat.troubles import fault_reply

log = structlog.get_logger(__name__)

GREETING = "/help group"
"""What the bot says of itself when it comes into a group."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a question came.

    Where its answer goes, whose the buttons will be, the message that asked (None: a press), and
    which of our messages, from the first page to the last, the answer replaces.
    """

    spot: Spot
    owner: int
    message: int | None = None
    replaces: tuple[int, ...] = ()


@dataclass(slots=True)
class Pages:
    """The messages of one answer, kept under its question and under its last page.

    Whoever edits the question or presses a button there changes all pages, so both know of it.
    """

    messages: tuple[int, ...] = ()


class Conversation:
    """Talks with everybody; one per running bot."""

    def __init__(self, desk: Desk, sender: Sender, roles: Roles, clock: Clock) -> None:
        """Begin with no answer remembered."""
        self._desk = desk
        self._sender = sender
        self._roles = roles
        self._clock = clock
        self._answers: Recent[tuple[int, int], Pages] = Recent(1024)
        self._heard: Recent[int, bool] = Recent(1024)
        self._orders: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._later: set[asyncio.Task[None]] = set()

    async def written(self, update: Update, me: User) -> None:
        """Answer a message; a changed one changes our answer, as long as we remember it."""
        request, message = message_request(update, me, self._desk.now()), update.effective_message
        if request is None or message is None:
            return
        old = self._answers.get((message.chat.id, message.message_id))
        if update.edited_message and old is None:
            return
        self._heard.keep(update.update_id, value=True)
        owner = buttons.EVERYBODY if request.role is Role.MASKED else int(request.who.id)
        replaces = old.messages if old else ()
        asked = Asked(spot_of(message), owner, message.message_id, replaces)
        await self._answer(request, asked, me)

    async def pressed(self, query: CallbackQuery, me: User) -> None:
        """Answer a press: at once for whom the button is, with words of their own for others."""
        at, pressed = self._desk.now(), await buttons.read(query.data or "", self._desk)
        if pressed is None or query.message is None:
            gone = wording.old_button(translator(locale_of(query.from_user)))
            await self._sender.toast(query.id, gone)
            return None
        request = button_request(query, pressed.say, aside=pressed.aside, at=at)
        if not pressed.belongs_to(query.from_user.id):
            return await self._show_stranger(query.id, request)
        request = replace(request, kept=pressed.kept)
        # What comes below is for whoever pressed; what is put in place stays whose it was.
        asked = Asked(spot_of(query.message), query.from_user.id)
        if pressed.aside:
            return await self._answer_alone(query.id, request, asked)
        await self._sender.toast(query.id)
        if pressed.replace:
            below = query.message.message_id
            old = self._answers.get((query.message.chat.id, below))
            asked = replace(asked, owner=pressed.owner, replaces=old.messages if old else (below,))
        return await self._answer(request, asked, me)

    async def entered(self, change: ChatMemberUpdated, update: int, me: User) -> None:
        """Say once, in a group that took the bot in, how it can be spoken to there."""
        request = Request(
            id=f"{PLATFORM}:{update}",
            who=person(change.from_user),
            chat=chat_of(change.chat),
            text=GREETING,
            locale=locale_of(change.from_user),
            addressed=True,
        )
        await self._answer(request, Asked(Spot(change.chat.id), change.from_user.id), me)

    async def failed(self, update: Update, fault: str) -> None:
        """Tell whoever asked of a fault of ours, by its number in the log.

        A press is told in a window of its own, unless it was answered before the fault.
        """
        query, message = update.callback_query, update.effective_message
        locale = locale_of(update.effective_user)
        reply = fault_reply(fault, translator(locale))
        writer = Writer.of(reply, locale, translator(locale))
        if query and await self._sender.toast(query.id, toast(reply, writer, TOAST)):
            return
        if message and (query or update.update_id in self._heard):
            await self._sender.send(spot_of(message), render(reply, writer), None)

    def close(self) -> None:
        """Give up what was to be deleted later."""
        for task in self._later:
            task.cancel()

    # --- from a question to its answer ------------------------------------------------------------

    async def _answer(self, request: Request, asked: Asked, me: User) -> None:
        order = self._orders.setdefault(asked.spot.chat, asyncio.Lock())
        async with order:
            reply = await self._desk.answer(await self._with_role(request))
            written = await self._write(reply, request, asked) if isinstance(reply, Reply) else None
        if isinstance(reply, Hush):
            if reply.react and asked.message is not None:
                await self._sender.react(asked.spot.chat, asked.message)
        elif written is not None:
            if reply.private and asked.spot.in_group:
                await self._aside(reply, written, request, asked, me)
            else:
                await self._deliver(reply, written, asked)

    async def _with_role(self, request: Request) -> Request:
        """Look the role up where the answer depends on it."""
        plain = request.chat.place is Place.GROUP and request.role is Role.MEMBER
        if not plain or not self._desk.wants_role(request):
            return request
        role = await self._roles.of(int(request.chat.id), int(request.who.id))
        return replace(request, role=role)

    async def _write(self, reply: Reply, request: Request, asked: Asked) -> Written:
        me = self._sender.name
        return await written(reply, request.locale, asked.owner, self._desk, me)

    async def _deliver(self, reply: Reply, written: Written, asked: Asked) -> None:
        """Send the answer where it was asked, or put it in place of an older one, page by page."""
        spot = _under(asked.spot, reply)
        sent = await self._polled(spot, written.quiz) if written.quiz else []
        if not sent:
            sent = await self._replaced(written, asked)
            sent += await self._sender.send(spot, written.pages[len(sent) :], written.keyboard)
        await self._sender.delete(
            asked.spot.chat, [old for old in asked.replaces if old not in sent]
        )
        await self._sender.documents(asked.spot, written.files)
        self._remember(asked, tuple(sent))
        if reply.delete_after:
            gone = [*sent, asked.message] if asked.message is not None else sent
            self._delete_later(reply.delete_after, asked.spot.chat, gone)

    async def _polled(self, spot: Spot, quiz: Quiz) -> list[int]:
        """Send a quiz; a chat that takes no polls gets its card with letters instead."""
        try:
            return [await self._sender.poll(spot, quiz.native, quiz.keyboard)]
        except BadRequest as refused:
            log.info("telegram_not_sent", reason="poll", refusal=refused.message)
            return []

    async def _replaced(self, written: Written, asked: Asked) -> list[int]:
        """Put pages in place of older ones, as far as these are there; return where they stand."""
        sent: list[int] = []
        last = len(written.pages) - 1
        for number, (old, page) in enumerate(zip(asked.replaces, written.pages, strict=False)):
            below = written.keyboard if number == last else None
            if not await self._sender.replace(asked.spot.chat, old, page, below):
                break
            sent.append(old)
        return sent

    def _remember(self, asked: Asked, sent: tuple[int, ...]) -> None:
        """Keep which messages answer a question, for the next edit or press."""
        known = [self._answers.get((asked.spot.chat, old)) for old in asked.replaces[-1:]]
        pages = next((each for each in known if each), Pages())
        pages.messages = sent
        for key in (asked.message, sent[-1]):
            if key is not None:
                self._answers.keep((asked.spot.chat, key), pages)

    async def _aside(
        self, reply: Reply, written: Written, request: Request, asked: Asked, me: User
    ) -> None:
        """Answer in the private chat, which a masked writer does not have."""
        if request.role is Role.MASKED:
            return
        try:
            await self._send_alone(written, request)
        except (Forbidden, BadRequest):
            # A word in private on a mistake is not worth a message before everybody.
            if reply.tone is not Tone.TROUBLE:
                await self._show_door(request, asked, me)
        else:
            if asked.message is not None:
                await self._sender.react(asked.spot.chat, asked.message)

    async def _send_alone(self, written: Written, request: Request) -> None:
        alone = Spot(int(request.who.id))
        await self._sender.send(alone, written.pages, written.keyboard)
        await self._sender.documents(alone, written.files)

    async def _show_door(self, request: Request, asked: Asked, me: User) -> None:
        """Show in the group where the private chat is, and no figures."""
        translate = translator(request.locale)
        link = create_deep_linked_url(str(me.username), "private")
        door = InlineKeyboardButton(wording.open_private_chat(translate), url=link)
        page = wording.private_door(translate)
        await self._sender.send(asked.spot, [page], InlineKeyboardMarkup([[door]]))

    async def _answer_alone(self, press: str, request: Request, asked: Asked) -> None:
        """Answer a press in a small window; what has no room there goes into the private chat."""
        reply = await self._desk.answer(await self._with_role(request))
        more = ""
        if isinstance(reply, Reply) and len(reply.blocks) > 1:
            written = await self._write(reply, request, asked)
            try:
                await self._send_alone(written, request)
            except (Forbidden, BadRequest):
                more = wording.more_in_private(translator(request.locale))
            except (TelegramError, Crowded) as fault:
                log.info("telegram_not_sent", reason=type(fault).__name__)
        await self._show(press, reply, request.locale, more)

    async def _show_stranger(self, press: str, request: Request) -> None:
        """Show the answer of a button to the one who pressed, and to nobody else."""
        reply = await self._desk.answer(await self._with_role(request))
        await self._show(press, reply, request.locale)

    async def _show(self, press: str, reply: Reply | Hush, locale: str, more: str = "") -> None:
        """Say a reply in a small window, and `more` where there is room beside it."""
        text, translate = "", translator(locale)
        if isinstance(reply, Reply):
            text = toast(reply, Writer.of(reply, locale, translate), TOAST - len(more) - 1)
        said = f"{text} {more}".strip() or wording.nothing(translate)
        await self._sender.toast(press, said)

    def _delete_later(self, seconds: float, chat: int, messages: list[int]) -> None:
        async def delete() -> None:
            await self._clock.sleep(seconds)
            await self._sender.delete(chat, messages)

        task = asyncio.get_running_loop().create_task(delete())
        self._later.add(task)
        task.add_done_callback(self._later.discard)


def _under(spot: Spot, reply: Reply) -> Spot:
    """Return where a reply goes: under the message it answers, or else under the question."""
    return replace(spot, reply_to=int(reply.under)) if reply.under.isdecimal() else spot
