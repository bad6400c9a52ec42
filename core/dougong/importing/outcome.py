"""What became of a plan: for the terminal, for JSON, for the exit code."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from dougong.i18n import Text


@dataclass
class Trouble:
    """Something that was refused: a row of a file, or a document on its way."""

    file: str
    row: int
    column: str
    sentence: Text | str

    def told(self) -> dict[str, Any]:
        """As JSON can say it."""
        said = {"row": self.row, "column": self.column, "reason": str(self.sentence)}
        return {"file": self.file, **said}


@dataclass
class StepOutcome:
    """How far a step came."""

    name: str
    rows: int = 0
    made: int = 0
    there: int = 0
    refused: list[Trouble] = field(default_factory=list)
    skipped: bool = False

    def told(self) -> dict[str, Any]:
        """As JSON can say it."""
        counts = {"rows": self.rows, "made": self.made, "already_there": self.there}
        troubles = [trouble.told() for trouble in self.refused]
        return {"step": self.name, **counts, "skipped": self.skipped, "refused": troubles}


@dataclass
class Agreement:
    """A figure of the source beside the one that came out."""

    name: str
    source: Decimal
    target: Decimal

    @property
    def agrees(self) -> bool:
        """Whether they are the same to the last digit."""
        return self.source == self.target

    def told(self) -> dict[str, Any]:
        """As JSON can say it."""
        figures = {"source": f"{self.source:f}", "target": f"{self.target:f}"}
        return {"name": self.name, **figures, "agrees": self.agrees}


@dataclass
class Outcome:
    """Everything that happened."""

    plan: str
    dry: bool = False
    steps: list[StepOutcome] = field(default_factory=list)
    figures: list[Agreement] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Nothing was refused, and every figure agrees."""
        return not any(s.refused for s in self.steps) and all(f.agrees for f in self.figures)

    def told(self) -> dict[str, Any]:
        """As JSON can say it."""
        return {
            "plan": self.plan,
            "dry_run": self.dry,
            "clean": self.clean,
            "steps": [step.told() for step in self.steps],
            "figures": [figure.told() for figure in self.figures],
        }
