"""Every choice of departments is wired whole: what names one that is missing leads nowhere quietly."""

from __future__ import annotations

import inspect

import pytest
from choices import CHOICES, DEPARTMENTS, ENDS, every
from structlog.testing import capture_logs
from werkzeug.exceptions import HTTPException

from dougong import Actor
from dougong.dashboards.sources import widget_way
from dougong.plugins.registry import Runtime
from dougong.resources.fields import Link
from dougong.web.app import create_app
from dougong_base import ports

PORTS = [one for name in ports.__all__ if getattr(one := getattr(ports, name), "_is_protocol", 0)]


@pytest.fixture(scope="module")
def every_table(databases):
    """One database with the tables of all departments: how a choice is wired is not written in it."""
    url = databases.copy(("base", *DEPARTMENTS))
    yield url
    databases.drop(url)


@every(CHOICES, on_server=ENDS)
def test_every_choice_is_wired_and_nothing_in_it_leads_astray(chosen, every_table):
    with capture_logs() as said:
        runtime = Runtime(
            every_table, {"TESTING": True, "SECRET_KEY": "for tests only"}, only=("base", *chosen)
        )
        app = create_app(runtime, runtime.config)

    assert runtime.failed == {}
    assert set(runtime.loaded) == {"base", *chosen}
    assert runtime.nouns.reports == []
    assert [line for line in said if line["log_level"] in ("error", "critical")] == []
    assert list(astray(app, runtime)) == []
    assert silent(runtime) == []
    runtime.close()


def astray(app, runtime):
    """What names a noun, a page, a right or a template that is not here, though its owner is."""
    here, nouns, wiring = {"core", *runtime.loaded}, runtime.nouns, runtime.wiring
    for group in app.extensions["menu"]:
        for entry in group.entries:
            if not leads(app, nouns, entry.url):
                yield f"menu: {entry.url}"
    for item in wiring.menus:
        owner = item.to.lstrip("/").partition(".")[0].partition("/")[0]
        shown = any(item.label == e.label for g in app.extensions["menu"] for e in g.entries)
        if item.to and owner in here and not shown:
            yield f"menu: {item.key} leads to {item.to}"
    for widget in wiring.widgets:
        if widget.to and not leads(app, nouns, widget_way(widget.to)):
            yield f"widget: {widget.name} leads to {widget.to}"
    for noun in nouns:
        for field in noun.every_field():
            if isinstance(field, Link) and field.target not in nouns.by_model:
                yield f"link: {noun.name}.{field.name}"
    for report in wiring.reports.values():
        for parameter in report.parameters:
            if parameter.kind == "link" and nouns.get(parameter.to) is None:
                yield f"report: {report.name} asks for {parameter.to}"
    for paper in wiring.prints.values():
        if nouns.get(paper.resource) is None:
            yield f"paper: {paper.name} of {paper.resource}"
    for guard in wiring.step_guards:
        workflow = wiring.workflows.get(guard.workflow)
        if workflow is None and guard.workflow.partition(".")[0] in here:
            yield f"guard: {guard.workflow}"
        if workflow is not None and guard.step not in {step.name for step in workflow.steps}:
            yield f"guard: {guard.workflow} has no {guard.step}"
    for fill in wiring.fills:
        app.jinja_env.get_template(fill.template)


def leads(app, nouns, path):
    """Whether somebody answers at this address."""
    try:
        endpoint, known = app.url_map.bind("").match(path.partition("?")[0])
    except HTTPException:
        return False
    if "slug" in known:
        return f"{known['plugin']}.{known['slug']}" in nouns.all
    if endpoint == "reports.show":
        names = app.extensions["dougong"].wiring.reports
        return f"{known['plugin']}.{known['name']}" in names
    return True


def silent(runtime):
    """Ports whose provider cannot be made; a question that nobody here answers is answered by None."""
    with runtime.house.work(Actor.system()) as uow:
        answers = {port: uow.ask(port) for port in PORTS}
    offered = runtime.wiring.providers
    return [port.__name__ for port in PORTS if (answers[port] is None) == (port in offered)]


def test_there_are_ports_to_ask():
    assert len(PORTS) > 10
    assert all(inspect.isclass(port) for port in PORTS)
