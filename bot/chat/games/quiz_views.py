"""The messages of a quiz: a question, its solution, and the end with what it taught."""

from collections import Counter
from decimal import Decimal

from bot.chat.figures import Count, Figure, Label, Percent
from bot.chat.games.asking import answer_choice, item_title, say_voided
from bot.chat.games.quiz_items import answer_of, item_blocks, letter, source_of, why_words
from bot.chat.games.quiz_slips import slip_text
from bot.chat.games.scores import first_words, own_score, podium, score_table
from bot.chat.games.seen import Seen
from bot.chat.reply import Block, Choice, Points, Reply, Row, Table, Text, Title, Words
from core.lessons.challenges.quiz import Quiz
from core.lessons.game.asks import Ask
from core.lessons.game.items import FAQ, Item
from core.lessons.game.marking import Mark
from core.lessons.game.standing import Standing
from core.market import Symbol
from core.money import Price

NEAREST = 5
"""Answers to the last question of all that are listed."""


def _play(seen: Seen) -> Quiz:
    play = seen.kept.state.play
    assert isinstance(play, Quiz)
    return play


def _asked(seen: Seen, number: int) -> tuple[Ask, Item]:
    play = _play(seen)
    return play.rounds.asks[number - 1], play.items[number - 1]


def item_view(seen: Seen, number: int) -> Reply:
    """A question while it may be answered: letters for choices, a private way for a number."""
    _, (ask, item) = seen._, _asked(seen, number)
    title = item_title(seen, number, _("Question {place} of {count}."))
    blocks: list[Block] = []
    if not item.choices:
        title = Words(_("The last question of all."))
        blocks.append(Text(_tied_words(seen)))
    blocks += item_blocks(item, _)
    if ask.closed is not None:
        blocks.append(Text(Words(_("The time is up."))))
        return Reply((Title(title), *blocks), short=title)
    if not item.choices:
        choice = answer_choice(seen, number, _("Your price"))
        return Reply((Title(title), *blocks), ((choice,),), short=title)
    return Reply((Title(title), *blocks), (_letters(seen, number, item),), short=title)


def _letters(seen: Seen, number: int, item: Item) -> tuple[Choice, ...]:
    """A button for each choice; whoever presses is answered alone."""
    return tuple(
        Choice(
            letter(place),
            f"/answer #{seen.kept.number} {number}:{letter(place).lower()}",
            kept=True,
            aside=True,
        )
        for place in range(len(item.choices))
    )


def _tied_words(seen: Seen) -> Words:
    """Who may answer the last question of all."""
    tied = _play(seen).tied(seen.table)
    names: dict[str, Figure] = {f"name{player}": seen.name(player) for player in tied}
    places = ", ".join(f"{{{place}}}" for place in names)
    return Words(seen._("For these alone: {names}.").replace("{names}", places), names)


def card_view(seen: Seen, number: int) -> Reply:
    """The same while it is open, for somebody alone: a number is typed below it."""
    _ask, item = _asked(seen, number)
    shown = item_view(seen, number)
    if item.choices:
        return shown
    line = Text(Words(seen._("Write a price below, such as 54,000 or 54k.")), strong=True)
    return Reply((*shown.blocks, line), short=shown.short)


def answer_view(seen: Seen, number: int) -> Reply:
    """The right answer and why, what was chosen instead, and the board."""
    _, (ask, item) = seen._, _asked(seen, number)
    if not item.choices:
        return _decided_view(seen, number)
    figures: dict[str, Figure] = {
        "letter": Label(letter(item.right)),
        "answer": answer_of(item, item.choices[item.right], _),
    }
    title = Words(_("{letter} is right: {answer}"), figures)
    marks = _play(seen).marks(seen.table).get(number, ())
    blocks: list[Block] = [Title(title), Text(why_words(item, _))]
    blocks += _chosen(seen, item, marks)
    blocks += score_table(seen, {mark.player: mark.points for mark in marks})
    if ask.reports:
        count = {"count": Count(len(ask.reports))}
        blocks.append(Text(Words(_("Reported as a bad question by {count}."), count)))
    return Reply((*blocks, *source_of(item, _)), (_below(seen, ask, item),), short=title)


def _below(seen: Seen, ask: Ask, item: Item) -> tuple[Choice, ...]:
    """What may be pressed under a solution."""
    _, game = seen._, seen.kept.number
    buttons = [seen.to(_("Mine"), "mine")]
    if item.kind == FAQ:
        line = f"/challenge report {game} {ask.number}"
        buttons.append(Choice(_("Report"), line, kept=True, aside=True))
    if ask.reports:
        line = f"/challenge void {game} {ask.number}"
        buttons.append(Choice(_("Strike it out"), line, kept=True, aside=True))
    return tuple(buttons)


def _chosen(seen: Seen, item: Item, marks: tuple[Mark, ...]) -> tuple[Block, ...]:
    """How often each choice was taken, and which mistake led to a wrong one."""
    _ = seen._
    if not marks:
        return (Text(Words(_("Nobody answered."))),)
    counted, told = Counter(mark.choice for mark in marks), list[Words]()
    for place, count in counted.most_common():
        slip = item.choices[place].slip
        why = slip_text(item.kind, slip, _) if slip else _("right") if place == item.right else ""
        figures: dict[str, Figure] = {
            "letter": Label(letter(place)),
            "count": Count(count),
            "why": Label(why),
        }
        told.append(Words("{count} x {letter}" + (": {why}" if why else ""), figures))
    return (Points(tuple(told)),)


def _decided_view(seen: Seen, number: int) -> Reply:
    """What the number was that decides between equals, and who was nearest."""
    _, (_ask, item), found = seen._, _asked(seen, number), _play(seen).last_of_all
    assert item.truth is not None
    price = seen.price(Symbol(item.names["symbol"]), Price(item.truth))
    title = Words(_("It is liquidated at {price}."), {"price": price})
    blocks: list[Block] = [Title(title), Text(why_words(item, _))]
    if found:
        rows = tuple(
            Row(seen.name(one.player), (Count(Decimal(one.value)), Percent(one.error, 1)))
            for one in found[:NEAREST]
        )
        blocks.append(Table((_("answer"), _("off")), rows))
    else:
        blocks.append(Text(Words(_("Nobody answered."))))
    return Reply((*blocks, *score_table(seen)), short=title)


def voided_view(seen: Seen, number: int) -> Reply:
    """A question that does not count, and why."""
    return say_voided(seen, number, seen._("Question {place} does not count: {why}"))


def reported_view(seen: Seen, number: int) -> Reply:
    """A question was reported: its host may strike it out."""
    _ = seen._
    text = _("Question {place} was reported as a bad one. A host may strike it out.")
    title = item_title(seen, number, text)
    line = f"/challenge void {seen.kept.number} {number}"
    choice = Choice(_("Strike it out"), line, kept=True, aside=True)
    return Reply((Text(title),), ((choice,),), short=title)


def end_view(seen: Seen, _number: int) -> Reply:
    """Who won, the podium in sentences, and what the answers taught."""
    _ = seen._
    title = first_words(seen, _("Margin quiz"))
    again = Choice(_("Again"), "/challenge quiz", kept=True)
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
    """How a place came about: points, right answers, and the mean time of these."""
    points, right, mean, *_rest = one.figures
    figures: dict[str, Figure] = {
        "place": Count(one.place),
        "name": seen.name(one.player),
        "points": Count(points),
        "right": Count(right),
        "seconds": Count((-mean).quantize(Decimal("0.1"))),
    }
    return Words(
        seen._("Place {place}: {name}, {points} points, {right} right in {seconds} s each."),
        figures,
    )


def _lessons(seen: Seen) -> tuple[Words, ...]:
    """The hardest question, and the most common mistake."""
    _, play = seen._, _play(seen)
    hardest = play.hardest(seen.table)
    if hardest is None:
        return ()
    marks, item = play.marks(seen.table)[hardest], play.items[hardest - 1]
    figures: dict[str, Figure] = {
        "place": Count(play.rounds.place(hardest)),
        "right": Count(sum(mark.right for mark in marks)),
        "all": Count(len(marks)),
    }
    told = [Words(_("The hardest was question {place}: {right} of {all} right."), figures)]
    told.append(why_words(item, _))
    slips = Counter(
        (play.items[number - 1].kind, slip)
        for number, found in play.marks(seen.table).items()
        for mark in found
        if (slip := play.items[number - 1].choices[mark.choice].slip)
    )
    if slips:
        (kind, slip), count = slips.most_common(1)[0]
        more: dict[str, Figure] = {
            "count": Count(count),
            "slip": Label(slip_text(kind, slip, _)),
        }
        told.append(Words(_("Most common mistake ({count} x): {slip}."), more))
    return tuple(told)


def now_view(seen: Seen) -> Reply:
    """The question that is open, or the solution of the last one."""
    ask = _play(seen).rounds.last
    if ask.void:
        return voided_view(seen, ask.number)
    return (answer_view if ask.closed is not None else item_view)(seen, ask.number)


def own_view(seen: Seen, seat: int | None) -> Reply:
    """Somebody's own place and points. Raises `NotPlaying`."""
    return own_score(seen, seat, lambda one: _placed(seen, one))
