"""The pages and the API of reports: ``/finance/reports/trial-balance``, as a page, a file, an answer."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, Response, current_app, g, jsonify, render_template, request

from dougong.errors import BadQuery, Invalid, NotFound
from dougong.i18n import _
from dougong.reports import exporting
from dougong.reports.declared import Report
from dougong.reports.drawing import draw, inputs, opener
from dougong.reports.printing import to_pdf
from dougong.reports.running import Answer, address_of, find, for_reader, run
from dougong.spreadsheets import TYPES
from dougong.web.papers import as_paper
from dougong.web.rights import signed_in

pages = Blueprint("reports", __name__)


def open_room(app: Flask) -> None:
    """Hang up the pages and the API of every report."""
    app.register_blueprint(pages)


@pages.get("/<plugin>/reports")
@signed_in
def index(plugin: str) -> str:
    """The reports of a department that this person may ask."""
    return render_template(
        "core/reports.html",
        title=_department(plugin),
        reports=[(report, address_of(report)) for report in _mine(plugin)],
    )


@pages.get("/<plugin>/reports/<name>")
@signed_in
def show(plugin: str, name: str) -> tuple[str, int]:
    """One report: what can be chosen, and the table of what was chosen."""
    report, given = _asked(plugin, name)
    runtime = current_app.extensions["dougong"]
    answer: Answer | None = None
    errors: dict[str, Any] = {}
    try:
        answer = run(runtime.house, g.actor, report, given)
    except Invalid as refusal:
        errors = refusal.errors
    drawn = draw(answer, opener(runtime, g.actor)) if answer is not None else None
    chosen = answer.parameters if answer is not None else None
    fields = inputs(runtime, g.actor, report, given, chosen, errors)
    page = render_template(
        "core/report.html",
        report=report,
        address=address_of(report),
        index=f"/{plugin}/reports",
        department=_department(plugin),
        fields=fields,
        table=drawn,
        given=given,
    )
    # Whoever opens it from the menu has not chosen anything yet, and made no mistake.
    return page, 422 if errors and given else 200


@pages.get("/<plugin>/reports/<name>/<any(csv, xlsx):kind>")
@signed_in
def export(plugin: str, name: str, kind: str) -> Response:
    """The same table as a file."""
    answer = _answer(plugin, name)
    data = exporting.to_csv(answer) if kind == "csv" else exporting.to_xlsx(answer)
    sent = Response(data, content_type=TYPES[kind])
    sent.headers.set("Content-Disposition", "attachment", filename=f"{name}.{kind}")
    return sent


@pages.get("/<plugin>/reports/<name>/pdf")
@signed_in
def paper(plugin: str, name: str) -> Response:
    """The same table on paper."""
    report, given = _asked(plugin, name)
    runtime = current_app.extensions["dougong"]
    answer = run(runtime.house, g.actor, report, given)
    chosen = inputs(runtime, g.actor, report, given, answer.parameters, {})
    return as_paper(to_pdf(runtime.house, g.actor, answer, chosen), f"{name}.pdf")


@pages.get("/api/v1/<plugin>/reports")
@signed_in
def api_index(plugin: str) -> Response:
    """The reports this actor may ask, with their parameters and columns."""
    return jsonify(reports=[_described(report) for report in _mine(plugin)])


@pages.get("/api/v1/<plugin>/reports/<name>")
@signed_in
def api_show(plugin: str, name: str) -> Response:
    """One report as lines of exact values."""
    return jsonify(exporting.to_json(_answer(plugin, name)))


def _answer(plugin: str, name: str) -> Answer:
    report, given = _asked(plugin, name)
    return run(current_app.extensions["dougong"].house, g.actor, report, given)


def _asked(plugin: str, name: str) -> tuple[Report, dict[str, str]]:
    reports = current_app.extensions["dougong"].wiring.reports
    report = find(reports, f"{plugin}.{name}", g.actor)
    if any(len(values) > 1 for values in request.args.to_dict(flat=False).values()):
        raise BadQuery(_("Each parameter can be given once."))
    return report, request.args.to_dict()


def _mine(plugin: str) -> list[Report]:
    runtime = current_app.extensions["dougong"]
    if plugin not in runtime.wiring.plugins:
        raise NotFound(_("module"), plugin)
    return for_reader(runtime.wiring.reports, g.actor, plugin)


def _department(plugin: str) -> str:
    menus = current_app.extensions["dougong"].wiring.menus
    headings = (m for m in menus if not m.parent and m.key.partition(".")[0] == plugin)
    heading = next(headings, None)
    return str(heading.label) if heading else plugin


def _described(report: Report) -> dict[str, Any]:
    return {
        "name": report.name,
        "label": str(report.label),
        "url": f"/api/v1{address_of(report)}",
        "parameters": [
            {
                "name": p.name,
                "label": str(p.label),
                "kind": p.kind,
                "required": p.required,
                "choices": list(p.choices) or None,
                "to": p.to or None,
            }
            for p in report.parameters
        ],
        "columns": [
            {"name": c.name, "label": str(c.label), "kind": c.kind} for c in report.columns
        ],
    }
