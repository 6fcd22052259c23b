"""A person's own cross positions and wallet in place of what is assumed: `/compare ... mine`.

Only where nobody else reads the answer. Positions of another venue's rules stand behind another
wall and are left out.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from bot.chat.ask import Ask
from bot.chat.cards import DEFAULT_SHARE
from bot.chat.figures import Count, Label, Money
from bot.chat.reading import TypedSize
from bot.chat.reply import Words
from core.margin.pool import Leg
from core.margin.sizing import SizeKind
from core.money import Amount
from core.paper.account import PaperAccount
from core.services.compare import Terms
from core.venue import VENUES


@dataclass(frozen=True, slots=True)
class Own:
    """What a comparison stands on: the question as it is meant, its terms, and what to say of it.

    `legs` is how many cross positions stand behind the wall already.
    """

    ask: Ask
    terms: Terms
    notes: tuple[Words, ...] = ()
    legs: int = 0


def own_terms(ask: Ask, wallet: Decimal | None, venue: str | None, *, mine: bool) -> Own:
    """Return the terms of a comparison; with `mine`, in private, those of the asker's account."""
    if not mine or ask.in_group:
        return Own(ask, ask.terms(wallet, venue))
    account = ask.services.accounts.look(ask.identity)
    here = ask.reading.values["venue"] if "venue" not in ask.reading.assumed else account.venue
    legs = account.cross.legs if here == account.venue else ()
    asked = _meant(ask, account) if ask.assumed("wallet") else ask
    value = asked.reading.values["wallet"]
    terms = asked.terms(value if isinstance(value, Decimal) else None, str(here))
    notes = _notes(ask, account, legs, str(here))
    return Own(asked, replace(terms, others=legs), notes, len(legs))


def _meant(ask: Ask, account: PaperAccount) -> Ask:
    """The question with the account's cross wallet; a size that nobody named is a share of it."""
    reading = ask.reading
    values = {**reading.values, "wallet": account.wallet}
    if ask.assumed("size") and ask.defaults.margin is None:
        values["size"] = TypedSize(SizeKind.MARGIN, Amount(account.wallet * DEFAULT_SHARE))
    known = replace(reading, values=values, assumed=reading.assumed - {"wallet"})
    return replace(ask, reading=known)


def _notes(ask: Ask, account: PaperAccount, legs: tuple[Leg, ...], here: str) -> tuple[Words, ...]:
    """Whose wallet it is, and what stands behind its wall already."""
    mine = Words(ask._("your cross wallet {wallet}"), {"wallet": Money(account.wallet)})
    if not ask.assumed("wallet"):
        mine = Words(ask._("the wallet you typed"))
    if here != account.venue:
        venue = {"venue": Label(VENUES[account.venue].name)}
        return (mine, Words(ask._("your positions are on {venue} and left out"), venue))
    if not legs:
        return (mine, Words(ask._("you have no cross position yet")))
    text = ask._("cross positions of yours behind the same wall: {count}")
    return (mine, Words(text, {"count": Count(len(legs))}))
