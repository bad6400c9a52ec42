"""All control charts on one page."""

from __future__ import annotations

from flask import Blueprint, current_app, g, render_template
from flask.typing import ResponseReturnValue

from dougong.web.rights import needs
from dougong_production.charts.overview import watched
from dougong_production.quality_plans.models import STAGES


def chart_room() -> Blueprint:
    """The page, anew for each application."""
    pages = Blueprint("production_charts", __name__, url_prefix="/charts")
    pages.add_url_rule("", view_func=overview, methods=["GET"])
    return pages


@needs("production.inspection.read")
def overview() -> ResponseReturnValue:
    """What is watched, the processes that are out of control first."""
    with current_app.extensions["dougong"].house.read(g.actor) as session:
        return render_template("production/chart_list.html", shown=watched(session), stages=STAGES)
