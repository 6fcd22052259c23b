"""What counting a game anew comes to, and where that is not what its audit file says."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tests.sims.recount.told import Place, Told
from tests.sims.recount.wallet import Wallet

CLOSE = Decimal("1e-25")
"""The program keeps 34 digits, this count more: quotients differ in the last ones."""


@dataclass(frozen=True)
class Result:
    """How a game ended ("" as it should), who is where, and everybody's last wallet."""

    why: str
    places: list[Place]
    wallets: Mapping[int, Wallet]


def differences(told: Told, found: Result) -> list[str]:
    """Everything that an audit file says otherwise."""
    wrong = [] if told.file["why"] == found.why else [f"why {told.file['why']}: {found.why}"]
    said = {one["player"]: one for one in told.file["standings"]}
    if set(said) != {one.player for one in found.places}:
        return [*wrong, f"players {sorted(said)}: {sorted(one.player for one in found.places)}"]
    for one in found.places:
        theirs = said[one.player]
        figures = [Decimal(figure) for figure in theirs["figures"]]
        same = len(figures) == len(one.figures) and all(
            abs(a - b) <= CLOSE * max(Decimal(1), abs(b))
            for a, b in zip(figures, one.figures, strict=True)
        )
        listed, place = theirs.get("listed", True), theirs.get("place", 0)
        if not same or (listed, place) != (one.listed, one.place):
            wrong.append(f"player {one.player}: {theirs}, but {one}")
    return wrong
