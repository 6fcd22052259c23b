"""A match of three rounds: who has won what, what a forfeit costs, who is away."""

from dataclasses import replace

from core.lessons.game.bout import Bout
from core.lessons.game.kind import Table
from core.lessons.game.match import Match, Round
from core.lessons.game.trading import Noted
from core.money import Amount, D
from tests.builders import BTC, ETH, SOL, Number, amount, exact
from tests.core.lessons.game.builders import PAIRS, at, game, ground, player
from tests.core.lessons.game.test_bout import TERMS, Ring

__all__ = ["exact"]


def bout(*equities: Number, over: bool = True) -> Bout:
    """A bout in which players 1, 2, … end with so much of 5,000."""
    ring = Ring().begin()
    assert ring.bout.session is not None
    notes = {
        number: replace(Noted.begun(amount(5000)), equity=amount(worth))
        for number, worth in enumerate(equities, 1)
    }
    return replace(ring.bout, session=replace(ring.bout.session, notes=notes), over=over)


def match(now: Round, *past: Round, teams: object = ((1,), (2,))) -> Match:
    return Match(teams=teams, round=now, past=past, pairs=PAIRS)  # type: ignore[arg-type]  # two


def won(number: int, team: int | None) -> Round:
    return Round(number, 0, bout(5000, 5000), (Amount(D(0)), Amount(D(0))), team)


def test_a_round_goes_to_the_team_with_the_better_mean_beyond_a_thousandth() -> None:
    for other, winner in ((5000, None), (5005, None), ("5005.1", 1), ("4994.9", 0)):
        now = match(Round(1, 0, bout(5000, other))).counted().round
        assert now.winner == winner
        assert now.gained == (D(0), D(other) - 5000)


def test_of_halves_the_mean_counts_of_those_who_entered() -> None:
    now = match(Round(1, 0, bout(5100, 4900, 5300)), teams=((1, 3), (2, 4))).counted().round
    assert now.gained == (D(200), D(-100))
    alone = match(Round(1, 0, bout(5100))).counted().round
    assert alone.gained == (D(100), D(0))


def test_two_rounds_or_three_played_decide() -> None:
    playing = Round(2, 1, bout(5000, 5000, over=False))
    assert (match(playing, won(1, 0)).wins, match(playing, won(1, 0)).decided) == ((1, 0), False)
    assert match(won(2, 0), won(1, 0)).decided
    assert not match(won(2, 1), won(1, 0)).decided
    assert match(won(3, None), won(2, 1), won(1, 0)).decided


def test_a_team_that_gives_up_loses_every_round_that_is_left() -> None:
    given = match(won(1, 0)).given_up(0)
    assert [(each.number, each.winner, each.bout.forfeit) for each in given.rounds[1:]] == [
        (2, 1, True),
        (3, 1, True),
    ]
    assert given.wins == (1, 2)
    assert [each.bout.symbol for each in given.rounds[1:]] == [ETH, SOL]


def test_a_round_is_drawn_up_on_the_pair_of_its_number() -> None:
    fresh = match(won(1, 0)).drawn_up(4, 1)
    assert (fresh.bout.symbol, fresh.bout.isolated, fresh.bout.terms) == (
        BTC,
        frozenset({2}),
        TERMS,
    )


def test_a_team_is_away_when_nobody_of_it_is_left_since_the_last_one_went() -> None:
    one = match(won(1, 0), teams=((1, 3), (2,)))

    def away(**left: float) -> object:
        people = (player(n, left=left.get(f"p{n}")) for n in (1, 2, 3))
        return one.away(Table(game(*people), ground()))

    assert away() is None
    assert away(p1=5) is None
    assert away(p1=5, p3=9) == (0, at(9))
    assert away(p1=5, p3=9, p2=7) == (1, at(7))
