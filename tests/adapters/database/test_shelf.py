"""The four statements of a table that is asked by its key."""

from sqlalchemy import Column, MetaData, String, Table, create_engine

from bot.adapters.database.shelf import Shelf

CHAIR = Table(
    "chair",
    MetaData(),
    Column("room", String, primary_key=True),
    Column("place", String, primary_key=True),
    Column("colour", String),
)


def test_a_shelf_adds_gets_replaces_and_drops_by_the_whole_key() -> None:
    chairs = Shelf(CHAIR)
    engine = create_engine("sqlite://")
    here, there = chairs.key("hall", "1"), chairs.key("hall", "2")
    with engine.begin() as connection:
        CHAIR.create(connection)
        connection.execute(chairs.add.make(), {**here, "colour": "red"})
        connection.execute(chairs.add.make(), {**there, "colour": "green"})
        connection.execute(chairs.replace.make(), {**here, "colour": "blue"})
        assert connection.execute(chairs.get.make(), here).all() == [("blue",)]
        connection.execute(chairs.drop.make(), here)
        assert connection.execute(chairs.get.make(), here).all() == []
        assert connection.execute(chairs.get.make(), there).all() == [("green",)]
    engine.dispose()


def test_its_columns_are_told_apart() -> None:
    chairs = Shelf(CHAIR)
    assert (chairs.keys, chairs.names) == (["room", "place"], ["colour"])
    assert chairs.key("hall", "1") == {"key_room": "hall", "key_place": "1"}
