"""Every setting of the company on one page, found by its words; and the same for programs."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from dougong.errors import Invalid
from dougong.i18n import Text, _
from dougong.operations.acting import act_once
from dougong.settings.queries import Choice, choices
from dougong.settings.service import write
from dougong.settings.values import from_text, to_json
from dougong.unit_of_work import Answer, House, UnitOfWork
from dougong.web.bodies import object_body
from dougong.web.rights import needs

pages = Blueprint("settings", __name__)


@pages.get("/core/settings")
@needs("core.setting.read")
def show() -> str:
    """All settings, or those in which the words that were searched occur."""
    return _page({}, {})


@pages.post("/core/settings")
@needs("core.setting.write")
def save() -> ResponseReturnValue:
    """Save what was changed on the page, or return one setting to its default."""
    typed = request.form.to_dict()

    def act(uow: UnitOfWork) -> None:
        if reset := typed.get("reset"):
            write(uow, reset, None)
            return
        errors: dict[str, Text | str] = {}
        for choice in choices(uow.session, uow.company_id):
            if choice.setting.key in typed:
                try:
                    _save_one(uow, choice, typed[choice.setting.key])
                except Invalid as refusal:
                    errors |= refusal.errors
        if errors:
            raise Invalid(errors)

    try:
        _house().run(g.actor, act)
    except Invalid as refusal:
        return _page(refusal.errors, typed), 422
    return redirect(url_for(".show", saved=1, q=_words()), 303)


@pages.get("/api/v1/core/settings")
@needs("core.setting.read")
def api_list() -> Response:
    """Every setting with its value in the actor's company; secrets are masked."""
    with _house().read(g.actor) as session:
        found = choices(session, g.actor.company_id, _words())
    return jsonify(items=[_described(choice) for choice in found])


@pages.put("/api/v1/core/settings/<key>")
@needs("core.setting.write")
def api_write(key: str) -> Response:
    """Choose a value, ``{"value": …}``; null returns to the default."""
    body = object_body()
    if set(body) != {"value"}:
        raise Invalid({"value": _("Say the value, and nothing else.")})

    def act(uow: UnitOfWork) -> Answer:
        write(uow, key, body["value"])
        uow.flush()
        (choice,) = [c for c in choices(uow.session, uow.company_id) if c.setting.key == key]
        return Answer(200, current_app.json.dumps(_described(choice)))

    return act_once(act)


def _house() -> House:
    house: House = current_app.extensions["dougong"].house
    return house


def _words() -> str:
    """What somebody looks for among the settings."""
    return request.args.get("q", "").replace("\x00", "")[:80]


def _save_one(uow: UnitOfWork, choice: Choice, text: str) -> None:
    setting = choice.setting
    if setting.kind == "secret" and not text:
        return  # an empty field leaves a secret as it is
    value = from_text(setting, text)
    if value != choice.value:
        write(uow, setting.key, value)


def _page(errors: Any, typed: dict[str, str]) -> str:
    words = _words()
    with _house().read(g.actor) as session:
        found = choices(session, g.actor.company_id, words)
    menus = current_app.extensions["dougong"].wiring.menus
    headings = {m.key: str(m.label) for m in menus if not m.parent}
    groups = [
        (headings.get(plugin, plugin), list(group))
        for plugin, group in groupby(found, key=lambda choice: choice.plugin)
    ]
    return render_template(
        "core/settings.html",
        groups=groups,
        words=words,
        errors=errors,
        typed=typed,
        saved="saved" in request.args,
        may_write=g.actor.may("core.setting.write"),
        as_text=lambda value: "" if value is None else str(to_json(value)),
    )


def _described(choice: Choice) -> dict[str, Any]:
    setting = choice.setting
    return {
        "key": setting.key,
        "label": str(setting.label),
        "help": str(setting.help) or None,
        "kind": setting.kind,
        "choices": list(setting.choices) or None,
        "value": to_json(choice.shown),
        "default": None if setting.kind == "secret" else to_json(setting.default),
        "chosen": choice.chosen,
    }
