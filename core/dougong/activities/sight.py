"""Who may not read a document does not see its activities, in no list and on no way."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import with_loader_criteria
from sqlalchemy.orm.util import LoaderCriteriaOption

from dougong.activities.models import Activity
from dougong.resources.documents.beside import named
from dougong.unit_of_work.session import RecordRuleOption

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.resources.nouns import Noun, Nouns

#: Answers that are kept; a house has few distinct sets of rights.
KEPT = 256


class SeenActivities:
    """The condition on activities for an actor; the house keeps one and asks it for every session.

    A kind of document whose rows are narrowed (by a record rule, or because the actor reads only
    one of its lists) is asked row by row; the others by name alone.
    """

    def __init__(self, nouns: Nouns) -> None:
        self._by_kind: dict[str, list[Noun]] = defaultdict(list)
        for noun in nouns:
            if noun.key == "id":
                self._by_kind[named(noun)].append(noun)
        self._known: dict[Any, tuple[tuple[str, ...], tuple[str, ...]]] = {}

    def __call__(self, actor: Actor) -> tuple[Any, ...]:
        """The options of a session; none for the house itself."""
        if actor.user_id is None:
            return ()
        whole, partly = self._kinds(actor)
        if not partly:
            return (_among(whole),)
        conditions = [Activity.document.in_(whole)]
        conditions += [self._rows(kind, actor) for kind in partly]
        return (RecordRuleOption(Activity, or_(*conditions), include_aliases=True),)

    def _kinds(self, actor: Actor) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The kinds of which all is read, and those that are asked row by row."""
        key = (actor.rights, frozenset(actor.rules))
        found = self._known.get(key)
        if found is None:
            whole, partly = [], []
            for kind, nouns in self._by_kind.items():
                mine = [n for n in nouns if actor.may(f"{n.rights.name}.read")]
                if mine and (len(mine) < len(nouns) or nouns[0].model in actor.rules):
                    partly.append(kind)
                elif mine:
                    whole.append(kind)
            if len(self._known) >= KEPT:
                self._known.clear()
            found = self._known[key] = (tuple(whole), tuple(partly))
        return found

    def _rows(self, kind: str, actor: Actor) -> Any:
        mine = [n for n in self._by_kind[kind] if actor.may(f"{n.rights.name}.read")]
        model = mine[0].model
        question = select(model.id).where(*(r(model, actor) for r in actor.rules.get(model, ())))
        if all(n.resource.rule for n in mine):
            question = question.where(or_(*(n.resource.rule(model) for n in mine)))  # type: ignore[misc]
        return and_(Activity.document == kind, Activity.document_id.in_(question))


@lru_cache(maxsize=KEPT)
def _among(kinds: tuple[str, ...]) -> LoaderCriteriaOption:
    seen = list(kinds)
    return with_loader_criteria(Activity, lambda cls: cls.document.in_(seen), include_aliases=True)
