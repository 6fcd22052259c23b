"""Recorded prices are called so wherever they stand; others are not."""

from bot.chat.demo import DEMO, small_warning, warned
from bot.chat.figures import Count, Label
from bot.chat.i18n import english
from bot.chat.reply import Title, Words

LINE = Words("Coins: {count}", {"count": Count(7)})


def test_a_first_line_on_recorded_prices_says_so_behind_its_own_words() -> None:
    words = warned(LINE, DEMO, english).words
    assert words.text == "Coins: {count} {demo}"
    assert words.figures == {"count": Count(7), "demo": Label("DEMO PRICES, not live.")}
    assert warned(LINE, "binance", english) == Title(LINE)


def test_small_print_says_so_too() -> None:
    assert small_warning(DEMO, english) == [Words("DEMO PRICES, not live.")]
    assert small_warning("binance", english) == []
