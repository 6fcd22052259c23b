"""Squad battles: how squads come about, who moves where, and what a squad is worth."""

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import localcontext

import pytest

from bot.adapters.database.codec import dumps, loads
from core.lessons.challenges import arena, kinds
from core.lessons.challenges.arena import score
from core.lessons.challenges.squads import CHAT, CHOICE, KIND, MUSTER, Squads
from core.lessons.game import inputs as i
from core.lessons.game.audit import Audit, agrees, audit
from core.lessons.game.captain import AWAY, Lead
from core.lessons.game.errors import (
    BadName,
    BadOption,
    NoGame,
    NoSeat,
    NotCaptain,
    NotNow,
    NotPlaying,
    OtherSquad,
)
from core.lessons.game.game import Game, Phase
from core.lessons.game.inputs import Input
from core.lessons.game.kind import Post, Table
from core.lessons.game.lifecycle import Fed, State, fed
from core.lessons.game.pairs import Pairs, Ruling
from core.lessons.game.roles import ROLE
from core.lessons.game.standing import Standing
from core.margin.pool import Side
from core.market import Symbol
from core.money import D, Quantity
from core.paper.actions import CloseAll, Open
from core.paper.scene import Intent
from tests.builders import BTC, ETH, Number, exact, rate
from tests.core.lessons.game.builders import CROSS, at, ground, tick
from tests.sims.recount.result import differences
from tests.sims.recount.squads import squads as recount
from tests.sims.recount.told import WIDE, Told

__all__ = ["exact"]

HOUR = 3_600


@dataclass
class Battle:
    """A battle that is fed one input after another."""

    setup: dict[str, str] = field(default_factory=dict)
    rooms: int = 1
    seed: str = "5eed"
    posts: list[Post] = field(default_factory=list)
    log: list[Input] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.on = ground()
        made = Game(
            kind="squads", seed=self.seed, rooms=self.rooms, setup=self.setup, phase=Phase.OPEN
        )
        self.state = State(made)

    def feed(self, what: Input) -> Fed:
        found = fed(self.state, what, KIND, self.on)
        self.state = found.state
        self.posts += found.posts
        self.log.append(what)
        return found

    def join(self, *rooms: int, seconds: float = 0) -> "Battle":
        """Let somebody join for each of these rooms."""
        for room in rooms:
            self.feed(i.Joined(at=at(seconds), name="", room=room))
        return self

    def begin(self, count: int = 6) -> "Battle":
        """Let so many join, and begin."""
        self.join(*([0] * count))
        self.feed(i.Began(at=at()))
        return self

    def sent(self, view: str = "board", seconds: float = 0) -> "Battle":
        self.feed(i.Sent(at=at(seconds), view=view, number=0))
        return self

    def order(self, player: int, seconds: float, quantity: Number, symbol: Symbol = BTC) -> None:
        """Let somebody buy at the next mark, or sell where the quantity is negative."""
        side = Side.LONG if D(quantity) > 0 else Side.SHORT
        intent = Intent(
            symbol=symbol,
            side=side,
            quantity=Quantity(abs(D(quantity))),
            mode=CROSS,
            leverage=rate(10),
        )
        self.feed(i.Ordered(at=at(seconds), player=player, action=Open(intent)))

    def close(self, player: int, seconds: float) -> None:
        self.feed(i.Ordered(at=at(seconds), player=player, action=CloseAll()))

    def mark(self, seconds: float, price: Number) -> Fed:
        return self.feed(i.Ticked(marks=tick(seconds, price)))

    @property
    def play(self) -> Squads:
        assert isinstance(self.state.play, Squads)
        return self.state.play

    def standings(self) -> tuple[Standing, ...]:
        return self.play.standings(Table(self.state.game, self.on, self.state.accounts))


def fought(**setup: str) -> Battle:
    """An hour in which 1 to 6 buy 1 to 6 coins each at 1,000, which end at 1,100."""
    mine = Battle(setup=setup).begin().sent()
    mine.mark(1, 1_000)
    for player in range(1, 7):
        mine.order(player, 10, player)
    mine.mark(11, 1_000)
    mine.mark(HOUR, 1_100)
    return mine


# --- how squads come about ------------------------------------------------------------------------


def test_by_chance_squads_are_as_large_as_can_be_and_the_board_is_posted() -> None:
    mine = Battle().begin(7)
    assert sorted(len(squad) for squad in mine.play.squads) == [3, 4]
    assert sorted(sum(mine.play.squads, ())) == list(range(1, 8))
    assert mine.posts == [Post("board", starts=True, live=True)]
    assert Battle().begin(7).play.squads == mine.play.squads
    others = {Battle(seed=f"seed {n}").begin(7).play.squads for n in range(9)}
    assert len(others) > 5


@pytest.mark.parametrize(
    ("count", "wanted", "made"), [(8, "4", 4), (8, "3", 3), (5, "4", 2), (4, "2", 2)]
)
def test_there_are_as_many_as_were_chosen_with_two_in_each(
    count: int, wanted: str, made: int
) -> None:
    assert len(Battle(setup={"squads": wanted}).begin(count).play.squads) == made


def test_by_chat_each_chat_is_a_squad() -> None:
    mine = Battle(setup={"by": CHAT}, rooms=3).join(0, 2, 2, 0, 2)
    mine.feed(i.Began(at=at()))
    assert mine.play.squads == ((1, 4), (2, 3, 5))


def test_of_one_chat_alone_squads_are_drawn() -> None:
    mine = Battle(setup={"by": CHAT}).begin(4)
    assert sorted(len(squad) for squad in mine.play.squads) == [2, 2]


# --- choosing -------------------------------------------------------------------------------------


def mustering(count: int = 5) -> Battle:
    return Battle(setup={"by": CHOICE}).begin(count).sent("muster")


def choose(mine: Battle, player: int, value: str, seconds: float = 10) -> Fed:
    return mine.feed(i.Answered(at=at(seconds), player=player, value=value))


def test_squads_are_chosen_for_two_minutes_from_when_the_message_is_there() -> None:
    mine = Battle(setup={"by": CHOICE}).begin(5)
    assert mine.posts == [Post("muster", starts=True, live=True)]
    assert (mine.play.squads, mine.state.game.due) == (((), ()), None)
    mine.sent("muster", 7)
    mine.sent("muster", 60)
    assert mine.state.game.due == at(7) + MUSTER
    mine.feed(i.Due(at=at(60)))
    assert mine.play.mustering


def test_a_choice_may_be_changed_and_a_full_squad_takes_nobody() -> None:
    mine = mustering()
    assert choose(mine, 1, "1").said == "squad"
    choose(mine, 1, "2")
    assert list(mine.play.squads) == [(), (1,)]
    for player in (2, 3):
        choose(mine, player, "2")
    with pytest.raises(NotNow, match="squad"):
        choose(mine, 4, "2")
    choose(mine, 3, "2")  # whoever is in it stays
    assert mine.play.squads[1] == (1, 2, 3)


def test_strangers_leavers_and_squads_there_are_not_are_refused() -> None:
    mine = mustering()
    with pytest.raises(NotPlaying):
        choose(mine, 9, "1")
    with pytest.raises(BadOption) as refusal:
        choose(mine, 1, "3")
    assert refusal.value.allowed == ("1", "2")
    mine.feed(i.Left(at=at(5), player=2))
    with pytest.raises(NotPlaying):
        choose(mine, 2, "1")


def test_who_has_not_chosen_is_shared_out_and_who_has_left_is_in_none() -> None:
    mine = mustering()
    choose(mine, 3, "2")
    choose(mine, 1, "2")
    mine.feed(i.Left(at=at(20), player=1))
    found = mine.feed(i.Due(at=at(120)))
    assert mine.play.squads == ((2, 4), (3, 5))
    assert (found.posts, mine.play.mustering) == ((Post("board", starts=True, live=True),), False)
    with pytest.raises(NotNow, match="muster"):
        choose(mine, 2, "2", 121)


def test_after_a_stop_there_is_the_whole_time_to_choose_again() -> None:
    mine = mustering()
    mine.feed(i.Woke(at=at(500), since=at(20)))
    assert mine.play.due == at(500) + MUSTER
    mine = Battle(setup={"by": CHOICE}).begin(5)
    mine.feed(i.Woke(at=at(500), since=at(20)))
    assert mine.play.due is None


def test_a_squad_that_nobody_chose_is_none() -> None:
    mine = Battle(setup={"by": CHOICE, "squads": "4"}).begin(9).sent("muster")
    for player in range(1, 10):
        choose(mine, player, str(1 + (player - 1) // 3))
    mine.feed(i.Due(at=at(120)))
    assert mine.play.squads == ((1, 2, 3), (4, 5, 6), (7, 8, 9))


def test_without_two_squads_there_is_no_battle() -> None:
    mine = mustering(4)
    for player in (1, 2, 3):
        mine.feed(i.Left(at=at(5), player=player))
    mine.feed(i.Due(at=at(120)))
    assert (mine.state.game.phase, mine.state.game.why) == (Phase.SETTLING, "expired")


# --- the arena inside -----------------------------------------------------------------------------


def test_trading_is_the_arena_s() -> None:
    mine = Battle().begin().sent()
    mine.order(1, 10, 1, ETH)
    assert mine.play.wants(Table(mine.state.game, mine.on, mine.state.accounts)) == {ETH}
    found = mine.mark(11, 1_000)
    assert [deed.player for deed in found.deeds] == [1]
    session = mine.play.arena.session
    assert session is not None
    assert mine.play.span == (session.began, session.ends)
    assert (mine.play.next_look, mine.play.judged) == (session.next_look, session.judged)


def test_in_the_end_the_board_is_the_arena_s_and_it_is_over() -> None:
    mine = fought()
    assert mine.posts[-1] == Post("end")
    assert mine.state.game.phase is Phase.SETTLING
    assert mine.play.next_look is None


def test_an_outage_moves_the_end() -> None:
    mine = Battle().begin().sent()
    moved = mine.play.moved(timedelta(minutes=9))
    assert moved.arena.session is not None
    assert moved.arena.session.ends == at(HOUR + 540)
    assert mustering().play.moved(timedelta(minutes=9)).due == at(540) + MUSTER


def test_who_comes_late_joins_the_smallest_squad_or_their_own_chat_s() -> None:
    mine = Battle(setup={"late": "any"}).begin(5).sent()
    smallest = min(mine.play.squads, key=len)
    mine.join(0, seconds=60)
    assert (*smallest, 6) in mine.play.squads
    chats = Battle(setup={"by": CHAT, "late": "any"}, rooms=3).join(0, 0, 0, 1, 1)
    chats.feed(i.Began(at=at()))
    chats.sent()
    chats.join(0, 2, seconds=60)
    assert chats.play.squads == ((1, 2, 3, 6), (4, 5, 7))


def test_who_comes_while_squads_are_chosen_may_choose() -> None:
    mine = Battle(setup={"by": CHOICE, "late": "any"}).begin(4).sent("muster")
    mine.join(0, seconds=5)
    choose(mine, 5, "2")
    mine.feed(i.Due(at=at(120)))
    assert 5 in mine.play.squads[1]


def test_nobody_comes_late_where_that_was_not_chosen() -> None:
    with pytest.raises(NoSeat):
        Battle().begin().sent().join(0, seconds=5)


# --- who is where ---------------------------------------------------------------------------------


def test_everybody_stands_at_the_place_of_their_squad() -> None:
    mine = fought()
    scores = mine.play.scores()
    # Whoever bought n coins gained n per cent; the end is the highest point.
    assert [scores[player] for player in range(1, 7)] == [1, 2, 3, 4, 5, 6]
    squads = mine.play.line_up(mine.state.game)
    for squad in squads:
        assert squad.counted == tuple(sorted(squad.members, reverse=True)[:2])
        assert squad.score == D(sum(squad.counted)) / 2
    standings = mine.standings()
    assert [one.place for one in standings] == [1, 1, 1, 2, 2, 2]
    assert {one.player for one in standings[:3]} == set(squads[0].members)
    assert [one.figures[-1] for one in standings[:3]] == sorted(
        (scores[p] for p in squads[0].members), reverse=True
    )


def test_whoever_has_not_traded_or_has_left_stands_under_the_line() -> None:
    mine = Battle(setup={"by": CHAT}, rooms=2).join(0, 0, 0, 0, 1, 1, 1, 1)
    mine.feed(i.Began(at=at()))
    mine.sent()
    mine.mark(1, 1_000)
    for player in (1, 2, 3, 5, 6, 7, 8):
        mine.order(player, 10, player)
    mine.mark(11, 1_000)
    mine.feed(i.Left(at=at(60), player=8))
    mine.mark(61, 1_000)
    mine.mark(HOUR, 1_100)
    standings = mine.standings()
    assert [(one.player, one.listed, one.place) for one in standings] == [
        (7, True, 1),
        (6, True, 1),
        (5, True, 1),
        (3, True, 2),
        (2, True, 2),
        (1, True, 2),
        (8, False, 0),
        (4, False, 0),
    ]


def test_with_too_few_active_members_it_is_friendly_and_nobody_has_a_place() -> None:
    mine = Battle().begin(5).sent()
    mine.mark(1, 1_000)
    for player in range(1, 6):
        mine.order(player, 10, player)
    mine.mark(11, 1_000)
    mine.mark(HOUR, 1_100)
    assert not any(one.listed or one.place for one in mine.standings())
    assert [squad.place for squad in mine.play.line_up(mine.state.game)] == [1, 2]


def test_before_it_has_begun_nobody_has_a_score() -> None:
    mine = Battle().begin()
    assert (mine.play.scores(), mine.standings()) == ({}, ())
    assert mustering().standings() == ()


def test_who_comes_late_counts_by_what_they_trade_from_then_on() -> None:
    mine = Battle(setup={"late": "any"}).begin(6).sent()
    mine.mark(1, 1_000)
    for player in range(1, 7):
        mine.order(player, 10, player)
    mine.mark(11, 1_000)
    mine.mark(1_800, 1_100)
    mine.join(0, 0, seconds=1_801)
    mine.order(7, 1_802, 10)
    mine.mark(1_803, 1_100)
    mine.mark(HOUR, 1_100)
    # The others' ten per cent are of before they came; they began with the same money.
    assert mine.play.scores()[7] == 0
    squads = mine.play.line_up(mine.state.game)
    assert any(7 in squad.active for squad in squads)
    assert not any(8 in squad.active for squad in squads)
    assert {one.player: one.listed for one in mine.standings()}[8] is False


def test_two_who_traded_against_each_other_count_with_the_lower_score_until_it_is_chance() -> None:
    mine = Battle().begin().sent()
    mine.mark(1, 1_000)
    for again in range(2):
        start = 10 + 200 * again
        for player, size in ((1, 1), (2, -1)):
            mine.order(player, start, size)
        mine.mark(start + 1, 1_000)
        for player in (1, 2):
            mine.close(player, start + 150)
        mine.mark(start + 151, 1_100)
    mine.mark(HOUR, 1_100)
    arena = mine.play.arena
    assert arena.session is not None
    assert arena.pairs.flagged == ((1, 2),)
    own = {player: score(notes) for player, notes in arena.session.notes.items()}
    assert own[2] < own[1]
    assert (mine.play.scores()[1], mine.play.scores()[2]) == (own[2], own[2])
    found = mine.feed(i.Ruled(at=at(HOUR + 1), what="pair", about="1 2 clear"))
    assert (found.said, found.posts) == ("ruled", (Post("ruling", 1),))
    assert mine.play.scores() == own
    mine.feed(i.Ruled(at=at(HOUR + 2), what="pair", about="2 1 shared"))
    assert mine.play.scores()[1] == own[2]


def test_who_decides_about_others_and_plays_counts_for_no_squad() -> None:
    mine = Battle().begin().sent()
    arena = mine.play.arena
    assert arena.session is not None
    decided = Pairs(((1, 2),), (Ruling((1, 2), "clear", 3),))
    play = replace(mine.play, arena=replace(arena, pairs=decided))
    traded = {p: replace(own, touched=at(1)) for p, own in arena.session.notes.items()}
    play = replace(play, arena=replace(play.arena, session=replace(arena.session, notes=traded)))
    active = [player for squad in play.line_up(mine.state.game) for player in squad.active]
    assert 3 not in active
    assert {1, 2} <= set(active)


# --- roles ----------------------------------------------------------------------------------------


def by_role(*roles: str, **setup: str) -> Battle:
    mine = Battle(setup={"by": ROLE, **setup})
    for role in roles:
        mine.feed(i.Joined(at=at(), name="", role=role))
    mine.feed(i.Began(at=at()))
    return mine


def test_by_role_the_most_frequent_ones_play_each_other() -> None:
    mine = by_role("north", "south", "", "south", "north", "west", late="any").sent()
    assert mine.play.squads == ((1, 5, 3), (2, 4, 6))
    assert mine.play.roles == ("north", "south")


def test_who_comes_late_goes_to_the_squad_of_their_role_else_to_the_smallest() -> None:
    mine = by_role("north", "south", "north", "south", late="any").sent()
    for role in ("south", "south", "west", ""):
        mine.feed(i.Joined(at=at(60), name="", role=role))
    assert mine.play.squads == ((1, 3, 7, 8), (2, 4, 5, 6))


def test_squads_of_roles_bear_their_names_until_a_captain_gives_another() -> None:
    mine = by_role("North", "South", "South", "North").sent()
    assert [mine.play.called(n, mine.state.game) for n in (0, 1)] == ["North", "South"]
    with pytest.raises(BadName, match="taken"):
        name(mine, 1, "south")
    name(mine, 1, "Owls")
    assert [mine.play.called(n, mine.state.game) for n in (0, 1)] == ["Owls", "South"]


def test_with_fewer_than_two_roles_squads_are_drawn() -> None:
    mine = by_role("north", "north", "", "")
    assert mine.play.squads == Battle().begin(4).play.squads
    assert mine.play.roles == ()
    assert mine.play.called(0, mine.state.game) == ""


def test_what_is_published_of_roles_and_names_tells_neither_and_ends_alike() -> None:
    mine = by_role("Traders", "Staff", "", "Staff", "Traders", "Guests", late="any").sent()
    mine.mark(1, 1_000)
    for player in range(1, 7):
        mine.order(player, 10, player)
    mine.mark(11, 1_000)
    mine.feed(i.Joined(at=at(20), name="Lena", role="Staff"))
    mine.feed(i.Answered(at=at(30), player=7, value="captain 7"))
    name(mine, 7, "Night Owls")
    mine.order(7, 40, 9)
    mine.mark(41, 1_000)
    mine.mark(HOUR, 1_100)
    text = dumps(audit(7, mine.state, mine.on, mine.log))
    assert not re.search("Traders|Staff|Guests|Owls|Lena", text)
    assert re.findall('"role":"([^"]*)"', text) == [f"role {n}" for n in (1, 2, 2, 1, 3, 2)]
    told = loads(Audit, text)
    assert agrees(told, KIND) == ()
    assert any(one.player == 7 and one.place == 1 for one in told.standings)


# --- captains -------------------------------------------------------------------------------------


def name(mine: Battle, player: int, said: str, seconds: float = 30) -> Fed:
    return mine.feed(i.Named(at=at(seconds), player=player, name=said))


def chats(**setup: str) -> Battle:
    """1, 3 and 5 against 2 and 4."""
    mine = Battle(setup={"by": CHAT, **setup}, rooms=2).join(0, 1, 0, 1, 0)
    mine.feed(i.Began(at=at()))
    return mine.sent()


def test_a_squad_votes_for_its_captain_while_it_plays() -> None:
    mine = chats()
    assert mine.play.lead(0, mine.state.game, at()) == Lead(captain=1, vice=3)
    assert choose(mine, 3, "captain 5").said == "voted"
    assert mine.play.lead(0, mine.state.game, at(10)) == Lead(captain=5, vice=1)
    assert mine.play.lead(1, mine.state.game, at(10)) == Lead(captain=2, vice=4)
    with pytest.raises(OtherSquad):
        choose(mine, 3, "captain 2")


def test_what_a_vote_changes_is_no_score() -> None:
    voted = fought()
    mine = Battle().begin().sent()
    for member in mine.play.squads[0]:
        choose(mine, member, f"captain {mine.play.squads[0][-1]}", 0.5)
    mine.mark(1, 1_000)
    for player in range(1, 7):
        mine.order(player, 10, player)
    mine.mark(11, 1_000)
    mine.mark(HOUR, 1_100)
    assert mine.standings() == voted.standings()


def test_while_squads_are_chosen_a_captain_may_be_voted_for_but_nothing_named() -> None:
    mine = mustering()
    for player in (1, 3):
        choose(mine, player, "2")
    assert choose(mine, 1, "captain 3").said == "voted"
    with pytest.raises(NotNow, match="squadless"):
        choose(mine, 2, "captain 1")
    with pytest.raises(NotNow, match="naming"):
        name(mine, 3, "Owls")
    choose(mine, 3, "1")
    mine.feed(i.Due(at=at(120)))
    # A vote for who moved is none any more, for it counts within a squad.
    assert mine.play.squads == ((3, 2, 5), (1, 4))
    assert mine.play.lead(1, mine.state.game, at(120)).captain == 1


def test_a_captain_names_the_squad_and_may_do_so_again() -> None:
    mine = chats()
    assert name(mine, 1, " Night\u200b Owls and more ").said == "named"
    assert mine.play.called(0, mine.state.game) == "Night Owls a"
    name(mine, 1, "Hawks")
    assert mine.play.called(0, mine.state.game) == "Hawks"
    with pytest.raises(NotCaptain):
        name(mine, 3, "Mice")
    with pytest.raises(BadName, match="taken"):
        name(mine, 2, "hawks")
    assert name(mine, 2, "Night Owls a").said == "named"


def test_no_squad_is_called_like_a_player_but_who_plays_unnamed_is_not_told() -> None:
    mine = Battle(setup={"by": CHAT}, rooms=2)
    for number, (who, hidden) in enumerate((("Mira", False), ("Tobi", True), ("A", False))):
        mine.feed(i.Joined(at=at(), name=who, hidden=hidden, room=number % 2))
    mine.join(1)
    mine.feed(i.Began(at=at()))
    with pytest.raises(BadName, match="taken"):
        name(mine, 1, "mira")
    name(mine, 1, "tobi")


def test_the_name_goes_when_who_gave_it_is_forgotten_and_the_squad_plays_on() -> None:
    mine = chats()
    name(mine, 1, "Owls")
    game = mine.state.game.nameless(1)
    assert mine.play.called(0, game) == ""


def test_who_comes_late_or_back_is_heard_of_and_a_trade_counts_as_a_word() -> None:
    mine = chats(late="any", length="7d")
    mine.order(3, 100, 1)
    late = AWAY.total_seconds() + 50
    assert mine.play.lead(0, mine.state.game, at(late)) == Lead(captain=3, vice=1, absent=1)
    mine.join(0, seconds=late)
    assert mine.play.lead(0, mine.state.game, at(late + 60)) == Lead(captain=6, vice=1, absent=1)
    mine.feed(i.Left(at=at(late + 61), player=1))
    mine.feed(i.Returned(at=at(late + 62), player=1))
    assert mine.play.lead(0, mine.state.game, at(late + 62)) == Lead(captain=1, vice=6)


def test_nothing_is_named_or_voted_on_when_it_is_over() -> None:
    mine = fought()
    with pytest.raises(NoGame):
        name(mine, 1, "Owls")
    with pytest.raises(NoGame):
        choose(mine, 1, "captain 1", HOUR)


# --- the kind, kept and published -----------------------------------------------------------------


def test_the_kind_has_the_arena_s_options_and_its_own() -> None:
    assert kinds()["squads"] is KIND
    assert [option.name for option in KIND.options] == [
        "by",
        "squads",
        *(option.name for option in arena.KIND.options),
    ]
    long = Game(kind="squads", seed="5eed", setup={"length": "24h"})
    assert KIND.pace(long) == 1
    assert not KIND.full(long)
    full = Battle()
    full.join(*[0] * KIND.most)
    assert full.state.game.phase is Phase.RUNNING


@pytest.mark.parametrize("how", ["chance", CHOICE])
def test_a_play_is_kept_and_read(how: str) -> None:
    mine = Battle(setup={"by": how}).begin()
    assert loads(Squads, dumps(mine.play)) == mine.play
    mine = fought()
    assert loads(Squads, dumps(mine.play)) == mine.play
    mine = by_role("a", "b", "b", "a").sent()
    choose(mine, 1, "captain 4")
    assert loads(Squads, dumps(mine.play)) == mine.play


def test_a_play_of_before_there_were_captains_is_read() -> None:
    play = loads(Squads, '{"squads":[[1,3],[2,4]]}')
    assert play == Squads(squads=((1, 3), (2, 4)))


def test_what_is_published_ends_alike_when_it_is_played_again() -> None:
    mine = fought()
    told = loads(Audit, dumps(audit(7, mine.state, mine.on, mine.log)))
    assert agrees(told, KIND) == ()
    again = State(Game(kind="squads", seed="5eed", phase=Phase.OPEN))
    for what in mine.log:
        again = fed(again, what, KIND, mine.on).state
    assert again == mine.state


# --- put right by a host


def test_whoever_adjusts_and_plays_counts_for_no_squad() -> None:
    mine = Battle().begin(8).sent()
    mine.mark(1, 1_000)
    for player in range(1, 9):
        mine.order(player, 10, player)
    mine.mark(11, 1_000)
    before = {squad.number: squad for squad in mine.play.line_up(mine.state.game)}
    host = next(p for squad in before.values() if 8 in squad.members for p in squad.counted)
    ruling = i.Ruled(at=at(20), what="adjust", about="1 500", by=host)
    assert mine.feed(ruling).said == "adjusted"
    assert mine.play.adjustments[0].by == host
    after = next(s for s in mine.play.line_up(mine.state.game) if host in s.members)
    assert host not in after.active
    assert host not in after.counted
    assert [one.place for one in mine.standings() if one.player == host] == [0]
    mine.mark(HOUR, 1_100)
    told = audit(1, mine.state, mine.on, mine.log)
    assert agrees(loads(Audit, dumps(told)), KIND) == ()
    with localcontext(WIDE):
        file = Told.read(dumps(told))
        assert differences(file, recount(file)) == []


def test_while_squads_are_chosen_nothing_is_adjusted() -> None:
    mine = Battle(setup={"by": CHOICE}).begin()
    assert mine.feed(i.Ruled(at=at(1), what="adjust", about="1 5")).said == ""
