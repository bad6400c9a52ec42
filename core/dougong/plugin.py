"""What a plugin says about itself: plain descriptors, collected once when the house is built."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from dougong.hookspecs import Hooks
from dougong.i18n import Text

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong.actors import RecordRule
    from dougong.events import Event
    from dougong.unit_of_work import UnitOfWork

Words = Text | str


class Plugin(Hooks):
    """Base of every plugin object. Name and requirements stand in ``dougong.toml``; it holds no state."""


@dataclass(frozen=True, kw_only=True)
class MenuItem:
    """One entry of the side menu: a resource (``to="crm.orders"``), a page (an endpoint) or a heading."""

    key: str
    label: Words
    to: str = ""
    #: Key of the entry it stands under; empty for a heading of the plugin.
    parent: str = ""
    icon: str = "file"
    order: int = 100
    #: The right without which it is not shown; a resource's read right when empty.
    needs: str = ""


@dataclass(frozen=True)
class Permission:
    """A right that no resource implies (those imply read, create, write, delete and their steps')."""

    name: str
    label: Words


@dataclass(frozen=True)
class DemoPerson:
    """Somebody of the demo company: log-in, name, and name in a Chinese demo.

    Somebody whose log-in is taken already is left out.
    """

    login: str
    name: str
    native: str


@dataclass(frozen=True)
class Role:
    """Rights that go together; patterns end in ``*``: ``crm.order.*``. ``rules`` narrow what is seen.

    ``rules`` maps a model to ``rule(model, actor)``, which returns a condition on its rows. Who has
    several roles sees what any of them shows; one that reads the model without a rule shows all.
    ``demo`` is who holds the role in a demo company; `dougong demo` tells their password.
    """

    name: str
    label: Words
    rights: Sequence[str]
    rules: Mapping[type, RecordRule] = field(default_factory=dict)
    demo: DemoPerson | None = None


@dataclass(frozen=True)
class Series:
    """A gapless number series per company and year: ``SO-2026-00001``.

    ``kind`` is what `UnitOfWork.number` is called with; no two plugins may share one.
    """

    kind: str
    label: Words
    prefix: str
    digits: int = 5


@dataclass(frozen=True)
class FirstStep:
    """Something a new company enters first, shown on the home page until it is there.

    ``to`` is a resource, of which the company needs a document, or a page. ``done(session, actor)``
    says whether it is done, where a document of the resource is not what counts. It is shown to
    those with the right ``needs``; without one, to those who may make documents of the resource.
    """

    key: str
    title: Words
    sentence: Words
    to: str
    done: Callable[[Session, Any], bool] | None = None
    needs: str = ""
    order: int = 100

    @property
    def module(self) -> str:
        """Whose step it is."""
        return self.key.partition(".")[0]


@dataclass(frozen=True)
class Tour:
    """A short walk over a page, offered once to each person and started again from the help sheet.

    ``at`` is a page of a resource (``crm.orders.list``, ``crm.orders.form``), ``list`` or ``form`` for
    all of them, or an address (``/production/planning``). A step is a place on the page and a
    sentence; a place is what the page marks with ``data-tour``, or the name of a field or of a line
    table. A step whose place is not on the page is passed by. Lists have the places boards, more,
    new, search, filters, columns, views, rows; forms have pager, steps, save, states, tabs, fields.
    """

    key: str
    label: Words
    at: str
    steps: Sequence[tuple[str, Words]]


@dataclass(frozen=True)
class Setting:
    """A value an administrator may change, per company: ``crm.invoice_on``.

    A service asks ``uow.setting(key)``. A `choice` has ``choices``, stored word to label; a
    `secret` is sealed in the database and shown to nobody.
    """

    key: str
    label: Words
    default: Any
    kind: Literal["text", "flag", "number", "choice", "secret"] = "text"
    choices: Mapping[str, Words] = field(default_factory=dict)
    help: Words = ""


@dataclass(frozen=True)
class Job:
    """Work for later: ``act(uow, **arguments)``; ``every`` makes it periodic. Safe to run twice.

    A ``long`` job gets a `Run` instead: ``act(run, **arguments)``. It opens several units of work
    with ``run.do(…)`` and tells how far it is with ``run.progress(40, _("Posting"))``.
    ``given_up(uow, **arguments)`` tells its document when an administrator cancels the job.

    What is queued by a clock or at the terminal is done once for the whole house: it sees the rows
    of all companies, and ``uow.company_id``, the day and the settings are those of the first.
    ``each_company=True`` does it in each company by itself instead; what one company refuses does
    not hold up the others.
    """

    name: str
    act: Callable[..., Any]
    label: Words = ""
    every: dt.timedelta | None = None
    tries: int = 5
    long: bool = False
    given_up: Callable[..., Any] | None = None
    each_company: bool = False


@dataclass(frozen=True)
class Check:
    """An invariant: yields a sentence for each thing that is wrong. Read only."""

    name: str
    label: Words
    run: Callable[[Session], Iterable[str]]


@dataclass(frozen=True)
class Replay:
    """What a plugin enabled later may have missed: the events of ``event``, told once more.

    The plugin that tells an event offers this; ``dougong plugin catch-up`` of the one that hears it
    asks ``missed(uow)`` in each company, for all events since the first day. Those that are known to
    be acted on are left out, by the links that the documents have; who reacts may leave out more
    (`Reaction.news`).
    """

    event: type[Event]
    missed: Callable[[UnitOfWork], Iterable[Event]]


@dataclass(frozen=True)
class SideTable:
    """Typed fields for another plugin's model, in a 1:1 table of one's own.

    The side's primary key is the foreign key to the target. The core gives the target a
    relationship ``<plugin>_ext``; resources name the fields ``<plugin>.<field>``.
    """

    target: type[Any]
    side: type[Any]


@dataclass(frozen=True)
class StepGuard:
    """One more condition on a step of another plugin's workflow.

    ``guard(document)`` looks at one document; ``batch(uow, documents)`` may ask the database, for
    steps whose service calls ``allow`` of its workflow (``finance.invoices``: post).
    """

    workflow: str
    step: str
    guard: Callable[[Any], Words | None] | None = None
    batch: Callable[[UnitOfWork, Sequence[Any]], Words | None] | None = None


@dataclass(frozen=True)
class RowRule:
    """What rows of any plugin, one's own among them, must keep when their model marks columns.

    ``mapped_column(info={"lent": "item_id"})`` marks a column with the name of another attribute of
    the same model on which the answer depends, too. The rule is asked whenever rows are written
    that are new, or changed in a marked attribute or in the one it depends on, by whom ever: page,
    API, import, verb or job; a form hears of it before. ``look(uow, marked, rows)`` gets the rows
    of one model, and by each marked attribute the other one (``{"first_on": "item_id"}``). It
    yields for each thing that is wrong the row, the attribute and a sentence. Ask the database with
    ``uow.look``: rows that wait are in ``rows``, not yet in their table.
    """

    mark: str
    look: Callable[[UnitOfWork, Mapping[str, str], Sequence[Any]], Iterable[tuple[Any, str, Words]]]


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """What a plugin adds to something that another plugin keeps: a noun to a customers' portal.

    The keeper declares a subclass that says what it wants to know; who contributes imports that
    class, requires the keeper, and returns instances from ``extensions``. The keeper finds all of
    them with ``wiring.contributed(ThatClass)``, in the order in which plugins stand on one another.
    """

    #: Begins with the name of the plugin that contributes; unique among those of its kind.
    name: str


@dataclass(frozen=True)
class Fill:
    """What a plugin puts into a slot: a template of its own and the facts for it, or nothing (None).

    ``facts(**given)`` is handed what the slot gives, by name, and answers what the template gets.
    One with a parameter ``session`` or ``actor`` is handed these, too: it reads as whoever looks.
    """

    slot: str
    template: str
    facts: Callable[..., Mapping[str, Any] | None] = lambda **given: given
    needs: str = ""
    order: int = 100


@dataclass(frozen=True)
class Widget:
    """A card on the home page: a number, a list or a chart, asked for by one query.

    ``ask(session, actor)`` answers, for a `number`, the figure or ``(figure, hint)``; for a `list`,
    rows of ``(text, value)`` or ``(text, value, address)``; for a `chart`, ``{"labels": […],
    "series": [{"name": …, "data": […]}]}`` with ``"type": "line"`` where bars do not suit, months as
    ``202603``. ``to`` is where a click leads: a resource with conditions, or a page.
    """

    name: str
    label: Words
    ask: Callable[[Session, Any], Any]
    needs: str = ""
    kind: Literal["number", "list", "chart"] = "number"
    to: str = ""
    order: int = 100
    #: Whether a number comes with a hint: a card keeps room for two lines below it, and cuts off what
    #: was not announced.
    hint: bool = False


@dataclass(frozen=True, kw_only=True)
class DashboardCard:
    """A card of a dashboard: a list as seen, a report or a widget, as a number, a chart or rows.

    ``to`` says what: ``crm.orders?state=confirmed`` (a list with its query; ``rows``, ``cols`` and
    ``show`` shape a chart as they shape the list's graph), ``finance.aged-receivables?days=30`` (a
    report with its parameters), ``crm.sold`` (a widget).
    """

    #: Unique within the dashboard: ``late``.
    name: str
    label: Words
    to: str
    of: Literal["list", "report", "widget"] = "list"
    kind: Literal["number", "chart", "rows"] = "number"
    #: What is summed: one of the list's totals, a column of the report; empty counts records.
    measure: str = ""
    #: How many of twelve columns it takes, 2 to 12.
    width: int = 3
    #: Where the number is marked: when it is ``above`` or ``below`` the limit.
    alert: Literal["", "above", "below"] = ""
    limit: int = 0


@dataclass(frozen=True, kw_only=True)
class Dashboard:
    """Cards that belong together: ``crm.sales``. Who holds one of the ``roles`` begins with it."""

    name: str
    label: Words
    cards: Sequence[DashboardCard]
    roles: Sequence[str] = ()
    icon: str = "layout-dashboard"
    order: int = 100
