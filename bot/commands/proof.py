"""/proof: a liquidation worked out at its own marks, position by position."""

from collections.abc import Iterator

from bot.chat.ask import Ask
from bot.chat.cards import demo_note, small_print
from bot.chat.command import command
from bot.chat.figures import Figure, Label, Money, exact
from bot.chat.past import Past, liquidation
from bot.chat.positions import price_figure, side_word
from bot.chat.receipts import headline
from bot.chat.reply import Choice, Maths, Reply, Text, Title, Tone, Words
from core.margin.pool import Leg, Pool
from core.margin.risk import closing_fee, maintenance_margin, risk, unrealized_pnl
from core.money import ZERO, Amount


@command(examples=("/proof", "/proof #41"), personal=True)
def proof(ask: Ask, id: str | None = None) -> Reply:
    """Work a liquidation out: what was left against what had to stay."""
    past = liquidation(ask, id)
    if past is None:
        words = Words(ask._("There is no liquidation of yours under that number."))
        choices = ((Choice(ask._("History"), "/history"),),)
        return Reply((Text(words),), choices, Tone.TROUBLE, outcome="no_receipt", short=words)
    pool = dict(past.notice.before.pools())[past.what.scope]
    made = past.receipt()
    legs = [Maths(_name(ask, past, leg), tuple(_leg(ask, past, leg))) for leg in pool.legs]
    return Reply(
        blocks=(
            Title(headline(made, past.scene, ask._)),
            *legs,
            Maths(ask._("behind the wall"), tuple(_sum(ask, past, pool))),
            small_print(_legend(ask, past), demo_note(ask)),
        ),
        choices=((Choice(ask._("Receipt"), f"/receipt #{past.notice.event}"),),),
    )


def _name(ask: Ask, past: Past, leg: Leg) -> str:
    return f"{side_word(leg.side, ask._)} {past.scene.instrument(leg.symbol).base}"


def _leg(ask: Ask, past: Past, leg: Leg) -> Iterator[Words]:
    """What a position had lost or won at these marks, and what it needed to stay."""
    scene = past.scene
    mark, instrument = scene.mark(leg.symbol), scene.instrument(leg.symbol)
    tier = instrument.brackets.at(leg.quantity, Amount(leg.quantity * mark))
    figures: dict[str, Figure] = {"q": exact(leg.quantity), "entry": exact(leg.entry_price)}
    figures["mark"] = price_figure(leg.symbol, mark, scene)
    figures["pnl"] = Money(unrealized_pnl(leg, mark), signed=True)
    first, last = ("{mark}", "{entry}") if leg.side.sign > 0 else ("{entry}", "{mark}")
    yield Words("u = {q}*(" + f"{first} - {last})", figures)
    yield Words("  = {pnl}", figures)
    rate = tier.maintenance_rate + instrument.trigger_fee
    fee = closing_fee(leg, instrument)
    more = {"m": exact(rate), "c": exact(tier.maintenance_amount), "f": exact(fee)}
    text = "M = {q}*{mark}*{m}"
    text += " - {c}" if tier.maintenance_amount else ""
    yield Words(text + (" + {f}" if fee else ""), figures | more)
    yield Words("  = {needed}", {"needed": Money(maintenance_margin(leg, mark, instrument))})


def _sum(ask: Ask, past: Past, pool: Pool) -> Iterator[Words]:
    """The whole wall: collateral and all u against all M."""
    scene = past.scene
    state = risk(pool, scene.marks, scene.listing)
    lost = state.margin_balance - pool.collateral
    under = state.margin_balance < state.maintenance_margin
    verdict = ask._("under: liquidated") if under else ask._("equal: liquidated")
    balance: dict[str, Figure] = {
        "w": Money(pool.collateral),
        "u": Money(abs(lost)),
        "balance": Money(state.margin_balance),
    }
    yield Words("B = {w} " + ("-" if lost < ZERO else "+") + " {u}", balance)
    yield Words("  = {balance}", balance)
    yield Words("M = {needed}", {"needed": Money(state.maintenance_margin)})
    yield Words(ask._("B is {verdict}"), {"verdict": Label(verdict)})


def _legend(ask: Ask, past: Past) -> list[Words]:
    return [
        Words(ask._("u unrealized PnL, M maintenance margin, B margin balance")),
        Words(ask._("all at the marks that ended it")),
    ]
