"""The calculation, line by line, as it is written by hand."""

from tests.walk.house import Home, shown

ISOLATED = """\
isolated
W = 19,979.808/10 = 1,997.9808
LP = (W - q*E) / (q*(m - 1))
 = (1,997.9808 - 19,979.808)
   / (0.292*(0.004 - 1))
 = 61,828.92
check at 61,828.92
 margin balance 72.22
 maintenance 72.22 equal
"""
CROSS = """\
cross
W = 10,000 - 9.989904 =
   9,990.010096
LP = (W - q*E) / (q*(m - 1))
 = (9,990.010096 - 19,979.808)
   / (0.292*(0.004 - 1))
 = 34,349.03
check at 34,349.03
"""


def test_both_walls_are_reckoned_to_the_letter(home: Home) -> None:
    text = shown(home.say("/maths 10x long BTC"))
    assert ISOLATED in text
    assert CROSS in text


def test_a_short_adds_where_a_long_subtracts(home: Home) -> None:
    text = shown(home.say("/maths 10x short BTC"))
    assert "74,966." in text
    assert text.count("equal") == 2
