"""The session services read with: scoped to the actor, and never writing by itself."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.orm.util import LoaderCriteriaOption

from dougong.db import Owned

if TYPE_CHECKING:
    from dougong.actors import Actor

#: Execution option of statements that carry their own conditions.
SCOPED = "dougong_scoped"


class ReadSession(Session):
    """Reads what the actor may see. New rows go through ``uow.add``, and only it writes."""

    def flush(self, objects: Any = None) -> None:
        """Refuse what was put into the session behind the unit of work's back."""
        if self.new or self.deleted:
            strangers = ", ".join(sorted({type(o).__name__ for o in (*self.new, *self.deleted)}))
            raise RuntimeError(f"{strangers}: use uow.add() and uow.remove(), not the session")


class RecordRuleOption(LoaderCriteriaOption):
    """A record rule on every select from its model, under whatever alias the table appears.

    SQLAlchemy leaves a condition given as an expression on the bare table, and caches one given as
    a function by its code, though the answer differs by actor: so the expression is moved here.
    """

    _traverse_internals = LoaderCriteriaOption._traverse_internals

    def _resolve_where_criteria(self, ext_info: Any) -> Any:
        condition = super()._resolve_where_criteria(ext_info)
        if ext_info.is_aliased_class:
            condition = ext_info._adapter.traverse(condition)
        return condition


def scope_options(actor: Actor) -> tuple[Any, ...]:
    """The companies and record rules of an actor as conditions on every select."""
    options = [_within(actor.companies)]
    for model, rules in actor.rules.items():
        options += [
            RecordRuleOption(model, rule(model, actor), include_aliases=True) for rule in rules
        ]
    return tuple(options)


@lru_cache(maxsize=256)
def _within(companies: tuple[int, ...]) -> LoaderCriteriaOption:
    """Only what belongs to these companies."""
    seen = list(companies)
    return with_loader_criteria(Owned, lambda cls: cls.company_id.in_(seen), include_aliases=True)


@event.listens_for(ReadSession, "do_orm_execute")
def _scope(state: ORMExecuteState) -> None:
    """Write what is pending before anything is read, and show only what the actor may see."""
    if not state.is_select or state.execution_options.get(SCOPED):
        return
    before = state.session.info.get("before_read")
    if before is not None:
        before(state.statement)
    if not state.is_column_load and not state.is_relationship_load:
        state.statement = state.statement.options(*state.session.info["scope"])
