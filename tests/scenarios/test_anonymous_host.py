"""An anonymous admin on Telegram starts a duel by buttons, under the name of whoever presses."""

from tests.fakes.botapi.world import ANONYMOUS, GROUP
from tests.scenarios.on_telegram import OnTelegram, on_telegram
from tests.scenarios.play import house
from tests.scenarios.story import Step


def newest(player: OnTelegram) -> str:
    """The key of the newest message in the group."""
    return list(player.screen("tobi"))[-1]


async def test_the_list_is_everybodys_and_what_a_press_starts_is_whose_press_it_was() -> None:
    with house() as backstage:
        async with on_telegram(backstage) as player:
            await player.say(Step(say="/start"))
            group = player.world.chats[GROUP]
            player.world.say(ANONYMOUS, "/challenge", group, sender_chat=group)
            await player.still()
            there = newest(player)

            await player.press("mira", there, "Mode duel")
            assert list(player.screen("tobi")) == [there]  # a member starts nothing

            await player.press("hope", there, "Mode duel")
            draft = newest(player)
            assert player.screen("tobi")[draft].text.startswith("Mode duel: not open yet.")

            await player.press("mira", draft, "Open it")
            assert player.screen("mira")["window 0"].text.startswith("Only the person who asked")

            await player.press("hope", draft, "Open it")
            assert player.screen("tobi")[draft].text == "It is open. The lobby stands below."
            backstage.clock.advance(1)
            await player.wait()
            assert player.screen("tobi")[newest(player)].text.startswith("Mode duel: who plays?")
