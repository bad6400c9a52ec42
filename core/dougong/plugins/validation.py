"""Whether what a plugin contributes may stand in the house: names, tables, targets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect

from dougong import plugin as descriptors
from dougong.db import metadata, owner_of
from dougong.errors import PluginProblem
from dougong.events import Event, Reaction
from dougong.i18n import Text, _
from dougong.plugins.locating import PluginFault, fault, where_said, where_written
from dougong.plugins.vocabulary import CALLED, KINDS, NAMED, WORDS
from dougong.printing.declared import PAPERS
from dougong.wiring import KEYED, Wiring
from dougong.workflows import Workflow

if TYPE_CHECKING:
    from flask import Blueprint


class Inspection:
    """Looks at one plugin's answers beside what the house has so far; raises `PluginFault`."""

    def __init__(
        self,
        name: str,
        stands_on: Collection[str],
        so_far: Wiring,
        away: Collection[str] = (),
        *,
        plugin: Any = None,
        root: Path | None = None,
    ) -> None:
        self.name, self.so_far = name, so_far
        #: Its object and its folder: only to say where something is written.
        self.plugin, self.root = plugin, root
        #: What it enhances but is not there: its steps need no guard.
        self.away = away
        #: Whose tables and rights it may use: its own, the core's and those it requires.
        self.allowed = {name, "core", *stands_on}

    def check(self, answers: Mapping[str, Any]) -> None:
        """Everything, the cheapest first."""
        self._kinds(answers)
        self._callables(answers)
        self._names(answers)
        self._models(answers["models"])
        self._resources(answers["resources"])
        self._steps(answers["workflows"])
        self._prints(answers)
        self._reactions(answers["reactions"])
        self._extensions(answers["extensions"], answers["workflows"])
        endpoints = self._pages(answers["pages"])
        self._menus(answers, endpoints)

    def fault(self, sentence: Text | str, mend: Text | str = "", at: Any = "") -> PluginFault:
        """The sentence, begun with whose it is; then how to mend it, and where it is written.

        ``at`` is a text that the plugin says, or the class or function that is wrong.
        """
        where = where_said(self.root, at) if isinstance(at, str) else where_written(at)
        return fault(self.name, sentence, mend, where)

    # -- kinds and names ----------------------------------------------------------------------

    def _kinds(self, answers: Mapping[str, Any]) -> None:
        for hook, kind in KINDS.items():
            for item in answers[hook]:
                if not isinstance(item, kind):
                    raise self.fault(
                        _(
                            "the hook “%(hook)s” returned %(item)s, not a %(kind)s.",
                            hook=hook,
                            item=repr(item)[:80],
                            kind=kind.__name__,
                        ),
                        _("Return a list of %(kind)s.", kind=kind.__name__),
                        getattr(self.plugin, hook, ""),
                    )

    def _callables(self, answers: Mapping[str, Any]) -> None:
        for hook, key in CALLED.items():
            for item in answers[hook]:
                if not callable(getattr(item, key)):
                    raise self.fault(
                        _(
                            "%(kind)s of the hook “%(hook)s” calls %(act)s, which is no function.",
                            kind=type(item).__name__,
                            hook=hook,
                            act=repr(getattr(item, key))[:80],
                        ),
                        _("Give the function itself, without calling it: act=do_it, not do_it()."),
                        getattr(self.plugin, hook, ""),
                    )

    def _names(self, answers: Mapping[str, Any]) -> None:
        for hook, key in NAMED.items():
            for item in answers[hook]:
                self._begins(WORDS[hook], getattr(item, key))
        for hook, (_into, key) in KEYED.items():
            self._unique(hook, [getattr(item, key) for item in answers[hook]])
        self._unique("checks", [check.name for check in answers["checks"]])
        self._unique("menus", [item.key for item in answers["menus"]])
        self._unique("views", [view for view, _select in answers["views"]])
        self._unique("providers", list(answers["providers"]))
        self._unique("resources", [getattr(r, "name", None) for r in answers["resources"]])
        for report in answers["reports"]:
            if "." in report.name:
                self._begins(WORDS["reports"], report.name)

    def _begins(self, what: object, name: str) -> None:
        if not name.startswith(f"{self.name}."):
            raise self.fault(
                _(
                    "the %(what)s “%(key)s” must begin with “%(name)s.”.",
                    what=what,
                    key=name,
                    name=self.name,
                ),
                _(
                    "Every name of a plugin begins with its own: write “%(name)s.%(key)s”.",
                    name=self.name,
                    key=name.rpartition(".")[2],
                ),
                name,
            )

    def _unique(self, hook: str, keys: list[Any]) -> None:
        for key, times in Counter(keys).items():
            owner = self.so_far.owners.get((hook, key), self.name if times > 1 else "")
            if owner:
                raise self.fault(
                    _(
                        "the %(what)s “%(key)s” is declared already, by %(owner)s.",
                        what=WORDS[hook],
                        key=getattr(key, "__name__", key),
                        owner=owner,
                    ),
                    _("Take another name, or leave it to whoever has it."),
                    key if isinstance(key, str) else "",
                )

    # -- tables -------------------------------------------------------------------------------

    def _models(self, models: Iterable[Any]) -> None:
        for model in models:
            if not isinstance(model, type) or not hasattr(model, "__table__"):
                raise self.fault(
                    _("%(model)s is not a mapped class.", model=repr(model)[:80]),
                    _("Return classes that inherit from the plugin's Base."),
                    model if isinstance(model, type) else "",
                )
            if owner_of(model.__table__.name) != self.name:
                raise self.fault(
                    _(
                        "the table %(table)s must be called %(name)s_….",
                        table=model.__table__.name,
                        name=self.name,
                    ),
                    _("Write __tablename__ = “%(name)s_…”.", name=self.name),
                    model,
                )
        for table in metadata.tables.values():
            if owner_of(table.name) == self.name:
                for key in table.foreign_keys:
                    self._foreign(table.name, key.target_fullname)
        try:
            for registry in {inspect(model).registry for model in models}:
                registry.configure(cascade=True)
        except Exception as error:
            raise self.fault(
                _(
                    "its models do not fit together: %(error)s.",
                    error=" ".join(str(error).split())[:300].rstrip("."),
                ),
                _("Let relationship() name a class of this plugin, or pass the class of another."),
                "",
            ) from error

    def _foreign(self, table: str, target: str) -> None:
        other, key = target.rsplit(".", 1)[0], target
        if owner_of(other) not in self.allowed:
            raise self.fault(
                _(
                    "the table %(table)s points at %(other)s, but %(name)s does not require “%(owner)s”.",
                    table=table,
                    other=other,
                    name=self.name,
                    owner=owner_of(other),
                ),
                _(
                    "Add requires = ['%(owner)s'] to dougong.toml, or keep the id without a foreign key.",
                    owner=owner_of(other),
                ),
                key,
            )
        if other not in metadata.tables:
            raise self.fault(
                _(
                    "the table %(table)s points at %(other)s, which does not exist.",
                    table=table,
                    other=other,
                ),
                _("Name a table of the plugin's own, of the core or of a plugin it requires."),
                key,
            )

    # -- nouns, steps, reactions --------------------------------------------------------------

    def _resources(self, resources: Iterable[Any]) -> None:
        for resource in resources:
            name = getattr(resource, "name", None)
            if not isinstance(resource, type) or not isinstance(name, str):
                raise self.fault(
                    _("%(resource)s is not a resource with a name.", resource=repr(resource)[:80]),
                    _("Write class …(Resource) with name = “%(name)s.…”.", name=self.name),
                    resource if isinstance(resource, type) else "",
                )
            self._begins(WORDS["resources"], name)

    def _steps(self, workflows: Iterable[Workflow]) -> None:
        for workflow in workflows:
            for step in workflow.steps:
                if step.needs.split(".", 1)[0] not in self.allowed:
                    raise self.fault(
                        _(
                            "the right “%(right)s” of the step “%(step)s” belongs to another plugin.",
                            right=step.needs,
                            step=step.name,
                        ),
                        _("Ask for a right of this plugin: “%(name)s.…”.", name=self.name),
                        step.needs,
                    )

    def _prints(self, answers: Mapping[str, Any]) -> None:
        known = {resource.name for resource in (*self.so_far.resources, *answers["resources"])}
        there = {(other.resource, other.slug) for other in self.so_far.prints.values()}
        for print_ in answers["prints"]:
            if print_.slug == "form" or (print_.resource, print_.slug) in there:
                raise self.fault(
                    _(
                        "the paper “%(paper)s” is printed of “%(resource)s” already.",
                        paper=print_.name,
                        resource=print_.resource,
                    ),
                    _("Give it a name of its own; “form” is the paper that every resource has."),
                    print_.name,
                )
            if print_.resource not in known and print_.resource.partition(".")[0] not in self.away:
                raise self.fault(
                    _(
                        "the paper “%(paper)s” is of “%(resource)s”, which does not exist.",
                        paper=print_.name,
                        resource=print_.resource,
                    ),
                    _("Name a resource: “%(name)s.orders”.", name=self.name),
                    print_.name,
                )
            if print_.paper not in PAPERS:
                raise self.fault(
                    _(
                        "the paper “%(paper)s” has no size that is known: %(sizes)s.",
                        paper=print_.name,
                        sizes=", ".join(PAPERS),
                    ),
                    _("Choose one of these sizes."),
                    print_.name,
                )

    def _reactions(self, reactions: Iterable[Reaction]) -> None:
        for reaction in reactions:
            if not (isinstance(reaction.event, type) and issubclass(reaction.event, Event)):
                raise self.fault(
                    _("the reaction %(reaction)s does not name an event.", reaction=reaction.name),
                    _(
                        "The first argument of Reaction is a class of events: SalesOrderConfirmed, or one of"
                        " the plugin's own."
                    ),
                    reaction.act,
                )

    def _extensions(self, extensions: Iterable[Any], own: Iterable[Workflow]) -> None:
        workflows = {**self.so_far.workflows, **{w.name: w for w in own}}
        contributed: list[descriptors.Contribution] = []
        for extension in extensions:
            if isinstance(extension, descriptors.SideTable):
                self._side_table(extension)
            elif isinstance(extension, descriptors.StepGuard):
                if extension.workflow.partition(".")[0] in self.away:
                    continue
                workflow = workflows.get(extension.workflow)
                if workflow is None or workflow.step(extension.step) is None:
                    raise self.fault(
                        _(
                            "there is no step “%(step)s” of “%(workflow)s” to guard.",
                            step=extension.step,
                            workflow=extension.workflow,
                        ),
                        _(
                            "Look for its name among the steps of that workflow; if its plugin may be absent,"
                            " name it in enhances."
                        ),
                        extension.step,
                    )
            elif isinstance(extension, descriptors.Contribution):
                self._contribution(extension, contributed)
                contributed.append(extension)
            elif not isinstance(extension, type | descriptors.RowRule):
                raise self.fault(
                    _("%(extension)s is not an extension.", extension=repr(extension)[:80]),
                    _(
                        "Return SideTable(…), StepGuard(…), RowRule(…), a Contribution or a class …(Extend)."
                    ),
                    "",
                )

    def _contribution(
        self, extension: descriptors.Contribution, known: Iterable[descriptors.Contribution]
    ) -> None:
        kind = type(extension)
        self._begins(kind.__name__, extension.name)
        if any(type(one) is kind and one.name == extension.name for one in known):
            raise self.fault(
                _(
                    "the %(what)s “%(key)s” is declared already, by %(owner)s.",
                    what=kind.__name__,
                    key=extension.name,
                    owner=self.name,
                ),
                _("Take another name, or leave it to whoever has it."),
                extension.name,
            )

    def _side_table(self, extension: descriptors.SideTable) -> None:
        side = extension.side.__table__
        targets = {key.column.table for column in side.primary_key for key in column.foreign_keys}
        if owner_of(side.name) != self.name or extension.target.__table__ not in targets:
            raise self.fault(
                _(
                    "the side table %(side)s must be the plugin's own, and its primary key a foreign key"
                    " to %(target)s.",
                    side=side.name,
                    target=extension.target.__table__.name,
                ),
                _(
                    "Write its key as link_to(“%(target)s.id”, ondelete=“CASCADE”, primary_key=True,"
                    " autoincrement=False).",
                    target=extension.target.__table__.name,
                ),
                extension.side,
            )

    # -- pages and menus ----------------------------------------------------------------------

    def _pages(self, pages: Iterable[Blueprint]) -> set[str]:
        """Mount the pages on a trial application, so that a slip shows before the real one."""
        from flask import Blueprint

        from dougong.web.rights import check_views, mounted, right_of

        trial = mounted([])
        for page in pages:
            if not isinstance(page, Blueprint):
                raise self.fault(
                    _("%(page)s is not a blueprint.", page=repr(page)[:80]),
                    _("Return Blueprint('%(name)s', __name__).", name=self.name),
                    "",
                )
            if page.name != self.name and not page.name.startswith(f"{self.name}_"):
                raise self.fault(
                    _(
                        "the blueprint “%(page)s” must be called “%(name)s” or “%(name)s_…”.",
                        page=page.name,
                        name=self.name,
                    ),
                    _("Write Blueprint('%(name)s', __name__).", name=self.name),
                    page.name,
                )
            try:
                trial.register_blueprint(page)
                check_views(trial)
            except PluginProblem as problem:
                silent = [v for v in trial.view_functions.values() if right_of(v) is None]
                raise self.fault(problem.sentence, at=silent[0]) from problem
            except Exception as error:
                raise self.fault(
                    _(
                        "the blueprint “%(page)s” cannot be mounted: %(error)s.",
                        page=page.name,
                        error=" ".join(str(error).split())[:300].rstrip("."),
                    ),
                    _("Each page of a plugin has a name and an address of its own."),
                    page.name,
                ) from error
        return {rule.endpoint for rule in trial.url_map.iter_rules()}

    def _menus(self, answers: Mapping[str, Any], endpoints: set[str]) -> None:
        own = {item.key for item in answers["menus"]}
        targets = {resource.name for resource in (*self.so_far.resources, *answers["resources"])}
        targets |= (
            {report.name for report in answers["reports"]} | set(self.so_far.reports) | endpoints
        )
        for item in answers["menus"]:
            if (
                item.parent
                and item.parent not in own
                and ("menus", item.parent) not in self.so_far.owners
            ):
                raise self.fault(
                    _(
                        "the menu entry “%(key)s” stands under “%(parent)s”, which does not exist.",
                        key=item.key,
                        parent=item.parent,
                    ),
                    _(
                        "Give parent the key of an entry that the plugin or one it requires returns."
                    ),
                    item.parent,
                )
            if item.to and not item.to.startswith("/") and item.to not in targets:
                raise self.fault(
                    _(
                        "the menu entry “%(key)s” leads to “%(to)s”, which does not exist.",
                        key=item.key,
                        to=item.to,
                    ),
                    _(
                        "Name a resource, a report, the endpoint of a page, or an address that begins"
                        " with “/”."
                    ),
                    item.to,
                )
