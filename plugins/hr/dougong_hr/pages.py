"""Pages that no resource can say."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, Response, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from dougong import DougongError
from dougong.web.calls import the_house
from dougong.web.rights import needs, signed_in
from dougong_hr.attendance.models import Attendance
from dougong_hr.attendance.pins import count_try
from dougong_hr.attendance.service import place_of, stamp_at_door, stamp_oneself
from dougong_hr.recruitment.careers import add_careers
from dougong_hr.selfservice.pages import add_desk
from dougong_hr.transfers.service import write_file

pages = Blueprint("hr", __name__)


@pages.get("/kiosk")
@needs("hr.attendance.stamp")
def kiosk() -> str:
    """The page at the door: a badge is read, and somebody has come or gone."""
    return render_template("hr/kiosk.html", said="", wrong="")


@pages.post("/kiosk")
@needs("hr.attendance.stamp")
def stamp() -> ResponseReturnValue:
    """A badge was read."""
    badge = request.form.get("badge", "").strip()[:60]
    pin = request.form.get("pin", "").strip()[:8]
    try:
        # Counted by itself, so that a wrong PIN is counted though nothing else is kept.
        the_house().run(g.actor, lambda uow: count_try(uow, badge) if pin else None)
        came, at = the_house().run(g.actor, lambda uow: _told(stamp_at_door(uow, badge, pin)))
    except DougongError as refusal:
        return render_template("hr/kiosk.html", said="", wrong=str(refusal)), refusal.status
    return render_template("hr/kiosk.html", came=came, said=g.fmt.time(at), wrong="")


@pages.post("/clock")
@signed_in
def clock() -> ResponseReturnValue:
    """Whoever is signed in comes or goes; where they are is kept if the company asks for it."""
    told = (request.form.get(name, "")[:30] for name in ("latitude", "longitude", "accuracy"))
    where = place_of(*told)
    the_house().run(g.actor, lambda uow: stamp_oneself(uow, where))
    return redirect("/hr/my", 303)


@pages.get("/bank-transfers/<int:id>/<format>")
@needs("hr.payroll.pay")
def bank_file(id: int, format: str) -> Response:
    """The file for the bank; nobody keeps a copy on the way."""
    data, name, kind = the_house().run(g.actor, lambda uow: write_file(uow, id, format))
    sent = Response(data, content_type=kind)
    sent.headers.set("Content-Disposition", "attachment", filename=name)
    sent.headers["Cache-Control"] = "no-store"
    return sent


def _told(attendance: Attendance) -> tuple[bool, dt.datetime]:
    return attendance.left_at is None, attendance.left_at or attendance.came_at


add_careers(pages)
add_desk(pages)
