"""Departments are switched off and on under load: does anybody notice, is anything lost?"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.crowd import Crowd
from bench.served import served
from dougong.plugins.registry import Runtime
from dougong.testing import SHIPPED
from dougong.testing_databases import Databases

#: The departments that come and go, one after the other.
MOVING = ("inventory", "finance", "crm")


@contextmanager
def _runtime(server: str) -> Iterator[tuple[Runtime, Path]]:
    with TemporaryDirectory() as folder:
        databases = Databases(server, Path(folder))
        runtime = Runtime(databases.copy(SHIPPED), {"SECRET_KEY": "only to measure " * 3})
        try:
            yield runtime, Path(folder)
        finally:
            runtime.close()
            databases.drop(runtime.url)
            databases.close()


def run(server: str) -> Iterator[str]:
    """Switch for a minute (``BENCH_SECONDS``), catch up in the end, and tell the figures."""
    seconds = float(os.environ.get("BENCH_SECONDS", "60"))
    port = int(os.environ.get("BENCH_PORT", "0"))
    with _runtime(server) as (runtime, folder), served(runtime, folder, port=port) as house:
        yield f"{runtime.engine.dialect.name}: gunicorn, 2 processes of 4 threads"
        before, switches = set(house.served()), 0
        start = time.monotonic()
        with Crowd(house, people=6, pause=0.0, moving=MOVING) as crowd:
            while time.monotonic() - start < seconds:
                name = MOVING[switches // 2 % len(MOVING)]
                house.command("plugin", ("disable", "enable")[switches % 2], name, "--yes")
                assert house.all_follow()
                switches += 1
            if switches % 2:
                house.command("plugin", "enable", name, "--yes")
        took = time.monotonic() - start
        for name in MOVING:
            house.command("plugin", "catch-up", name, "--yes")
        found = house.command("check")
        slow = statistics.quantiles(crowd.seconds, n=100)
        yield f"  requests {crowd.asked} in {took:.0f} s, failed {len(crowd.failed)}"
        yield f"  404 of a department that was off {_off(crowd)}; switches {switches}"
        yield "  every process had followed when a command came back"
        yield f"  same processes throughout: {set(house.served()) == before}"
        yield (
            f"  acknowledged: {len(crowd.parties)} parties, {len(crowd.orders)} orders,"
            f" {len(crowd.confirmed)} confirmed; lost {len(crowd.lost())}"
        )
        yield f"  answers: median {slow[49] * 1e3:.0f} ms, 99 % within {slow[98] * 1e3:.0f} ms"
        yield f"  dougong check: {found.strip().splitlines()[-1]}"
        yield from (f"  FAILED {said}" for said in crowd.failed[:20])


def _off(crowd: Crowd) -> int:
    return sum(count for (_department, status), count in crowd.answers.items() if status == 404)
