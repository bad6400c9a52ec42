"""What the fixtures of `dougong.testing` hand out: people, a clock, a recorder of events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, TypeVar

from dougong import clock
from dougong.actors import Actor, RecordRule, Rights
from dougong.events import Event
from dougong.plugins.registry import Runtime
from dougong.unit_of_work import UnitOfWork

E = TypeVar("E", bound=Event)


class Recorder(list[Event]):
    """The events that were told and kept, in order; what was rolled back is not among them."""

    def of(self, kind: type[E]) -> list[E]:
        """Those of one type."""
        return [event for event in self if isinstance(event, kind)]


@contextmanager
def recording() -> Iterator[Recorder]:
    """Record what every unit of work inside the block tells and keeps."""
    told, finish = Recorder(), UnitOfWork.finish

    def finish_and_tell(uow: UnitOfWork) -> None:
        finish(uow)
        told.extend(uow.published)

    UnitOfWork.finish = finish_and_tell  # type: ignore[method-assign,assignment]
    try:
        yield told
    finally:
        UnitOfWork.finish = finish  # type: ignore[method-assign]


class Clock:
    """The clock of the house: ``clock.at("2026-03-02")`` lets it stand until it is set again."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack

    def at(self, moment: str | dt.date | dt.datetime) -> dt.datetime:
        """Let it stand at a moment, or at noon (UTC) of a day; returns the moment."""
        if isinstance(moment, str):
            moment = dt.datetime.fromisoformat(moment if "T" in moment else f"{moment}T12:00")
        elif not isinstance(moment, dt.datetime):
            moment = dt.datetime.combine(moment, dt.time(12))
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=dt.UTC)
        self._stack.enter_context(clock.at(moment))
        return clock.now()


def somebody(runtime: Runtime, roles: Iterable[str] = (), rights: Iterable[str] = ()) -> Actor:
    """A person of the first company with these roles, by name, and these further rights."""
    patterns = set(rights)
    rules: dict[type, tuple[RecordRule, ...]] = {}
    for name in roles:
        role = runtime.wiring.roles.get(name)
        if role is None:
            known = ", ".join(sorted(runtime.wiring.roles))
            raise LookupError(f"There is no role {name!r} in this house; there are: {known}.")
        patterns |= set(role.rights)
        for model, rule in role.rules.items():
            rules[model] = (*rules.get(model, ()), rule)
    return Actor(7, "Somebody", Rights(patterns), (1,), 1, rules=rules)


def browser(runtime: Runtime, actor: Actor | None) -> Any:
    """A browser without a window in which this person is logged in; nobody, where it is None."""
    from dougong.web.app import create_app

    return create_app(runtime, {**runtime.config, "ACT_AS": actor}).test_client()


def read_paper(
    house: Any, resource: str, key: Any, name: str = "", said: str = "", *,
    actor: Actor | None = None, pages: bool = False,
) -> Any:  # fmt: skip
    """Print a document (or several, given as a list of keys) and read the words of the file."""
    from io import BytesIO

    from pypdf import PdfReader

    from dougong.printing.making import print_documents
    from dougong.web.translations import learn_all

    learn_all(house.wiring.plugins.values())
    keys = key if isinstance(key, list) else [key]
    noun = house.nouns.get(resource)
    paper = print_documents(house, actor or Actor.system(), noun, keys, name, said)
    found = PdfReader(BytesIO(paper.content)).pages
    texts = [" ".join(page.extract_text().split()) for page in found]
    return texts if pages else " ".join(texts)
