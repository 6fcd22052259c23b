"""Tokens of kept commands; everything else about the books stands in the contract."""

import itertools
import re
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.database import Database
from bot.adapters.database.books import CHOICES, RowBooks, tokens

NOW = datetime(2026, 12, 1, tzinfo=UTC)
LATER = NOW + timedelta(days=30)


@given(say=st.text(st.characters(codec="utf-8")))
def test_a_command_has_tokens_enough_and_always_the_same(say: str) -> None:
    first = list(itertools.islice(tokens(say), 20))
    assert first == list(itertools.islice(tokens(say), 20))
    assert len(set(first)) == 20
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{8}", token) for token in first)


def test_commands_whose_tokens_meet_are_both_found(database: Database) -> None:
    say = "/compare 10x long BTC wallet 12345.678 margin 1000 venue okx"
    first, second = itertools.islice(tokens(say), 2)
    with database.units().writing() as books:
        assert isinstance(books, RowBooks)
        # One meeting in 2**48: the token is taken by another command before ours comes.
        books._put(CHOICES, CHOICES.key(first), {"say": "/liq", "until": LATER})
        assert books.keep_choice(say, LATER) == second
        assert books.keep_choice(say, LATER) == second
        assert (books.choice(first, NOW), books.choice(second, NOW)) == ("/liq", say)
