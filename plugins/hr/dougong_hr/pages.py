"""Pages that no resource can say."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from dougong import DougongError
from dougong.web.calls import the_house
from dougong.web.rights import needs, signed_in
from dougong_hr.attendance.models import Attendance
from dougong_hr.attendance.service import stamp_badges, stamp_oneself
from dougong_hr.recruitment.careers import add_careers

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
    try:
        came, at = the_house().run(g.actor, lambda uow: _told(stamp_badges(uow, [badge])[0]))
    except DougongError as refusal:
        return render_template("hr/kiosk.html", said="", wrong=str(refusal)), refusal.status
    return render_template("hr/kiosk.html", came=came, said=g.fmt.time(at), wrong="")


@pages.post("/clock")
@signed_in
def clock() -> ResponseReturnValue:
    """Whoever is signed in comes or goes."""
    the_house().run(g.actor, stamp_oneself)
    return redirect("/hr/attendances", 303)


def _told(attendance: Attendance) -> tuple[bool, dt.datetime]:
    return attendance.left_at is None, attendance.left_at or attendance.came_at


add_careers(pages)
