"""Hosts put accounts right: who may, once, covered, and what it costs a host who plays."""

from decimal import Decimal

import pytest

from core.errors import NotAllowed
from core.lessons.game import inputs as i
from core.lessons.game.adjusting import Adjustable, adjusters
from core.lessons.game.errors import NotCovered, NotNow, OwnPlace
from core.lessons.game.game import Room
from core.lessons.game.session import Adjustment
from core.paper.actions import Open
from core.paper.records import Identity
from core.services.hosting import Hosting
from core.services.playing import Playing
from tests.builders import Number, amount
from tests.core.paper.builders import CROSS, wish
from tests.core.services.hall import LENA, MIRA, TOBI, Hall


class House:
    """An arena in a hall, in which Mira and Tobi trade."""

    def __init__(self, kind: str = "arena") -> None:
        self.hall = hall = Hall()
        number = hall.opened(kind)
        hall.join(number, MIRA, TOBI)
        hall.deliver()
        if kind != "duel":
            hall.challenges.begin(hall.host(), number)
            hall.deliver()
        hall.tick(1, 100)

    @property
    def hosting(self) -> Hosting:
        hall = self.hall
        return Hosting(hall.units, hall.clock, hall.referee, hall.challenges)

    def adjust(
        self,
        value: Number = 250,
        player: int = 1,
        by: Playing | None = None,
        *,
        gives_up: bool = False,
        reason: str = "lag",
    ) -> str:
        wanted = Adjustment(player, amount(value), reason=reason)
        return self.hosting.adjust(by or self.hall.host(), 1, wanted, gives_up=gives_up).said

    def wallet(self, who: Identity = MIRA) -> Decimal:
        """What a person's account holds by the books."""
        account = self.hall.account(who)
        assert account is not None
        return account.wallet

    def own(self, who: Identity) -> frozenset[int]:
        play: object = self.hall.state().play
        assert isinstance(play, Adjustable)
        return adjusters(play)


def test_it_is_booked_logged_and_printed_at_once() -> None:
    house = House()
    assert house.adjust(250, reason="the feed of @venue was late: https://e.vil") == "adjusted"
    assert house.wallet() == 10_250
    assert house.hall.faults() == 0
    told = house.hall.inputs()[-1]
    assert isinstance(told, i.Ruled)
    assert (told.what, told.about, told.by) == ("adjust", "1 250", 0)
    assert told.reason == "the feed of venue was late"
    assert house.hall.waiting() == ["adjusted1"]


def test_the_same_request_again_adjusts_nothing_twice() -> None:
    house = House()
    by = house.hall.host("press")
    assert house.adjust(by=by) == house.adjust(by=by) == "adjusted"
    assert house.wallet() == 10_250
    assert house.hall.heard().count("Ruled") == 1


def test_only_hosts_of_its_chats_adjust_and_not_whoever_made_it() -> None:
    house = House()
    far = Room("telegram", "-900")
    for by in (
        house.hall.by(MIRA),
        house.hall.by(Identity("telegram", "9")),
        house.hall.by(LENA, hosts=True, room=far),
    ):
        with pytest.raises(NotAllowed):
            house.adjust(by=by)
    assert house.wallet() == 10_000


def test_a_host_who_plays_says_first_that_they_give_their_place_up() -> None:
    house = House()
    with pytest.raises(OwnPlace):
        house.adjust(by=house.hall.by(TOBI, hosts=True))
    assert house.wallet() == 10_000
    assert house.own(TOBI) == frozenset()
    house.adjust(by=house.hall.by(TOBI, hosts=True), gives_up=True)
    assert house.own(TOBI) == {2}
    house.adjust(by=house.hall.by(TOBI, hosts=True))
    assert house.wallet() == 10_500
    house.hall.keeper = house.hall.new_keeper()
    house.hall.tick(1, 100)
    assert house.own(TOBI) == {2}, "after a restart, too"


def test_no_more_is_taken_than_is_free_at_present_marks() -> None:
    house = House()
    house.hall.challenges.order(house.hall.by(MIRA), 1, Open(wish(100, mode=CROSS)))
    house.hall.tick(1, 100)
    house.hall.tick(1, 95)
    with pytest.raises(NotCovered) as refusal:
        house.adjust(-8_551)
    assert refusal.value.free == 8_550, "10,000 less 500 that are lost and the margin at 95"
    assert house.adjust(-8_550) == "adjusted"
    assert house.wallet() == 1_450
    house.hall.silence()
    with pytest.raises(NotNow):
        house.adjust(-1)
    assert house.adjust(1) == "adjusted"


def test_a_competing_host_is_not_told_how_much_is_free() -> None:
    house = House()
    with pytest.raises(NotCovered) as refusal:
        house.adjust(-10_001, by=house.hall.by(TOBI, hosts=True), gives_up=True)
    assert refusal.value.free is None
    assert house.own(TOBI) == frozenset()


def test_walls_stand_where_the_money_is_after_it() -> None:
    house = House()
    house.hall.challenges.order(house.hall.by(MIRA), 1, Open(wish(100, mode=CROSS)))
    house.hall.tick(1, 100)
    house.hall.tick(1, 100)
    house.adjust(-9_000)
    house.hall.tick(1, 91)
    assert house.wallet() == 1_000
    house.hall.tick(1, 90)
    assert house.wallet() == 0, "the wall of 1,000 and not of 10,000 has fallen"
    assert house.hall.faults() == 0


def test_a_frozen_game_is_not_adjusted() -> None:
    house = House()
    house.hall.silence()
    house.hall.tick(61)
    with pytest.raises(NotNow) as refusal:
        house.adjust(5)
    assert refusal.value.phase == "frozen"


def test_where_nothing_is_traded_by_oneself_nothing_is_adjusted() -> None:
    house = House("duel")
    for gives_up in (False, True):
        with pytest.raises(NotNow) as refusal:
            house.adjust(5, gives_up=gives_up)
        assert refusal.value.phase == "adjust"
