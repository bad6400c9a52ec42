"""The page of the modules: how each stands, and its changes with a look ahead."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, current_app, g, redirect, render_template, request, send_file
from flask.typing import ResponseReturnValue

from dougong.errors import Invalid, NotFound
from dougong.i18n import Text, _
from dougong.modules import errands as asked
from dougong.modules.apart import Apart
from dougong.modules.diary import changes
from dougong.modules.planning import ACTIONS, GOING, plan
from dougong.modules.showing import Shown, history, shown, the_module
from dougong.modules.weighing import by_module, sizes, weigh
from dougong.people.web.fresh import proof_needed, require_fresh
from dougong.plugins.lifecycle import Lifecycle, tables_in
from dougong.web.rights import needs

pages = Blueprint("modules", __name__, url_prefix="/core/modules")

TITLES: dict[str, Text] = {
    "install": _("Install %(name)s"),
    "enable": _("Enable %(name)s"),
    "disable": _("Disable %(name)s"),
    "upgrade": _("Upgrade %(name)s"),
    "uninstall": _("Uninstall %(name)s and keep its data"),
    "purge": _("Remove %(name)s and its data for good"),
}


def open_room(app: Flask) -> None:
    """Hang the pages up."""
    app.register_blueprint(pages)


@pages.get("")
@needs("core.plugin.read")
def index() -> str:
    """Every module with its state."""
    runtime = current_app.extensions["dougong"]
    modules = shown(runtime)
    return render_template(
        "modules/index.html",
        modules=modules,
        labels={m.name: m.label for m in modules},
        sizes=by_module(sizes(runtime.house.engine)),
        recent=asked.errands(runtime.house.engine, most=5),
        silent=asked.is_silent,
        titles=TITLES,
    )


@pages.get("/<name>")
@needs("core.plugin.read")
def show(name: str) -> str:
    """One module: what it stands on, its tables, its log."""
    runtime = current_app.extensions["dougong"]
    engine, module = runtime.house.engine, the_module(runtime, name)
    return render_template(
        "modules/module.html",
        module=module,
        labels={m.name: m.label for m in shown(runtime)},
        weights=weigh(engine, tables_in(engine, name)),
        log=history(changes(engine, name), asked.errands(engine, name)),
        may_change=g.actor.may(asked.RIGHT),
    )


@pages.get("/<name>/<any(install,enable,disable,upgrade,uninstall,purge):action>")
@needs(asked.RIGHT)
def look_ahead(name: str, action: str) -> ResponseReturnValue:
    """What a change will do, before it is agreed to."""
    return _ahead(name, action, {})


@pages.post("/<name>/<any(install,enable,disable,upgrade,uninstall,purge):action>")
@needs(asked.RIGHT)
def change(name: str, action: str) -> ResponseReturnValue:
    """Have it done, by a process of its own."""
    runtime = current_app.extensions["dougong"]
    the_module(runtime, name)
    names = [n for n in request.form.getlist("names") if n] or [name]
    try:
        require_fresh()
        typed = request.form.get("typed", "")
        errand = runtime.house.run(g.actor, lambda uow: asked.ask(uow, action, names, name, typed))
    except Invalid as refusal:
        return _ahead(name, action, refusal.errors), 422
    _apart().start(errand, g.actor.language)
    return redirect(f"/core/modules/errands/{errand}", 303)


@pages.get("/errands/<int:key>")
@needs("core.plugin.read")
def errand(key: int) -> str:
    """How far a change is; the page asks again until it has ended."""
    runtime = current_app.extensions["dougong"]
    found = asked.errand_of(runtime.house.engine, key)
    template = "modules/_errand.html" if "HX-Request" in request.headers else "modules/errand.html"
    return render_template(
        template,
        errand=found,
        title=_title(found.action, the_label(runtime, found.name)),
        silent=asked.is_silent(found),
        exported=bool(found.file) and (_exports() / found.file).is_file(),
        may_change=g.actor.may(asked.RIGHT),
    )


@pages.get("/errands/<int:key>/data")
@needs(asked.RIGHT)
def data(key: int) -> ResponseReturnValue:
    """The file a module's data were written into before it went."""
    found = asked.errand_of(current_app.extensions["dougong"].house.engine, key)
    path = _exports() / Path(found.file).name
    if not found.file or not path.is_file():
        raise NotFound(_("file"), found.file or key)
    return send_file(path, "application/x-ndjson", as_attachment=True, download_name=found.file)


def _ahead(name: str, action: str, errors: Any) -> str:
    runtime = current_app.extensions["dougong"]
    module: Shown = the_module(runtime, name)
    told = _plan(runtime, action, name)
    engine = runtime.house.engine
    return render_template(
        "modules/ahead.html",
        module=module,
        action=action,
        title=_title(action, module.label),
        plan=told,
        others=[n for n in told["names"] if n != name],
        weights=weigh(engine, told["tables"]) if told["tables"] else [],
        proof=None if told["refused"] else proof_needed(),
        errors=errors,
        typed=request.form.get("typed", ""),
    )


def _plan(runtime: Any, action: str, name: str) -> dict[str, Any]:
    """What goes is known here; what comes is looked at by a process that may import it."""
    if action not in GOING:
        return dict(_apart().plan(action, name, g.actor.language))
    life = Lifecycle(runtime.url)
    try:
        return plan(life, action, name, runtime.wiring)
    finally:
        life.close()


def the_label(runtime: Any, name: str) -> Text | str:
    """How a module is called; its short name where its package is gone."""
    manifest = runtime.found.manifests.get(name)
    return _(manifest.label) if manifest else name


def _title(action: str, label: object) -> str:
    sentence = TITLES[action] if action in ACTIONS else _("Modules")
    return str(_(sentence.message, name=label))


def _apart() -> Any:
    """Who looks ahead and carries out; a test says ``APART`` to have it done at once."""
    runtime = current_app.extensions["dougong"]
    maker = current_app.config.get("APART") or Apart
    return maker(runtime.url, str(runtime.config.get("HOME", "")))


def _exports() -> Path:
    runtime = current_app.extensions["dougong"]
    return Path(str(runtime.config.get("HOME", "instance"))) / "exports"
