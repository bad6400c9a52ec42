"""The pages of every noun: a few rules in all, whatever the number of resources."""

from __future__ import annotations

from flask import Flask


def open_room(app: Flask) -> None:
    """Hang the pages up; each part puts its rules on one blueprint."""
    from dougong.web.resources import (
        bulk,
        cells,
        exchange,
        files,
        form,
        links,
        listing,
        moves,
        narrowing,
        neighbours,
        notes,
        pivoting,
        planning,
        story,
        suggesting,
        tagging,
        timeboards,
        together,
        views,
    )
    from dougong.web.resources.common import pages

    del (
        bulk,
        cells,
        exchange,
        files,
        form,
        links,
        moves,
        narrowing,
        neighbours,
        notes,
        pivoting,
        planning,
        story,
        suggesting,
        tagging,
        timeboards,
        together,
        views,
    )
    app.jinja_env.globals["manual_of"] = listing.manual_of
    app.register_blueprint(pages)
