"""From a request to its answer: the single way in, the single listener for what goes wrong.

A `Refusal` becomes a worded reply with a cure; anything else is logged under an id, and the person
gets an apology with that id. Every request leaves exactly one line in the log: who (platform only),
which command, how it went, how long it took.
"""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from uuid import uuid4

import structlog

from bot.chat import answering, audience
from bot.chat.ask import Ask
from bot.chat.command import Command
from bot.chat.grammar import Grammar
from bot.chat.i18n import Translate, translator
from bot.chat.manners import Manners
from bot.chat.offering import Offering
from bot.chat.ports import Entry, Offers
from bot.chat.reading import Context, Defaults, Misread, Reading
from bot.chat.refusals import refusal_reply
from bot.chat.reply import Hush, Reply, Tone
from bot.chat.request import Place, Request, Role
from bot.chat.troubles import fault_reply, misread_reply
from core.errors import NotAllowed, Refusal
from core.paper.records import Identity
from core.people import ChatRules, Preferences
from core.ports import Clock
from core.services import Services
from core.services.people import Known
from core.services.trading import Asked

log = structlog.get_logger("marginbot")

STRANGER = Known(Preferences(), ChatRules(), frozenset())
"""What is known of nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What the self-hoster decided: who is served, and what is assumed for strangers."""

    defaults: Defaults = field(default_factory=Defaults)
    allowed_chats: frozenset[str] = frozenset()
    owner_ids: frozenset[str] = frozenset()


class Dispatcher:
    """Answers requests. Synchronous and safe to call from several threads."""

    def __init__(
        self,
        commands: Iterable[Command],
        grammar: Grammar,
        services: Services,
        clock: Clock,
        house: House,
    ) -> None:
        """Take everything that a request may need."""
        self._commands = {c.name: c for c in commands}
        self._names = {n: c for c in self._commands.values() for n in (c.name, *c.aliases)}
        self._grammar = grammar
        self._services = services
        self._clock = clock
        self._house = house
        self._manners = Manners()
        self._menus: dict[Translate, tuple[Entry, ...]] = {}

    def menu(self, locale: str) -> tuple[Entry, ...]:
        """Return the commands as menus show them."""
        translate = translator(locale)
        if translate not in self._menus:
            shown = (c.entry(translate) for c in self._commands.values() if not c.hidden)
            self._menus[translate] = tuple(shown)
        return self._menus[translate]

    def command_of(self, request: Request) -> Command | None:
        """Return the command a request names outright, without reading the rest."""
        if answering.may_answer(request):
            return self._names.get(answering.COMMAND)
        word = request.command or request.text[:64].lstrip().lstrip("/").split(" ")[0]
        return self._names.get(word.split("@")[0].strip().lower())

    def handle(self, request: Request) -> Reply | Hush:
        """Answer a request; never raises."""
        started = time.perf_counter()
        try:
            answer, name = self._answer(request)
        except Exception:  # one of the few places that must survive anything
            fault = uuid4().hex[:8]
            log.exception("fault", fault=fault, platform=request.who.platform)
            answer, name = fault_reply(fault, translator(request.locale)), "fault"
        log.info(
            "request",
            platform=request.who.platform,
            place=request.chat.place.value,
            command=name,
            outcome=answer.outcome,
            ms=round((time.perf_counter() - started) * 1000, 1),
        )
        return answer

    def _answer(self, request: Request) -> tuple[Reply | Hush, str]:
        """Decide whether to answer at all, read, run, and mind the manners."""
        who, chat = request.who, request.chat
        if not self._is_served(request):
            return Hush(outcome="not_served"), ""
        request = answering.as_answer(request, self._services.questions)
        known = self._services.people.known(who.platform, who.id, chat.id)
        command = self.command_of(request)
        is_host = command is not None and command.host
        shut = audience.why_shut(request, known.rules)
        if shut and chat.place is Place.GROUP and not is_host:
            return Hush(outcome=shut), ""
        translate = translator(request.locale)
        # A masked writer has no private chat, and is told nothing but why nothing was done.
        masked = request.role is Role.MASKED
        name = ""
        try:
            reading = self._read(request, known)
            if reading is None:
                return Hush(), ""
            name = reading.command
            if self._is_lecture(request, reading):
                return Hush(react=True, outcome="explained"), name
            reply = self._run(request, reading, known, translate)
            reply = audience.for_reader(reply, request, known, translate)
        except Misread as misread:
            reply = misread_reply(misread, translate, self._changes)
            if misread.kind == "typo_confirm" and command is not None and command.writes:
                self._let_go(request)
        except Refusal as refusal:
            reply = refusal_reply(refusal, translate, takes_entry=self._takes_entry(name))
        personal = request.aside or (self._is_personal(name) and not masked)
        if chat.place is Place.GROUP and personal:
            reply = replace(reply, private=True)
        return audience.in_own_zone(
            self._mannered(request, reply, known.rules), request, known
        ), name

    def _is_lecture(self, request: Request, reading: Reading) -> bool:
        """Whether somebody's message would be answered once too often."""
        quoted = request.quoted
        if quoted is None or reading.values or request.chat.place is Place.PRIVATE:
            return False
        return not self._manners.may_explain(request, quoted.id, self._clock.now())

    def _let_go(self, request: Request) -> None:
        """Let waiting previews go: the `yes` that follows is meant for what was just asked."""
        who = request.who
        asked = Asked(Identity(who.platform, who.id), who.id, request.id)
        self._services.trading.lapse(asked)

    def _changes(self, line: str) -> bool:
        """Whether a line is a command that changes something."""
        command = self._names.get(line[:64].removeprefix("/").split(" ")[0])
        return command is not None and command.writes

    def _is_hosting(self, request: Request) -> bool:
        """Whether a host runs the chat with this: it is done, so it is never met with silence."""
        command = self.command_of(request)
        if command is None or request.role not in {Role.HOST, Role.OWNER}:
            return False
        return command.host or command.roles

    def _is_personal(self, name: str) -> bool:
        """Whether a command shows somebody's own account, which is for nobody else's eyes."""
        command = self._commands.get(name)
        return command is not None and command.personal

    def _takes_entry(self, name: str) -> bool:
        """Whether a command works with an entry where no price is recorded."""
        return name not in self._commands or self._commands[name].takes_entry

    def _is_served(self, request: Request) -> bool:
        """Whether the self-hoster lets this chat or person in; an empty list lets everyone in."""
        allowed, platform = self._house.allowed_chats, request.who.platform
        if not allowed or not allowed.isdisjoint(
            (f"{platform}:{request.chat.id}", f"{platform}:{request.who.id}")
        ):
            return True
        earlier = self._services.chats.earlier(platform, request.chat.id)
        return earlier is not None and f"{platform}:{earlier}" in allowed

    def _read(
        self, request: Request, known: Known, marks: Mapping[str, Decimal] | None = None
    ) -> Reading | None:
        """Read the line or the typed options, against the present marks unless others are given."""
        context = Context(
            marks=self._services.prices.peek() if marks is None else marks,
            defaults=self.defaults(request, known.preferences),
            private=request.chat.place is Place.PRIVATE,
            addressed=request.addressed,
            bot_name="marginbot" if request.who.platform == "console" else "",
            meant=request.button,
        )
        if request.command:
            return self._grammar.read_fields(request.command, request.options, context)
        return self._grammar.read(request.text, context)

    def defaults(self, request: Request, own: Preferences) -> Defaults:
        """What is assumed: the person's settings over the house's; in groups no money of theirs."""
        house = self._house.defaults
        private = request.chat.place is Place.PRIVATE or audience.asks_for_own(request)
        return Defaults(
            leverage=own.leverage or house.leverage,
            wallet=(own.wallet if private else None) or house.wallet,
            margin=own.margin if private else house.margin,
            venue=own.venue or house.venue,
            mode=house.mode,
        )

    def _run(self, request: Request, reading: Reading, known: Known, translate: Translate) -> Reply:
        """Run the command that was read."""
        command = self._commands[reading.command]
        owner = f"{request.who.platform}:{request.who.id}" in self._house.owner_ids
        audience.check_rights(command, request, owner=owner)
        audience.check_no_oracle(command.name, request.who, self._services.challenges)
        ask = Ask(
            request=request,
            reading=reading,
            preferences=known.preferences,
            rules=known.rules,
            defaults=self.defaults(request, known.preferences),
            house=self._house.defaults,
            services=self._services,
            now=self._clock.now(),
            menu=self.menu(request.locale),
            read=partial(self._understood, request, known),
            reckon=lambda line: self._reckoned(line, request, translate),
            _=translate,
        )
        return command(ask)

    def _understood(
        self, request: Request, known: Known, line: str, marks: Mapping[str, Decimal] | None = None
    ) -> Reading:
        """Read a line as if it had been typed in place of the request's own. Raises `Misread`."""
        typed = replace(request, text=line, command="", options={}, addressed=True)
        reading = self._read(typed, known, marks)
        if reading is None:
            raise Misread("unknown_command", line[:32])
        return reading

    def _reckoned(self, line: str, request: Request, translate: Translate) -> Reply:
        """Return what a line of ours leads to for anybody. Raises its refusals and misreadings."""
        general = audience.nobody(line, request)
        reading = self._read(general, STRANGER)
        if reading is None or self._commands[reading.command].writes:
            raise NotAllowed("person")
        audience.check_no_oracle(reading.command, request.who, self._services.challenges)
        return self._run(general, reading, STRANGER, translate)

    def offers(self, request: Request) -> Offers:
        """Return what somebody may post into any chat: general answers, nobody's own figures."""
        if audience.has_open_item(request.who, self._services.challenges):
            return Offers((), personal=True)
        return Offering(self._services, self._reads, self._reckoned).offers(request)

    def _reads(self, line: str, request: Request) -> Command | None:
        """Return the command that a line of nobody in particular says, or None for none."""
        try:
            reading = self._read(audience.nobody(line, request), STRANGER)
        except Misread:
            return None
        return None if reading is None else self._commands.get(reading.command)

    def suggest(self, command: str, typed: str) -> tuple[tuple[str, str], ...]:
        """Complete the question of a command that looks things up."""
        known = self._names.get(command)
        if known is None or "text" not in known.suggests:
            return ()
        return tuple((e.question, e.id) for e in self._services.learning.suggest(typed[:100]))

    def _mannered(self, request: Request, reply: Reply, rules: ChatRules) -> Reply | Hush:
        """Keep the noise in groups down."""
        if request.chat.place is Place.PRIVATE or reply.private:
            return reply
        if audience.asks_for_own(request):
            # Read with the person's own wallet, so a refusal too is for nobody else's eyes.
            return replace(reply, private=True)
        now = self._clock.now()
        if reply.tone is Tone.TROUBLE and not request.button:
            if rules.quiet:
                return Hush(react=True, outcome=reply.outcome)
            if self._manners.is_repeated(request, reply.outcome, now):
                return replace(reply, private=True)
        if not self._manners.may_speak(request, rules, now) and not self._is_hosting(request):
            return Hush(react=True, outcome="cooldown")
        return replace(reply, delete_after=rules.delete_after)
