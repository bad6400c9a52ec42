"""Serve the house to browsers and programs."""

from __future__ import annotations

import click

from dougong.i18n import _


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, help="The port to listen on.")
@click.option("--threads", default=8, show_default=True, help="Requests answered at a time.")
@click.option("--strict", is_flag=True, help="Do not start while a plugin fails or is not whole.")
def command(host: str, port: int, threads: int, strict: bool) -> None:
    """Serve the house with waitress, in one process.

    For more processes: gunicorn -k gthread -w 4 "dougong.web.live:wsgi()".
    """
    from dougong.web.serving import serve

    def ready(at: int) -> None:
        click.echo(str(_("Dougong is at http://%(host)s:%(port)s", host=host, port=at)), err=True)

    serve(host, port, threads, strict=strict, ready=ready)
