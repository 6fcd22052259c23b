"""/choose: four short questions, and which margin mode suits; never which trade.

The answers so far travel in the line (`/choose yes 3 20 new`), so nothing is kept of them, and
whoever knows the four words can type them at once.
"""

from bot.chat.ask import Ask
from bot.chat.cards import (
    DEFAULT_SHARE,
    again,
    price_note,
    price_on,
    side_label,
    size_of,
    small_print,
    tier_note,
    title,
)
from bot.chat.command import command
from bot.chat.figures import Count, Figure, Label, Money, Percent, Times
from bot.chat.reply import Block, Choice, Facts, Points, Reply, Row, Table, Text, Title, Tone, Words
from bot.chat.suiting import QUOTE, Answers, against_words, read_answers, reason_words
from core.errors import Refusal
from core.lessons.choosing import Experience, Situation, Suited, suited
from core.margin.pool import MarginMode, Side
from core.margin.sizing import Size, SizeKind, Trade
from core.market import Symbol
from core.money import ONE, Amount, Rate
from core.services.compare import Seen, Terms

COIN = Symbol("BTCUSDT")
"""The contract on which the figures are shown."""

QUESTIONS = 4


@command(examples=("/choose", "/choose no 2 20 new", "/choose yes 3 all pro"), personal=True)
def choose(ask: Ask, text: str | None = None) -> Reply:
    """Find out which margin mode suits you."""
    answers = read_answers(text or "")
    if answers.situation is None:
        return _question(ask, answers)
    return _recommended(ask, answers.situation)


# --- the questions --------------------------------------------------------------------------------


def _question(ask: Ask, so_far: Answers) -> Reply:
    """The next question, one card; the answers before it stand in its buttons."""
    number = len(so_far.line.split())
    asked = _asked(ask, number)
    options = {0: _yes_or_no, 1: _counts, 2: _shares, 3: _experiences}[number](ask, so_far)
    buttons = tuple((_go(label, so_far.line, word),) for word, label in options)
    heading: dict[str, Figure] = {"number": Count(number + 1), "all": Count(QUESTIONS)}
    back = (_go(ask._("Back"), *so_far.line.split()[:-1]),) if number else ()
    return Reply(
        blocks=(
            Title(Words(ask._("Which mode suits you? Question {number} of {all}"), heading)),
            *_misread(ask, so_far),
            Text(asked, strong=True),
        ),
        choices=(*buttons, *((back,) if back else ())),
        tone=Tone.ASK,
        short=asked,
    )


def _misread(ask: Ask, so_far: Answers) -> tuple[Text, ...]:
    """Say that an answer was not understood; a hedge of one position is a slip of its own."""
    if not so_far.misread:
        return ()
    if so_far.hedged and so_far.positions is None:
        return (Text(Words(ask._("A hedge takes two positions or more, said as a number."))),)
    return (Text(Words(ask._("I did not understand that answer."))),)


def _go(label: str, *said: str) -> Choice:
    """A button to the next card, in place of this one."""
    return Choice(label, " ".join(("/choose", *filter(None, said))), replace=True)


def _asked(ask: Ask, number: int) -> Words:
    """The question of that number, counted from 0."""
    questions = (
        ask._("Do you hold positions in opposite directions that offset each other, a hedge?"),
        ask._("How many positions do you hold at once?"),
        ask._("How much of your wallet may be lost at most?"),
        ask._("How much experience do you have with futures?"),
    )
    return Words(questions[number])


def _yes_or_no(ask: Ask, _: Answers) -> tuple[tuple[str, str], ...]:
    return (("yes", ask._("Yes, hedged")), ("no", ask._("No")))


def _counts(ask: Ask, so_far: Answers) -> tuple[tuple[str, str], ...]:
    """One, a few, many; a hedge has two at least."""
    several = (("3", ask._("Three")), ("5", ask._("Five or more")))
    if so_far.hedged:
        return (("2", ask._("Two")), *several)
    return (("1", ask._("One")), *several)


def _shares(ask: Ask, _: Answers) -> tuple[tuple[str, str], ...]:
    return (*((share, f"{share}%") for share in ("5", "20", "50")), ("all", ask._("All of it")))


def _experiences(ask: Ask, _: Answers) -> tuple[tuple[str, str], ...]:
    return tuple((each.value, label) for each, label in _experience_names(ask).items())


def _experience_names(ask: Ask) -> dict[Experience, str]:
    return {
        Experience.NEW: ask._("New to it"),
        Experience.SOME: ask._("Some"),
        Experience.MUCH: ask._("Experienced"),
    }


# --- the mode that suits --------------------------------------------------------------------------


def _recommended(ask: Ask, situation: Situation) -> Reply:
    """The mode, why, what speaks against it, and what both can lose of this wallet."""
    advice, wallet = suited(situation), _wallet(ask)
    seen = _seen(ask, situation, wallet)
    isolated = advice.mode is MarginMode.ISOLATED
    words = Words(
        ask._("Isolated margin suits you better.")
        if isolated
        else ask._("Cross margin suits you better.")
    )
    reasons = tuple(reason_words(reason, situation, wallet, ask._) for reason in advice.reasons)
    return Reply(
        blocks=(
            title(ask, None, words),
            Text(reasons[0], strong=True),
            *([Points(reasons[1:])] if reasons[1:] else []),
            Text(Words(ask._("Against it:"))),
            Points(against_words(advice, situation, wallet, ask._)),
            *(_figures(ask, seen) if seen else [_no_figures(ask)]),
            _said(ask, situation),
            small_print(_notes(ask, seen)),
        ),
        choices=_choices(ask, advice, situation, seen),
        short=words,
    )


def _wallet(ask: Ask) -> Amount:
    """The person's own wallet wherever they ask, because only they see the answer."""
    return Amount(ask.preferences.wallet or ask.house.wallet)


def _said(ask: Ask, situation: Situation) -> Facts:
    """The four answers, as they were understood."""
    share = situation.most_lost
    return Facts(
        (
            (ask._("hedged"), Label(ask._("yes") if situation.hedged else ask._("no"))),
            (ask._("positions"), Count(situation.positions)),
            (ask._("may be lost"), Percent(share, 0 if share * 100 % 1 == 0 else 2)),
            (ask._("experience"), Label(_experience_names(ask)[situation.experience])),
        ),
        ask._("You said"),
    )


def _seen(ask: Ask, situation: Situation, wallet: Amount) -> Seen | None:
    """One trade behind both walls, with what may be lost as its margin; None where none fits.

    Where everything may be lost, the usual share is the margin, so that the fees find room.
    """
    share = situation.most_lost if situation.most_lost < ONE else DEFAULT_SHARE
    size = Size(SizeKind.MARGIN, wallet * share)
    trade = Trade(COIN, Side.LONG, Rate(ask.defaults.leverage), size)
    terms = Terms(venue=ask.defaults.venue, wallet=wallet, fee=ask.preferences.fee, may_shrink=True)
    try:
        return ask.services.compare(trade, terms)
    except Refusal:
        # A wallet below the smallest order, a price that is too old: the mode suits all the same.
        return None


def _no_figures(ask: Ask) -> Text:
    return Text(Words(ask._("No figures: a trade that would show them cannot be placed now.")))


def _figures(ask: Ask, seen: Seen) -> tuple[Block, ...]:
    """What the same trade can lose of this wallet in either mode, and where it is liquidated."""
    c, stage = seen.comparison, seen.stage
    both = (c.isolated, c.cross)
    figures: dict[str, Figure] = {
        "side": side_label(ask, c.leg.side),
        "size": size_of(stage, c.leg),
        "leverage": Times(c.leg.leverage),
        "wallet": Money(c.wallet, QUOTE, whole=True),
        "isolated": Money(c.isolated.max_loss),
        "cross": Money(c.cross.max_loss),
    }
    text = ask._(
        "With a wallet of {wallet}, {side} {size} at {leverage} can lose {isolated} in isolated; "
        "the same trade can lose {cross} in cross."
    )
    rows = (
        Row(Label(ask._("Can lose")), tuple(Money(o.max_loss) for o in both)),
        Row(Label(ask._("of wallet")), tuple(Percent(o.max_loss / c.wallet, 0) for o in both)),
        Row(
            Label(ask._("Liq. price")),
            tuple(price_on(stage, c.leg.symbol, o.shown_limit) for o in both),
        ),
    )
    return (
        Text(Words(text, figures), strong=True),
        Table((ask._("Isolated"), ask._("Cross")), rows),
    )


def _notes(ask: Ask, seen: Seen | None) -> list[Words]:
    """What the figures stand on, and what this answer is not."""
    notes = []
    if ask.preferences.wallet is None:
        wallet = {"wallet": Money(_wallet(ask), QUOTE, whole=True)}
        notes.append(Words(ask._("assumed: wallet {wallet}"), wallet))
    if seen is not None:
        c, stage = seen.comparison, seen.stage
        text = ask._("{venue}, before entry fee {fee}, funding and exit fee")
        venue = Label(stage.listing.venue.name)
        notes.append(Words(text, {"venue": venue, "fee": Money(c.fee)}))
        notes += tier_note(ask, stage, c.leg.symbol, c.isolated.bracket)
        notes += price_note(ask, stage, c.leg.symbol)
    return [*notes, Words(ask._("about the mode only: no advice on trades"))]


def _choices(
    ask: Ask, advice: Suited, situation: Situation, seen: Seen | None
) -> tuple[tuple[Choice, ...], ...]:
    """The figures in full, topics that fit, the lessons, and the questions again."""
    more = []
    if seen is not None:
        line = again(ask, "compare", seen.comparison.leg, wallet=seen.comparison.wallet)
        more.append(Choice(ask._("Compare"), line))
    if situation.hedged:
        more.append(Choice(ask._("A hedge in both modes"), "/hedge long btc short eth 10x"))
    when = ask._("When cross?")
    if advice.mode is MarginMode.ISOLATED:
        when = ask._("When isolated?")
    topics = (
        Choice(when, f"/faq when-use-{advice.mode.value}"),
        Choice(ask._("How much can I lose?"), f"/faq max-loss-{advice.mode.value}"),
    )
    last = (Choice(ask._("Lessons"), "/learn", kept=True), _go(ask._("Start over")))
    return (*((tuple(more),) if more else ()), topics, last)
