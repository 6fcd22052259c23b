"""The use cases are bundled once: one set of numbers, one referee, one maker of secrets."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.app import grammar
from bot.footing import footing_of
from bot.playground import House, playground
from bot.runtime.desks import Desks
from bot.settings import load
from bot.usecases import rules_of, services_of
from core.lessons.game.game import Room
from core.paper.records import Identity
from core.services.playing import Playing
from core.services.trading import Asked
from tests.fakes.ports import FixedClock


def test_the_house_s_numbers_are_those_of_its_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPER_WALLET", "2500")
    monkeypatch.setenv("WARN_EVERY", "6")
    rules = rules_of(load(None))
    assert (rules.grant, rules.warn_every) == (Decimal(2500), timedelta(hours=6))


async def test_whatever_is_done_is_done_over_the_same_books(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/bot.db")
    base = footing_of(load(None), FixedClock(), grammar, None)
    try:
        house = House("binance", base.listings, rules_of(base.settings))
        referee, played_on, _ = playground(house, base.prices, None)
        services = services_of(base, referee, played_on, lambda: "ab" * 16)
        room, who = Room("console", "me"), Identity("console", "me")
        by = Playing(Asked(who, room.chat, "r1"), room, hosts=True)
        desks = Desks(group=base.units.group)
        kept = await desks.run(lambda: services.challenges.draft(by, "duel"), writes=True)
        desks.close()
        assert kept.state.game.seed == "ab" * 16
        assert services.challenges.here(room) == (kept,)
        with base.units.reading() as books:
            assert books.games.game(kept.number) == kept
    finally:
        base.database.close()
