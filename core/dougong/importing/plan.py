"""A migration plan as its author writes it: a TOML file, read strictly."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from dougong.i18n import _
from dougong.importing.values import WrongPlan


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class LinesSpec(_Closed):
    """Rows that become lines of a document: of another file, or made from the head's own row."""

    to: str
    file: str = ""
    #: Column of that file, and the head's column it agrees with (the same name when empty).
    by: str = ""
    equals: str = ""
    where: dict[str, Any] = {}
    #: Makes a line from the head's row only when this holds there.
    when: dict[str, Any] = {}
    fields: dict[str, Any]

    @model_validator(mode="after")
    def _agree(self) -> LinesSpec:
        if (self.by and not self.file) or (self.file and self.when):
            raise ValueError("“by” goes with “file”, “when” with a line of the head's own row")
        return self


class ImportStep(_Closed):
    """Documents of one resource from one file; found again by their external id, so never twice."""

    name: str
    import_: str = Field(alias="import")
    file: str
    #: Gives the external id; unique for the resource within the plan.
    id: Any
    where: dict[str, Any] = {}
    fields: dict[str, Any]
    lines: list[LinesSpec] = []
    #: One document for the whole file: its lines come from every row.
    single: bool = False
    #: So many documents are stored together; 0 stores the whole file or nothing.
    chunk: int = Field(default=0, ge=0, le=10_000)


class RowsSpec(_Closed):
    """Which documents, told by the rows of the source that their ancestors were imported from."""

    file: str
    id: Any
    #: The resource that was imported from the rows; the documents descend from it, or are it.
    through: str
    where: dict[str, Any] = {}


class TakeStep(_Closed):
    """A step of a workflow, taken by every document that the filter chooses."""

    name: str
    take: str
    of: str
    filter: dict[str, Any] = {}
    rows: RowsSpec | None = None
    #: The date to book it on: a field of the document, or with ``rows`` a column of the source.
    on: str = ""
    batch: int = Field(default=100, ge=1, le=1000)


class Figure(_Closed):
    """A count or sum to compare: of the source's rows, of a resource, of a report, or fixed."""

    file: str = ""
    where: dict[str, Any] = {}
    among: dict[str, Any] = {}
    sum: Any = None
    resource: str = ""
    filter: dict[str, Any] = {}
    report: str = ""
    parameters: dict[str, Any] = {}
    row: dict[str, Any] = {}
    value: str = ""

    @model_validator(mode="after")
    def _one_kind(self) -> Figure:
        kinds = [bool(self.file), bool(self.resource), bool(self.report), bool(self.value)]
        if sum_of(kinds) != 1:
            raise ValueError("a figure is of one file, resource or report, or a fixed value")
        return self


def sum_of(flags: list[bool]) -> int:
    """How many are true."""
    return sum(1 for flag in flags if flag)


class Comparison(_Closed):
    """Two figures that must agree to the last digit."""

    name: str
    source: Figure
    target: Figure


class Plan(_Closed):
    """Imports and steps in order, and what must agree in the end."""

    name: str = Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")
    label: str = ""
    encoding: Literal["utf-8-sig", "gb18030", "cp1252"] = "utf-8-sig"
    #: Modules that must be enabled.
    modules: list[str] = []
    step: list[ImportStep | TakeStep] = []
    compare: list[Comparison] = []


def read_plan(path: Path) -> Plan:
    """Read a plan; raises `WrongPlan` with the place and the reason."""
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise WrongPlan(_("There is no plan “%(path)s”.", path=path)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongPlan(_("%(path)s is not TOML: %(why)s.", path=path.name, why=error)) from None
    for n, step in enumerate(raw.get("step", []), 1):
        kind = ImportStep if "import" in step else TakeStep
        _check(kind, step, _("step %(n)s (%(name)s)", n=n, name=step.get("name", "?")))
    plan: Plan = _check(Plan, raw, path.name)
    return plan


def _check(kind: type[BaseModel], raw: Any, at: Any) -> Any:
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise WrongPlan(
            _("%(at)s: %(where)s: %(why)s.", at=at, where=where, why=first["msg"])
        ) from None
