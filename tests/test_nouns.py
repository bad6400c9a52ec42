"""Every noun that a plugin declares can be listed, grouped, read, described and exported."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from dougong.actors import EVERYTHING
from dougong.resources import boards, build, documents, lists, search
from dougong.resources.documents.facts import key_of
from dougong.resources.exchange import export_documents
from dougong.resources.formats import formats
from dougong.web import openapi

BOARDS = {"kanban": boards.kanban, "pivot": boards.pivot}


@pytest.fixture
def nouns(house):
    return build(house.wiring)


def test_no_declaration_names_what_is_not_there(nouns):
    assert [(plugin, str(sentence)) for plugin, sentence in nouns.reports] == []


def test_every_noun_is_listed_counted_grouped_and_drawn(nouns, read):
    fmt = formats("en")
    with read() as session:
        for noun in nouns:
            sight = noun.sight(EVERYTHING)
            query = lists.parse(MultiDict({"q": "x"}), sight)
            lists.as_json(query, lists.rows(session, query)[0])
            lists.totals(session, query)
            for group in noun.groups:
                lists.groups(session, lists.parse(MultiDict({"group": group}), sight))
            for field in sight.queryable.values():
                if field.sortable and not field.many:
                    sorted_by = lists.parse(MultiDict({"sort": f"-{field.name}"}), sight)
                    lists.rows(session, sorted_by)
                if "empty" in field.operators:
                    asked = MultiDict({f"{field.name}.empty": "true"})
                    lists.rows(session, lists.parse(asked, sight))
            for board in noun.resource.boards:
                if board.kind == "calendar":
                    boards.month(session, query, board, "2026-01", dt.date(2026, 6, 1))
                else:
                    BOARDS[board.kind](session, query, board, fmt)


def test_every_noun_is_read_and_exported(nouns, read):
    with read() as session:
        for noun in nouns:
            sight = noun.sight(EVERYTHING)
            key = session.scalar(select(key_of(noun.model)).limit(1))
            if key is not None and noun.resource.rule is None:
                said = documents.read(noun, documents.get(session, noun, sight, key), sight)
                documents.plain_document(noun, sight, said)
                documents.labels(session, noun, [said], sight)
            for kind in ("csv", "json"):
                export_documents(session, lists.parse(MultiDict(), sight), kind, most=50)


def test_every_noun_is_described_and_searched(nouns, read):
    from dougong.actors import Actor

    said = openapi.document(nouns, EVERYTHING)
    assert len(said["paths"]) > 2 * len(list(nouns))
    with read() as session:
        search.everywhere(session, nouns, Actor.system(), "xyz")
