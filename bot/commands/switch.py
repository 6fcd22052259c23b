"""/switch: what another margin mode would change, without changing anything."""

from bot.chat.ask import Ask
from bot.chat.cards import title
from bot.chat.command import command
from bot.chat.figures import Label
from bot.chat.positions import mode_word
from bot.chat.reply import Reply, Text, Words
from bot.chat.switches import switch_table
from bot.chat.symbols import base_of
from core.margin.pool import MarginMode
from core.market import Symbol
from core.paper.records import Done
from core.paper.switching import switched
from core.venue import ModeScope


@command(examples=("/switch cross btc",), hidden=True, personal=True)
def switch(ask: Ask, mode: str, symbol: Symbol | None = None) -> Reply:
    """Show what another margin mode would change for your positions.

    Raises `Insufficient` where the wallet could not fill the pockets.
    """
    account = ask.services.accounts.look(ask.identity)
    scene = ask.services.trading.scene(account)
    wanted = MarginMode(mode)
    whole = symbol is None or scene.listing.venue.mode_scope is ModeScope.ACCOUNT
    after = switched(account, None if whole else symbol, wanted, scene)
    table = switch_table(Done(account, (), after, scene.marks), scene, ask._)
    what = Label(ask._("the account") if whole else base_of(str(symbol)))
    figures = {"what": what, "mode": Label(mode_word(wanted, ask._))}
    if table is None:
        text = ask._("There is no position for which {mode} would change anything.")
        return Reply((title(ask, None, Words(text, figures)),))
    return Reply(
        (
            title(ask, None, Words(ask._("If {what} were {mode}."), figures)),
            table,
            Text(Words(ask._("Only looked at: nothing has changed."))),
        )
    )
