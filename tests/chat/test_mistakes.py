"""Lines that cannot be read: each mistake has its kind, and a cure that is right."""

import pytest

from tests.chat.lines import CONTEXT, GRAMMAR, misread, read


@pytest.mark.parametrize(
    ("line", "kind", "cure"),
    [
        ("/compare 10x btc", "missing_side", "/compare long 10x btc"),
        ("/compare long 10x", "missing_symbol", "/compare long 10x btc"),
        ("/compare long btc 500x", "leverage_out_of_range", "/compare long btc 125x"),
        ("/compare long btc 0.5x", "leverage_out_of_range", "/compare long btc 1x"),
        ("/compare long btc 10.555x", "leverage_out_of_range", "/compare long btc 10.56x"),
        ("/compare long btc -500", "not_positive", "/compare long btc 500"),
        ("/compare long btc - 500", "not_positive", "/compare long btc 500"),
        ("/compare long btc 1,00,0", "bad_number", "/compare long btc 1000"),
        ("/compare long btc 10x 20x", "duplicate_field", "/compare long btc 10x"),
        ("/compare long btc @60k at 61k", "duplicate_field", "/compare long btc @60k"),
        ("/compare long btc @65.000", "price_far", "/compare long btc @65000"),
        ("/compare long btc foo", "unknown_token", "/compare long btc"),
        ("/compare btc eth", "two_symbols", "/compare long btc 10x"),
        ("/price btc eth", "two_symbols", "/price btc"),
        ("/price btc 500", "unknown_token", "/price btc"),
        ("/pnl long btc", "missing_exit", "/pnl long btc +5%"),
        ("/pnl long btc @60k", "missing_exit", "/pnl long btc @60k -> 64210"),
        ("/target long btc", "no_target", "/target long btc 50%"),
        ("/max btc 20x 750", "ambiguous_number", "/max btc 20x wallet 750"),
        ("/open long btc", "missing_size", "/open long btc 50"),
        ("/open long btc limit", "missing_size", "/open long btc limit margin 50"),
        ("/hedge long 5x short eth", "missing_symbol", "/hedge long btc 5x short eth"),
        ("/open lnog btc 100", "typo_confirm", "/open long btc 100"),
        ("/open long btc 100 60000", "ambiguous_number", "/open long btc 100 @60000"),
        ("/open long btc 100 +50", "unknown_token", "/open long btc 100"),
        ("/open long btc +50", "unknown_token", "/open long btc 50"),
        ("/open long btc 100 roe 5", "unknown_token", "/open long btc 100"),
        ("/open long btc 100 sl 70k", "sl_wrong_side", "/open long btc 100 sl 5%"),
        ("/open short btc 100 tp 70k", "tp_wrong_side", "/open short btc 100 tp 5%"),
        ("/open long btc 100 sl 500%", "percent_out_of_range", "/open long btc 100 sl 100%"),
        ("/open buy btc 100 🔴", "conflicting_side", "/open buy btc 100"),
        ("/close btc 150%", "percent_out_of_range", "/close btc 100%"),
        ("/close btc 50", "ambiguous_number", "/close btc 50%"),
        ("/close btc 500", "ambiguous_number", "/close btc qty 500"),
        ("/mode btc", "missing_mode", "/mode isolated btc"),
        ("/margin btc", "missing_amount", "/margin btc 100"),
        ("/alert btc", "missing_amount", "/alert btc @64210"),
        ("/compre long btc", "unknown_command", "/compare long btc"),
        ("/max", "empty", "/max btc"),
    ],
)
def test_a_mistake_is_answered_with_a_line_that_is_right(line: str, kind: str, cure: str) -> None:
    found = misread(line)
    assert (found.kind, found.suggestion) == (kind, cure)
    assert GRAMMAR.read(cure, CONTEXT) is not None


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("/compare long btc 10x 0", "not_positive"),
        ("/compare long btc @0", "not_positive"),
        ("/compare long btc wallet 0", "not_positive"),
        ("/liq long btc add 0", "not_positive"),
        ("/compare long btc wallet", "missing_amount"),
        ("/compare long btc entry foo", "missing_amount"),
        ("/compare long btc NaN", "bad_number"),
        ("/compare long btc wallet inf", "bad_number"),
        ("/compare long btc 1e9999", "bad_number"),
        ("/compare long btc 12foo", "unknown_token"),
        ("/compare long btc @99999", "price_far"),
        ("/pnl long btc -100%", "percent_out_of_range"),
        ("/open long btc 100 0%", "percent_out_of_range"),
        ("/open long btc size 60k wallet 5000", "exceeds_wallet"),
        ("/open long btc 1btc 10x wallet 5000", "exceeds_wallet"),
        ("/open long btc 10x 10.5 20 30 40", "ambiguous_number"),
        ("/price 5%", "unknown_token"),
        ("/close 2.5", "ambiguous_number"),
        ("/compare long btc " + "z" * 70, "unknown_token"),
        ("/compare long btc cross iso", "duplicate_field"),
        ("/zzz", "unknown_command"),
        ("/compare " + "long " * 60, "too_long"),
        ("/faq " + "why " * 1100, "too_long"),
        ("why " * 1100, "too_long"),
    ],
)
def test_a_line_that_means_nothing_is_refused(line: str, kind: str) -> None:
    assert misread(line).kind == kind


def test_a_price_that_is_meant_is_not_doubted() -> None:
    assert read("/compare long btc 10x @30000!").values["entry"] == 30000
    keep = dict(misread("/compare long btc @65.000").options)["65"]
    assert read(keep).values["entry"] == 65


def test_a_price_a_thousand_times_too_large_is_doubted_too() -> None:
    found = misread("/compare long doge @120")
    assert [label for label, _ in found.options] == ["0.12", "120"]
