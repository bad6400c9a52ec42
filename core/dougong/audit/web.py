"""The page of the history."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from flask import Blueprint, Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from dougong.audit.models import AuditEntry
from dougong.audit.queries import PAGE, Looking, entries
from dougong.errors import BadQuery
from dougong.i18n import _
from dougong.keys import whole
from dougong.web.rights import needs

pages = Blueprint("audit", __name__)

ACTIONS = {
    "create": _("Created"),
    "change": _("Changed"),
    "delete": _("Deleted"),
    "print": _("Printed"),
    "look": _("Seen as this person"),
}
#: Longer values are cut; the export has all of them.
LONGEST = 200


def open_room(app: Flask) -> None:
    """Hang the page up."""
    app.register_blueprint(pages)


@pages.get("/core/audit")
@needs("core.audit.read")
def history() -> ResponseReturnValue:
    """Who changed what, the latest first."""
    house = current_app.extensions["dougong"].house
    with house.read(g.actor) as session:
        found = entries(session, g.actor, _looking())
    more = found[PAGE - 1] if len(found) > PAGE else None
    zone = ZoneInfo(g.actor.timezone)
    return render_template(
        "people/audit.html",
        rows=[(e, e.at.astimezone(zone), _told(e)) for e in found[:PAGE]],
        nouns=current_app.extensions["dougong"].nouns,
        actions=ACTIONS,
        asked=request.args,
        older=f"{more.at.isoformat()},{more.chain},{more.seq}" if more else "",
    )


def _looking() -> Looking:
    asked = request.args
    number = asked.get("id", "").strip()
    if number and whole(number) is None:
        raise BadQuery(_("The number of a document consists of digits."))
    return Looking(
        document=_clean("document")[:60],
        document_id=whole(number),
        user=_clean("user")[:100],
        action=asked.get("action", "") if asked.get("action") in ACTIONS else "",
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", ""), plus=1),
        before=_before(asked.get("before", "")),
    )


def _clean(name: str) -> str:
    """What was typed, without the sign that no database keeps."""
    return request.args.get(name, "").replace("\x00", "").strip()


def _day(text: str, plus: int = 0) -> dt.datetime | None:
    if not text:
        return None
    try:
        day = dt.date.fromisoformat(text) + dt.timedelta(days=plus)
        start = dt.datetime.combine(day, dt.time(), ZoneInfo(g.actor.timezone))
        return start.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise BadQuery(_("This is not a date: %(text)s.", text=text[:20])) from None


def _before(text: str) -> tuple[dt.datetime, str, int] | None:
    if not text:
        return None
    try:
        at, chain, seq = text.replace("\x00", "").split(",")
        moment = dt.datetime.fromisoformat(at.replace(" ", "+"))
        return (moment.astimezone(dt.UTC), chain[:32], int(seq[:18]))
    except (ValueError, OverflowError):
        raise BadQuery(_("This page of the history is not there.")) from None


def _told(entry: AuditEntry) -> list[tuple[str, str, str]]:
    """Field by field what it was and became; of lines, how many were touched."""
    told = []
    for name, change in orjson.loads(entry.changes).items():
        if isinstance(change, list):
            told.append((name, _short(change[0]), _short(change[1])))
        else:
            told.append((name, "", str(_("%(number)s lines", number=len(change)))))
    return told


def _short(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
