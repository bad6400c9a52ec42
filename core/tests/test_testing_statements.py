"""Engines of a run of tests share what they compile, and nothing else."""

from __future__ import annotations

import pytest
from sqlalchemy import event, select
from sqlalchemy.sql.compiler import SQLCompiler

from dougong.companies.models import Company
from dougong.db import make_engine
from dougong.testing_statements import compiled_once

pytestmark = pytest.mark.once


@pytest.fixture
def compilations(monkeypatch):
    """Every statement that is compiled from here on."""
    made, compile_it = [], SQLCompiler.__init__

    def compiling(self, *given, **more):
        made.append(self)
        compile_it(self, *given, **more)

    monkeypatch.setattr(SQLCompiler, "__init__", compiling)
    return made


def codes(engine, wanted="MAIN"):
    with engine.connect() as connection:
        return connection.scalars(select(Company.code).where(Company.code == wanted)).all()


def test_a_second_engine_uses_what_the_first_has_compiled(till, compilations):
    url = till.engine.url.render_as_string(hide_password=False)
    with compiled_once():
        first, second = make_engine(url), make_engine(url)
        answers = codes(first), codes(second, "OTHER")

    assert answers == (["MAIN"], ["OTHER"])
    assert len(compilations) == 1
    for engine in (first, second):
        engine.dispose()


def test_what_an_engine_does_is_its_own(till):
    url = till.engine.url.render_as_string(hide_password=False)
    first, second = make_engine(url), make_engine(url)
    told = []
    event.listen(first, "before_cursor_execute", lambda *given: told.append(given[2]))

    codes(first), codes(second)

    assert len([said for said in told if said.startswith("SELECT")]) == 1
    for engine in (first, second):
        engine.dispose()
