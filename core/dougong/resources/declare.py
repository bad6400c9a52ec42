"""The words a plugin author writes a noun with: plain descriptors, no session, no HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from dougong.i18n import Text

if TYPE_CHECKING:
    from dougong.resources.fields import Field
    from dougong.workflows import Workflow

Words = Text | str


class Section:
    """A titled group of fields on the form; ``side=True`` puts it into the right column."""

    def __init__(self, *fields: str, title: Words = "", side: bool = False) -> None:
        self.fields, self.title, self.side = fields, title, side


class Lines:
    """An editable table of the rows of a to-many relationship; ``totals`` are summed below."""

    def __init__(
        self, name: str, *fields: str, title: Words = "", totals: Sequence[str] = ()
    ) -> None:
        self.name, self.fields, self.title, self.totals = name, fields, title, totals


class Form:
    """Sections and line tables, from top to bottom."""

    def __init__(self, *parts: Section | Lines) -> None:
        self.parts = parts


@dataclass(frozen=True)
class Kanban:
    """Cards in lanes; the lanes are the values of ``by``: a choice, a workflow's state, a link."""

    by: str
    card: Sequence[str] = ()
    sum: str = ""
    sort: str = ""
    kind: ClassVar[str] = "kanban"


@dataclass(frozen=True)
class Calendar:
    """Documents in the month of a date field."""

    on: str
    kind: ClassVar[str] = "calendar"


@dataclass(frozen=True)
class Pivot:
    """Sums of a field over two others; ``:month`` and ``:year`` cut a date."""

    sum: str
    rows: str
    columns: str
    kind: ClassVar[str] = "pivot"


@dataclass(frozen=True)
class Rights:
    """``crm.order`` gives crm.order.read, .create, .write, .delete; ``fields`` asks for more."""

    name: str
    fields: Mapping[str, str] | None = None
    only_read: bool = False


@dataclass(frozen=True)
class Tab:
    """A page beside the form: ``view(noun, session, document, actor)`` gives template and facts."""

    name: str
    label: Words
    view: Callable[..., tuple[str, Mapping[str, Any]]]
    needs: str = ""


class Resource:
    """How a noun is shown, entered, found and exchanged."""

    #: ``<plugin>.<slug>``: also the address of its pages and its API.
    name: ClassVar[str]
    model: ClassVar[type[Any]]
    label: ClassVar[Words]
    #: One of them: “Sales order”.
    one: ClassVar[Words] = ""
    icon: ClassVar[str] = "file"
    #: The field by which people and files name a document; unique.
    identity: ClassVar[str] = "id"
    #: The field that stands for the document where another one links to it.
    title: ClassVar[str] = ""
    columns: ClassVar[Sequence[str]] = ()
    search: ClassVar[Sequence[str]] = ()
    filters: ClassVar[Sequence[str]] = ()
    groups: ClassVar[Sequence[str]] = ()
    totals: ClassVar[Sequence[str]] = ()
    sort: ClassVar[str] = "-id"
    form: ClassVar[Form | None] = None
    boards: ClassVar[Sequence[Kanban | Calendar | Pivot]] = ()
    steps: ClassVar[Workflow | None] = None
    #: Field types and words by name; a bare ``Field(label=…)`` keeps the type the column implies.
    fields: ClassVar[Mapping[str, Field]] = {}
    #: Fields that nobody types: ``derive`` or a service sets them.
    derived: ClassVar[Sequence[str]] = ()
    #: ``derive(document, facts)`` fills in what follows from the rest.
    derive: ClassVar[Callable[[Any, Any], None] | None] = None
    #: ``check(document, facts)`` says what is wrong: ``facts.error(document, "field", _("…"))``.
    check: ClassVar[Callable[[Any, Any], None] | None] = None
    #: ``start(actor)`` returns what a new document begins with.
    start: ClassVar[Callable[[Any], Mapping[str, Any]] | None] = None
    #: ``drag(uow, key, lane)`` does what a card in another lane means, where documents are only read.
    drag: ClassVar[Callable[[Any, Any, str], None] | None] = None
    #: ``rule(model)`` is the condition that makes a row this noun: a bill, not an invoice.
    rule: ClassVar[Callable[[Any], Any] | None] = None
    tabs: ClassVar[Sequence[Tab]] = ()
    rights: ClassVar[Rights]


class Extend:
    """What another plugin adds to a resource: fields of its 1:1 side table, under its own name."""

    resource: ClassVar[str]
    plugin: ClassVar[str]
    side: ClassVar[type[Any]]
    columns: ClassVar[Sequence[str]] = ()
    filters: ClassVar[Sequence[str]] = ()
    form: ClassVar[Section | None] = None
    fields: ClassVar[Mapping[str, Field]] = {}
    derive: ClassVar[Callable[[Any, Any], None] | None] = None
    check: ClassVar[Callable[[Any, Any], None] | None] = None
    tabs: ClassVar[Sequence[Tab]] = ()
