"""A refusal of each kind that challenges know, and of each way in which one can be meant."""

from datetime import UTC, datetime

from core.errors import Refusal
from core.lessons.game import errors as e
from core.money import D

SOON = datetime(2026, 12, 1, 12, 2, tzinfo=UTC)

SEATS = ("full", "begun", "stopped")
PHASES = (
    *("draft", "open", "running", "frozen", "between", "over", "fixed", "audit", "settling"),
    *("nothing", "waiting", "void", "squadless", "naming", "adjust"),
)

GAMES: tuple[Refusal, ...] = (
    e.NoGame(),
    e.GameRunning("duel"),
    e.NotPlaying(),
    *(e.NoSeat(why) for why in SEATS),
    e.TooFew(2, 1),
    *(e.NotNow(phase) for phase in PHASES),
    e.TooLate(SOON),
    e.ActUsed("add", 2),
    e.ActUsed("answer", 1),
    e.ActUsed("answer", 2),
    e.BadAnswer("moon"),
    e.BadAnswer("e", ("a", "b", "c", "d")),
    e.OtherWall("add", "isolated"),
    e.OtherWall("hedge", "cross"),
    e.NotAllowedHere("leverage", "20"),
    e.NotAllowedHere("mode", "isolated"),
    e.NotAllowedHere("pairs", "BTC ETH"),
    e.NotAllowedHere("action", ""),
    e.HeldTooShort(SOON),
    e.OrderTooLarge(D(300_000), D(200_000)),
    e.BadOption("leverage", "7", ("20", "10")),
    e.BadOption("option", "red", ("20", "10")),
    e.OtherSquad(),
    e.NotCaptain(3),
    *(e.BadName(why) for why in ("nothing", "reserved", "taken")),
    e.ItemOpen(SOON),
    e.NoLeague(),
    e.BadCode(),
    e.InLeague("Winter cup"),
    e.NotWaiting("1a2b3c4d"),
    e.NotKnown(SOON),
    e.NoPlayer("Otto"),
    e.OwnPlace(),
    e.NotCovered(D(300)),
    e.NotCovered(None),
    e.FewPairs(2),
)
