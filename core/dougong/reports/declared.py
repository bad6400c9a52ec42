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
    """One column: ``kind`` decides how values are shown; ``total`` sums them below.

    * ``text``: words, to the left. Give a `Text` or a string.
    * ``amount``: money, to the right, with two decimals, or three where it has them: 1,234.50.
    * ``quantity``: a figure to the right with as many decimals as it has, at most six: 2.5.
    * ``number``: the same with at most ten decimals, for counts and rates.
    * ``percent``: a figure to the right with at most two decimals and the sign: 12.5 is shown as 12.5%.
    * ``date``: a day, as the reader's language writes it: Mar 1, 2026.

    Figures may be `Decimal` or int. A spreadsheet gets figures as numbers and days as dates, the API
    exact figures as text and days as 2026-03-01. Where there is no value the cell stays empty.
    """

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
