"""Statements are compiled once a run of tests: each test has an engine of its own, and all ask alike.

An engine keeps what it has compiled, and compiling took half of the time of a test that trades. In a
process that serves, one engine stays through every rebuild, so that nothing is gained there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Dialect, Engine, event
from sqlalchemy.util import LRUCache

from dougong import db

#: Some thousand statements are what all departments ask.
MOST = 5_000


@contextmanager
def compiled_once() -> Iterator[None]:
    """All engines that are made inside the block share what they compile.

    What is compiled is kept by dialect; so engines of one server share the dialect that was the
    first to meet it.
    """
    compiled: LRUCache[Any, Any] = LRUCache(MOST)
    dialects: dict[Any, Dialect] = {}
    create: Any = vars(db)["create_engine"]

    def create_sharing(url: Any, **options: Any) -> Engine:
        given = options.pop("execution_options", {})
        options["execution_options"] = {"compiled_cache": compiled, **given}
        engine: Engine = create(url, **options)
        if "isolation_level" in options:  # the dialect knows that level
            return engine
        place = type(engine.dialect), engine.url.host, engine.url.port, str(engine.url.query)
        if place in dialects:
            engine.dialect = dialects[place]
        else:
            own = engine.dialect
            event.listen(engine, "first_connect", lambda *_given: dialects.setdefault(place, own))
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db, "create_engine", create_sharing)
        yield
