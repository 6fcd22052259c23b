"""Events written as files: the very form of those that are shipped, whole or not at all."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.content.scenario_files import FOLDER, INDEX, ScenarioFiles
from bot.adapters.content.scenario_writer import is_stored, store, texts
from core.lessons.scenario import PriceKind
from core.money import D, Price, Rate
from tests.builders import BTC, ETH
from tests.fakes.scenarios import bar, candle, flat

SHIPPED = ScenarioFiles()
IDS = [heading.id for heading in SHIPPED.headings()]


@pytest.mark.parametrize("id_", IDS)
def test_a_shipped_event_is_written_as_it_stands_to_the_byte(id_: str) -> None:
    files = texts(SHIPPED.scenario(id_))
    entry = files.pop(INDEX)
    shipped = (FOLDER / INDEX).read_text(encoding="utf-8")
    assert f"\n{entry}" in shipped
    names = {each.name for each in FOLDER.iterdir() if each.name.startswith(f"{id_}.")}
    assert files.keys() == names
    for name, text in files.items():
        assert text == (FOLDER / name).read_text(encoding="utf-8")


EVENT = flat(3, {BTC: "8000.50", ETH: "0.00000012"}, "2026-10-01")
FIGURES = st.integers(1, 10**9).map(lambda n: Rate(D(n) / 1_000_000))


@given(
    st.lists(FIGURES, min_size=3, max_size=3),
    st.decimals("-0.9", "0.9", places=12),
    st.text("a'\"\\\u00e9 ", min_size=1),
)
def test_what_is_written_is_read_back_as_it_is(prices: list[Rate], rate: Rate, word: str) -> None:
    low, middle, high = sorted(prices)
    hours = (EVENT.candles[0], candle(1, {BTC: bar(middle, high, low, low), ETH: bar(high)}))
    steps = tuple(candle(n, {BTC: bar(middle, high, low, low)}, 5) for n in range(12, 24))
    coins = dict(EVENT.heading.coins)
    coins[BTC] = replace(coins[BTC], fine=PriceKind.LAST, first=Price(1 + middle))
    coins[ETH] = replace(coins[ETH], funding="Elsewhere")
    event = replace(
        EVENT,
        heading=replace(EVENT.heading, coins=coins, hours=2, name=word),
        candles=hours,
        finer={1: steps},
        funding={1: {ETH: rate}},
    )
    with TemporaryDirectory() as folder:
        for name, text in texts(event).items():
            Path(folder, name).write_text(text, encoding="utf-8")
        assert ScenarioFiles(Path(folder)).scenario(event.heading.id) == event


def test_an_event_has_a_folder_of_its_own_name(tmp_path: Path) -> None:
    place = store(EVENT, tmp_path / "not" / "there")
    assert place == tmp_path / "not" / "there" / "2026-10-01"
    assert sorted(each.name for each in place.iterdir()) == ["2026-10-01.csv", INDEX]
    assert (place.stat().st_mode & 0o777) == 0o755
    assert ScenarioFiles(place).scenario("2026-10-01") == EVENT


def test_an_event_of_the_same_name_is_replaced_whole(tmp_path: Path) -> None:
    store(EVENT, tmp_path)
    (tmp_path / "2026-10-01" / "more.csv").write_text("left behind", encoding="utf-8")
    other = flat(1, {ETH: 200}, "2026-10-01")
    assert not is_stored(other, tmp_path)
    assert not is_stored(other, tmp_path / "none")
    place = store(other, tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["2026-10-01"]
    assert not (place / "more.csv").exists()
    assert is_stored(other, tmp_path)
    assert not is_stored(EVENT, tmp_path)


def test_what_could_not_be_read_back_is_not_written(tmp_path: Path) -> None:
    heading = replace(EVENT.heading, told="two\nlines")
    with pytest.raises(ValueError, match="index"):
        store(replace(EVENT, heading=heading), tmp_path)
    odd = replace(EVENT, heading=replace(EVENT.heading, name="x" * 9, told="It rose."))
    with pytest.raises(ValueError, match="cannot be read back"):
        store(
            replace(odd, candles=(candle(0, {BTC: bar("1.0000001"), ETH: bar(1)}),) * 3), tmp_path
        )
    assert list(tmp_path.iterdir()) == []


def test_the_old_event_stays_where_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(EVENT, tmp_path)
    before = Path.rename

    def full(self: Path, target: Path) -> Path:
        if self.name.startswith(".new-"):
            raise OSError(28, "No space left on device", str(self))
        return before(self, target)

    monkeypatch.setattr(Path, "rename", full)
    for scenario in (flat(1, {ETH: 200}, "2026-10-01"), flat(1, {ETH: 200}, "2026-10-02")):
        with pytest.raises(OSError, match="No space left"):
            store(scenario, tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["2026-10-01"]
    assert is_stored(EVENT, tmp_path)
