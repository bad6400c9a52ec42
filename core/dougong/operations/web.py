"""The pages and the API of those who look after the house, and health for machines."""

from __future__ import annotations

from flask import Flask

from dougong.operations import documents, imports_api, jobs_api, settings_pages, together
from dougong.web import observation


def open_room(app: Flask) -> None:
    """Watch every request, and hang up settings, jobs, imports, trails and notes."""
    observation.install(app, app.extensions["dougong"])
    app.register_blueprint(settings_pages.pages)
    app.register_blueprint(jobs_api.pages)
    app.register_blueprint(imports_api.pages)
    app.register_blueprint(documents.pages)
    app.register_blueprint(together.pages)
