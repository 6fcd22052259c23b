"""Why there is no answer, for those who must hear something.

In a channel silence is polite. A slash command, though, shows that the bot never came; so the
person alone reads one sentence.
"""

from bot.chat.i18n import Translate
from bot.chat.reply import Hush, Reply, Text, Tone, Words


def said(hush: Hush, _: Translate) -> Reply:
    """Return a silence in words, for the asker's eyes only."""
    match hush.outcome:
        case "cooldown":
            text = _("I have said enough here for a moment. In a private message I always answer.")
        case "switched_off":
            text = _("The hosts have switched me off here. In a private message I answer.")
        case "not_served":
            text = _("This bot answers only in the chats its owner has named.")
        case "explained":
            text = _(
                "That message has had its answer, or these were many in a short time. "
                "In a private message I always answer."
            )
        case _:
            text = _("I keep quiet about this here. In a private message I answer.")
    return aside(text, hush.outcome)


def older_version(_: Translate) -> Reply:
    """Return what a button of another version leads to."""
    return aside(
        _("This button is from an older version of the bot. Type the command instead."),
        "old_button",
    )


def out_of_date(_: Translate) -> Reply:
    """Return what a button leads to whose line is kept no longer."""
    return aside(_("This button is out of date. Type the command instead."), "old_button")


def changed_command(_: Translate) -> Reply:
    """Return what a slash command leads to that Discord still shows but we have no more."""
    return aside(_("This command has changed. Type / and pick it again."), "old_command")


def closed_door(_: Translate) -> Reply:
    """Return what is said aloud when somebody's private messages are closed."""
    return aside(
        _(
            "The answer is for your eyes only, and I may not write to you. "
            "Use the slash command here: only you will see what it shows."
        ),
        "closed_door",
    )


def aside(text: str, outcome: str) -> Reply:
    """Return one sentence for the asker alone."""
    return Reply((Text(Words(text)),), tone=Tone.TROUBLE, private=True, outcome=outcome)
