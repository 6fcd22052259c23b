"""Paper trading in rows: accounts and events whole as JSON, entries as whole quanta.

An account's row is a cache of its events; it moves on only from the version that a change began
with, so that of two changes that race one fails (`Conflict`); that no two events have one version
is the database's own guard.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import cast

from bot.adapters.database import statements as sql
from bot.adapters.database.audit import faults, rebuilt
from bot.adapters.database.codec import dumps, loads
from bot.adapters.database.deed import Deed
from bot.adapters.database.link_rows import LinkRows
from bot.adapters.database.outbox_rows import OutboxRows
from bot.adapters.database.shelf import Shelf, Transaction
from bot.adapters.database.tables import DONE, GATE, IDENTITY, LEASE, PREVIEW
from core.paper.account import PaperAccount, bare
from core.paper.events import Event
from core.paper.ledger import entry_for
from core.paper.records import (
    Change,
    Done,
    Fault,
    Identity,
    Preview,
    Recorded,
)

IDENTITIES, DONES = Shelf(IDENTITY), Shelf(DONE)
PREVIEWS, LEASES, GATES = Shelf(PREVIEW), Shelf(LEASE), Shelf(GATE)


KNOWN = 1024
"""Accounts that are remembered by their text; most are read again before they change."""


class Conflict(RuntimeError):
    """An account or a game has moved on since it was read: read it again."""


class PaperRows(LinkRows, OutboxRows):
    """Implements `core.ports.PaperBooks` on one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Take the open transaction."""
        LinkRows.__init__(self, transaction)
        OutboxRows.__init__(self, transaction)
        self._open = transaction

    # --- people -----------------------------------------------------------------------------------

    def learner(self, who: Identity) -> int | None:
        """Return who a person is here, or None for a stranger."""
        key = IDENTITIES.key(who.platform, who.person)
        found = self._open.row(IDENTITIES.get, key)
        return None if found is None else cast("int", found[0])

    def enroll(self, who: Identity, at: datetime) -> int:
        """Make a stranger a learner; return the number."""
        learner = self._open.added(sql.ENROLL, {"since": at})
        self.rename(who, learner)
        return learner

    def since(self, learner: int) -> datetime | None:
        """Return since when a learner is known here, or None for nobody."""
        found = self._open.row(sql.SINCE, {"learner": learner})
        return None if found is None else cast("datetime", found[0])

    def identities(self, learner: int) -> tuple[Identity, ...]:
        """Return everything a learner is known as."""
        rows = self._open.rows(sql.NAMES, {"learner": learner})
        return tuple(Identity(str(platform), str(person)) for platform, person in rows)

    def rename(self, who: Identity, learner: int | None) -> None:
        """Let an identity belong to another learner; None lets it go."""
        key = IDENTITIES.key(who.platform, who.person)
        self._open.change(IDENTITIES.drop, key)
        if learner is not None:
            self._open.change(IDENTITIES.add, {**key, "learner": learner})

    def forget_learner(self, learner: int) -> None:
        """Delete a learner with every account; whole balanced entries go."""
        key = GATES.key("forget")
        self._open.change(GATES.add, key)
        self._open.change(sql.FORGET, {"learner": learner})
        self._open.change(GATES.drop, key)

    # --- accounts ---------------------------------------------------------------------------------

    def account(self, learner: int, market: str) -> PaperAccount | None:
        """Return a learner's account in a market."""
        found = self._open.row(sql.PRESENT, {"learner": learner, "market": market})
        return None if found is None else _account(str(found[1]))

    def accounts(self, learner: int) -> tuple[PaperAccount, ...]:
        """Return all accounts of a learner, archived ones last."""
        rows = self._open.rows(sql.OWNED, {"learner": learner})
        return tuple(_account(str(state)) for _, state in rows)

    def account_numbered(self, number: int) -> PaperAccount:
        """Return an account by its number. Raises `LookupError`."""
        return _account(str(self._numbered(number)[0]))

    def owner(self, account: int) -> int:
        """Return the learner an account belongs to. Raises `LookupError`."""
        return cast("int", self._numbered(account)[1])

    def _numbered(self, number: int) -> Sequence[object]:
        found = self._open.row(sql.NUMBERED, {"account": number})
        if found is None:
            raise LookupError(f"no account {number}")
        return found

    def open_account(self, learner: int, market: str) -> PaperAccount:
        """Return a new, bare account; its venue and its grant are events like any other."""
        values = {"learner": learner, "market": market, "state": ""}
        number = self._open.added(sql.OPEN, values)
        new = bare(number, market)
        self._open.change(sql.STATE, {"account": number, "state": dumps(new)})
        return new

    def archive(self, account: int) -> None:
        """Put an account aside: it is nobody's present one, and stays in the export."""
        self._open.change(sql.ARCHIVE, {"account": account})

    def hand_over(self, account: int, learner: int) -> None:
        """Let an account belong to another learner, with everything that happened to it."""
        self._open.change(sql.HAND_OVER, {"account": account, "learner": learner})

    def live(self, market: str, after: int = 0) -> tuple[int, tuple[PaperAccount, ...]]:
        """Return a market's accounts with something at stake that changed after an event."""
        values: dict[str, object] = {"market": market}
        if after:
            values["after"] = after
        rows = list(self._open.rows(sql.TOUCHED if after else sql.LIVE, values))
        newest = max((cast("int", event) for event, _ in rows), default=after)
        return newest, tuple(_account(str(state)) for _, state in rows)

    def holding(self, venue: str) -> tuple[tuple[int, PaperAccount], ...]:
        """Return the accounts that hold positions by a venue's rules, each with its owner."""
        rows = self._open.rows(sql.HOLDING, {})
        found = ((cast("int", learner), _account(str(state))) for learner, state in rows)
        return tuple((owner, a) for owner, a in found if a.venue == venue and a.positions)

    # --- events -----------------------------------------------------------------------------------

    def record(self, change: Change) -> tuple[int, ...]:
        """Book events with their entries, keep the account after them; return their numbers."""
        before, after = change.before, change.after
        if not change.events:
            return ()
        # One writer at a time: nobody moves the account on between this look and the end.
        found = self._open.row(sql.VERSION, {"account": before.id})
        if found is None or found[0] != before.version:
            raise Conflict(f"account {before.id} is past version {before.version}")
        numbers = tuple(
            self._happened(change, before.version + place, event)
            for place, event in enumerate(change.events, 1)
        )
        self._open.change(
            sql.MOVE_ON,
            {
                "account": before.id,
                "version": after.version,
                "state": dumps(after),
                "live": after.at_stake,
                "last_event": numbers[-1],
            },
        )
        return numbers

    def _happened(self, change: Change, version: int, event: Event) -> int:
        number = self._open.added(
            sql.HAPPEN,
            {
                "account": change.before.id,
                "version": version,
                "kind": type(event).__name__,
                "body": dumps(event, Event),
                "at": change.at,
                "request": change.request,
            },
        )
        entry = entry_for(event)
        if entry is not None:
            rows = (
                {"event": number, "ledger": posting.ledger, "quanta": posting.quanta}
                for posting in entry.postings
            )
            self._open.change_each(sql.BOOK, rows)
        return number

    def history(self, account: int) -> tuple[Recorded, ...]:
        """Return an account's events, oldest first."""
        rows = self._open.rows(sql.EVENTS, {"account": account})
        return tuple(
            Recorded(
                cast("int", number),
                account,
                cast("datetime", at),
                str(request),
                loads(cast("type[Event]", Event), str(body)),
            )
            for number, at, request, body in rows
        )

    def faults(self) -> tuple[Fault, ...]:
        """Return entries that do not balance and pockets or wallets that differ from the books."""
        return tuple(faults(self._open, self.history))

    def rebuild(self) -> int:
        """Make every account anew of its events; return how many were not as they should be."""
        return rebuilt(self._open, self.history)

    # --- requests and previews --------------------------------------------------------------------

    def done(self, request: str) -> Done | None:
        """Return what a request led to, or None if it led to nothing yet."""
        found = self._open.row(DONES.get, DONES.key(request))
        if found is None:
            return None
        kept = loads(Deed, str(found[1]))
        market = self.account_numbered(kept.account).market
        return kept.done(bare(kept.account, market), self.history(kept.account))

    def set_done(self, request: str, learner: int, done: Done, at: datetime) -> None:
        """Keep what a request led to."""
        row = {
            **DONES.key(request),
            "learner": learner,
            "body": dumps(Deed.of(done)),
            "at": at,
        }
        self._open.change(DONES.add, row)

    def keep_preview(self, preview: Preview) -> str:
        """Keep a preview; return its token."""
        token = secrets.token_urlsafe(9)
        row = {
            **PREVIEWS.key(token),
            "learner": preview.learner,
            "chat": preview.chat,
            "body": dumps(preview),
            "until": preview.until,
            "used_by": "",
        }
        self._open.change(PREVIEWS.add, row)
        return token

    def preview(self, token: str) -> tuple[Preview, str] | None:
        """Return a preview and the request that used it (empty: none yet), or None."""
        found = self._open.row(PREVIEWS.get, PREVIEWS.key(token))
        if found is None:
            return None
        row = dict(zip(PREVIEWS.names, found, strict=True))
        return loads(Preview, str(row["body"])), str(row["used_by"])

    def latest_preview(self, learner: int, chat: str) -> str | None:
        """Return the token of the newest preview of a person in a chat that was not used."""
        found = self._open.row(sql.LATEST, {"learner": learner, "chat": chat})
        return None if found is None else str(found[0])

    def use_preview(self, token: str, request: str) -> None:
        """Keep that a request used a preview."""
        self._open.change(sql.USE, {"key": token, "by": request})

    def drop_previews(self, until: datetime) -> int:
        """Delete the previews whose time ended by a moment, used or not; return how many."""
        return self._open.change(sql.OLD_PREVIEWS, {"now": until})

    def drop_done(self, until: datetime) -> int:
        """Delete what requests led to by a moment, not its events; return how many."""
        return self._open.change(sql.OLD_DONE, {"now": until})

    # --- leases -----------------------------------------------------------------------------------

    def lease(self, name: str, holder: str, now: datetime, until: datetime) -> bool:
        """Take or keep a lease that only one holder has at a time; False if another has it."""
        values = {"key": name, "mine": holder, "holder": holder, "now": now, "until": until}
        if self._open.change(sql.KEEP_LEASE, values):
            return True
        if self._open.row(LEASES.get, LEASES.key(name)) is not None:
            return False
        self._open.change(LEASES.add, {**LEASES.key(name), "holder": holder, "until": until})
        return True


@lru_cache(maxsize=KNOWN)
def _account(state: str) -> PaperAccount:
    """Read an account; it never changes, so the same text may be the same object."""
    return loads(PaperAccount, state)
