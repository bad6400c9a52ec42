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

from dougong.errors import Invalid, NotFound, Refused
from dougong.i18n import Text, _
from dougong.mail.service import try_mail
from dougong.people.users.models import User
from dougong.plugin import Setting
from dougong.settings.history import chosen_before
from dougong.settings.queries import MASK, Choice, choices
from dougong.settings.service import settings_of, write
from dougong.settings.values import from_text, to_json
from dougong.unit_of_work import Answer, House, UnitOfWork
from dougong.web.bodies import Body, takes
from dougong.web.calls import act_once, to_answer
from dougong.web.rights import needs

pages = Blueprint("settings", __name__)


class Chosen(Body):
    """The value of one setting; of which kind, the setting knows."""

    value: Any


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


@pages.post("/core/settings/test-letter")
@needs("core.setting.write")
def test_letter() -> ResponseReturnValue:
    """Send a letter to whoever asks, and say on the page whether the mail server took it."""
    try:
        with _house().look(g.actor) as uow:
            person = uow.session.get(User, g.actor.user_id or 0)
            to = person.email if person is not None else None
            try_mail(uow, to)
    except Refused as refusal:
        return _page({}, {}, refused=refusal.sentence), refusal.status
    return _page({}, {}, told=_("A test letter is on its way to %(address)s.", address=to))


@pages.get("/api/v1/core/settings")
@needs("core.setting.read")
def api_list() -> Response:
    """Every setting with its value in the actor's company; secrets are masked."""
    with _house().read(g.actor) as session:
        found = choices(session, g.actor.company_id, _words())
    return jsonify(items=[_described(choice) for choice in found])


@pages.put("/api/v1/core/settings/<key>")
@needs("core.setting.write")
@takes(Chosen)
def api_write(key: str, body: Chosen) -> Response:
    """Choose a value, ``{"value": …}``; null returns to the default."""

    def act(uow: UnitOfWork) -> Answer:
        write(uow, key, body.value)
        uow.flush()
        (choice,) = [c for c in choices(uow.session, uow.company_id) if c.setting.key == key]
        return to_answer(_described(choice))

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


def _page(
    errors: Any, typed: dict[str, str], *, told: Text | str = "", refused: Text | str = ""
) -> str:
    words, only = _words(), "changed" in request.args
    headings = _headings()
    with _house().read(g.actor) as session:
        found = choices(session, g.actor.company_id, words, headings)
    changed = sum(choice.chosen for choice in found)
    if only:
        found = [choice for choice in found if choice.chosen]
    groups = [
        (headings.get(plugin, plugin), list(group))
        for plugin, group in groupby(found, key=lambda choice: choice.plugin)
    ]
    # Departments in which something was chosen stand before those that are as they came.
    groups.sort(key=lambda group: not any(choice.chosen for choice in group[1]))
    return render_template(
        "core/settings.html",
        groups=groups,
        words=words,
        only=only,
        changed=changed,
        errors=errors,
        typed=typed,
        saved="saved" in request.args,
        told=told,
        refused=refused,
        has_mail=any(
            c.setting.key == "core.mail_server" for _plugin, group in groups for c in group
        ),
        may_write=g.actor.may("core.setting.write"),
        as_text=_as_text,
        in_words=in_words,
    )


@pages.get("/core/settings/history")
@needs("core.setting.read")
def history() -> str:
    """Who chose what, of one setting or of all."""
    key = request.args.get("key", "")[:80].replace("\x00", "")
    with _house().read(g.actor) as session:
        declared = settings_of(session).declared
        if key and key not in declared:
            raise NotFound(_("setting"), key)
        found = chosen_before(session, declared, g.actor.company_id, key)
    return render_template(
        "core/settings_history.html",
        lines=found,
        declared=declared,
        one=declared.get(key),
        in_words=in_words,
    )


def _headings() -> dict[str, str]:
    menus = current_app.extensions["dougong"].wiring.menus
    return {m.key: str(m.label) for m in menus if not m.parent}


def _as_text(value: Any) -> str:
    return "" if value is None else str(to_json(value))


def in_words(setting: Setting, value: Any) -> str:
    """A value as people read it: yes or no, the words of a choice, a secret only as being there."""
    if setting.kind == "secret":
        return MASK if value else str(_("empty"))
    if setting.kind == "flag":
        return str(_("Yes") if value else _("No"))
    if setting.kind == "choice":
        return str(setting.choices.get(value, value))
    return _as_text(value) or str(_("empty"))


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
