"""The application: built from a running house, and thrown away when the set of plugins changes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask, g, redirect, request
from flask.typing import ResponseReturnValue
from jinja2 import ChoiceLoader, PackageLoader

from dougong.actors import Actor
from dougong.errors import PluginProblem
from dougong.logger import structlog
from dougong.operations.logs import configure_quietly
from dougong.resources.nouns import build
from dougong.web import errors, headers, home, languages, shell, slots, squeezing, static
from dougong.web.bodies import refuse_unstorable_form
from dougong.web.compiled import COMPILED
from dougong.web.outside import home_of_guests
from dougong.web.rights import check_blueprint, guard, mount, public
from dougong.web.rooms import open_rooms
from dougong.web.routes import Address, KeyConverter
from dougong.web.translations import folder_of, learn_all

log = structlog.get_logger()

#: One request: a form with a few thousand lines, or a file to import.
DEFAULTS: Mapping[str, Any] = {
    "MAX_CONTENT_LENGTH": 32 * 1024 * 1024,
    "MAX_FORM_MEMORY_SIZE": 8 * 1024 * 1024,
    "MAX_FORM_PARTS": 60_000,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "ACT_AS": None,
    "PROXIES": 0,
}


def create_app(runtime: Any, config: Mapping[str, Any] | None = None) -> Flask:
    """Build the application of a running house; `runtime` has its house, wiring, nouns and failures."""
    configure_quietly()
    app = Flask("dougong", static_folder=None, template_folder=None)
    app.url_rule_class = Address
    app.url_map.converters = {**app.url_map.converters, "int": KeyConverter}
    app.config.update(DEFAULTS)
    app.config.update(config or {})
    app.extensions["dougong"] = runtime
    if runtime.nouns is None:
        runtime.nouns = build(runtime.wiring)
    app.jinja_options = {
        "trim_blocks": True, "lstrip_blocks": True, "bytecode_cache": COMPILED,
    }  # fmt: skip
    app.json.sort_keys = False  # type: ignore[attr-defined]
    plugins = runtime.wiring.plugins
    learn_all(plugins.values())
    _find_templates(app, plugins)
    squeezing.squeeze(app)
    headers.secure(app)
    app.before_request(_begin)
    languages.fall_silent(app)
    errors.answer_for(app)
    open_rooms(app)
    app.before_request(_settle)
    app.register_blueprint(home.pages)
    _open_plugins(app, runtime)
    shell.furnish(app)
    slots.furnish(app)
    app.get("/favicon.ico")(_favicon)
    static.serve_static(app, _static_folders(plugins))
    for plugin in plugins.values():
        plugin.app_created(app)
    _believe_proxies(app)
    return app


def _believe_proxies(app: Flask) -> None:
    """Take a visitor's address, scheme and host from as many proxies as stand in front; none usually."""
    proxies = int(app.config["PROXIES"])
    if proxies:
        from werkzeug.middleware.proxy_fix import ProxyFix

        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies
        )


def _begin() -> None:
    """Speak before anything can go wrong, and know who acts in a test."""
    languages.speak()
    g.setdefault("actor", None)
    if g.actor is None:
        acting = _acting()
        if acting is not None:
            g.actor = acting


def _acting() -> Actor | None:
    from flask import current_app

    if not current_app.config.get("TESTING"):
        return None
    given = current_app.config["ACT_AS"]
    acting: Actor | None = given() if callable(given) else given
    return acting


def _settle() -> ResponseReturnValue | None:
    """Who acts is known now: speak their language and let them in, or not."""
    from dougong.web.formatting import bind_formats

    if g.actor is not None:
        languages.speak(g.actor.language)
    bind_formats()
    refuse_unstorable_form()
    if request.endpoint is not None:
        from flask import current_app

        if request.endpoint == "home.index" and g.actor is not None and g.actor.guest:
            return redirect(home_of_guests(), 303)
        guard(current_app.view_functions[request.endpoint])
    return None


def _find_templates(app: Flask, plugins: Mapping[str, Any]) -> None:
    """Templates of the site's plugins lie under their own name; the core's under the core's."""
    loaders: list[Any] = [PackageLoader("dougong", "templates")]
    for plugin in plugins.values():
        folder = folder_of(plugin)
        if (folder / "templates").is_dir():
            loaders.append(PackageLoader(folder.name, "templates"))
    app.jinja_loader = ChoiceLoader(loaders)


def _static_folders(plugins: Mapping[str, Any]) -> dict[str, Path]:
    folders = {"": static.STATIC}
    for name, plugin in plugins.items():
        folder = folder_of(plugin) / "static"
        if folder.is_dir():
            folders[name] = folder
    return folders


def _open_plugins(app: Flask, runtime: Any) -> None:
    """Mount each plugin's own pages; a page that does not say who may open it is not there."""
    for name, blueprint in runtime.wiring.pages:
        try:
            check_blueprint(blueprint)
        except PluginProblem as problem:
            if app.config.get("STRICT"):
                raise
            runtime.failed[name] = problem.sentence
            log.error("pages left out", plugin=name, sentence=str(problem))
            continue
        mount(app, name, blueprint)


@public
def _favicon() -> ResponseReturnValue:
    return redirect(static.static_url("icon.svg"), 301)
