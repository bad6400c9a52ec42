"""``python -m bench [o2c post trial list dash import pay start …]``: what it costs, beside what it should.

SQLite always; PostgreSQL when DOUGONG_TEST_URL is set. CPU is this process and its database
backends together, medians over repetitions.
"""

from __future__ import annotations

import logging
import os
import sys

import structlog

from bench import dashboards, exchange, lists, o2c, payroll, posting, printing, start, switch
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

#: What is measured by itself; all but `start` takes a minute or more and is done when asked for.
OTHERS = ("start", "switch", "routes", "plan", "schedule", "forecast")


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
    """Measure what is asked for, or everything."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    asked = sys.argv[1:] or [*PARTS, "start"]
    if strange := [name for name in asked if name not in (*PARTS, *OTHERS)]:
        sys.exit(f"unknown: {', '.join(strange)}; there are {', '.join((*PARTS, *OTHERS))}")
    parts = [name for name in asked if name in PARTS]
    for server in ("", os.environ.get("DOUGONG_TEST_URL", "")):
        if parts and (not server or not server.startswith("sqlite")):
            with site(server) as made:
                measure(parts, made)
        if not os.environ.get("DOUGONG_TEST_URL"):
            break
    if "start" in asked:
        for line in start.run():
            print(line)
    if "routes" in asked:
        from bench import routes

        for line in routes.run():
            print(line, flush=True)
    if "plan" in asked:
        from bench import plan

        for line in plan.netting():
            print(line, flush=True)
        with site(os.environ.get("DOUGONG_TEST_URL", "")) as made:
            for line in plan.run(made):
                print(line, flush=True)
    if "schedule" in asked:
        from bench import schedule

        for line in schedule.run():
            print(line, flush=True)
    if "forecast" in asked:
        from bench import forecast

        for line in forecast.run():
            print(line, flush=True)
    if "switch" in asked:
        for line in switch.run(os.environ.get("DOUGONG_TEST_URL", "")):
            print(line, flush=True)


if __name__ == "__main__":
    main()
