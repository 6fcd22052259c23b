"""What a setting's value may look like."""

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from bot.setting_types import Members, Url, bot_token, lower, named, upper


def test_words_may_be_written_in_any_case() -> None:
    assert (lower("OKX"), upper("debug")) == ("okx", "DEBUG")
    assert (lower(7), upper(None)) == (7, None)


def test_members_are_listed_with_commas() -> None:
    members = TypeAdapter(Members)
    assert members.validate_python("telegram:1, discord:2,") == {"telegram:1", "discord:2"}
    with pytest.raises(ValidationError, match="irc:2 is not of the form"):
        members.validate_python("irc:2")


@pytest.mark.parametrize(("text", "good"), [("http://127.0.0.1:1", True), ("ftp://x", False)])
def test_an_address_is_one_of_the_web(text: str, good: bool) -> None:
    if good:
        assert TypeAdapter(Url).validate_python(text) == text
    else:
        with pytest.raises(ValidationError, match="not an address"):
            TypeAdapter(Url).validate_python(text)


def test_a_token_that_was_never_handed_out_is_refused() -> None:
    assert bot_token("123456:ABC-def") == "123456:ABC-def"
    with pytest.raises(PydanticCustomError):
        bot_token("hunter2")


def test_a_fault_of_a_whole_section_names_its_setting() -> None:
    fault = named("prices_second", "must be another")
    assert (fault.context, fault.message()) == (
        {"name": "prices_second", "text": "must be another"},
        "must be another",
    )
