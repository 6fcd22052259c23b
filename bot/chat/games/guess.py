"""Guess the liquidation price, in words."""

from collections import Counter
from decimal import Decimal

from bot.chat.figures import Count, Figure, Label, Percent
from bot.chat.games.asking import answer_choice, item_title, say_voided
from bot.chat.games.guess_card import card_blocks, card_notes
from bot.chat.games.lobby import late_option
from bot.chat.games.scores import first_words, mean_error, own_score, podium, score_table
from bot.chat.games.seen import KindWords, Seen
from bot.chat.i18n import Translate
from bot.chat.positions import side_word
from bot.chat.reply import Block, Choice, Points, Reply, Row, Table, Text, Title, Words
from core.lessons.challenges.guess import LIMIT, NEVER, Guess, Guessed
from core.lessons.game.asks import Ask
from core.lessons.game.cards import Card
from core.lessons.game.standing import Standing
from core.margin.pool import Side

NEAREST = 5
"""Guesses that the solution lists."""


def _title(_: Translate) -> str:
    return _("Guess the price")


def _gist(_: Translate) -> str:
    return _("A trade is shown. At which price is it liquidated? The nearest get most.")


def _rules(_: Translate) -> tuple[Words, ...]:
    seconds = {"seconds": Count(int(LIMIT.total_seconds()))}
    return (
        Words(_("{seconds} seconds for each card. Answer in private: a price, or never."), seconds),
        Words(_("100 points for the price itself, 0 for being off by a quarter of the way to it.")),
        Words(_("The way is from the entry to the price. The wrong side of the entry is 0.")),
        Words(_("10 more for the fastest who is off by 2% or less.")),
        Words(_("Never, where it is never liquidated, is 100; any price is 0 there.")),
        Words(_("You may change your answer once, for 10 points.")),
        Words(_("A tie goes to the smaller error, then to fewer changes, then to less time.")),
    )


def _options(name: str, value: str, _: Translate) -> tuple[str, Figure]:
    if name == "rounds":
        return _("cards"), Label(value)
    return late_option(value, _)


def _play(seen: Seen) -> Guess:
    play = seen.kept.state.play
    assert isinstance(play, Guess)
    return play


def _asked(seen: Seen, number: int) -> tuple[Ask, Card]:
    play = _play(seen)
    return play.rounds.asks[number - 1], play.cards[number - 1]


# --- views ----------------------------------------------------------------------------------------


def _item_view(seen: Seen, number: int) -> Reply:
    """A card while it may be answered, with the way into a private answer."""
    _, (ask, card) = seen._, _asked(seen, number)
    title = item_title(seen, number, _("Card {place} of {count}: where is it liquidated?"))
    blocks: list[Block] = [Title(title), *card_blocks(seen, card)]
    if ask.closed is not None:
        blocks.append(Text(Words(_("The time is up."))))
        return Reply((*blocks, card_notes(seen, card)), short=title)
    seconds = {"seconds": Count(int(LIMIT.total_seconds()))}
    text = _("{seconds} seconds. Answer in private: a price, or never.")
    blocks.append(Text(Words(text, seconds), strong=True))
    choices = (answer_choice(seen, number, _("Your price, or never")), seen.to(_("Rules"), "rules"))
    return Reply((*blocks, card_notes(seen, card)), (choices,), short=title)


def _card_view(seen: Seen, number: int) -> Reply:
    """The same while it is open, for somebody alone who types the answer below it."""
    _, (_ask, card) = seen._, _asked(seen, number)
    shown = _item_view(seen, number)
    line = Text(Words(_("Write a price below, such as 54,000 or 54k. Or: never.")), strong=True)
    never = Choice(_("Never"), f"/answer #{seen.kept.number} {number}:{NEVER}", kept=True)
    blocks = (shown.blocks[0], *card_blocks(seen, card), line, card_notes(seen, card))
    return Reply(blocks, ((never,),), short=shown.short)


def _answer_view(seen: Seen, number: int) -> Reply:
    """The solution, who was near, and the board."""
    _, play, (_ask, card) = seen._, _play(seen), _asked(seen, number)
    guessed = play.guessed(number)
    title = _truth_words(seen, card)
    blocks: list[Block] = [Title(title)]
    if guessed:
        blocks.append(_guesses(seen, card, guessed))
        blocks += _hints(seen, card, guessed)
    else:
        blocks.append(Text(Words(_("Nobody answered."))))
    gained = {one.player: one.points for one in guessed}
    blocks += score_table(seen, gained)
    return Reply(tuple(blocks), ((seen.to(_("Mine"), "mine"),),), short=title)


def _truth_words(seen: Seen, card: Card) -> Words:
    """Where it is liquidated, to the contract's digits."""
    if card.truth is None:
        return Words(seen._("It is never liquidated: its pool pays for a fall to zero."))
    figures: dict[str, Figure] = {
        "price": seen.price(card.symbol, card.truth),
        "away": Percent(abs(card.truth / card.entry - 1), 1),
    }
    return Words(seen._("It is liquidated at {price}, {away} away."), figures)


def _guesses(seen: Seen, card: Card, guessed: tuple[Guessed, ...]) -> Table:
    """The nearest guesses; a star for the fastest of the sharp ones."""
    _, rows = seen._, []
    for one in guessed[:NEAREST]:
        value = _guess(seen, card, one.value)
        flags = frozenset({0}) if one.fastest else frozenset[int]()
        rows.append(Row(seen.name(one.player), (value, Percent(one.error, 1)), flags))
    return Table((_("guess"), _("off")), tuple(rows), _("fastest: 10 more"))


def _guess(seen: Seen, card: Card, value: str) -> Figure:
    if value == NEVER:
        return Label(seen._("never"))
    del card
    return Count(Decimal(value))


def _hints(seen: Seen, card: Card, guessed: tuple[Guessed, ...]) -> tuple[Block, ...]:
    """What was misunderstood on this card, each once with how often."""
    counted = Counter(one.hint for one in guessed if one.hint)
    texts = _hint_texts(seen, card)
    told = [
        Words(texts[hint], {"count": Count(count), "side": Label(side_word(card.side, seen._))})
        for hint, count in counted.most_common()
    ]
    return (Points(tuple(told)),) if told else ()


def _hint_texts(seen: Seen, card: Card) -> dict[str, str]:
    _ = seen._
    below = _("{count} x beyond the entry: a {side} ends below it.")
    above = _("{count} x beyond the entry: a {side} ends above it.")
    return {
        "side": below if card.side is Side.LONG else above,
        "never": _("{count} x a price: but the pool is worth more than the whole position."),
        "ends": _("{count} x never: but the pool does not pay for such a move."),
    }


def _voided_view(seen: Seen, number: int) -> Reply:
    return say_voided(seen, number, seen._("Card {place} does not count: {why}"))


def _end_view(seen: Seen, _number: int) -> Reply:
    """Who won, the podium in sentences, and what the cards taught."""
    _ = seen._
    title = first_words(seen, _title(_))
    again = Choice(_("Again"), "/challenge guess", kept=True)
    return Reply(
        (
            Title(title),
            *podium(seen, lambda one: _placed(seen, one)),
            *score_table(seen),
            *(Text(words, strong=True) for words in _lessons(seen)),
            seen.fairness(),
        ),
        ((again, seen.to(_("Audit"), "audit")),),
        short=title,
    )


def _placed(seen: Seen, one: Standing) -> Words:
    """How a place came about: points and the mean error."""
    rounds = sum(ask.counts for ask in _play(seen).rounds.asks)
    figures: dict[str, Figure] = {
        "place": Count(one.place),
        "name": seen.name(one.player),
        "points": Count(one.figures[0]),
        "error": Percent(mean_error(one.figures[1], rounds), 1),
    }
    return Words(
        seen._("Place {place}: {name}, {points} points, off by {error} in the mean."), figures
    )


def _lessons(seen: Seen) -> tuple[Words, ...]:
    """The hardest card, and what was misunderstood most often."""
    _, play = seen._, _play(seen)
    hardest = play.hardest
    if hardest is None:
        return ()
    guessed = play.guessed(hardest)
    error = sum((one.error for one in guessed), Decimal(0)) / len(guessed)
    card = play.cards[hardest - 1]
    figures: dict[str, Figure] = {
        "place": Count(play.rounds.place(hardest)),
        "mode": Label(_("isolated") if card.pool.mode.value == "isolated" else _("cross")),
        "error": Percent(error, 0),
    }
    text = _("The hardest was card {place} ({mode}): off by {error} in the mean.")
    return (Words(text, figures), _common(seen))


def _common(seen: Seen) -> Words:
    """The most common mistake: a hint's, else on which side of the price the guesses lay."""
    _, play = seen._, _play(seen)
    counted = [ask.number for ask in play.rounds.asks if ask.counts]
    pairs = [(play.cards[n - 1], one) for n in counted for one in play.guessed(n)]
    hints = Counter(one.hint for _card, one in pairs if one.hint)
    if hints:
        hint, count = hints.most_common(1)[0]
        texts = {
            "side": _("Most common mistake ({count} x): a price on the wrong side of the entry."),
            "never": _("Most common mistake ({count} x): a price where there is none."),
            "ends": _("Most common mistake ({count} x): never, where the pool does not last."),
        }
        return Words(texts[hint], {"count": Count(count)})
    near = sum(_is_too_near(card, one) for card, one in pairs)
    figures: dict[str, Figure] = {"near": Count(near), "all": Count(len(pairs))}
    if 2 * near >= len(pairs):
        return Words(_("{near} of {all} guesses lay nearer to the entry than the price."), figures)
    return Words(
        _("Only {near} of {all} guesses lay nearer: the maintenance margin brings it nearer."),
        figures,
    )


def _is_too_near(card: Card, one: Guessed) -> bool:
    """Whether a guess lay nearer to the entry than the price."""
    if card.truth is None or one.value == NEVER:
        return False
    return abs(Decimal(one.value) - card.entry) < abs(card.truth - card.entry)


def _now_view(seen: Seen) -> Reply:
    """The card that is open, or the solution of the last one."""
    ask = _play(seen).rounds.last
    if ask.void:
        return _voided_view(seen, ask.number)
    return (_answer_view if ask.closed is not None else _item_view)(seen, ask.number)


def _own_view(seen: Seen, seat: int | None) -> Reply:
    return own_score(seen, seat, lambda one: _placed(seen, one))


def _said(code: str, seen: Seen) -> Words | None:
    """What somebody who answered is told."""
    _ = seen._
    texts = {
        "answered": _("Taken. One change is left, for 10 points."),
        "changed": _("Changed, for 10 points. That one counts."),
    }
    return Words(texts[code]) if code in texts else None


WORDS = KindWords(
    title=_title,
    gist=_gist,
    rules=_rules,
    options=_options,
    views={
        "item": _item_view,
        "card": _card_view,
        "answer": _answer_view,
        "voided": _voided_view,
        "end": _end_view,
    },
    board=_now_view,
    said=_said,
    own=_own_view,
)
