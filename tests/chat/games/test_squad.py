"""What squads are called, and who is said to lead them."""

from dataclasses import replace

from bot.chat.games.seen import Seen
from bot.chat.games.squad import captain_facts, lead_of, squad_name, standing_in
from bot.chat.i18n import english
from core.lessons.game.captain import Lead
from core.lessons.game.game import Room
from tests.chat.games.test_squads import battle, begun, looked_at
from tests.walk.group import Group


async def test_squads_of_chats_are_called_by_where_they_are(group: Group) -> None:
    await begun(group)
    kept = group.app.challenges.numbered(1)
    game = replace(kept.state.game, setup={"by": "chat"}, rooms=2)
    players = tuple(replace(p, room=p.number % 2) for p in game.players)
    state = replace(kept.state, game=replace(game, players=players))
    play = battle(group)
    state = replace(state, play=replace(play, squads=((2, 4), (1, 3))))
    sight = group.app.challenges.sight(kept)

    def names(*platforms: str) -> list[str]:
        rooms = tuple(Room(platform, f"-{n}") for n, platform in enumerate(platforms))
        seen = Seen(
            replace(kept, state=state, rooms=rooms),
            sight.kind,
            sight.ground,
            group.clock.now(),
            sight.path,
            english,
        )
        return [squad_name(seen, number) for number in (0, 1)]

    assert names("telegram", "discord") == ["Telegram", "Discord"]
    assert names("telegram", "telegram") == ["chat 1", "chat 2"]
    assert names("telegram") == ["Red", "Blue"]


async def test_squads_of_roles_bear_their_names(group: Group) -> None:
    await begun(group)
    seen = looked_at(group)
    play = replace(battle(group), roles=("Traders", "Moderator"))
    state = replace(seen.kept.state, play=play)
    seen = replace(seen, kept=replace(seen.kept, state=state))
    assert [squad_name(seen, number) for number in (0, 1)] == ["Traders", "Blue"]


async def test_who_leads_is_told_with_the_squad(group: Group) -> None:
    await begun(group)
    seen = looked_at(group)
    rows = dict(captain_facts(seen, 0))
    assert list(rows) == ["squad", "captain", "vice-captain"]
    assert standing_in(seen, lead_of(seen, 0)) == ()
    nobody = seen.game
    for player in nobody.players:
        nobody = nobody.with_player(replace(player, left=seen.now))
    left = replace(seen, kept=replace(seen.kept, state=replace(seen.kept.state, game=nobody)))
    assert lead_of(left, 0) == Lead()
    assert list(dict(captain_facts(left, 0))) == ["squad"]


async def test_of_what_is_over_it_is_told_who_led_at_the_end(group: Group) -> None:
    await begun(group)
    seen = looked_at(group)
    ended = replace(seen.game, ended=seen.now)
    later = replace(seen, now=seen.now.replace(year=seen.now.year + 1))
    assert lead_of(later, 0).absent is None
    first, second, third = sorted(battle(group).squads[0])
    helm = replace(battle(group).helm, heard={second: seen.now}, votes={third: third})
    play = replace(battle(group), helm=helm)
    state = replace(seen.kept.state, game=ended, play=play)
    assert lead_of(replace(later, kept=replace(seen.kept, state=state)), 0) == Lead(
        captain=third, vice=first
    )
