"""Questions whose answer is a table: shown, printed, exported, drilled into."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from dougong.i18n import Text

if TYPE_CHECKING:
    pass

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
    """One row. ``drill`` leads on: a URL path with its query; ``level`` indents, ``bold`` marks sums."""

    values: Mapping[str, Any]
    drill: str = ""
    level: int = 0
    bold: bool = False


@dataclass(frozen=True)
class Report:
    """The core draws it on screen, prints and exports it, and answers it by API.

    ``ask(session, actor, **parameters)`` yields the lines; the session already shows only what the
    actor may see.
    """

    name: str
    label: Words
    needs: str
    columns: Sequence[Column]
    ask: Callable[..., Iterable[Line]]
    parameters: Sequence[Parameter] = ()
    icon: str = "report"
    order: int = 100
