"""The connection: what Discord sends is handed on, and the commands are kept in step.

No privileged intent: the bot hears commands, buttons, mentions and private messages, and keeps no
list of members or messages. One-time work stands in `setup_hook`, since "ready" comes again after
every reconnect.
"""

import logging
from collections.abc import Mapping
from uuid import uuid4

import discord
from discord import app_commands
from typing_extensions import override

from bot.adapters.discord import messages
from bot.adapters.discord.answers import TOO_LATE, Answers, failures_told, log
from bot.adapters.discord.buttons import Press, Pressed, read, typed_in
from bot.adapters.discord.commands import FREE, command, fingerprint, free_line
from bot.adapters.discord.explain import explain_menu
from bot.adapters.discord.incoming import from_interaction, from_menu, from_message
from bot.adapters.discord.once import Once
from bot.adapters.discord.silence import changed_command
from bot.chat.i18n import english, translator
from bot.chat.ports import Desk
from bot.chat.request import Request

SENT = "discord:commands"
"""The note that keeps the hash of the commands Discord was sent last."""

# The bot never speaks aloud, so nobody needs to be warned that it cannot.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False

_EVERYWHERE = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
_EVERYBODY = app_commands.AppInstallationType(guild=True, user=True)


class LateSuggestions(logging.Filter):
    """Suggestions that came too late are no fault; the library would print a whole traceback."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every other record."""
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, discord.HTTPException) and error.code == TOO_LATE:
            log.warning("unsent", platform="discord", doing="suggest", reason="too late")
            return False
        return True


_LATE_SUGGESTIONS = LateSuggestions()


class Tree(app_commands.CommandTree["MarginClient"]):
    """Finds the command of an interaction."""

    @override
    async def interaction_check(self, interaction: discord.Interaction["MarginClient"], /) -> bool:
        """Nothing that a bot sends is answered, here and under buttons and forms."""
        return not interaction.user.bot

    @override
    async def on_error(
        self,
        interaction: discord.Interaction["MarginClient"],
        error: app_commands.AppCommandError,
        /,
    ) -> None:
        if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
            reply = changed_command(translator(interaction.locale.value))
            return await interaction.client.answers.aside(interaction, reply)
        log.error("fault", platform="discord", fault=uuid4().hex[:8], exc_info=error)
        return None


class MarginClient(discord.Client):
    """One bot user's connection."""

    def __init__(self, desk: Desk, *, patience: float = 1.5, test_guild: int | None = None) -> None:
        """`test_guild` is the one server that gets the commands, for trying out; None: all."""
        super().__init__(
            intents=discord.Intents.default(),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
        )
        self.desk = desk
        self.answers = Answers(desk, patience)
        self._once = Once()
        self._home = discord.Object(test_guild) if test_guild else None
        # Contexts and installs exist for commands of the whole app only.
        self.tree = (
            Tree(self)
            if test_guild
            else Tree(self, allowed_contexts=_EVERYWHERE, allowed_installs=_EVERYBODY)
        )

    @override
    async def setup_hook(self) -> None:
        self.add_dynamic_items(Press)
        logging.getLogger("discord.app_commands.tree").addFilter(_LATE_SUGGESTIONS)
        for entry in self.desk.menu:
            self.tree.add_command(command(entry, self._typed, self.desk.suggest))
        if self.tree.get_command(FREE) is None:
            self.tree.add_command(free_line(self._free, english))
        self.tree.add_command(explain_menu(self._explained, english))
        with failures_told("commands"):
            await self._send_commands()

    async def _send_commands(self) -> None:
        """Send the commands, unless Discord has just these from us already."""
        where = f"{self.application_id}:{self._home.id if self._home else 'everywhere'}"
        print_now = fingerprint(self.tree, where)
        if await self.desk.note(SENT) == print_now:
            return
        if self._home:
            self.tree.copy_global_to(guild=self._home)
        await self.tree.sync(guild=self._home)
        await self.desk.set_note(SENT, print_now)

    async def _typed(
        self, interaction: discord.Interaction, name: str, fields: Mapping[str, str]
    ) -> None:
        request = from_interaction(interaction, command=name, options=fields)
        await self._asked(interaction, request)

    async def _free(
        self, interaction: discord.Interaction, _name: str, fields: Mapping[str, str]
    ) -> None:
        request = from_interaction(interaction, text=fields.get("text", ""))
        await self._asked(interaction, request)

    async def _explained(self, interaction: discord.Interaction, message: discord.Message) -> None:
        await self._asked(interaction, from_menu(interaction, message))

    async def _asked(self, interaction: discord.Interaction, request: Request) -> None:
        if self.is_new(interaction):
            await self.answers.command(interaction, request)

    def is_new(self, interaction: discord.Interaction) -> bool:
        """Whether an interaction came for the first time; one that comes again was answered."""
        return self._once.is_new(interaction.id)

    async def pressed(self, interaction: discord.Interaction, pressed: Pressed | None) -> None:
        """Answer a press of a button."""
        await self.answers.press(interaction, pressed)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Answer a form that was sent; everything else finds its way by itself."""
        data, sent = interaction.data, discord.InteractionType.modal_submit
        if interaction.type is sent and data is not None and not interaction.user.bot:
            pressed = read(str(data.get("custom_id", "")))
            if pressed is not None and self.is_new(interaction):
                await self.answers.submitted(interaction, pressed, typed_in(data))

    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that is meant for us."""
        request = from_message(message, self.user) if self.user else None
        if request is not None:
            await messages.answer(message, request, self.desk)

    @override
    async def on_error(self, event_method: str, /, *args: object, **kwargs: object) -> None:
        log.exception("fault", platform="discord", fault=uuid4().hex[:8], event_name=event_method)
