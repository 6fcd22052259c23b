"""Who hears an answer: whether the bot speaks here at all, and what its reader is told beside."""

from dataclasses import replace

from bot.chat.command import Command
from bot.chat.i18n import Translate
from bot.chat.introductions import introduced
from bot.chat.reply import Hush, Reply
from bot.chat.request import Chat, Place, Request, Role, Who
from core.errors import NotAllowed
from core.lessons.game.errors import ItemOpen
from core.paper.records import Identity
from core.people import ChatRules
from core.services.challenges import Challenges
from core.services.people import Known


def for_reader(reply: Reply, request: Request, known: Known, _: Translate) -> Reply:
    """Explain words that are new to the asker."""
    if request.role is Role.MASKED:
        return reply
    return introduced(reply, known.met, _, aloud=_is_alone(reply, request))


def in_own_zone(answer: Reply | Hush, request: Request, known: Known) -> Reply | Hush:
    """Say times in the asker's zone where nobody else reads the answer, refusals included."""
    zone = known.preferences.zone
    if isinstance(answer, Hush) or not zone or not _is_alone(answer, request):
        return answer
    return replace(answer, zone=zone)


def _is_alone(reply: Reply, request: Request) -> bool:
    return request.chat.place is Place.PRIVATE or reply.private or request.aside


def why_shut(request: Request, rules: ChatRules) -> str:
    """Why the hosts keep the bot silent here, or nothing; a quiet chat still hears commands."""
    if not rules.enabled or (rules.topics and (request.chat.topic or "main") not in rules.topics):
        return "switched_off"
    typed = request.slash or request.text.startswith("/") or request.command or request.button
    return "quiet" if rules.quiet and not typed else ""


def asks_for_own(request: Request) -> bool:
    """Whether the person asked for their own figures, which are then answered privately."""
    option = request.options.get("mine", "").strip().lower()
    typed = request.text[:256], request.options.get("text", "")[:256]
    return option in _YES or any("mine" in text.lower().split() for text in typed)


def require_host(request: Request) -> None:
    """Raise `NotAllowed` where the request comes from none of the chat's hosts."""
    if request.role not in {Role.HOST, Role.OWNER}:
        raise NotAllowed("person" if request.role is Role.MASKED else "host")


ORACLES = frozenset(
    {
        "avg",
        "compare",
        "faq",
        "figures",
        "hedge",
        "ladder",
        "learn",
        "lev",
        "liq",
        "margin",
        "maths",
        "max",
        "open",
        "pnl",
        "proof",
        "receipt",
        "replay",
        "shock",
        "target",
    }
)
"""Commands that would tell the answer of a question."""


def check_rights(command: Command, request: Request, *, owner: bool) -> None:
    """Raise `NotAllowed` for what is a host's, a known person's, or not a client's to say."""
    if command.host and request.chat.place is Place.GROUP and not owner:
        require_host(request)
    carried = request.button and not request.kept and not command.token
    masked = request.role is Role.MASKED and command.unmasked
    if masked or (command.writes and carried):
        raise NotAllowed("person")


def check_no_oracle(name: str, who: Who, challenges: Challenges) -> None:
    """Raise `ItemOpen` where a command would help somebody who has an open question."""
    until = challenges.open_until(Identity(who.platform, who.id)) if name in ORACLES else None
    if until is not None:
        raise ItemOpen(until)


def has_open_item(who: Who, challenges: Challenges) -> bool:
    """Whether somebody has an open question, so that nothing is offered to them."""
    return challenges.open_until(Identity(who.platform, who.id)) is not None


def nobody(line: str, request: Request) -> Request:
    """Return a line as if nobody in particular had said it before others."""
    who, chat = Who(request.who.platform, ""), Chat("", Place.GROUP)
    return Request(request.id, who, chat, text=line, locale=request.locale, addressed=True)


_YES = frozenset({"yes", "true", "mine"})
"""What a client fills into the option `mine` to mean it."""
