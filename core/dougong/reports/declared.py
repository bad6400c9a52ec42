"""How a plugin declares a report: its parameters, its columns, who may ask, and the question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from dougong.i18n import Text

Words = Text | str


@dataclass(frozen=True)
class Parameter:
    """Something the reader chooses: a date, a period, an account."""

    name: str
    label: Words
    kind: Literal["date", "text", "choice", "link", "flag", "number"] = "date"
    #: Given the actor, what is chosen when nobody chooses; a value or a function.
    default: Any = None
    choices: Mapping[str, Words] = field(default_factory=dict)
    #: The resource a link leads to.
    to: str = ""
    required: bool = False


@dataclass(frozen=True)
class Column:
    """One column: ``kind`` decides how values are shown; ``total`` sums them below."""

    name: str
    label: Words
    kind: Literal["text", "amount", "quantity", "number", "date", "percent"] = "text"
    total: bool = False


@dataclass(frozen=True)
class Line:
    """One row: ``level`` indents it, ``bold`` marks a sum, which the totals below leave out.

    ``drill`` leads on to what the figures are made of: a URL path with its query.
    """

    values: Mapping[str, Any]
    drill: str = ""
    level: int = 0
    bold: bool = False


@dataclass(frozen=True)
class Report:
    """The core draws it on screen, prints and exports it, and answers it by API.

    ``name`` begins with the plugin's: ``finance.trial-balance`` is shown at
    ``/finance/reports/trial-balance``. ``ask(session, actor, **parameters)`` yields the lines; the
    session already shows only what the actor may see.
    """

    name: str
    label: Words
    needs: str
    columns: Sequence[Column]
    ask: Callable[..., Iterable[Line]]
    parameters: Sequence[Parameter] = ()
    icon: str = "report"
    order: int = 100
