"""Confidential columns stand sealed in the database, and their key can be changed."""

import base64

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, select

from dougong import Sealed
from dougong.errors import NotReady
from dougong.sealing import MARK, RING, Ring, as_kept, reseal

OLD, NEW = "old key " * 4, "new key " * 4


@pytest.fixture
def ring():
    """A ring of its own; the process's keys come back afterwards."""
    kept = dict(RING.__dict__)
    RING.__init__()
    RING.use(OLD)
    yield RING
    RING.__dict__.update(kept)


def test_the_same_words_are_never_sealed_alike_and_come_back_as_they_were(ring):
    one, two = ring.seal("6222 0212 花", "a.b"), ring.seal("6222 0212 花", "a.b")
    assert one != two
    assert "6222" not in one
    assert [ring.open(x, "a.b") for x in (one, two)] == ["6222 0212 花"] * 2


def test_a_value_that_was_moved_or_altered_is_not_opened(ring):
    sealed = ring.seal("secret", "a.b")
    head, _colon, body = sealed.rpartition(":")
    raw = bytearray(base64.b64decode(body))
    raw[-1] ^= 1
    for wrong, place in ((sealed, "a.c"), (f"{head}:{base64.b64encode(raw).decode()}", "a.b")):
        with pytest.raises(NotReady, match="not the one this was sealed with"):
            ring.open(wrong, place)


def test_without_a_key_nothing_is_sealed_and_nothing_opened(ring):
    sealed = ring.seal("secret", "a.b")
    empty = Ring()
    with pytest.raises(NotReady):
        empty.seal("secret", "a.b")
    with pytest.raises(NotReady):
        empty.open(sealed, "a.b")


def test_a_new_key_in_front_seals_the_old_one_still_opens_and_resealing_ends_that(ring):
    table = Table(
        "t", MetaData(), Column("id", Integer, primary_key=True), Column("a", Sealed("t.a", 20))
    )
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        table.create(connection)
        connection.execute(table.insert(), [{"id": 1, "a": "one"}, {"id": 2, "a": None}])
        connection.exec_driver_sql("INSERT INTO t VALUES (3, 'from before')")

        ring.use(f"{NEW},{OLD}")
        connection.execute(table.insert(), [{"id": 4, "a": "four"}])
        known = {1: "one", 2: None, 3: "from before", 4: "four"}
        assert dict(connection.execute(select(table)).all()) == known
        assert reseal(connection, [table]) == 2
        assert reseal(connection, [table]) == 0
        assert dict(connection.execute(select(table)).all()) == known

        ring.__init__()
        ring.use(NEW)
        assert dict(connection.execute(select(table)).all()) == known
        raw = connection.exec_driver_sql("SELECT a FROM t WHERE a IS NOT NULL").scalars().all()
        assert all(value.startswith(MARK) for value in raw)


def test_an_export_of_all_rows_needs_no_key_and_leaves_sealed_what_is_sealed(ring):
    table = Table(
        "t", MetaData(), Column("id", Integer, primary_key=True), Column("a", Sealed("t.a", 20))
    )
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        table.create(connection)
        connection.execute(table.insert(), [{"id": 1, "a": "one"}])
        ring.__init__()
        (row,) = connection.execute(select(*as_kept(table))).mappings()
        assert (row["id"], row["a"].startswith(MARK)) == (1, True)
