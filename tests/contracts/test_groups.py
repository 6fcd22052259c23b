"""What a group of units promises: one end for all of them, and a failure that stays alone."""

import pytest

from core.ports import Units
from tests.contracts.conftest import Doors


def test_what_a_group_wrote_is_kept_when_it_ends(doors: Doors) -> None:
    units = doors()
    with units.group():
        with units.writing() as books:
            books.set_note("a", "1")
        with units.writing() as books:
            books.set_note("b", "2")
    with doors().reading() as books:
        assert (books.note("a"), books.note("b")) == ("1", "2")


def test_a_unit_sees_what_an_earlier_one_of_its_group_wrote(units: Units) -> None:
    with units.group():
        with units.writing() as books:
            books.set_note("a", "1")
        with units.reading() as books:
            assert books.note("a") == "1"


def test_a_unit_that_fails_is_undone_alone(units: Units) -> None:
    with units.group():
        with units.writing() as books:
            books.set_note("a", "1")
        with pytest.raises(ValueError, match="on purpose"), units.writing() as books:  # noqa: PT012 - one unit
            books.set_note("b", "2")
            raise ValueError("on purpose")
        with units.writing() as books:
            books.set_note("c", "3")
    with units.reading() as books:
        assert [books.note(key) for key in "abc"] == ["1", None, "3"]


def test_a_group_that_fails_leaves_nothing(units: Units) -> None:
    with pytest.raises(ValueError, match="on purpose"), units.group():  # noqa: PT012 - one group
        with units.writing() as books:
            books.set_note("a", "1")
        raise ValueError("on purpose")
    with units.reading() as books:
        assert books.note("a") is None
    with units.writing() as books:
        books.set_note("a", "later")
    with units.reading() as books:
        assert books.note("a") == "later"
