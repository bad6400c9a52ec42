"""Before what matters most the password is typed again, unless that was a moment ago."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import current_app, g, request

from dougong import clock
from dougong.people.sessions.entrance import DOOR, prove_log_in
from dougong.people.users.models import User
from dougong.people.web.entrance import sealer

#: How long a password (and a code) that was typed counts.
FRESH = dt.timedelta(minutes=15)


@dataclass(frozen=True)
class Proof:
    """What somebody has to type: the password, and a code where they have a second factor."""

    code: bool


def proof_needed() -> Proof | None:
    """What is asked for on the page of something that matters; nothing when all is fresh."""
    visit = g.get("visit")
    if visit is None or clock.now() - visit.proven_at < FRESH:
        return None  # without a log-in only tests open pages
    with current_app.extensions["dougong"].house.read(DOOR) as session:
        user = session.get(User, visit.user_id)
    return Proof(bool(user and user.has_totp))


def require_fresh() -> None:
    """Go on only with a fresh log-in; takes the form's ``password`` and ``code``. Raises `Invalid`."""
    if proof_needed() is None:
        return
    prove_log_in(
        current_app.extensions["dougong"].house,
        g.visit.id,
        g.visit.user_id,
        request.form.get("password", "")[:1000],
        request.form.get("code", "")[:40],
        sealer(),
    )
