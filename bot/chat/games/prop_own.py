"""A trader's own desk in words: the limits, what is missing to a pass, what only they are told."""

from bot.chat.figures import Count, Figure, Label, Moment, Money, Percent
from bot.chat.games.account import own_view
from bot.chat.games.seen import Seen
from bot.chat.i18n import Translate
from bot.chat.reply import Block, Choice, Facts, Points, Reply, Text, Title, Words
from core.lessons.challenges.prop import START, Prop
from core.lessons.game.desk import (
    BEST_SHARE,
    DAILY,
    DAILY_LOSS,
    OVERALL,
    PASSED,
    TARGET,
    TIME,
    TRADED,
    Desk,
    Limit,
)
from core.lessons.game.trading import is_known
from core.lessons.way import equity
from core.money import ZERO, Amount


def play_of(seen: Seen) -> Prop:
    """Return the play of a prop desk."""
    play = seen.kept.state.play
    assert isinstance(play, Prop)
    return play


def rule_word(rule: str, _: Translate) -> str:
    """Return what a rule is called in a column."""
    return {DAILY: _("daily"), OVERALL: _("overall"), TIME: _("time")}[rule]


def _limit_word(rule: str, _: Translate) -> str:
    return {DAILY: _("daily limit"), OVERALL: _("overall limit")}[rule]


def own_desk(seen: Seen, seat: int | None) -> Reply:
    """Return somebody's desk: their account, and the rules as they stand. Raises `NotPlaying`."""
    reply = own_view(seen, seat)
    desks = play_of(seen).desks
    desk = None if desks is None or seat is None else desks.known.get(seat)
    if desk is None or seat is None:
        return reply
    title, *rest = reply.blocks
    rules = Facts(_rules_now(seen, desk))
    blocks = (title, *_verdict(seen, desk), *rest, rules, *_missing(seen, seat, desk))
    return Reply(blocks, reply.choices, short=reply.short)


def _rules_now(seen: Seen, desk: Desk) -> tuple[tuple[str, Figure], ...]:
    """Where the limits are today, and how many days are gone."""
    _, play = seen._, play_of(seen)
    assert play.desks is not None
    used = _("{day} of {days}").format(day=play.desks.used(desk), days=play.desks.limit)
    traded = _("{days} of {needed}").format(days=desk.traded, needed=TRADED)
    rows: list[tuple[str, Figure]] = [
        (_limit_word(limit.rule, _), Money(limit.floor))
        for limit in desk.limits(trailing=play.desks.trailing)
        if not desk.verdict
    ]
    return (*rows, (_("day"), Label(used)), (_("days traded"), Label(traded)))


def _missing(seen: Seen, seat: int, desk: Desk) -> tuple[Block, ...]:
    """What is missing to a pass; nothing is said where it is over."""
    _, account = seen._, seen.kept.state.accounts[seat]
    if desk.verdict:
        return ()
    balance = account.wallet_balance
    profit, best = balance - START, max(desk.best_day, balance - desk.opening)
    figures: dict[str, Figure] = {
        "more": Money(Amount(START * TARGET - profit)),
        "days": Count(TRADED - desk.traded),
        "best": Percent(best / profit if profit else ZERO, 0),
        "most": Percent(BEST_SHARE, 0),
    }
    texts = {
        "target": _("{more} more in the balance"),
        "days": _("days of trading: {days} more"),
        "best_day": _("a best day of {most} of the profit at most; it is {best}"),
    }
    missing = [texts[code] for code in desk.missing(balance)]
    missing += [_("nothing open and no order left")] if account.at_stake else []
    points = Points(tuple(Words(text, figures) for text in missing))
    return (Text(Words(_("Missing to a pass:"))), points) if missing else ()


# --- what only its owner is told ------------------------------------------------------------------


def _reader(seen: Seen) -> tuple[int, Desk]:
    """Whoever reads it, and their desk."""
    desks = play_of(seen).desks
    assert desks is not None
    assert seen.reader is not None
    return seen.reader, desks.known[seen.reader]


def _worth(seen: Seen, player: int) -> Amount:
    """What their account is worth now; as it was looked at last where prices are away."""
    account, session = seen.kept.state.accounts[player], play_of(seen).session
    assert session is not None
    if seen.marks is None or not is_known(account, seen.marks):
        return session.notes[player].equity
    return equity(account, seen.marks)


def warning_view(seen: Seen, number: int) -> Reply:
    """Four fifths of a limit are used; the number tells which, odd ones are the overall limit."""
    _, (player, desk) = seen._, _reader(seen)
    desks = play_of(seen).desks
    assert desks is not None
    limit = desk.limits(trailing=desks.trailing)[number % 2]
    worth = _worth(seen, player)
    figures: dict[str, Figure] = {
        "used": Percent(limit.used(worth), 0),
        "limit": Label(_limit_word(limit.rule, _)),
        "floor": Money(limit.floor, "USDT"),
    }
    if desk.verdict:  # it came late
        text_ = Words(_("Of the {limit} four fifths were used; it is over by now."), figures)
        return _private(seen, text_, ())
    title = Words(_("{used} of the {limit} is used."), figures)
    text = Words(_("At {floor} it is broken, and everything is closed."), figures)
    return _private(seen, title, (Text(text), Facts(_left(limit, worth, _))))


def _left(limit: Limit, worth: Amount, _: Translate) -> tuple[tuple[str, Figure], ...]:
    return (
        (_("worth now"), Money(worth)),
        (_("limit"), Money(limit.floor)),
        (_("left"), Money(Amount(max(ZERO, worth - limit.floor)))),
    )


def trap_view(seen: Seen, number: int) -> Reply:
    """An open loss that the next day's limit will not bear; the number is that of the day."""
    _, (player, desk) = seen._, _reader(seen)
    if desk.verdict or desk.day > number:  # it came late
        return _private(seen, Words(_("The open loss met the next day's limit.")), ())
    desks = play_of(seen).desks
    assert desks is not None
    account = seen.kept.state.accounts[player]
    loss = Amount(account.wallet_balance - _worth(seen, player))
    figures: dict[str, Figure] = {
        "loss": Percent(max(ZERO, loss) / START, 1),
        "most": Percent(DAILY_LOSS, 0),
        "ends": Moment(desks.days.begins(desk.day + 1)),
    }
    title = Words(_("Your open loss of {loss} will break tomorrow's limit."), figures)
    text = Words(
        _("The day ends {ends}. The next one bears an open loss of less than {most}."), figures
    )
    return _private(seen, title, (Text(text),))


def verdict_view(seen: Seen, _number: int) -> Reply:
    """It is over for somebody: passed, or which rule, when and by how much."""
    _player, desk = _reader(seen)
    title, *rest = _verdict(seen, desk)
    assert isinstance(title, Text)
    return _private(seen, title.words, tuple(rest))


def _verdict(seen: Seen, desk: Desk) -> tuple[Block, ...]:
    """How it ended; nothing while it runs."""
    _, desks = seen._, play_of(seen).desks
    if not desk.verdict or desks is None or desk.ended is None:
        return ()
    figures: dict[str, Figure] = {
        "days": Count(desks.used(desk)),
        "when": Moment(desk.ended),
        "beyond": Money(desk.beyond, "USDT"),
        "limit": Label(rule_word(desk.rule, _) if desk.rule else ""),
    }
    if desk.verdict == PASSED:
        return (Text(Words(_("Passed on day {days}, {when}."), figures), strong=True),)
    if desk.rule == TIME:
        text = _("Failed: after {days} days the target was not reached.")
        return (Text(Words(text, {"days": Count(desks.limit)}), strong=True),)
    texts = {
        DAILY: _("Failed: the daily limit was broken {when}, by {beyond}."),
        OVERALL: _("Failed: the overall limit was broken {when}, by {beyond}."),
    }
    closed = Words(_("Everything was closed at that mark."))
    return (Text(Words(texts[desk.rule], figures), strong=True), Text(closed))


def _private(seen: Seen, title: Words, blocks: tuple[Block, ...]) -> Reply:
    game = Words(seen._("Prop desk {game}."), {"game": Label(f"#{seen.kept.number}")})
    mine = Choice(seen._("Mine"), f"/trade #{seen.kept.number}", kept=True)
    return Reply((Title(title), *blocks, Text(game)), ((mine,),), short=title)
