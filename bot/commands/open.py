"""/open: a position on paper, at the market or where a price is named."""

from dataclasses import replace
from decimal import Decimal

from bot.chat.acting import act
from bot.chat.acts import close_choice
from bot.chat.ask import Ask
from bot.chat.cards import reading_notes
from bot.chat.command import command
from bot.chat.figures import Label
from bot.chat.opening import Wish, against, intent_of
from bot.chat.positions import position_title
from bot.chat.refusals import refusal_reply
from bot.chat.reply import Choice, Reply, Text, Tone, Words
from bot.chat.results import result_reply
from bot.chat.say import say
from core.errors import LeverageTooHigh, Refusal
from core.margin.pool import MarginMode, Side
from core.margin.sizing import Size as TradeSize
from core.margin.sizing import SizeKind
from core.market import Symbol
from core.money import Rate
from core.paper.account import PaperAccount
from core.paper.actions import Open
from core.paper.errors import Insufficient, LeverageFixed, ModeFixed, NothingToReduce
from core.venue import VENUES

HUNDRED = Decimal(100)
_TURNING = {"buy": Side.LONG, "sell": Side.SHORT}
"""Words that may mean closing as well as opening."""


@command(
    aliases=("o", "long", "short", "buy", "sell"),
    examples=("/open long btc 10x 100", "/open short eth 5x 250 isolated"),
    writes=True,
    personal=True,
    implied={"long": "long", "short": "short", "buy": "buy", "sell": "sell"},
)
def open(
    ask: Ask,
    side: Side,
    symbol: Symbol,
    size: TradeSize,
    leverage: Decimal | None = None,
    mode: str | None = None,
    entry: Decimal | None = None,
    sl: Decimal | str | None = None,
    tp: Decimal | str | None = None,
    wallet: Decimal | None = None,
    reduce: bool = False,
    venue: str | None = None,
) -> Reply:
    """Open a paper position, or add to one; a price makes it a limit order."""
    if before := ask.services.trading.repeated(ask.asked):
        return result_reply(ask, before)
    wish = Wish(
        side=side,
        symbol=symbol,
        size=size,
        leverage=leverage,
        mode=mode,
        entry=entry,
        sl=sl,
        tp=tp,
        reduce=reduce,
    )
    account = ask.services.accounts.look(ask.identity)
    if venue is not None and venue != account.venue:
        return _elsewhere(ask, account, venue)
    if against(account, wish) is not None and not reduce and _may_mean_close(ask, side):
        return _close_or_open(ask, account, wish)
    return _asked(ask, account, wish, wallet)


def _asked(ask: Ask, account: PaperAccount, wish: Wish, wallet: Decimal | None) -> Reply:
    """Show it, or do it at once; what is typed for nothing is said to be idle."""
    scene = ask.services.trading.scene(account)
    try:
        reply = act(ask, Open(intent_of(ask, wish, account, scene)))
    except (Insufficient, LeverageFixed, LeverageTooHigh, ModeFixed, NothingToReduce) as refusal:
        return _cured(ask, wish, refusal)
    first, *rest = reply.blocks
    return replace(reply, blocks=(first, *_notes(ask, wish, wallet), *rest))


def _notes(ask: Ask, wish: Wish, wallet: Decimal | None) -> tuple[Text, ...]:
    """What was mended while reading, and what is not asked for here: a wallet, idle stops."""
    idle: list[str] = []
    if wallet is not None:
        idle.append(ask._("The wallet you typed is left aside: a paper account has its own."))
    if wish.reduce and (wish.sl is not None or wish.tp is not None):
        idle.append(ask._("Stops are left aside: this order opens nothing that they could close."))
    return (*reading_notes(ask), *(Text(Words(text)) for text in idle))


def _line(wish: Wish, **changes: object) -> str:
    """The same wish as a line, with changes."""
    fields = {
        "side": wish.side,
        "symbol": wish.symbol,
        "leverage": wish.leverage,
        "size": wish.size,
        "mode": wish.mode,
        "entry": wish.entry,
        "sl": wish.sl,
        "tp": wish.tp,
        "reduce": wish.reduce,
    }
    return say("open", {**fields, **changes})


def _cured(ask: Ask, wish: Wish, refusal: Refusal) -> Reply:
    """A refusal with the same wish as it would be taken."""
    match refusal:
        case Insufficient(available=free) if free > 0:
            label, size = ask._("All that is free"), TradeSize(SizeKind.WALLET_PERCENT, HUNDRED)
            line = _line(wish, size=size)
        case LeverageFixed(leverage=other) | LeverageTooHigh(highest=other):
            label, line = f"{other.normalize():f}x", _line(wish, leverage=Rate(other))
        case ModeFixed(mode=other_mode):
            label = ask._("Open it cross")
            if other_mode == MarginMode.ISOLATED.value:
                label = ask._("Open it isolated")
            line = _line(wish, mode=other_mode)
        case NothingToReduce():
            label, line = ask._("Without reduce-only"), _line(wish, reduce=False)
        case _:
            return refusal_reply(refusal, ask._)
    reply = refusal_reply(refusal, ask._)
    return replace(reply, choices=((Choice(label, line, kept=True),), *reply.choices))


def _elsewhere(ask: Ask, account: PaperAccount, venue: str) -> Reply:
    """A paper account follows one venue's rules; another is chosen first."""
    text = ask._(
        "Your paper account follows the rules of {venue}. Choose {other} first, or "
        "leave the venue out."
    )
    figures = {"venue": Label(VENUES[account.venue].name), "other": Label(VENUES[venue].name)}
    words = Words(text, figures)
    button = Choice(VENUES[venue].name, f"/venue {venue}", kept=True)
    return Reply(
        (Text(words),), ((button,),), tone=Tone.TROUBLE, outcome="other_venue", short=words
    )


def _may_mean_close(ask: Ask, side: Side) -> bool:
    """Whether the command was "buy" or "sell", which also ends a position the other way."""
    typed = ask.request.text.lstrip().lstrip("/").lower().split(" ")[0].split("@")[0]
    return _TURNING.get(typed) is side


def _close_or_open(ask: Ask, account: PaperAccount, wish: Wish) -> Reply:
    """Ask what "sell" means to somebody who is long."""
    held = against(account, wish)
    assert held is not None
    scene = ask.services.trading.scene(account)
    title = position_title(held, scene, ask._)
    words = Words(
        ask._("You hold {held}. Close it, or trade against it?").replace("{held}", title.text),
        title.figures,
    )
    label = ask._("Trade short") if wish.side is Side.SHORT else ask._("Trade long")
    return Reply(
        (Text(words),),
        ((close_choice(held.number, ask._), Choice(label, _line(wish), kept=True)),),
        tone=Tone.ASK,
        outcome="close_or_open",
        short=words,
    )
