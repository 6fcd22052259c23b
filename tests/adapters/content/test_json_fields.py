"""A mistake in a file is told with its place, whatever it is."""

from pathlib import Path

import pytest

from bot.adapters.content.instrument_files import load_listings
from tests.adapters.content.copies import Edit, bitcoin, change, copy_to


@pytest.mark.parametrize(
    ("edit", "complaint"),
    [
        pytest.param(bitcoin(tick=0.1), "tick must be text", id="a number"),
        pytest.param(bitcoin(tick="0"), "tick must be above zero", id="a tick of zero"),
        pytest.param(bitcoin(step="-1"), "step must be zero or more", id="a negative step"),
        pytest.param(bitcoin(step="NaN"), "step must be zero or more", id="not a number"),
        pytest.param(bitcoin(step="1,5"), "step is no figure", id="a comma"),
        pytest.param(bitcoin(step="1/0"), "step is no figure", id="a division by zero"),
        pytest.param(bitcoin(min_notoinal="5"), "unknown field min_notoinal", id="a misspelling"),
        pytest.param(bitcoin(assumed="tick"), "assumed must be a list", id="a bare word"),
        pytest.param(bitcoin(isolated_only="yes"), "isolated_only", id="a word for true"),
        pytest.param(bitcoin(tiers=[]), "tiers must be a list of rows", id="no tiers"),
        pytest.param(bitcoin(tiers=[["1", "0.1"]]), "every row of tiers has 3", id="a short row"),
        pytest.param(
            bitcoin(tiers=[["1", 0.1, "5"]]), "maintenance rate must be a figure", id="a float rate"
        ),
    ],
)
def test_a_mistake_is_told_with_file_and_symbol(tmp_path: Path, edit: Edit, complaint: str) -> None:
    change(copy_to(tmp_path), "binance", edit)
    with pytest.raises(ValueError, match=complaint) as mistake:
        load_listings(tmp_path)
    assert str(mistake.value).startswith("binance.json: BTCUSDT: ")


@pytest.mark.parametrize("text", ["{", "[]", ""], ids=["half", "a list", "empty"])
def test_a_file_that_is_no_object_is_named(tmp_path: Path, text: str) -> None:
    (copy_to(tmp_path) / "okx.json").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"okx\.json: "):
        load_listings(tmp_path)
