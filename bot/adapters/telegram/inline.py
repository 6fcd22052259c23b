"""Inline mode: our name and a question typed in any chat, and answers to choose from and post.

Telegram keeps a general list for everybody who types the same, so nothing in it may depend on who
asked: it is asked for and written in English. A personal list is kept for nobody. What is posted
stands in a chat that we know nothing of, where no press could be answered; so there is one button
under it, and it is a link.
"""

import re
from collections.abc import Iterator
from hashlib import sha256

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    User,
)
from telegram.constants import ParseMode
from telegram.helpers import create_deep_linked_url

from bot.adapters.telegram import wording
from bot.adapters.telegram.limits import HINT, RESULT, RESULTS, TITLE, scrub, shortened, visible
from bot.adapters.telegram.render import render
from bot.adapters.telegram.sender import Sender
from bot.adapters.telegram.updates import inline_request, locale_of
from bot.chat.i18n import english, translator
from bot.chat.ports import Desk, Offer, Offers
from bot.chat.render import Writer
from bot.chat.reply import Words

FRESH = 300
"""Seconds that Telegram may hand a general list on."""
DOOR = "private"
"""What a link into the private chat carries where there is nothing to tell."""

_LOCALE = "en"
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


async def offer(query: InlineQuery, desk: Desk, sender: Sender, me: User) -> None:
    """Answer an inline query with what the desk offers."""
    offers = await desk.offers(inline_request(query))
    door = None
    if offers.personal and not offers.items:
        label = wording.open_private_chat(translator(locale_of(query.from_user)))
        door = InlineQueryResultsButton(label, start_parameter=DOOR)
    await sender.offer(
        query.id,
        list(results(offers, me)),
        door,
        personal=offers.personal,
        fresh=0 if offers.personal else FRESH,
    )


def results(offers: Offers, me: User) -> Iterator[InlineQueryResultArticle]:
    """Return the list as Telegram shows it; what is for one person's eyes is never posted."""
    open_to_all = [each for each in offers.items if not each.reply.private]
    for each in open_to_all[:RESULTS]:
        yield _article(each, me)


def _article(offer: Offer, me: User) -> InlineQueryResultArticle:
    """One offer; of an answer of several messages the first is posted."""
    writer = Writer.of(offer.reply, _LOCALE, english)
    posted = InputTextMessageContent(
        render(offer.reply, writer)[0],
        parse_mode=ParseMode.HTML,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    title = _line(offer.title, writer, TITLE)
    return InlineQueryResultArticle(
        id=_id(offer.key),
        title=title if visible(title) else "…",
        description=_line(offer.hint, writer, HINT) or None,
        input_message_content=posted,
        reply_markup=_below(offer.key, me),
    )


def _line(words: Words, writer: Writer, limit: int) -> str:
    return shortened(scrub(writer.words(words)).strip(), limit)


def _id(key: str) -> str:
    """Return the key, or a digest of one that is too long for Telegram."""
    written = key.encode("utf-8", "replace")
    return key if 1 <= len(written) <= RESULT else sha256(written).hexdigest()


def _below(key: str, me: User) -> InlineKeyboardMarkup:
    """Return the link to us, which carries what was posted ("faq:one" as "faq-one") if it can."""
    carried = key.replace(":", "-")
    payload = carried if _PAYLOAD.fullmatch(carried) else DOOR
    link = create_deep_linked_url(str(me.username), payload)
    return InlineKeyboardMarkup([[InlineKeyboardButton(wording.ask_me(english), url=link)]])
