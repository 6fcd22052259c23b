"""What somebody may post into any chat: a worked line, or the answers nearest to a question.

Everything is worked out for nobody in particular, so a posted text holds no figures of a person and
one list serves all who type the same. What needs the asker's own account is offered to nobody: it
is answered in the private chat.
"""

import hashlib
from collections.abc import Callable
from dataclasses import replace

from bot.chat.command import Command
from bot.chat.figures import Label
from bot.chat.i18n import Translate, translator
from bot.chat.ports import Offer, Offers
from bot.chat.reading import Misread
from bot.chat.reply import Reply, Title, Tone, Words
from bot.chat.request import Request
from core.errors import Refusal
from core.lessons.faq import FaqEntry
from core.services import Services

Reckon = Callable[[str, Request, Translate], Reply]

MOST = 5
"""Answers offered at once."""

FIRST = ("/compare 10x long BTC", "/ladder long BTC", "/price BTC")
"""Lines offered to who has typed nothing yet."""

START = ("isolated-vs-cross-difference", "safer-mode-beginners", "switch-margin-mode")
"""Topics offered to who has typed nothing yet."""


class Offering:
    """Makes lists of offers."""

    def __init__(
        self,
        services: Services,
        reads: Callable[[str, Request], Command | None],
        reckon: Reckon,
    ) -> None:
        """Take what looks up, what reads a line, and what works it out for anybody."""
        self._services = services
        self._reads = reads
        self._reckon = reckon

    def offers(self, request: Request) -> Offers:
        """Return what fits what is typed so far."""
        typed = request.text.strip()
        if not typed:
            topics = [self._services.learning.entry(topic, request.locale) for topic in START]
            lines = [offer for line in FIRST for offer in self._line(line, request)]
            return Offers((*lines, *(self._topic(topic, request) for topic in topics)))
        command = self._reads(typed, request)
        if command is not None and (command.writes or command.personal or command.host):
            return Offers((), personal=True)
        asks = command is None or "text" in command.suggests
        line = () if asks else self._line(typed, request)
        found = self._services.learning.ask(typed, request.locale)
        answers = found.near if found.entry is not None or not line else ()
        return Offers((*line, *(self._topic(entry, request) for entry in answers))[:MOST])

    def _line(self, typed: str, request: Request) -> tuple[Offer, ...]:
        """What a line leads to, when it leads to figures."""
        translate = translator(request.locale)
        try:
            reply = self._reckon(typed, request, translate)
        except (Misread, Refusal):
            return ()
        if reply.tone is not Tone.ANSWER or reply.private or reply.short is None:
            return ()
        titles = [block.words for block in reply.blocks if isinstance(block, Title)]
        name = hashlib.sha256(typed.encode()).hexdigest()[:16]
        return tuple(Offer(f"line:{name}", t, reply.short, _posted(reply)) for t in titles[:1])

    def _topic(self, entry: FaqEntry, request: Request) -> Offer:
        """A topic's answer."""
        reply = self._reckon(f"/faq {entry.id}", request, translator(request.locale))
        title = Words("{question}", {"question": Label(entry.question)})
        answer = Words("{answer}", {"answer": Label(entry.answer)})
        return Offer(f"faq:{entry.id}"[:64], title, answer, _posted(reply))


def _posted(reply: Reply) -> Reply:
    """A reply as it may stand in any chat: nobody there can press our buttons."""
    return replace(reply, choices=(), private=False)
