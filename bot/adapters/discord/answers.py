"""Answers to slash commands and presses, against Discord's clock of three seconds.

Whether an answer is seen by all or by one is fixed by the *first* thing sent, and nobody knows
before the answer whether it is private. So the answer gets a moment (`patience`). If it is there,
it is sent as it is. If not, the bot asks for time: on a press without showing anything, which
leaves the choice open; on a slash command among others so that only the asker will see what comes,
because figures of a person must not appear in public, while a late public answer seen by one does
no harm.
"""

import asyncio
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from uuid import uuid4

import discord
import structlog

from bot.adapters.discord.buttons import Pressed, view
from bot.adapters.discord.incoming import from_press, is_alone
from bot.adapters.discord.render import Page, pages
from bot.adapters.discord.silence import older_version, out_of_date, said
from bot.chat.i18n import translator
from bot.chat.ports import Desk
from bot.chat.render import Writer
from bot.chat.reply import File, Hush, Reply
from bot.chat.request import Request
from bot.chat.troubles import fault_reply

log = structlog.get_logger("marginbot.discord")

TOO_LATE = 10062
"""Discord's code for "the application did not respond": nobody waits for this answer any more."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One message to send: an embed, and buttons under the last."""

    embed: discord.Embed
    view: discord.ui.View | None = None
    files: tuple[File, ...] = ()

    @property
    def attached(self) -> list[discord.File]:
        """The files as Discord takes them; made anew each time, since sending uses them up."""
        return [discord.File(BytesIO(f.text.encode()), filename=f.name) for f in self.files]


async def sheets(reply: Reply, locale: str, person: int, desk: Desk) -> list[Sheet]:
    """Return a reply as the messages to send to a person."""
    made: tuple[Page, ...] = pages(reply, Writer.of(reply, locale, translator(locale)))
    written = [Sheet(page.embed) for page in made]
    files = tuple(block for block in reply.blocks if isinstance(block, File))
    written[-1] = Sheet(written[-1].embed, await view(reply.choices, person, desk), files)
    return written


@contextmanager
def failures_told(doing: str) -> Iterator[None]:
    """Log in one line what Discord refuses; nothing can be said to anybody then."""
    try:
        yield
    except discord.HTTPException as refused:
        reason = "too late" if refused.code == TOO_LATE else "refused"
        log.warning("unsent", platform="discord", doing=doing, reason=reason, code=refused.code)


class Answers:
    """Answers interactions."""

    def __init__(self, desk: Desk, patience: float) -> None:
        """`patience` seconds an answer may take before the bot asks Discord for time."""
        self._desk = desk
        self._patience = patience
        self._removals: set[asyncio.Task[None]] = set()

    async def command(self, interaction: discord.Interaction, request: Request) -> None:
        """Answer a slash command."""
        with failures_told("command"):
            await self._survived(interaction, self._command(interaction, request))

    async def _command(self, interaction: discord.Interaction, request: Request) -> None:
        alone = is_alone(interaction)
        pending = asyncio.ensure_future(self._desk.answer(request))
        late = not await self._is_there(pending)
        if late:
            await interaction.response.defer(thinking=True, ephemeral=not alone)
        reply = await pending
        if isinstance(reply, Hush):
            reply = said(reply, translator(request.locale))
        await self._say(interaction, reply, hidden=not alone and (late or reply.private))

    async def aside(self, interaction: discord.Interaction, reply: Reply) -> None:
        """Say something of the platform's own to the person alone."""
        with failures_told("aside"):
            await self._say(interaction, reply, hidden=True)

    async def press(self, interaction: discord.Interaction, pressed: Pressed | None) -> None:
        """Answer a press: in place, as a new message, or aside for anybody but the owner."""
        if pressed is None:
            return await self.aside(
                interaction, older_version(translator(interaction.locale.value))
            )
        with failures_told("press"):
            await self._survived(interaction, self._press(interaction, pressed))
        return None

    async def _press(
        self, interaction: discord.Interaction, pressed: Pressed, typed: str = ""
    ) -> None:
        pending = asyncio.ensure_future(self._pressed(interaction, pressed, typed))
        if not await self._is_there(pending):
            await interaction.response.defer()
        await self._answer_press(interaction, pressed, await pending)

    async def submitted(
        self, interaction: discord.Interaction, pressed: Pressed, typed: str
    ) -> None:
        """Answer what was typed into a form, to whoever typed it alone."""
        with failures_told("form"):
            await self._survived(interaction, self._press(interaction, pressed, typed))

    async def _survived(self, interaction: discord.Interaction, answering: Awaitable[None]) -> None:
        """Await an answer; the person hears of a fault of ours, and of its number in the log."""
        try:
            await answering
        except discord.HTTPException:
            raise  # Discord's own; nothing more can be said
        except Exception:  # kept lines come from the database, which may fail
            fault = uuid4().hex[:8]
            log.exception("fault", platform="discord", fault=fault)
            reply = fault_reply(fault, translator(interaction.locale.value))
            await self._say(interaction, reply, hidden=True)

    async def _pressed(
        self, interaction: discord.Interaction, pressed: Pressed, typed: str
    ) -> Reply | Hush:
        """Run the line of a button; only the owner's press of a kept one may change anything."""
        line: str | None = pressed.line
        if pressed.token:
            line = await self._desk.kept(pressed.token)
        if line is None:
            return out_of_date(translator(interaction.locale.value))
        line = line.replace("{}", typed, 1) if pressed.form else line
        kept = bool(pressed.token) and pressed.by(interaction.user.id)
        request = from_press(interaction, line, kept=kept, aside=pressed.aside)
        return await self._desk.answer(request)

    async def _answer_press(
        self, interaction: discord.Interaction, pressed: Pressed, reply: Reply | Hush
    ) -> None:
        if isinstance(reply, Hush):
            if not interaction.response.is_done():
                await interaction.response.defer()
            return
        mine = pressed.by(interaction.user.id)
        alone = is_alone(interaction)
        below = interaction.message
        seen_by_all = not alone and not (below and below.flags.ephemeral)
        # What hangs under a hidden message may carry its figures, so it stays hidden.
        hidden = not alone and (reply.private or pressed.aside or not mine or not seen_by_all)
        if mine and pressed.replace and not (reply.private and seen_by_all):
            await self._replace(interaction, reply, hidden=hidden)
        else:
            await self._say(interaction, reply, hidden=hidden)

    async def _is_there(self, pending: asyncio.Future[Reply | Hush]) -> bool:
        """Give an answer its moment; whether it came."""
        await asyncio.wait({pending}, timeout=self._patience)
        return pending.done()

    async def _say(self, interaction: discord.Interaction, reply: Reply, *, hidden: bool) -> None:
        """Send a reply as new messages; the first one fills what was put off, if anything was."""
        locale, person = interaction.locale.value, interaction.user.id
        for sheet in await sheets(reply, locale, person, self._desk):
            number = await _send(interaction, sheet, hidden=hidden)
            if number and reply.delete_after and not hidden:
                self._remove(interaction, number, reply.delete_after)

    async def _replace(
        self, interaction: discord.Interaction, reply: Reply, *, hidden: bool
    ) -> None:
        """Put a reply in place of the message under which the button stands."""
        locale, person = interaction.locale.value, interaction.user.id
        first, *more = await sheets(reply, locale, person, self._desk)
        if interaction.response.is_done():
            await interaction.edit_original_response(
                embed=first.embed, view=first.view, attachments=first.attached
            )
        else:
            await interaction.response.edit_message(
                embed=first.embed, view=first.view, attachments=first.attached
            )
        for sheet in more:
            await _send(interaction, sheet, hidden=hidden)

    def _remove(self, interaction: discord.Interaction, number: int, seconds: int) -> None:
        """Take a message away later; the task is held here, or it might be collected before."""
        task = asyncio.ensure_future(_removed(interaction, number, seconds))
        self._removals.add(task)
        task.add_done_callback(self._removals.discard)


async def _send(interaction: discord.Interaction, sheet: Sheet, *, hidden: bool) -> int | None:
    """Send one message as the response or as a follow-up; return its id."""
    buttons, files = sheet.view or discord.utils.MISSING, sheet.attached
    if interaction.response.is_done():
        sent = await interaction.followup.send(
            embed=sheet.embed, view=buttons, files=files, ephemeral=hidden, wait=True
        )
        return sent.id
    reply = await interaction.response.send_message(
        embed=sheet.embed, view=buttons, files=files, ephemeral=hidden
    )
    return reply.message_id


async def _removed(interaction: discord.Interaction, number: int, seconds: int) -> None:
    """Wait, then remove: by the interaction while its token lives, later as the bot itself."""
    await asyncio.sleep(seconds)
    with failures_told("remove"):
        if not interaction.is_expired():
            await interaction.followup.delete_message(number)
        else:
            channel = interaction.client.get_partial_messageable(interaction.channel_id or 0)
            await channel.get_partial_message(number).delete()
