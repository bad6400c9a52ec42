"""A newer package waits until it is upgraded, and each step of an upgrade runs once."""

from __future__ import annotations

import threading
from decimal import Decimal

import pytest
from authoring import author as author
from orchard import (
    APPLE,
    SECOND,
    generations,
    labels,
    states,
    write_apple,
)
from orchard import orchard as orchard
from sqlalchemy import text

from dougong.errors import Refused
from dougong.plugins.discovery import discover
from dougong.plugins.lifecycle import Lifecycle
from dougong.plugins.registry import Runtime
from dougong.plugins.telling import brought, difference


def upgraded_apple(author):
    author.restart()
    body = APPLE + (
        "def upgraded(self, uow, before):\n    from dougong_apple.models import Thing\n"
        "    from decimal import Decimal\n"
        "    uow.add(Thing(label='since ' + before, price=Decimal(0)))\n"
        "def permissions(self):\n    from dougong import Permission\n"
        "    return [Permission('apple.thing.paint', 'Paint')]\n"
    )
    write_apple(
        author,
        body,
        version="1.1",
        column="colour: Mapped[str | None]",
        files={"migrations/apple_0002_colour.py": SECOND},
    )


def test_a_newer_package_waits_until_it_is_upgraded(orchard, author):
    life = orchard()
    life.install(["cherry"], enable=True)
    with life.engine.begin() as connection:
        connection.execute(
            text("INSERT INTO cherry_thing SELECT 7, 1, 'red', price, id FROM apple_thing")
        )
    upgraded_apple(author)

    life = orchard()
    assert states(life)["apple"] == "pending"
    waiting = Runtime(life.url)
    assert str(waiting.failed["apple"]) == (
        "apple has a migration that was not run yet (apple_0002): run `dougong plugin upgrade apple`."
    )
    assert str(waiting.failed["cherry"]) == "cherry needs apple, which failed."
    waiting.close()

    before, after = brought(life.engine, "apple"), None
    _generation, restart = generations(life)
    doings = life.upgrade(["apple"])

    assert doings.steps == ["apple_0002"]
    assert labels(life) == ["first", "since 1.0"]
    # SQLite built the table anew; what points at it is still there.
    assert labels(life, "cherry_thing") == ["red"]
    assert generations(life)[1] > restart
    assert states(life) == {"apple": "enabled", "cherry": "enabled"}
    with life.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM v_apple")) == 2
    after = brought(life.engine, "apple")
    assert difference(before, after)["rights"] == {"added": ["apple.thing.paint"], "gone": []}
    assert life.upgrade().steps == []


def test_a_package_older_than_the_database_is_refused(orchard, author):
    upgraded_apple(author)
    life = orchard()
    life.install(["apple"], enable=True)
    author.restart()
    (author.folder / "dougong_apple/migrations/apple_0002_colour.py").unlink()
    write_apple(author)

    life = orchard()
    (standing,) = [s for s in life.standings() if s.name == "apple"]

    assert standing.state == "pending"
    assert "The database is newer than the package: apple is at apple_0002" in str(standing.why)
    with pytest.raises(Refused, match="The database is newer than the package"):
        life.upgrade(["apple"])


def test_two_upgrades_at_a_time_run_each_step_once(orchard, author):
    life = orchard()
    life.install(["apple"])
    upgraded_apple(author)
    found = discover()
    steps, errors = [], []
    barrier = threading.Barrier(2)

    def run():
        mine = Lifecycle(life.url, found)
        try:
            barrier.wait()
            with mine._migrator() as migrator:
                steps.extend(migrator.upgrade(["core", "apple"]))
        except Exception as error:
            errors.append(error)
        finally:
            mine.close()

    with life.engine.begin() as connection:
        connection.execute(text("DROP VIEW v_apple"))
    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not errors
    assert [str(step) for step in steps] == ["apple_0002"]


def test_a_test_puts_rows_into_the_tables_of_an_earlier_version(author, old_house):
    write_apple(author)
    upgraded_apple(author)
    old = old_house("apple", "apple_0001", version="1.0")
    with pytest.raises(LookupError, match=r"apple_thing has no colour; it has: id, version, label"):
        old.insert("apple_thing", colour="red")

    id = old.insert("apple_thing", label="Boskoop", price=Decimal("1.125"))
    assert "colour" not in old.rows("apple_thing")[0]
    old.upgrade()

    came, since = sorted(old.rows("apple_thing"), key=lambda row: row["id"] != id)
    assert (came["label"], came["price"], came["colour"]) == ("Boskoop", Decimal("1.125"), None)
    # The plugin's own care is taken as well.
    assert since["label"] == "since 1.0"
