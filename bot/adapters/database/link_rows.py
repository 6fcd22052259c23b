"""Links in rows: what waits under a one-time code until two identities are one person."""

import secrets
from datetime import datetime

from bot.adapters.database import statements as sql
from bot.adapters.database.codec import dumps, loads
from bot.adapters.database.shelf import Shelf, Transaction
from bot.adapters.database.tables import LINK
from core.paper.records import Link

LINKS = Shelf(LINK)
BODY = LINKS.names.index("body")

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"
"""What codes are made of: letters that are told apart when read aloud or copied by hand."""


class LinkRows:
    """The part of `core.ports.PaperBooks` that is about links."""

    def __init__(self, transaction: Transaction) -> None:
        """Take the open transaction."""
        self._rows = transaction

    def keep_link(self, link: Link) -> str:
        """Keep a link that waits under a new code of 8 letters; earlier ones of its asker go."""
        values = _values(link)
        self._rows.change(sql.EARLIER_LINKS, {"asker": values["asker"]})
        code = "".join(secrets.choice(LETTERS) for _ in range(8))
        self._rows.change(LINKS.add, {**LINKS.key(code), **values})
        return code

    def link(self, code: str) -> Link | None:
        """Return what waits under a code, past its time or not, or None."""
        found = self._rows.row(LINKS.get, LINKS.key(code))
        return None if found is None else loads(Link, str(found[BODY]))

    def change_link(self, code: str, link: Link | None) -> None:
        """Keep how far a link has come; None drops it."""
        if link is None:
            self._rows.change(LINKS.drop, LINKS.key(code))
        else:
            self._rows.change(LINKS.replace, {**LINKS.key(code), **_values(link)})

    def drop_links(self, now: datetime) -> int:
        """Delete the links that are out of time; return how many."""
        return self._rows.change(sql.OLD_LINKS, {"now": now})


def _values(link: Link) -> dict[str, object]:
    """The row of a link, without its code."""
    asker = f"{link.first.platform}:{link.first.person}"
    return {"asker": asker, "body": dumps(link), "until": link.until}
