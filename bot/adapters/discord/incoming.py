"""What arrives from Discord, as requests.

A chat is a server (one set of rules for it), and its topic is the channel; a thread counts as the
channel it hangs on, so that rules for a channel hold in its threads. Alone with the bot is private;
a conversation with other people, to which somebody brought the bot, is not.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

import discord

from bot.chat.request import Chat, Place, Quoted, Request, Role, Who

PLATFORM = "discord"
LOOK_UP = "/faq"
"""What somebody asks who only points at a message."""

_MARKS = re.compile(r"<(?:@[!&]?|#|a?:\w+:|t:-?)\d+(?::\w)?>")
"""People, roles, channels, pictures and times as Discord writes them into a text."""

_HOSTS = discord.Permissions(administrator=True, manage_guild=True, manage_events=True)


def from_interaction(
    interaction: discord.Interaction,
    *,
    text: str = "",
    command: str = "",
    options: Mapping[str, str] | None = None,
) -> Request:
    """Return a slash command as a request."""
    return Request(
        id=f"{PLATFORM}:{interaction.id}",
        who=_who(interaction.user),
        chat=_chat_of(interaction),
        text=text,
        command=command,
        options=options or {},
        locale=interaction.locale.value,
        role=_role(interaction.permissions) if interaction.guild_id else Role.MEMBER,
        addressed=True,
        slash=True,
        at=interaction.created_at,
    )


def from_press(
    interaction: discord.Interaction, line: str, *, kept: bool, aside: bool = False
) -> Request:
    """Return a press as a request; `kept` says that the line is ours and not the client's."""
    return replace(from_interaction(interaction, text=line), button=True, kept=kept, aside=aside)


def from_menu(interaction: discord.Interaction, message: discord.Message) -> Request:
    """Return a choice in a message's menu as a request about that message, wordless or not."""
    quoted = Quoted(str(message.id), _words(message))
    return replace(from_interaction(interaction, text=LOOK_UP), quoted=quoted)


def is_alone(interaction: discord.Interaction) -> bool:
    """Whether nobody but the person sees what is said here."""
    return interaction.guild_id is None and not interaction.context.private_channel


def from_message(message: discord.Message, me: discord.ClientUser) -> Request | None:
    """Return a message as a request, or None when it is not meant for us.

    Meant for us is what a person writes to us alone or with our mention in it. Nothing else reaches
    a bot that may not read along. In reply to somebody's message it is about that message, as far
    as the bot is shown what that says; a mention that says nothing more asks to look it up.
    """
    author = message.author
    if author.bot or author.system or message.webhook_id or message.is_system():
        return None
    if message.guild is not None and me not in message.mentions:
        return None
    text = re.sub(rf"<@!?{me.id}>", " ", message.content).strip()
    target = _replied_to(message, me)
    return Request(
        id=f"{PLATFORM}:{message.id}",
        who=_who(author),
        chat=_chat(message.guild, message.channel, message.channel.id),
        text=LOOK_UP if target and not text and me in message.mentions else text,
        role=_role(author.guild_permissions) if isinstance(author, discord.Member) else Role.MEMBER,
        addressed=True,
        quoted=Quoted(str(target.id), _words(target)) if target and _words(target) else None,
        at=message.created_at,
    )


def _replied_to(message: discord.Message, me: discord.ClientUser) -> discord.Message | None:
    """Return the message that this one replies to, unless it is ours or gone."""
    target = message.reference.resolved if message.reference else None
    return target if isinstance(target, discord.Message) and target.author != me else None


def _words(message: discord.Message) -> str:
    """What a message says, without whom and what it points at."""
    return _MARKS.sub(" ", message.content).strip()


def _who(user: discord.User | discord.Member) -> Who:
    return Who(PLATFORM, str(user.id), user.display_name, _rank(user))


def _rank(user: discord.User | discord.Member) -> str:
    """The name of somebody's highest role, but for everybody's and those of bots and boosts."""
    roles = reversed(user.roles) if isinstance(user, discord.Member) else ()
    return next((role.name for role in roles if not role.is_default() and not role.managed), "")


def _role(permissions: discord.Permissions) -> Role:
    """Who runs the server or its events is a host."""
    return Role.HOST if permissions.value & _HOSTS.value else Role.MEMBER


def _chat_of(interaction: discord.Interaction) -> Chat:
    number = interaction.channel_id or 0
    if interaction.guild_id is None:
        return Chat(str(number), Place.PRIVATE if is_alone(interaction) else Place.GROUP)
    chat = _chat(interaction.guild, interaction.channel, number)
    return Chat(str(interaction.guild_id), Place.GROUP, chat.topic, chat.title, chat.thread)


def _chat(guild: discord.Guild | None, channel: object, number: int) -> Chat:
    if guild is None:
        return Chat(str(number), Place.PRIVATE)
    if isinstance(channel, discord.Thread):
        topic, thread = str(channel.parent_id), str(channel.id)
        return Chat(str(guild.id), Place.GROUP, topic, guild.name, thread)
    return Chat(str(guild.id), Place.GROUP, str(number), guild.name)
