"""Rows that nobody may change any more, and that nothing joins."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dougong import protect_parts, unprotect_parts

GUARD = {"of": "apple", "by": "apple_id", "name": "eaten", "sentence": "It's eaten."}


@pytest.fixture
def engine(make_house):
    """An apple that was eaten with its seed, and one that hangs on the tree with another."""
    engine = make_house().engine
    with engine.begin() as connection:
        for statement in (
            "CREATE TABLE apple (id INTEGER PRIMARY KEY, eaten BOOLEAN NOT NULL)",
            "CREATE TABLE seed (id INTEGER PRIMARY KEY, apple_id INTEGER, weight INTEGER)",
            "INSERT INTO apple VALUES (1, true), (2, false)",
            "INSERT INTO seed VALUES (10, 1, 5), (20, 2, 5)",
        ):
            connection.execute(text(statement))
        protect_parts(connection, "seed", **GUARD, when="whole.eaten")
    return engine


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO seed VALUES (11, 1, 5)",
        "UPDATE seed SET weight = 6 WHERE id = 10",
        "DELETE FROM seed WHERE id = 10",
        "UPDATE seed SET apple_id = 1 WHERE id = 20",
        "UPDATE seed SET apple_id = 2 WHERE id = 10",
    ],
)
def test_the_parts_of_what_is_finished_stay_as_they_are(engine, statement):
    with pytest.raises(DBAPIError, match="It's eaten"), engine.begin() as connection:
        connection.execute(text(statement))


def test_the_parts_of_what_is_open_may_change(engine):
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO seed VALUES (21, 2, 1)"))
        connection.execute(text("UPDATE seed SET weight = weight + 1 WHERE apple_id = 2"))
        connection.execute(text("DELETE FROM seed WHERE id = 20"))
        assert connection.execute(text("SELECT id, weight FROM seed WHERE apple_id = 2")).all() == [
            (21, 2)
        ]


def test_a_protection_may_name_one_column_and_is_taken_away_again(engine):
    with engine.begin() as connection:
        unprotect_parts(connection, "seed", name="eaten")
        protect_parts(connection, "seed", **GUARD, when="whole.eaten", on=("UPDATE OF apple_id",))
        connection.execute(text("UPDATE seed SET weight = 6 WHERE id = 10"))
    with pytest.raises(DBAPIError, match="eaten"), engine.begin() as connection:
        connection.execute(text("UPDATE seed SET apple_id = 1 WHERE id = 20"))


def test_an_error_of_the_database_does_not_tell_what_it_was_given(engine):
    with pytest.raises(DBAPIError) as error, engine.begin() as connection:
        connection.execute(text("INSERT INTO apple VALUES (1, :secret)"), {"secret": "hush"})
    assert "hush" not in str(error.value).replace('"hush"', "")
