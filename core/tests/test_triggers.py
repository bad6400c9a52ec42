"""Rows that nobody may change any more, and that nothing joins."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dougong import protect_parts, unprotect_parts
from dougong.triggers import Apart

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


@pytest.fixture
def room(make_house):
    """A room that is booked from the 1st to the 5th, and from the 10th for ever; one was given up."""
    engine = make_house().engine
    rule = Apart(
        "booking",
        "room_id",
        "first_on",
        "last_on",
        "apart",
        "Somebody's there.",
        "row.state <> 'up'",
    )
    with engine.begin() as connection:
        connection.execute(
            text(
                "CREATE TABLE booking (id INTEGER PRIMARY KEY, room_id INTEGER, first_on DATE,"
                " last_on DATE, state VARCHAR(9))"
            )
        )
        rule.put(connection)
        for id, first, last, state in (
            (1, "2026-03-01", "2026-03-05", "in"),
            (2, "2026-03-10", None, "in"),
            (3, "2026-03-04", "2026-03-06", "up"),
        ):
            _book(connection, id, first, last, state=state)
    engine.rule = rule
    return engine


def _book(connection, id, first, last, *, state="in", room=1):
    row = {"id": id, "room": room, "first": first, "last": last, "state": state}
    dates = "CAST(:first AS DATE), CAST(:last AS DATE)"
    if connection.dialect.name == "sqlite":
        dates = ":first, :last"
    connection.execute(text(f"INSERT INTO booking VALUES (:id, :room, {dates}, :state)"), row)


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-03-05", "2026-03-05"), ("2026-02-01", "2026-03-01"), ("2026-03-09", "2026-03-10"),
     ("2026-03-06", None), ("2030-01-01", "2030-01-01")],
)  # fmt: skip
def test_days_of_one_thing_never_overlap(room, first, last):
    with pytest.raises(DBAPIError, match="Somebody's there"), room.begin() as connection:
        _book(connection, 9, first, last)


def test_days_between_and_those_of_another_thing_are_free(room):
    with room.begin() as connection:
        _book(connection, 4, "2026-03-06", "2026-03-09")
        _book(connection, 5, "2026-03-01", None, room=2)
        connection.execute(text("UPDATE booking SET last_on = '2026-03-02' WHERE id = 1"))
        assert connection.scalar(text("SELECT count(*) FROM booking WHERE id IN (4, 5)")) == 2


def test_what_was_given_up_does_not_come_back_over_others(room):
    with pytest.raises(DBAPIError, match="Somebody's there"), room.begin() as connection:
        connection.execute(text("UPDATE booking SET state = 'in' WHERE id = 3"))

    with room.begin() as connection:
        room.rule.take(connection)
        connection.execute(text("UPDATE booking SET state = 'in' WHERE id = 3"))


def test_who_writes_second_waits_for_the_first_and_is_refused(room):
    written, order = threading.Event(), []

    def first():
        with room.begin() as connection:
            _book(connection, 20, "2026-03-06", "2026-03-08")
            written.set()
            # The second one is asking by now; it must not see free days.
            second_asks.wait(5)
            order.append("first saved")

    def second():
        written.wait(5)
        with room.connect() as connection:
            threading.Timer(0.3, second_asks.set).start()
            with pytest.raises(DBAPIError, match="Somebody's there"), connection.begin():
                _book(connection, 21, "2026-03-08", "2026-03-09")
            order.append("second refused")

    second_asks = threading.Event()
    with ThreadPoolExecutor() as pool:
        for done in [pool.submit(first), pool.submit(second)]:
            done.result(20)

    assert order == ["first saved", "second refused"]


def test_of_eight_who_write_at_one_moment_one_gets_the_days(room):
    start = threading.Barrier(8)

    def book(id):
        start.wait(10)
        try:
            with room.begin() as connection:
                _book(connection, id, "2026-03-06", "2026-03-09")
        except DBAPIError as error:
            if "Somebody's there" not in str(error):
                raise
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(book, range(30, 38))) == [False] * 7 + [True]


def test_rows_that_are_alike_keep_apart_and_moments_may_touch(make_house):
    engine = make_house().engine
    rule = Apart("stay", "room_id", "came", "went", "apart", "Taken.", alike=("bed",), touch=True)
    moment = "TIMESTAMP"
    with engine.begin() as connection:
        connection.execute(
            text(
                f"CREATE TABLE stay (id INTEGER PRIMARY KEY, room_id INTEGER, bed VARCHAR(3),"
                f" came {moment}, went {moment})"
            )
        )
        rule.put(connection)
        for values in (
            "1, 1, NULL, '2026-03-01 10:00:00', '2026-03-01 12:00:00'",
            "2, 1, NULL, '2026-03-01 12:00:00', NULL",
            "3, 1, 'A', '2026-03-01 10:00:00', NULL",
        ):
            connection.execute(text(f"INSERT INTO stay VALUES ({values})".replace(":", "\\:")))
    for bed in ("NULL", "'A'"):
        with pytest.raises(DBAPIError, match="Taken"), engine.begin() as connection:
            late = f"INSERT INTO stay VALUES (9, 1, {bed}, '2026-03-01 11:59:00', NULL)"
            connection.execute(text(late.replace(":", "\\:")))
