"""List, run, retry and cancel jobs; be a worker."""

from __future__ import annotations

import time

import click

from dougong.commands.common import (
    Sentence,
    open_runtime,
    print_json,
    print_table,
    reading,
    the_house,
)
from dougong.i18n import _

#: Seconds between two looks at a job that another process has taken.
PATIENCE = 0.3
STATES = click.Choice(["waiting", "running", "done", "dead", "cancelled"])


@click.group()
def command() -> None:
    """Work that is done later: look at it, and do it."""


@command.command("list")
@click.option("--state", type=STATES, help="Only jobs in this state.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000))
@reading
def list_(state: str | None, limit: int, as_json: bool) -> None:
    """List the newest jobs."""
    from dougong.jobs.queries import jobs
    from dougong.jobs.service import JOB_STEPS

    runtime = open_runtime()
    with runtime.house.read(the_house(runtime, "job list")) as session:
        found = jobs(session, state or "", limit)
    runtime.close()
    if as_json:
        names = ("id", "name", "state", "due_at", "tries", "progress", "note", "error")
        print_json([{name: getattr(job, name) for name in names} for job in found])
        return
    print_table(
        (_("Number"), _("Job"), _("State"), _("Due"), _("Tries"), _("What went wrong")),
        [
            (j.id, j.name, JOB_STEPS.state(j.state).label, f"{j.due_at:%Y-%m-%d %H:%M}", j.tries,
             (j.error or j.note or "").strip().rpartition("\n")[2])
            for j in found
        ],
    )  # fmt: skip


@command.command()
@click.argument("name")
@click.option(
    "--argument", "-a", "arguments", multiple=True, metavar="NAME=VALUE", help="May be repeated."
)
@reading
def run(name: str, arguments: tuple[str, ...], as_json: bool) -> None:
    """Put a job into the queue and work until it is done."""
    from dougong.jobs.models import QueuedJob
    from dougong.jobs.service import request_job
    from dougong.jobs.worker import Worker

    given = dict(_pair(argument) for argument in arguments)
    runtime = open_runtime()
    actor = the_house(runtime, f"job run {name}")
    key = runtime.house.run(
        actor, lambda uow: request_job(uow, runtime.wiring.jobs, name, given)
    ).id
    Worker(runtime.house, runtime.wiring).work()
    while True:
        with runtime.house.read(actor) as session:
            job = session.get(QueuedJob, key)
        assert job is not None
        if job.state != "running":
            break
        # The worker of a process that serves was faster: wait for it.
        time.sleep(PATIENCE)
    runtime.close()
    if as_json:
        print_json({"id": job.id, "state": job.state, "error": job.error})
    if job.state != "done":
        raise Sentence(job.error or str(_("Another worker does it: see `dougong job list`.")))
    if not as_json:
        click.echo(str(_("Job %(id)s is done.", id=job.id)))


@command.command()
@click.argument("ids", nargs=-1, required=True, type=int, metavar="NUMBER...")
def retry(ids: tuple[int, ...]) -> None:
    """Put dead or cancelled jobs into the queue again."""
    from dougong.jobs.service import retry_jobs

    runtime = open_runtime()
    runtime.house.run(the_house(runtime, "job retry"), lambda uow: retry_jobs(uow, ids))
    runtime.close()


@command.command()
@click.argument("ids", nargs=-1, required=True, type=int, metavar="NUMBER...")
def cancel(ids: tuple[int, ...]) -> None:
    """Cancel jobs; one that is running is undone or stops at its next report."""
    from dougong.jobs.service import cancel_jobs

    runtime = open_runtime()
    runtime.house.run(the_house(runtime, "job cancel"), lambda uow: cancel_jobs(uow, ids))
    runtime.close()


@command.command()
@click.option("--once", is_flag=True, help="Do what is due now, and end.")
@click.option("--forever", is_flag=True, help="Work until a signal comes.")
def work(once: bool, forever: bool) -> None:
    """Be a worker: send letters, do jobs, put periodic ones into the queue."""
    if once == forever:
        raise click.UsageError(str(_("Say either --once or --forever.")))
    if once:
        from dougong.jobs.worker import Worker

        runtime = open_runtime()
        pieces = Worker(runtime.house, runtime.wiring).work()
        runtime.close()
        click.echo(str(_("Done: %(pieces)s.", pieces=pieces)))
        return
    from dougong.jobs.serving import work_until_told

    work_until_told()


def _pair(argument: str) -> tuple[str, object]:
    """``days=3`` as a name and a value; what reads as JSON is that."""
    import json

    name, sign, value = argument.partition("=")
    if not sign or not name:
        raise click.UsageError(str(_("An argument reads NAME=VALUE.")))
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value
