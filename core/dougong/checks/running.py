"""Ask every check, on one snapshot, reading only; a check that breaks down is a finding too."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dougong.checks.links import linked
from dougong.i18n import _
from dougong.jobs.acting import of_all_companies
from dougong.plugin import Check
from dougong.unit_of_work import House

if TYPE_CHECKING:
    from dougong.resources.nouns import Nouns

#: Findings kept of one check; the rest are counted.
MOST = 100


@dataclass(frozen=True)
class Finding:
    """What one check found: nothing, or a sentence for each thing that is wrong."""

    check: Check
    wrong: Sequence[str]
    many: int
    seconds: float

    @property
    def fine(self) -> bool:
        """Whether nothing is wrong."""
        return not self.many

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "check": self.check.name,
            "label": str(self.check.label),
            "fine": self.fine,
            "wrong": list(self.wrong),
            "count": self.many,
            "seconds": round(self.seconds, 3),
        }


def link_checks(nouns: Nouns) -> list[Check]:
    """One check a noun: the documents that links name are there."""
    return [
        Check(
            f"{noun.name}.links",
            _("Links to %(label)s", label=noun.label),
            linked(noun.name, noun.model),
        )
        for noun in nouns
        if noun.key == "id"
    ]


def run_checks(house: House, checks: Iterable[Check], only: str = "") -> list[Finding]:
    """Ask each check, or those whose name begins with ``only``, in a session of its own."""
    actor = of_all_companies(house)
    found = []
    for check in checks:
        if only and not check.name.startswith(only):
            continue
        start, wrong, many = time.monotonic(), [], 0
        try:
            with house.read(actor) as session:
                for sentence in check.run(session):
                    many += 1
                    if many <= MOST:
                        wrong.append(str(sentence))
        except Exception as error:
            many += 1
            wrong.append(f"{type(error).__name__}: {error}")
        found.append(Finding(check, wrong, many, time.monotonic() - start))
    return found
