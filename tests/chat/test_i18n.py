"""Translators: one for each language, English for whatever has none."""

import pytest

from bot.chat.i18n import english, translator


@pytest.mark.parametrize(
    "locale", ["en", "en-GB", "EN_us", "de", "zz", "", "../..", "de\x00", "日本"]
)
def test_without_a_catalogue_it_is_the_one_english_translator(locale: str) -> None:
    assert translator(locale) is english


def test_english_says_what_the_source_says() -> None:
    assert english("worth {worth} at {price}") == "worth {worth} at {price}"
