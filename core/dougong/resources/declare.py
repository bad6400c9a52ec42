"""The words a plugin author writes a noun with: plain descriptors, no session, no HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import parse_qsl

from dougong.i18n import Text

if TYPE_CHECKING:
    from dougong.resources.fields import Field
    from dougong.workflows import Workflow

Words = Text | str


class Section:
    """A titled group of fields on the form; ``side=True`` puts it into the right column."""

    def __init__(self, *fields: str, title: Words = "", side: bool = False) -> None:
        self.fields, self.title, self.side = fields, title, side
        #: Whether it holds the fields that an administrator made.
        self.own = False


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
    #: A date: each lane shows how many of its cards are overdue, due today, and due later.
    due: str = ""
    #: Which cards can be late at all, as a list's address says it: ``state.in=draft,confirmed``.
    due_while: str = ""
    kind: ClassVar[str] = "kanban"

    @property
    def can_be_due(self) -> dict[str, str]:
        """What ``due_while`` asks, parameter by parameter."""
        return dict(parse_qsl(self.due_while))


@dataclass(frozen=True)
class Calendar:
    """Documents in the month of a date, or of a moment."""

    on: str
    kind: ClassVar[str] = "calendar"


@dataclass(frozen=True)
class Gantt:
    """Documents as bars from one date field to another, in lanes of ``by``, a link or a choice.

    ``Gantt("first_on", "last_on", by="item")``: the last day is within the bar.

    ``after`` names a link to the document of the same noun that each one waits for; a line leads
    from one to the other.
    """

    start: str
    end: str
    by: str = ""
    after: str = ""
    kind: ClassVar[str] = "gantt"


@dataclass(frozen=True)
class Tree:
    """Documents below one another; ``parent`` links to the noun's own documents: ``Tree("parent")``.

    What the resource declares as ``totals`` is summed over all that stands below.
    """

    parent: str
    kind: ClassVar[str] = "tree"


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
    #: The mapped class.
    model: ClassVar[type[Any]]
    #: Several of them: “Sales orders”.
    label: ClassVar[Words]
    #: One of them: “Sales order”.
    one: ClassVar[Words] = ""
    #: What belongs here, said where the list is still empty.
    empty: ClassVar[Words] = ""
    #: Where the manual tells of it, for the empty list: ``sales#order``, or a whole address.
    manual: ClassVar[str] = ""
    #: A name among the icons of Tabler.
    icon: ClassVar[str] = "file"
    #: The field by which people and files name a document; unique.
    identity: ClassVar[str] = "id"
    #: The field that stands for the document, a column of its own and no link: in lists, notices and
    #: papers, and where another one links to it. A draft without a number is called “unnumbered”,
    #: and ``#id`` in a link field.
    title: ClassVar[str] = ""
    #: Codes that a scanner reads and that name one document, besides its identity: ``barcode``,
    #: ``barcodes.code``. A link field takes them as it takes a name.
    codes: ClassVar[Sequence[str]] = ()
    #: What the list shows; a path leads through links: ``customer.city``.
    columns: ClassVar[Sequence[str]] = ()
    #: Where the search field of the list looks.
    search: ClassVar[Sequence[str]] = ()
    #: What the list can be narrowed by.
    filters: ClassVar[Sequence[str]] = ()
    #: What the list can be grouped by; ``ordered_on:month`` cuts a date.
    groups: ClassVar[Sequence[str]] = ()
    #: What is summed below the list.
    totals: ClassVar[Sequence[str]] = ()
    #: The order of the list; ``-`` turns it round, a comma adds a second field.
    sort: ClassVar[str] = "-id"
    #: Sections and line tables; all plain columns when left out.
    form: ClassVar[Form | None] = None
    #: Kanban, calendar, Gantt, tree, pivot: other ways to show the list.
    boards: ClassVar[Sequence[Kanban | Calendar | Gantt | Pivot | Tree]] = ()
    #: The states and the buttons between them.
    steps: ClassVar[Workflow | None] = None
    #: Field types and words by name; a bare ``Field(label=…)`` keeps the type the column implies.
    fields: ClassVar[Mapping[str, Field]] = {}
    #: Fields that nobody types: ``derive`` or a service sets them.
    derived: ClassVar[Sequence[str]] = ()
    #: ``derive(document, facts)`` fills in what follows from the rest.
    derive: ClassVar[Callable[[Any, Any], None] | None] = None
    #: ``check(document, facts)`` says what is wrong: ``facts.error(document, "field", _("…"))``.
    check: ClassVar[Callable[[Any, Any], None] | None] = None
    #: ``start(actor)`` returns what a new document begins with: ``{"on": actor.today}``.
    start: ClassVar[Callable[[Any], Mapping[str, Any]] | None] = None
    #: Whether people follow, tag and plan with it.
    together: ClassVar[bool] = True
    #: ``drag(uow, key, lane)`` does what a card in another lane means, where documents are only read.
    drag: ClassVar[Callable[[Any, Any, str], None] | None] = None
    #: ``rule(model)`` is the condition that makes a row this noun: a bill, not an invoice.
    rule: ClassVar[Callable[[Any], Any] | None] = None
    #: Pages beside the form.
    tabs: ClassVar[Sequence[Tab]] = ()
    #: Who may read, create, write, delete.
    rights: ClassVar[Rights]


class Extend:
    """What another plugin adds to a resource: fields of its 1:1 side table, under its own name.

    Form, API and import make the row of the side table when one of its fields is first entered; a
    verb or a reaction makes it itself. ``Field(readonly=True)`` keeps a field from being typed.
    """

    #: The name of the resource that is added to: ``base.parties``.
    resource: ClassVar[str]
    #: The name of the plugin that adds.
    plugin: ClassVar[str]
    #: The model of its side table.
    side: ClassVar[type[Any]]
    #: Fields of the side table that the list shows, too.
    columns: ClassVar[Sequence[str]] = ()
    #: Fields by which the list can be narrowed, too.
    filters: ClassVar[Sequence[str]] = ()
    #: A section of the form with fields of the side table.
    form: ClassVar[Section | None] = None
    #: Words and kinds of its fields, by name.
    fields: ClassVar[Mapping[str, Field]] = {}
    #: As of a resource: ``derive(document, facts)``.
    derive: ClassVar[Callable[[Any, Any], None] | None] = None
    #: As of a resource: ``check(document, facts)``.
    check: ClassVar[Callable[[Any, Any], None] | None] = None
    #: Pages beside the form.
    tabs: ClassVar[Sequence[Tab]] = ()
