"""Files go out as documents, behind the words they belong to."""

from bot.chat.reply import File, Reply, Text, Words
from tests.adapters.telegram.stage import playing
from tests.fakes.desk import ScriptedDesk, private

FILES = Reply(
    (
        Text(Words("Everything.")),
        File("a.json", "application/json", '{"name": "Müller"}\n'),
        File("b.csv", "text/csv", "x,y\n"),
    )
)


async def test_each_file_is_a_document_of_its_name_after_the_words() -> None:
    async with playing(ScriptedDesk({"/export": FILES})) as stage:
        user = stage.world.person(5)
        stage.world.say(user, "/export")
        words, first, second = await stage.answered(3)
        assert "Everything." in words.text
        assert (first.html, first.text) == ("a.json", '{"name": "Müller"}\n')
        assert (second.html, second.text) == ("b.csv", "x,y\n")


async def test_in_a_group_private_files_go_to_the_person_alone() -> None:
    async with playing(ScriptedDesk({"/export": private(FILES)})) as stage:
        user = stage.world.person(5)
        stage.world.private(user)
        stage.world.started.add(user["id"])
        group = stage.world.group()
        stage.world.say(user, "/export", group)
        posted = await stage.answered(3, user["id"])
        await stage.idle()
        assert [each.html for each in posted[1:]] == ["a.json", "b.csv"]
        assert stage.world.from_bot(group["id"]) == []
