"""What nobody typed: the person's settings over the bot's, each said in a note.

Only commands that look are filled in; one that changes something takes its defaults from the
account, not from here.
"""

from decimal import Decimal
from functools import lru_cache

from bot.chat.draft import HUNDRED, Draft
from bot.chat.numbers import write_number
from bot.chat.reading import Note, Reading, TypedSize
from core.margin.sizing import SizeKind

MARGIN_SHARE = Decimal("0.2")
"""Share of the wallet in force that is the margin when no size is named."""


def before_demands(draft: Draft) -> None:
    """Fill what a command may need but need not be told: a leverage, an exit from a move."""
    verb, values = draft.verb, draft.values
    if "percent" in values and draft.takes("exit") and "exit" not in values:
        _exit_of_move(draft)
    if "leverage" in verb.required and not verb.writes and draft.toks:
        values.setdefault("leverage", draft.context.defaults.leverage)


def _exit_of_move(draft: Draft) -> None:
    """`+5%` from the entry, or from the mark; without either the exit stays missing."""
    move = draft.values["percent"]
    mark = draft.context.marks.get(str(draft.values.get("symbol")))
    start = draft.values.get("entry") or mark
    if isinstance(move, Decimal) and isinstance(start, Decimal):
        exit_price = start + start * move / HUNDRED
        tok = draft.where["percent"]._replace(meant=True)
        draft.put("exit", exit_price, tok)
        text = write_number(exit_price)
        draft.notes.append(Note("exit_of_move", {"token": draft.line.token(tok), "exit": text}))


def filled(draft: Draft) -> Reading:
    """Return the reading, with defaults where the command takes them."""
    verb, values = draft.verb, draft.values
    assumed: list[str] = []
    if verb.name == "close" and not {"size", "percent"} & values.keys() and values:
        values["percent"] = HUNDRED
        assumed.append("percent")
    if not verb.writes:
        _fill(draft, assumed)
    return Reading(verb.name, values, frozenset(assumed), tuple(draft.notes))


def _fill(draft: Draft, assumed: list[str]) -> None:
    """Put the defaults in, in an order in which each knows what it stands on."""
    fields, values, defaults = draft.verb.fields, draft.values, draft.context.defaults
    if "leverage" in fields and "leverage" not in draft.where:
        values["leverage"] = defaults.leverage
        _assume(draft, assumed, "leverage", defaults.leverage)
    if "wallet" in fields and "wallet" not in values:
        values["wallet"] = defaults.wallet
        _assume(draft, assumed, "wallet", defaults.wallet)
    if "size" in fields and "size" not in values:
        margin = default_margin(draft)
        values["size"] = TypedSize(SizeKind.MARGIN, margin)
        _assume(draft, assumed, "size", margin)
    if "entry" in fields and "entry" not in values:
        values["entry"] = None
        _assume(draft, assumed, "entry", "")
    # What exists already, and is asked for by its number, has a mode of its own.
    both = draft.verb.name == "compare" or "id" in fields
    if "mode" in fields and "mode" not in values and not both:
        values["mode"] = defaults.mode
        _assume(draft, assumed, "mode", defaults.mode)
    if "venue" in fields and "venue" not in values and draft.verb.name != "venue":
        values["venue"] = defaults.venue
        _assume(draft, assumed, "venue", defaults.venue)


def default_margin(draft: Draft) -> Decimal:
    """Return the person's own margin, or a fifth of the wallet in force (quote)."""
    own = draft.context.defaults.margin
    wallet = draft.values.get("wallet", draft.context.defaults.wallet)
    if own is not None or not isinstance(wallet, Decimal):
        return own or draft.context.defaults.wallet * MARGIN_SHARE
    return wallet * MARGIN_SHARE


def _assume(draft: Draft, assumed: list[str], name: str, value: Decimal | str) -> None:
    assumed.append(name)
    draft.notes.append(_assumption(name, value))


@lru_cache(maxsize=1024)
def _assumption(name: str, value: Decimal | str) -> Note:
    """The note of a default; most people have the same ones, so most notes are made already."""
    text = write_number(value) if isinstance(value, Decimal) else value
    return Note(f"assumed_{name}", {"value": text})
