"""Who acts: a person with rights in some companies, or the house itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dougong.errors import Forbidden

#: A condition on a model's rows for one actor: ``lambda model, actor: model.owner_id == actor.user_id``.
RecordRule = Callable[[Any, "Actor"], Any]


class _Everything(frozenset[str]):
    """All rights there are."""

    def __contains__(self, right: object) -> bool:
        return True


EVERYTHING: frozenset[str] = _Everything()


@dataclass(frozen=True)
class Actor:
    """On whose behalf something is done. Built once a session of rights, asked without a statement."""

    user_id: int | None
    name: str
    rights: frozenset[str]
    #: The companies whose documents may be seen.
    companies: tuple[int, ...]
    #: The company in which new documents are made.
    company_id: int
    language: str = "en"
    timezone: str = "UTC"
    #: Row conditions by model: every one of a model's must hold.
    rules: Mapping[type, tuple[RecordRule, ...]] = field(default_factory=dict)
    #: Shown in the history beside the change; the HTTP request, the command, the job.
    request_id: str = ""

    def may(self, right: str) -> bool:
        """Whether the right is among theirs."""
        return right in self.rights

    def require(self, right: str) -> None:
        """Go on only with this right; raises `Forbidden`."""
        if right not in self.rights:
            raise Forbidden(right)

    @classmethod
    def system(
        cls, company_id: int = 1, companies: tuple[int, ...] = (), name: str = "system"
    ) -> Actor:
        """The house itself: commands of an administrator, jobs, migrations."""
        return cls(None, name, EVERYTHING, companies or (company_id,), company_id)
