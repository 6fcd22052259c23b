"""Names of strangers, harmless whatever they hold."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.names import clean, harmless, platform_name

NASTY = st.text(
    st.one_of(
        st.sampled_from("@./:\u202e\u200d\u200b\u0301\u0336\ufeff\u2066\n\t wcom<>&*_`"),
        st.characters(),
    ),
    max_size=80,
)


@given(NASTY, st.integers(1, 40))
def test_a_name_is_one_short_line_that_rings_nobody(name: str, limit: int) -> None:
    safe = clean(name, limit)
    assert len(safe) <= limit
    assert "@" not in safe
    assert safe.strip() == safe
    assert all(unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} for c in safe)


@given(NASTY)
def test_marks_never_stack(name: str) -> None:
    marked = [unicodedata.category(c).startswith("M") for c in clean(name)]
    assert not any(one and two for one, two in pairwise(marked))


@pytest.mark.parametrize(
    ("written", "safe"),
    [
        ("Mira", "Mira"),
        ("José Ångström", "José Ångström"),
        ("김민준", "김민준"),
        ("ｆｕｌｌ", "full"),
        ("a\nb", "a b"),
        ("@everyone", "everyone"),
        ("see https://t.me/x", "see"),
        ("win at evil.com/now", "win at"),
        ("\u200b\u202e", ""),
        ("x\u200d\u0301\u0301\u0301 https://evil.example  y", "x\u0301 y"),
    ],
)
def test_ordinary_names_stay_and_tricks_go(written: str, safe: str) -> None:
    assert clean(written) == safe


def test_a_long_name_ends_in_an_ellipsis() -> None:
    assert clean("a" * 100, 10) == "a" * 9 + "…"


@given(NASTY)
def test_what_hosts_wrote_is_one_line_that_rings_nobody(text: str) -> None:
    safe = harmless(text)
    assert "@" not in safe
    assert safe.strip() == safe
    unseen = {unicodedata.category(c) for c in safe if c not in "\u200c\u200d"}
    assert not unseen & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("written", "safe"),
    [
        ("We post no signals. " * 45, ("We post no signals. " * 45).strip()),
        ("Rules:\nhttps://example.com", "Rules: https://example.com"),
        ("ask @mods or \uff20all", "ask mods or all"),
        ("मार्जिन क्‍या है", "मार्जिन क्‍या है"),
        ("\u202eabc\u200b", "abc"),
    ],
    ids=["whole", "with a link", "rings", "with marks and joiners", "unseen"],
)
def test_what_hosts_wrote_stays_as_it_was_but_for_tricks(written: str, safe: str) -> None:
    assert harmless(written) == safe


@pytest.mark.parametrize(
    ("platform", "name"), [("telegram", "Telegram"), ("discord", "Discord"), ("moon", "moon")]
)
def test_a_platform_is_written_as_it_writes_itself(platform: str, name: str) -> None:
    assert platform_name(platform) == name
