"""Logging in, one's own account, and who acts in each request."""

from __future__ import annotations

from flask import Flask

from dougong.people.web import account, administration, csrf, entrance, gate, seeing


def open_room(app: Flask) -> None:
    """Watch the door of every page, and open the pages of the log-in."""
    csrf.furnish(app)
    gate.watch(app)
    app.register_blueprint(entrance.pages)
    app.register_blueprint(account.pages)
    app.register_blueprint(administration.pages)
    app.register_blueprint(seeing.pages)
