"""``python -m bench [o2c post list dash pay print start plan …]``: what it costs, beside what it should.

SQLite always; PostgreSQL when DOUGONG_TEST_URL is set. CPU is this process and its database
backends together, medians over repetitions.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterable

import structlog

from bench import (
    dashboards,
    exchange,
    forecast,
    lists,
    marks,
    o2c,
    payroll,
    plan,
    posting,
    printing,
    routes,
    schedule,
    start,
    switch,
)
from bench.meter import Result
from bench.site import Site, site
from bench.targets import TARGETS

PARTS = {
    "o2c": lambda s: [*o2c.run(s, 1, 15), *o2c.run(s, 100, 2)],
    "post": posting.run,
    "trial": posting.trial,
    "list": lists.run,
    "dash": dashboards.run,
    "import": exchange.run,
    "pay": payroll.run,
    "print": printing.run,
}


def planned(server: str) -> Iterable[str]:
    """Netting by itself, then whole runs on a site."""
    yield from plan.netting()
    with site(server) as made:
        yield from plan.run(made)


#: What is measured by itself, and tells its own lines; given the server's address, or nothing.
OTHERS: dict[str, Callable[[str], Iterable[str]]] = {
    "start": lambda _server: start.run(),
    "routes": lambda _server: routes.run(),
    "plan": planned,
    "schedule": lambda _server: schedule.run(),
    "forecast": lambda _server: forecast.run(),
    "switch": switch.run,
    "lighthouse": lambda _server: marks.run(),
}

#: Minutes, or what needs npm: done when asked for.
LONG = {"switch", "lighthouse"}


def show(result: Result, database: str) -> None:
    """One line: what it cost, and what was promised."""
    said = TARGETS.get(result.name, "")
    print(
        f"{database:<11}{result.name:<40}{result.milliseconds:>9.2f} ms CPU"
        f"{result.wall:>9.2f} ms{result.statements:>8.1f} stmts   {said}",
        flush=True,
    )


def measure(wanted: list[str], made: Site) -> None:
    """Measure these parts on this site."""
    for name in wanted:
        for result in PARTS[name](made):
            show(result, made.database)


def main() -> None:
    """Measure what is asked for, or everything but what takes long."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    asked = sys.argv[1:] or [name for name in (*PARTS, *OTHERS) if name not in LONG]
    if strange := [name for name in asked if name not in (*PARTS, *OTHERS)]:
        sys.exit(f"unknown: {', '.join(strange)}; there are {', '.join((*PARTS, *OTHERS))}")
    parts = [name for name in asked if name in PARTS]
    for server in ("", os.environ.get("DOUGONG_TEST_URL", "")):
        if parts and (not server or not server.startswith("sqlite")):
            with site(server) as made:
                measure(parts, made)
        if not os.environ.get("DOUGONG_TEST_URL"):
            break
    for name, measured in OTHERS.items():
        if name in asked:
            for line in measured(os.environ.get("DOUGONG_TEST_URL", "")):
                print(line, flush=True)


if __name__ == "__main__":
    main()
