"""Places in a page that other plugins may fill."""

from __future__ import annotations

from collections import defaultdict
from contextlib import ExitStack
from inspect import signature
from typing import Any

from flask import Flask, current_app, g, render_template
from markupsafe import Markup

from dougong.logger import structlog
from dougong.plugin import Fill

log = structlog.get_logger()


def furnish(app: Flask) -> None:
    """Sort the fills by slot and let templates call ``slot("crm.orders.side", document=…)``."""
    by_slot: dict[str, list[Fill]] = defaultdict(list)
    for fill in sorted(app.extensions["dougong"].wiring.fills, key=lambda f: f.order):
        by_slot[fill.slot].append(fill)
    app.extensions["fills"] = dict(by_slot)
    app.jinja_env.globals["slot"] = slot


def slot(name: str, **context: Any) -> Markup:
    """What the enabled plugins put here; one that fails is left out and logged."""
    found = []
    for fill in current_app.extensions["fills"].get(name, ()):
        if fill.needs and not (g.get("actor") and g.actor.may(fill.needs)):
            continue
        try:
            if (text := _filled(fill, context)) is not None:
                found.append(text)
        except Exception:
            log.exception("a fill was left out", slot=name, template=fill.template)
    return Markup("").join(Markup(text) for text in found)  # noqa: S704


def _filled(fill: Fill, context: dict[str, Any]) -> str | None:
    """What one fill says; one that asks for a session may read while it is drawn."""
    asked = set(signature(fill.facts).parameters)
    if "actor" in asked:
        context = {**context, "actor": g.get("actor")}
    with ExitStack() as stack:
        if "session" in asked:
            house = current_app.extensions["dougong"].house
            context = {**context, "session": stack.enter_context(house.read(g.actor))}
        facts = fill.facts(**context)
        return None if facts is None else render_template(fill.template, **facts)
