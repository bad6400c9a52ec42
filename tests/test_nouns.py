"""Every noun that a plugin declares can be listed, grouped, read, described and exported."""

from __future__ import annotations

import datetime as dt
import inspect
import json

import pytest
from werkzeug.datastructures import MultiDict

from dougong.actors import EVERYTHING, Actor
from dougong.resources import boards, build, documents, gantts, lists, pivots, search, trees
from dougong.resources.exchange import export_documents
from dougong.resources.fields import Link
from dougong.resources.formats import formats
from dougong.web import openapi
from dougong.workflows import REASON

#: More than the seed of any noun has; so many are looked at one by one.
MANY, FEW = 1000, 20


@pytest.fixture
def nouns(house):
    return build(house.wiring)


def test_no_declaration_names_what_is_not_there(nouns):
    assert [(plugin, str(sentence)) for plugin, sentence in nouns.reports] == []


def test_a_number_tells_of_which_kind_its_document_is(house):
    prefixes = [series.prefix for series in house.wiring.series.values()]
    assert sorted(prefixes) == sorted(set(prefixes))


def test_whoever_sees_everything_may_choose_what_any_link_leads_to(nouns):
    kept = [
        f"{noun.name}: {field.name}"
        for noun in nouns
        for field in noun.every_field()
        if isinstance(field, Link) and noun.sight(EVERYTHING).way(field.target) is None
    ]
    assert kept == []


def test_every_noun_is_listed_in_any_order_and_none_is_lost(nouns, read):
    with read() as session:
        for noun in nouns:
            sight = noun.sight(EVERYTHING)
            everything = _keys(session, sight)
            assert len(everything) == _count(session, sight), noun.name
            for field in sight.queryable.values():
                if field.sortable and not field.many:
                    for sign in ("", "-"):
                        found = _keys(session, sight, sort=f"{sign}{field.name}")
                        assert sorted(found) == sorted(everything), (noun.name, field.name)


def test_every_field_of_every_noun_is_empty_or_not(nouns, read):
    with read() as session:
        for noun in nouns:
            sight = noun.sight(EVERYTHING)
            for field in sight.queryable.values():
                if "empty" in field.operators and not field.many:
                    halves = [
                        _count(session, sight, **{f"{field.name}.empty": answer})
                        for answer in ("true", "false")
                    ]
                    assert sum(halves) == _count(session, sight), (noun.name, field.name)


def test_groups_and_boards_of_every_noun_show_all_of_it(nouns, read):
    fmt, day = formats("en"), dt.date(2026, 6, 1)
    with read() as session:
        for noun in nouns:
            sight = noun.sight(EVERYTHING)
            whole = _count(session, sight)
            for group in noun.groups:
                found = lists.groups(session, _query(sight, group=group))
                assert sum(n for _key, _shown, n, _sums in found) == whole, (noun.name, group)
            for board in noun.resource.boards:
                if board.kind == "kanban":
                    lanes = boards.kanban(session, _query(sight), board, fmt, day)
                    assert sum(lane["n"] for lane in lanes) == whole, noun.name
                elif board.kind == "pivot":
                    asked = pivots.asked(sight, board, [board.rows], board.columns, [board.sum])
                    made = pivots.pivot(session, _query(sight), asked, fmt)
                    assert bool(made.rows) == bool(whole), noun.name
                elif board.kind == "tree":
                    top = trees.children(session, _query(sight), board, None)
                    assert bool(top) == bool(whole), noun.name
                elif board.kind == "gantt":
                    year = (dt.date(2026, 1, 1), 365, dt.UTC, fmt)
                    bars, more = gantts.gantt(session, _query(sight), board, *year)
                    shown = sum(len(row) for lane in bars for row in lane.rows)
                    assert not more
                    assert shown <= whole, noun.name
                else:
                    weeks = boards.month(session, _query(sight), board, "2026-01", day)["weeks"]
                    assert dt.date(2026, 1, 31) in weeks[-1], noun.name


def test_every_step_of_every_noun_is_a_service_that_takes_what_is_asked(nouns):
    for noun in nouns:
        for step in noun.steps.steps if noun.steps else ():
            if step.effect is None:
                continue
            takes = inspect.signature(getattr(step.effect, "service", step.effect)).parameters
            asked = {ask.name for ask in step.asks} - ({REASON} if step.reason else set())
            assert {"uow", "ids", *asked} <= set(takes), (
                noun.name,
                step.name,
            )


def test_every_noun_is_read_as_it_is_exported(nouns, read):
    with read() as session:
        for noun in nouns:
            sight = noun.sight(EVERYTHING)
            keys = _keys(session, sight)[:FEW]
            exported = json.loads(export_documents(session, _query(sight), "json", most=FEW))
            assert [item[noun.key] for item in exported] == keys, noun.name
            for key, item in zip(keys, exported, strict=True):
                document = documents.get(session, noun, sight, key)
                said = documents.plain_document(noun, sight, documents.read(noun, document, sight))
                own = [name for name in item if name in said and name not in noun.lines]
                assert {n: item[n] for n in own} == {n: said[n] for n in own}, noun.name
            rows = export_documents(session, _query(sight), "csv", most=FEW).decode().splitlines()
            assert rows[0].startswith(f"\ufeff{noun.key},"), noun.name
            assert len(rows) > len(keys), noun.name


def test_every_noun_is_described_with_all_its_steps(nouns):
    paths = openapi.document(nouns, EVERYTHING)["paths"]

    for noun in nouns:
        at = f"/api/v1/{noun.plugin}/{noun.slug}"
        assert at in paths
        for step in noun.steps.steps if noun.steps else ():
            assert any(path.endswith(f"/{step.name}") for path in paths if path.startswith(at))


def test_a_word_that_stands_somewhere_is_found_among_all_nouns(nouns, read):
    with read() as session:
        hits = search.everywhere(session, nouns, Actor.system(), "Main")

    assert "inventory.warehouses" in {hit.noun.name for hit in hits}


def _query(sight, **asked):
    return lists.parse(MultiDict(asked), sight, size=MANY)


def _keys(session, sight, **asked):
    """The keys of what is listed."""
    return [row[0] for row in lists.rows(session, _query(sight, **asked))[0]]


def _count(session, sight, **asked):
    return lists.totals(session, _query(sight, **asked))[0]
