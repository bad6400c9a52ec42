"""The page on which an administrator takes the demo away, once its name was typed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from flask import Blueprint, Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from dougong.demo_removal import demo_name, remove_demo, require_typed, why_it_stays
from dougong.errors import Invalid, Refused
from dougong.i18n import LANGUAGES, Text, _
from dougong.people.users.models import User
from dougong.people.web.fresh import proof_needed, require_fresh
from dougong.plugins.founding import Founding, check_founding
from dougong.web.rights import needs

pages = Blueprint("demo", __name__)
RIGHT = "core.demo.remove"
_CHILD = "from dougong.demo_removal import main; main()"


def open_room(app: Flask) -> None:
    """Hang the page up, and tell templates whether this is a demo."""
    app.register_blueprint(pages)


@pages.get("/core/demo")
@needs(RIGHT)
def show() -> str:
    """Whether the demo can go, and what begins instead."""
    return _page({}, {})


@pages.post("/core/demo")
@needs(RIGHT)
def remove() -> ResponseReturnValue:
    """Have it done by a process of its own; this one is replaced meanwhile."""
    form, runtime = request.form, current_app.extensions["dougong"]
    company = Founding(
        name=form.get("name", "").strip()[:200],
        currency=form.get("currency", "").strip().upper()[:3],
        country=form.get("country", "").strip().upper()[:2] or None,
        timezone=form.get("timezone", "").strip()[:40],
        language=form.get("language", "en"),
    )
    try:
        if not company.name or not company.name.isprintable():
            raise Invalid({"name": _("Say how your company is called.")})
        require_fresh()
        require_typed(runtime.house.engine, form.get("typed", ""))
        check_founding(company)
    except Invalid as refusal:
        return _page(refusal.errors, form), refusal.status
    except Refused as refusal:
        return _page({"": refusal.sentence}, form), refusal.status
    _start(runtime, {"company": asdict(company), "login": _login()})
    return render_template("core/demo_going.html", company=company)


def _login() -> str:
    """Who asks goes on in the new house with their own password."""
    house = current_app.extensions["dougong"].house
    with house.read(g.actor) as session:
        user = session.get(User, g.actor.user_id) if g.actor.user_id else None
    return user.login if user is not None else ""


def _start(runtime: Any, wanted: Mapping[str, Any]) -> None:
    home = str(runtime.config.get("HOME", ""))
    if current_app.config.get("APART"):  # a test waits for it
        runtime.house.engine.dispose()
        remove_demo(runtime.url, Path(home), Founding(**wanted["company"]), wanted["login"])
        return
    given = {
        **os.environ,
        "DOUGONG_DATABASE_URL": runtime.url,
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
    }
    process = subprocess.Popen(
        [sys.executable, "-c", _CHILD], env={**given, **({"DOUGONG_HOME": home} if home else {})},
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True, text=True,
    )  # fmt: skip
    assert process.stdin is not None
    process.stdin.write(json.dumps(wanted))
    process.stdin.close()


def _page(errors: Mapping[str, Text | str], typed: Mapping[str, str]) -> str:
    engine = current_app.extensions["dougong"].house.engine
    return render_template(
        "core/demo.html",
        demo=demo_name(engine),
        stays=why_it_stays(engine),
        errors=errors,
        wanted={"name": "", "currency": "EUR", "country": "", "timezone": g.actor.timezone,
                "language": g.actor.language, "typed": "", **typed},
        zones=sorted(available_timezones()),
        spoken=LANGUAGES,
        proof=proof_needed(),
    )  # fmt: skip
