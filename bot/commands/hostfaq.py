"""/hostfaq: what a group's hosts add to the FAQ, change of it or hide, for their group alone."""

from collections.abc import Callable

from bot.chat.ask import Ask
from bot.chat.book_refusals import ADD
from bot.chat.command import command
from bot.chat.figures import Code, Count, Figure, Label, Moment, Name, Said
from bot.chat.reply import Block, Choice, Notes, Points, Reply, Text, Title, Tone, Words
from bot.chat.typed import typed
from core.errors import NotAllowed
from core.lessons.books import OWN, ChatEntry, Noted

PAGE = 10
"""Entries that stand in one answer."""

LONGEST = 80
"""Characters of a question in the list."""


@command(
    examples=("/hostfaq", ADD, "/hostfaq hide switch-margin-mode", "/hostfaq log"),
    writes=True,
    host=True,
)
def hostfaq(ask: Ask, text: str | None = None) -> Reply:
    """Add, change or hide FAQ entries for this group (hosts only)."""
    if not ask.in_group:
        raise NotAllowed("group")
    head, rest = [*(typed(ask.request) if text else "").split(maxsplit=1), "", ""][:2]
    if not head or head.isdecimal():
        return _listed(ask, int(head[:3]) if head else 1)
    doing: dict[str, Callable[[Ask, str], Reply]] = {
        "add": _add,
        "edit": _edit,
        "hide": _hide,
        "show": _show,
        "drop": _drop,
        "log": _log,
    }
    do = doing.get(head.lower())
    return do(ask, rest.strip()) if do else _unreadable(ask)


# --- changing -------------------------------------------------------------------------------------


def _add(ask: Ask, rest: str) -> Reply:
    """A question and its answer, with a bar between them."""
    question, bar, answer = rest.replace("\N{FULLWIDTH VERTICAL LINE}", "|").partition("|")
    if not bar:
        return _unreadable(ask)
    entry = ask.services.chat_book.add(*_who(ask), question, answer)
    return _card(ask, entry, ask._("Kept as {key}."))


def _edit(ask: Ask, rest: str) -> Reply:
    """A key and another answer."""
    key, bar, answer = rest.replace("\N{FULLWIDTH VERTICAL LINE}", "|").partition("|")
    if not bar:
        return _unreadable(ask)
    entry = ask.services.chat_book.edit(*_who(ask), _known(ask, key), answer)
    return _card(ask, entry, ask._("Changed: {key}."))


def _hide(ask: Ask, rest: str) -> Reply:
    entry = ask.services.chat_book.hide(*_who(ask), _known(ask, rest))
    return _card(ask, entry, ask._("Hidden in this group: {key}."))


def _show(ask: Ask, rest: str) -> Reply:
    entry = ask.services.chat_book.restore(*_who(ask), _known(ask, rest))
    return _card(ask, entry, ask._("Shown in this group: {key}."))


def _drop(ask: Ask, rest: str) -> Reply:
    """What was written goes; a topic says again what it says everywhere."""
    entry = ask.services.chat_book.drop(*_who(ask), _known(ask, rest))
    said = ask._("Dropped: {key}.")
    if not entry.key.startswith(OWN):
        said = ask._("{key} is again as it is everywhere.")
    return Reply((Title(Words(said, {"key": Code(entry.key)})),), choices=(_ways(ask),))


def _who(ask: Ask) -> tuple[str, str, str]:
    """Which chat's book, and who writes into it."""
    request = ask.request
    return request.who.platform, request.chat.id, request.who.id


def _known(ask: Ask, typed_key: str) -> str:
    """The key of an own entry or a topic. Raises `UnknownTopic` where the FAQ has no such topic."""
    key = typed_key.strip().lower()
    platform, chat, _ = _who(ask)
    entries = ask.services.chat_book.entries(platform, chat)
    if key.startswith(OWN) or key in {entry.key for entry in entries}:
        return key
    return ask.services.learning.entry(key, ask.request.locale).id


# --- showing --------------------------------------------------------------------------------------


def _card(ask: Ask, entry: ChatEntry, said: str) -> Reply:
    """What an entry says now, and what can be done with it."""
    blocks: list[Block] = [Title(Words(said, {"key": Code(entry.key)}))]
    if entry.answer and not entry.hidden:
        blocks += [
            Text(Words("{question}", {"question": _question(ask, entry)}), strong=True),
            Text(Words("{answer}", {"answer": Said(entry.answer)})),
            Notes((Words(ask._("by this group's admins")),)),
        ]
    turned = Choice(ask._("Hide"), f"/hostfaq hide {entry.key}", kept=True)
    if entry.hidden:
        turned = Choice(ask._("Show again"), f"/hostfaq show {entry.key}", kept=True)
    return Reply(tuple(blocks), choices=((turned, *_ways(ask)),))


def _question(ask: Ask, entry: ChatEntry) -> Figure:
    """The question an entry answers, its own or its topic's; the key of a topic that is gone."""
    if entry.question:
        return Said(entry.question)
    topics = {each.id: each.question for each in ask.services.learning.topics(ask.request.locale)}
    return Label(topics.get(entry.key, entry.key))


def _listed(ask: Ask, page: int) -> Reply:
    """A page of everything the hosts made of the FAQ."""
    platform, chat, _ = _who(ask)
    entries = ask.services.chat_book.entries(platform, chat)
    pages = max(1, -(-len(entries) // PAGE))
    page = min(max(page, 1), pages)
    lines = tuple(_line(ask, entry) for entry in entries[PAGE * (page - 1) : PAGE * page])
    title = Words(ask._("The FAQ by this group's admins: {count}."), {"count": Count(len(entries))})
    nothing = Text(Words(ask._("Nothing yet: the FAQ is here as it is everywhere.")))
    turns = [Choice(ask._("More"), f"/hostfaq {page + 1}", replace=True, kept=True)]
    return Reply(
        blocks=(Title(title), Points(lines) if lines else nothing, Text(_lines(ask))),
        choices=((*(turns if page < pages else ()), _way_to_log(ask)),),
    )


def _line(ask: Ask, entry: ChatEntry) -> Words:
    """One entry of the list."""
    text = "{key} · {question}"
    if entry.hidden:
        text = ask._("{key} · {question} (hidden)")
    elif not entry.key.startswith(OWN):
        text = ask._("{key} · {question} (another answer)")
    question = _question(ask, entry)
    if isinstance(question, Said) and len(question.value) > LONGEST:
        question = Said(question.value[: LONGEST - 1].rstrip() + "…")
    return Words(text, {"key": Code(entry.key), "question": question})


def _log(ask: Ask, _: str) -> Reply:
    """The newest lines of the log."""
    platform, chat, _id = _who(ask)
    lines = tuple(_told(ask, noted) for noted in ask.services.chat_book.log(platform, chat))
    title = Title(Words(ask._("What this group's admins changed, newest first.")))
    nothing = Text(Words(ask._("Nothing has been changed yet.")))
    return Reply(
        (title, Points(lines) if lines else nothing),
        choices=((Choice(ask._("All entries"), "/hostfaq", kept=True),),),
    )


def _told(ask: Ask, noted: Noted) -> Words:
    """One line of the log: when, what, by whom."""
    text = {
        "add": ask._("{moment} · {key} added by {by}"),
        "edit": ask._("{moment} · {key} changed by {by}"),
        "hide": ask._("{moment} · {key} hidden by {by}"),
        "show": ask._("{moment} · {key} shown again by {by}"),
        "drop": ask._("{moment} · {key} dropped by {by}"),
    }[noted.did]
    by = Name(noted.by) if noted.by else Label(ask._("somebody who was forgotten"))
    return Words(text, {"moment": Moment(noted.at), "key": Code(noted.key), "by": by})


def _ways(ask: Ask) -> tuple[Choice, ...]:
    """From here to the list and the log."""
    return (Choice(ask._("All entries"), "/hostfaq", kept=True), _way_to_log(ask))


def _way_to_log(ask: Ask) -> Choice:
    return Choice(ask._("Log"), "/hostfaq log", kept=True)


def _lines(ask: Ask) -> Words:
    """What can be typed."""
    return Words(
        ask._("Type {add}, {edit}, {hide}, {show} or {drop}."),
        {
            "add": Code(ADD),
            "edit": Code("/hostfaq edit own-1 | We post no calls."),
            "hide": Code("/hostfaq hide switch-margin-mode"),
            "show": Code("/hostfaq show switch-margin-mode"),
            "drop": Code("/hostfaq drop own-1"),
        },
    )


def _unreadable(ask: Ask) -> Reply:
    """One error, one cure."""
    text = ask._("I can't read that. Try {line}, or {bare} to see what there is.")
    figures: dict[str, Figure] = {"line": Code(ADD), "bare": Code("/hostfaq")}
    return Reply((Text(Words(text, figures)),), tone=Tone.TROUBLE, outcome="bad_hostfaq_line")
