"""The few sentences that only Telegram needs; everything else is worded by the commands."""

from bot.chat.i18n import Translate


def old_button(_: Translate) -> str:
    """Say that a button was made by an older version, or that its command was forgotten."""
    return _("This button is from an older version. Please type the command.")


def private_door(_: Translate) -> str:
    """Say in a group why the answer is not there; no figures."""
    return _("The answer is for your eyes only. Open the private chat once, then ask again.")


def open_private_chat(_: Translate) -> str:
    """Label the button that leads to the private chat."""
    return _("Open private chat")


def more_in_private(_: Translate) -> str:
    """Say in a small window where the rest would be."""
    return _("Start me in private to get the rest there.")


def ask_me(_: Translate) -> str:
    """Label the link under an answer that somebody posted elsewhere."""
    return _("Ask me")


def nothing(_: Translate) -> str:
    """Say to a stranger that a button has nothing for them."""
    return _("There is nothing to show.")
