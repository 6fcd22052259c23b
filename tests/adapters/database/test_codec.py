"""Values as text and back: whatever is kept comes back equal, and what is no value is refused."""

import json
import types
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.database.codec import dumps, loads
from core.lessons.challenges.duel import Duel
from core.lessons.game.game import Game
from core.lessons.game.inputs import Input
from core.market import Symbol
from core.money import D
from core.paper.account import PaperAccount
from core.paper.actions import Action, Cancel, CloseAll, Reset
from core.paper.events import Event
from core.paper.records import Notice, Preview
from tests.contracts.duels import stages

STAGES = dict(stages())
ACCOUNTS = Mapping[int, PaperAccount]

NUMBERS = st.decimals(
    allow_nan=False, allow_infinity=False, places=8, min_value=-9999, max_value=9999
)
MOMENTS = st.datetimes(min_value=datetime(2020, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is added
TEXTS = st.text(st.characters(codec="utf-8"), max_size=6)


def values_of(kind: Any) -> st.SearchStrategy[Any]:
    """Make values of a type by its annotations."""
    if isinstance(kind, NewType):
        return values_of(kind.__supertype__)
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        return st.one_of(*(st.none() if k is type(None) else values_of(k) for k in inner))
    if origin is tuple:
        if inner[-1] is Ellipsis:
            return st.lists(values_of(inner[0]), max_size=2).map(tuple)
        return st.tuples(*map(values_of, inner))
    if origin is frozenset:
        return st.frozensets(values_of(inner[0]), max_size=2)
    if origin is not None and issubclass(origin, Mapping):
        return st.dictionaries(*map(values_of, inner), max_size=2)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        made = {f.name: values_of(hints[f.name]) for f in fields(kind) if f.init}
        return st.builds(kind, **made)  # type: ignore[arg-type]  # a class, of whatever type
    plain: dict[type, st.SearchStrategy[Any]] = {
        Decimal: NUMBERS,
        datetime: MOMENTS,
        date: st.dates(),
        str: TEXTS,
        int: st.integers(),
        bool: st.booleans(),
    }
    return st.sampled_from(list(kind)) if issubclass(kind, Enum) else plain[kind]


def reread(kind: Any, text: str) -> Any:
    """Read a union, which is no class of its own to a type checker."""
    return loads(kind, text)


@pytest.mark.parametrize("kind", get_args(Event), ids=lambda kind: kind.__name__)
def test_every_event_comes_back_as_it_was(kind: type) -> None:
    @settings(max_examples=20, deadline=None)
    @given(event=values_of(kind))
    def tried(event: Event) -> None:
        text = dumps(event, Event)
        assert reread(Event, text) == event
        assert json.loads(text)["is"] == kind.__name__

    tried()


@pytest.mark.parametrize("kind", get_args(Action), ids=lambda kind: kind.__name__)
def test_every_action_comes_back_as_it_was(kind: type) -> None:
    @settings(max_examples=10, deadline=None)
    @given(action=values_of(kind))
    def tried(action: Action) -> None:
        assert reread(Action, dumps(action, Action)) == action

    tried()


@pytest.mark.parametrize("kind", get_args(Input), ids=lambda kind: kind.__name__)
def test_everything_that_comes_in_to_a_game_comes_back_as_it_was(kind: type) -> None:
    @settings(max_examples=10, deadline=None)
    @given(what=values_of(kind))
    def tried(what: Input) -> None:
        text = dumps(what, Input)
        assert reread(Input, text) == what
        assert json.loads(text)["is"] == kind.__name__

    tried()


@pytest.mark.parametrize("stage", STAGES)
def test_a_game_with_its_play_and_accounts_comes_back_at_every_stage(stage: str) -> None:
    state = STAGES[stage]
    assert loads(Game, dumps(state.game)) == state.game
    assert reread(ACCOUNTS, dumps(state.accounts, ACCOUNTS)) == state.accounts
    if state.play is not None:
        assert loads(Duel, dumps(state.play)) == state.play


@settings(max_examples=20, deadline=None)
@given(game=values_of(Game), play=values_of(Duel))
def test_whatever_a_game_may_hold_comes_back(game: Game, play: Duel) -> None:
    assert loads(Game, dumps(game)) == game
    assert loads(Duel, dumps(play)) == play


@given(counted=st.dictionaries(st.integers(), st.booleans()))
def test_numbers_are_keys_again(counted: dict[int, bool]) -> None:
    text = dumps(counted, Mapping[int, bool])
    assert json.loads(text) == {str(key): value for key, value in counted.items()}
    assert reread(Mapping[int, bool], text) == counted


@settings(max_examples=40, deadline=None)
@given(account=values_of(PaperAccount))
def test_an_account_comes_back_as_it_was(account: PaperAccount) -> None:
    assert loads(PaperAccount, dumps(account)) == account


@settings(max_examples=10, deadline=None)
@given(notice=values_of(Notice), preview=values_of(Preview))
def test_records_with_markets_and_choices_in_them_come_back(
    notice: Notice, preview: Preview
) -> None:
    assert loads(Notice, dumps(notice)) == notice
    assert loads(Preview, dumps(preview)) == preview


@settings(max_examples=40, deadline=None)
@given(day=st.none() | st.dates(), moment=MOMENTS)
def test_a_day_is_no_moment(day: date | None, moment: datetime) -> None:
    kept = dumps(Dated(day, moment))
    assert loads(Dated, kept) == Dated(day, moment)
    assert type(loads(Dated, kept).day) is type(day)


@dataclass(frozen=True)
class Dated:
    day: date | None
    moment: datetime


@pytest.mark.parametrize("text", ["1E-8", "1E+3", "-0", "12345678901234567890123456.5"])
def test_a_number_keeps_every_digit_as_text(text: str) -> None:
    kept = dumps(Cost(D(text)))
    assert json.loads(kept)["cost"] == text
    assert str(loads(Cost, kept).cost) == text


@dataclass(frozen=True)
class Cost:
    cost: Decimal
    names: frozenset[str] = frozenset()


def test_what_is_as_usual_is_not_written() -> None:
    assert dumps(Cost(D(1))) == '{"cost":"1"}'
    assert dumps(Cost(D(1), frozenset({"b", "a"}))) == '{"cost":"1","names":["a","b"]}'
    assert loads(Cost, '{"cost":"1","names":["a","b"]}').names == {"a", "b"}


def test_a_preview_of_an_earlier_release_closes_all_of_everything() -> None:
    assert reread(Action, '{"is":"CloseAll"}') == CloseAll()
    assert dumps(CloseAll(), Action) == '{"is":"CloseAll"}'
    assert reread(Action, '{"is":"CloseAll","percent":"50"}') == CloseAll(D(50))


def test_a_field_of_a_later_release_is_passed_over_and_a_missing_one_has_its_default() -> None:
    assert loads(Cost, '{"cost":"1","colour":"red"}') == Cost(D(1))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        '{"is":"Nothing"}',
        '{"is":"Cancel"}',
        "[]",
        '{"is":"MoveMargin","number":1,"amount":"ten"}',
    ],
)
def test_a_text_that_is_no_action_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        reread(Action, text)


def test_a_type_that_nobody_reads_back_is_not_kept() -> None:
    @dataclass(frozen=True)
    class Weight:
        kilos: float

    with pytest.raises(TypeError):
        dumps(Weight(1.5))


def test_two_actions_without_fields_that_matter_are_told_apart() -> None:
    assert reread(Action, dumps(Reset(), Action)) == Reset()
    assert reread(Action, dumps(Cancel(()), Action)) == Cancel(())


def test_a_symbol_comes_back_as_text() -> None:
    assert loads(Chosen, dumps(Chosen((Symbol("BTCUSDT"),)))).symbols == ("BTCUSDT",)


@dataclass(frozen=True)
class Chosen:
    symbols: tuple[Symbol, ...]
