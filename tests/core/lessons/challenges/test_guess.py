"""Guess the liquidation price: what a guess is worth, who is ahead, and a game recounted."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.database.codec import dumps, loads
from core.errors import Refusal
from core.lessons.challenges import kinds
from core.lessons.challenges.guess import (
    KIND,
    LIMIT,
    MISSED,
    Guess,
    Guessed,
    error_of,
    points_of,
    read,
)
from core.lessons.game import inputs as i
from core.lessons.game.asks import UNSURE, Ask, Given
from core.lessons.game.cards import Card, truth_of
from core.lessons.game.errors import BadAnswer, NoSeat
from core.lessons.game.game import Game
from core.lessons.game.rounds import PAUSE, Rounds
from core.money import ZERO, D, Price
from tests.builders import NOON, exact, price, rate
from tests.core.lessons.game.test_cards import TEST, WORKED
from tests.fakes.asking import SECOND, Evening

__all__ = ["exact"]

TRUTH = Price(D("54271.35678391959798994974874371859"))
CARD = replace(WORKED, truth=TRUTH)
NEVER = replace(WORKED, truth=None)


def closed(*given: Given, card: Card = CARD) -> Guess:
    """Make a game of one card that is over."""
    ask = Ask(number=1, opened=NOON, closed=NOON + LIMIT, given=given)
    return Guess(rounds=Rounds(asks=(ask,)), cards=(card,))


def worth(*given: Given, card: Card = CARD) -> dict[int, int]:
    """Return everybody's points on one card."""
    return {one.player: one.points for one in closed(*given, card=card).guessed(1)}


# --- one guess ------------------------------------------------------------------------------------


def test_the_example_of_the_specification() -> None:
    truth = truth_of(WORKED, TEST)
    assert truth is not None
    assert abs(truth - TRUTH) < D("1e-20")
    error = error_of(CARD, "54000")
    assert f"{error:.4f}" == "0.0474"
    assert points_of(error) == 81


@pytest.mark.parametrize(
    ("error", "points"),
    [("0", 100), ("0.00125", 100), ("0.001251", 99), ("0.00375", 99), ("0.125", 50), ("0.25", 0)],
)
def test_points_fall_to_nothing_at_a_quarter_and_a_half_goes_up(error: str, points: int) -> None:
    assert points_of(rate(error)) == points
    assert points_of(rate("0.9")) == 0


def test_a_guess_beyond_the_entry_is_worth_nothing_and_says_why() -> None:
    (one,) = closed(Given(1, 1, "60001")).guessed(1)
    assert (one.points, one.hint, one.error) == (0, "side", MISSED)
    (one,) = closed(Given(1, 1, "53000")).guessed(1)
    assert (one.points > 0, one.hint) == (True, "")
    short = replace(CARD, truth=price(66_000))
    assert closed(Given(1, 1, "59000"), card=short).guessed(1)[0].hint == "side"
    assert closed(Given(1, 1, "67000"), card=short).guessed(1)[0].hint == ""


def test_never_is_right_where_it_is_true_and_worth_nothing_where_not() -> None:
    right, wrong = Given(1, 9_000, "never"), Given(2, 1_000, "54000")
    never = {one.player: one for one in closed(right, wrong, card=NEVER).guessed(1)}
    assert (never[1].points, never[1].fastest, never[1].hint) == (110, True, "")
    assert (never[2].points, never[2].error, never[2].hint) == (0, MISSED, "never")
    (one,) = closed(right).guessed(1)
    assert (one.points, one.error, one.hint) == (0, MISSED, "ends")


def test_a_change_costs_ten_and_nobody_falls_below_nothing() -> None:
    assert worth(Given(1, 1, "1"), Given(1, 2, "54000")) == {1: 71}
    assert worth(Given(1, 1, "54000"), Given(1, 2, "1")) == {1: 0}


def test_the_fastest_who_is_near_gets_ten_more() -> None:
    near, nearer, far = Given(1, 5_000, "54200"), Given(2, 9_000, "54271"), Given(3, 100, "54000")
    assert worth(near, nearer, far) == {1: 105, 2: 100, 3: 81}


def test_near_is_an_error_of_two_hundredths_and_no_more() -> None:
    card = replace(CARD, truth=price(55_000))
    assert worth(Given(1, 1, "55100"), card=card) == {1: 102}
    assert worth(Given(1, 1, "55100.01"), card=card) == {1: 92}


def test_only_one_is_the_fastest() -> None:
    first, second = Given(2, 5_000, "54271"), Given(1, 5_000, "54271")
    assert worth(first, second) == {2: 110, 1: 100}


def test_who_changes_is_timed_by_the_last_answer() -> None:
    early, later = (Given(1, 100, "1"), Given(1, 8_000, "54271")), Given(2, 7_000, "54271")
    assert worth(*early, later) == {2: 110, 1: 90}


def test_guesses_stand_best_first() -> None:
    far, near = Given(1, 1, "50000"), Given(2, 2, "54000")
    assert [one.player for one in closed(far, near).guessed(1)] == [2, 1]
    assert closed().guessed(1) == ()


@pytest.mark.parametrize(
    ("text", "value"), [("never", "never"), ("NEVER", "never"), ("54000.0", "54000.0")]
)
def test_a_guess_is_a_price_or_never(text: str, value: str) -> None:
    assert read(text) == value
    with pytest.raises(BadAnswer):
        read("soon")


# --- places ---------------------------------------------------------------------------------------


def placed(*games: Given) -> dict[int, int]:
    """Return the places of two players after one card."""
    evening = Evening(KIND)
    play = closed(*games)
    return {standing.player: standing.place for standing in play.standings(evening.table)}


def test_more_points_win() -> None:
    assert placed(Given(1, 1, "50000"), Given(2, 2, "54000")) == {2: 1, 1: 2}


def test_equal_points_are_told_apart_by_the_error() -> None:
    assert placed(Given(1, 1, "54000"), Given(2, 2, "54001")) == {2: 1, 1: 2}


def test_then_by_changes_then_by_time() -> None:
    far = "40000"
    assert placed(Given(1, 1, far), Given(1, 2, far), Given(2, 9, far)) == {2: 1, 1: 2}
    assert placed(Given(1, 10, far), Given(2, 9, far)) == {2: 1, 1: 2}
    assert placed(Given(1, 9, far), Given(2, 9, far)) == {1: 1, 2: 1}


def test_no_answer_is_an_error_of_one_and_the_whole_time() -> None:
    assert placed(Given(1, 44_999, "60000")) == {1: 1, 2: 2}
    evening = Evening(KIND)
    figures = {s.player: s.figures for s in closed().standings(evening.table)}
    assert figures[1] == tuple(map(D, (0, -1, 0, -45)))


def test_what_is_struck_out_never_counted() -> None:
    evening = Evening(KIND)
    play = closed(Given(1, 1, "54000"))
    void = replace(play.rounds.last, void="host")
    play = replace(play, rounds=Rounds(asks=(void,)))
    assert {s.figures for s in play.standings(evening.table)} == {(ZERO,) * 4}
    assert play.hardest is None


def test_who_left_has_no_place() -> None:
    evening = Evening(KIND).without(2)
    assert evening.places == {1: 1, 2: 0}


def test_the_hardest_card_has_the_largest_mean_error() -> None:
    asks = tuple(
        Ask(number=n, opened=NOON, closed=NOON, given=given)
        for n, given in enumerate(
            [(), (Given(1, 1, "54000"), Given(2, 1, "1")), (Given(1, 1, "50000"),)], 1
        )
    )
    play = Guess(rounds=Rounds(asks=asks), cards=(CARD,) * 3)
    assert play.hardest == 3
    assert closed().hardest is None


# --- the kind -------------------------------------------------------------------------------------


def test_it_is_the_second_kind() -> None:
    assert kinds()["guess"] is KIND
    game = Game(kind="guess", seed="5eed")
    assert (KIND.order, KIND.pace(game), KIND.full(game), KIND.trades) == (2, 1, False, False)


def test_ten_rounds_may_be_played() -> None:
    evening = Evening(KIND, setup={"rounds": "10"})
    for number in range(1, 11):
        evening.arrive(number)
        evening.say(1, "5")
        evening.due()
        evening.due()
    assert evening.over
    play = evening.state.play
    assert isinstance(play, Guess)
    assert [card.beside is None for card in play.cards] == [True] * 3 + [False] * 7


def test_a_replaced_card_is_another_one_of_the_same_round() -> None:
    evening = Evening(KIND)
    for number in range(1, 5):
        evening.arrive(number, missed=(0, 1))
        evening.due()
    play = evening.state.play
    assert isinstance(play, Guess)
    assert [card.beside for card in play.cards] == [None] * 5
    assert len(set(map(dumps, play.cards))) == 5


def test_the_latecomer_missed_what_is_over() -> None:
    with pytest.raises(NoSeat):
        Evening(KIND).feed(i.Joined(at=NOON, name="late"))
    evening = Evening(KIND, setup={"late": "quarter"})
    evening.arrive(1)
    evening.due()
    evening.feed(i.Joined(at=NOON + 5 * (LIMIT + PAUSE) / 4, name="late"))
    assert evening.figures[3][1] == -1
    with pytest.raises(NoSeat):
        evening.feed(i.Joined(at=evening.now + 30 * SECOND, name="later"))


# --- recounted ------------------------------------------------------------------------------------


@dataclass
class Recount:
    """Who guessed what, as somebody at the table would write it down; points in fractions."""

    players: tuple[int, ...]
    cards: dict[int, Card] = field(default_factory=dict)
    notes: dict[int, list[tuple[int, int, str]]] = field(default_factory=dict)
    struck: set[int] = field(default_factory=set)

    def figures(self) -> Mapping[int, tuple[Fraction, ...]]:
        """Return points, error, changes and time of everybody, as the specification tells."""
        sums = {player: [Fraction(0)] * 4 for player in self.players}
        for number in self.cards.keys() - self.struck:
            last: dict[int, tuple[int, str]] = {}
            changes: dict[int, int] = {}
            for player, after, value in self.notes.get(number, []):
                if value == last.get(player, (0, ""))[1]:
                    continue  # the same once more changes nothing
                changes[player] = changes.get(player, -1) + 1
                last[player] = (after, value)
            quick = [
                (after, player)
                for player, (after, value) in last.items()
                if self.error(number, value) <= Fraction(2, 100)
            ]
            soonest = min((after for after, _ in quick), default=None)
            first = next((p for after, p in quick if after == soonest), None)
            for player in self.players:
                after, value = last.get(player, (45_000, ""))
                error = self.error(number, value)
                points = max(0, int((100 - 400 * error) + Fraction(1, 2))) if error < 1 else 0
                points = max(0, points - 10 * changes.get(player, 0)) + 10 * (player == first)
                sums[player][0] += points
                sums[player][1] -= error
                sums[player][2] -= changes.get(player, 0)
                sums[player][3] -= Fraction(after, 1000)
        return {player: tuple(each) for player, each in sums.items()}

    def error(self, number: int, value: str) -> Fraction:
        """How far off a guess is; 1 at most."""
        card = self.cards[number]
        if card.truth is None or value in {"", "never"}:
            return Fraction(int(not (card.truth is None and value == "never")))
        truth, entry = Fraction(card.truth), Fraction(card.entry)
        return min(Fraction(1), abs(Fraction(value) - truth) / abs(entry - truth))


ACTS = st.lists(
    st.tuples(
        st.integers(0, 30_000),
        st.integers(1, 3),
        st.sampled_from(["close", "exact", "wide", "never", "side", "void", "due", "leave"]),
    ),
    min_size=5,
    max_size=60,
)


def typed(card: Card, how: str) -> str:
    """Return a guess of some sort."""
    truth = card.truth or card.entry / 2
    way = truth - card.entry
    part = {"close": D("1.03"), "exact": D("0.999"), "wide": D("1.2"), "side": D("-0.1")}
    return "never" if how == "never" else f"{card.entry + way * part[how]:.6f}"


@settings(max_examples=150, deadline=None)
@given(ACTS, st.text("0123456789abcdef", min_size=1, max_size=4))
def test_an_independent_count_comes_to_the_same(
    acts: list[tuple[int, int, str]], seed: str
) -> None:
    evening, recount = Evening(KIND, players=3, seed=seed), Recount((1, 2, 3))
    for wait, player, act in acts:
        if evening.over:
            break
        evening.wait(wait / 1000)
        play = evening.state.play
        assert isinstance(play, Guess)
        ask, card = play.rounds.last, play.cards[-1]
        if ask.waits:
            evening.arrive(ask.number)
            ask = replace(ask, opened=evening.now)
        try:
            if act == "due":
                evening.due()
            elif act == "void":
                evening.feed(i.Ruled(at=evening.now, what="void", about=str(ask.number)))
                recount.struck.add(ask.number)
            elif act == "leave":
                evening.feed(i.Left(at=evening.now, player=player))
            else:
                value = typed(card, act)
                opened = ask.opened
                assert opened is not None
                evening.say(player, value)
                after = int((evening.now - opened).total_seconds() * 1000 + 0.5)
                recount.notes.setdefault(ask.number, []).append((player, after, value))
        except Refusal:
            continue
    play = evening.state.play
    assert isinstance(play, Guess)
    done = [ask.number for ask in play.rounds.asks if ask.closed is not None]
    recount.cards = {number: play.cards[number - 1] for number in done}
    figures = {player: tuple(map(Fraction, each)) for player, each in evening.figures.items()}
    counted = recount.figures()
    for player, each in figures.items():
        points, error, changes, time = counted[player]
        assert each[0] == points
        assert abs(each[1] - error) < Fraction(1, 10**25)
        assert each[2:] == (changes, time)
    assert evening.replayed() == evening.state
    assert loads(Guess, dumps(play)) == play


def test_the_same_guess_once_more_is_no_change_and_costs_nothing() -> None:
    evening = Evening(KIND)
    evening.arrive(1)
    assert evening.say(1, "30000") == "answered"
    assert evening.wait(2).say(1, "30000") == "answered"
    assert evening.say(1, "31000") == "changed"
    assert evening.say(1, "31000") == "answered"
    assert evening.say(2, "31000") == "answered"
    with pytest.raises(BadAnswer):
        evening.say(2, "moon")
    play = evening.state.play
    assert isinstance(play, Guess)
    assert [given.value for given in play.rounds.last.said(1)] == ["30000", "31000"]


def test_the_asking_back_is_no_guess() -> None:
    play = closed(Given(1, 1, UNSURE), Given(2, 2, "54000"))
    assert [one.player for one in play.guessed(1)] == [2]
    assert isinstance(play.guessed(1)[0], Guessed)
