"""Figures for Prometheus: requests by page and status, work that waits, plugins that failed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from dougong import clock
from dougong.jobs.models import QueuedJob
from dougong.outbox.models import OutboxMessage

TYPE = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Figures:
    """The figures of one application; a rebuilt one begins at zero, as Prometheus expects."""

    def __init__(self, runtime: Any) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "dougong_requests", "Requests answered", ["endpoint", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "dougong_request_seconds",
            "Seconds until the answer",
            ["endpoint"],
            buckets=SECONDS,
            registry=self.registry,
        )
        self.registry.register(_Waiting(runtime))

    def answered(self, endpoint: str, status: int, seconds: float) -> None:
        """Count one answer."""
        self.requests.labels(endpoint, f"{status // 100}xx").inc()
        self.seconds.labels(endpoint).observe(seconds)

    def text(self) -> bytes:
        """Everything in Prometheus' own words."""
        return generate_latest(self.registry)


class _Waiting:
    """Asked when somebody scrapes: how much work waits, and for how long."""

    def __init__(self, runtime: Any) -> None:
        self.runtime = runtime

    def describe(self) -> Iterable[Metric]:
        return ()

    def collect(self) -> Iterable[Metric]:
        failed = GaugeMetricFamily("dougong_failed_plugins", "Plugins that should run and do not")
        failed.add_metric([], len(self.runtime.failed))
        yield failed
        try:
            yield from self._queues()
        except DBAPIError:  # the database being away is told by /readyz
            return

    def _queues(self) -> Iterable[Metric]:
        with self.runtime.house.engine.connect().execution_options(reading=True) as connection:
            for name, model in (("jobs", QueuedJob), ("outbox", OutboxMessage)):
                states = GaugeMetricFamily(f"dougong_{name}", f"Rows of {name}", labels=["state"])
                counted = select(model.state, func.count()).group_by(model.state)
                for state, many in connection.execute(counted):
                    states.add_metric([state], many)
                yield states
                oldest = connection.scalar(
                    select(func.min(model.due_at)).where(model.state == "waiting")
                )
                late = GaugeMetricFamily(
                    f"dougong_{name}_late_seconds", f"How long the oldest of {name} is overdue"
                )
                seconds = (clock.now() - oldest).total_seconds() if oldest else 0
                late.add_metric([], max(0.0, seconds))
                yield late
