"""A history that somebody rewrote does not hold: what was done shows, and where."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text

from dougong import Actor
from dougong.audit import export, heads, proofs
from dougong.errors import BadRequest
from dougong.people.roles.service import make_role
from dougong.triggers import unprotect

HOUSE = Actor.system()


@pytest.fixture
def house(make_house):
    """A house in which twelve roles were made, along two connections."""
    house = make_house()
    for n in range(12):
        house.run(HOUSE, lambda uow, n=n: make_role(uow, f"role{n}", f"Role {n}", []))
        if n == 5:
            house.engine.dispose()  # the next connection begins a chain of its own
    return house


def findings(house, kept=None):
    with house.read(HOUSE) as session:
        found = [str(sentence) for sentence in proofs.verify(session)]
        if kept:
            found += [str(sentence) for sentence in heads.compare(session, kept)]
    return found


def tamper(house, *statements):
    """As somebody who may do anything with the database."""
    with house.engine.begin() as connection:
        unprotect(connection, "core_audit", name="append_only")
        for statement in statements:
            connection.execute(text(statement))


def chains(house):
    """The two chains, in the order in which they were begun."""
    with house.engine.begin() as connection:
        rows = connection.execute(text("SELECT chain FROM core_audit_chain ORDER BY started_at"))
        return [row[0] for row in rows][-2:]


def head_of(house):
    with house.read(HOUSE) as session:
        return heads.read_head(json.dumps(heads.head(session)))


def test_a_history_that_nobody_touched_is_whole(house):
    kept = head_of(house)
    house.run(HOUSE, lambda uow: make_role(uow, "later", "Later", []))

    assert findings(house, kept) == []


def test_small_batches_find_the_same(house, monkeypatch):
    monkeypatch.setattr(proofs, "BATCH", 2)

    assert findings(house) == []


def test_an_edited_entry_shows(house):
    tamper(
        house,
        "UPDATE core_audit SET user_name = 'somebody else' WHERE document = 'core.roles' AND seq = 3",
    )

    assert any("entry 3" in sentence for sentence in findings(house))


def test_a_deleted_entry_shows(house):
    chain = chains(house)[0]
    tamper(house, f"DELETE FROM core_audit WHERE chain = '{chain}' AND seq = 2")

    assert any("missing before 3" in sentence for sentence in findings(house))


def test_an_inserted_entry_shows(house):
    chain = chains(house)[0]
    columns = "at, action, document, document_id, company_id, user_id, user_name, request_id, changes, hash"
    tamper(
        house,
        f"INSERT INTO core_audit (chain, seq, {columns}) SELECT chain, 99, {columns} FROM core_audit"
        f" WHERE chain = '{chain}' AND seq = 1",
        f"INSERT INTO core_audit (chain, seq, {columns}) SELECT 'forged', 1, {columns} FROM core_audit"
        f" WHERE chain = '{chain}' AND seq = 1",
    )

    found = findings(house)

    assert any("missing before 99" in sentence for sentence in found)
    assert any("forged is not known" in sentence for sentence in found)


def test_two_entries_that_changed_places_show(house):
    chain = chains(house)[0]
    where = f"WHERE chain = '{chain}' AND seq ="
    tamper(
        house,
        f"UPDATE core_audit SET seq = 1000 {where} 1",
        f"UPDATE core_audit SET seq = 1 {where} 2",
        f"UPDATE core_audit SET seq = 2 {where} 1000",
    )

    assert len(findings(house)) >= 2


def test_a_tail_that_was_cut_off_shows(house):
    chain = chains(house)[1]
    tamper(house, f"DELETE FROM core_audit WHERE chain = '{chain}' AND seq >= 4")

    assert any("tail was cut off" in sentence for sentence in findings(house))


def test_a_tail_that_was_cut_off_with_its_standing_shows_where_the_next_chain_began(house):
    chain = chains(house)[0]
    tamper(
        house,
        f"DELETE FROM core_audit WHERE chain = '{chain}' AND seq > 2",
        f"UPDATE core_audit_chain SET seq = 2, hash = (SELECT hash FROM core_audit WHERE"
        f" chain = '{chain}' AND seq = 2) WHERE chain = '{chain}'",
    )

    assert any("not what it was" in sentence for sentence in findings(house))


def test_a_chain_that_vanished_shows(house):
    chain = chains(house)[0]
    tamper(
        house,
        f"DELETE FROM core_audit WHERE chain = '{chain}'",
        f"DELETE FROM core_audit_chain WHERE chain = '{chain}'",
    )

    assert any("is lost" in sentence for sentence in findings(house))


def test_the_youngest_chain_cannot_vanish_from_a_head_that_was_kept(house):
    kept = head_of(house)
    chain = chains(house)[1]
    tamper(
        house,
        f"DELETE FROM core_audit WHERE chain = '{chain}'",
        f"DELETE FROM core_audit_chain WHERE chain = '{chain}'",
    )

    assert findings(house) == []
    assert any(chain in sentence for sentence in findings(house, kept))


def test_a_head_that_was_edited_is_no_proof(house):
    with house.read(HOUSE) as session:
        kept = heads.head(session)
    kept["chains"].popitem()

    with pytest.raises(BadRequest, match="digest"):
        heads.read_head(json.dumps(kept))


def test_the_history_can_be_carried_away_line_by_line(house):
    with house.read(HOUSE) as session:
        lines = [json.loads(line) for line in export.lines(session)]
        entries = heads.head(session)["entries"]

    assert len(lines) == entries
    assert {"chain", "seq", "hash", "changes", "at"} <= lines[0].keys()
