"""CPU and statements of a piece of work: this process and its database backends together."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine, event


def cpu_of(pid: int) -> float:
    """Seconds of CPU a process has used, as the kernel's scheduler counts them."""
    path = Path(f"/proc/{pid}/schedstat")
    return int(path.read_text().split()[0]) / 1e9 if path.exists() else 0.0


class Meter:
    """Counts what an engine sends, and knows its backends."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.statements = 0
        self.backends: set[int] = set()
        event.listen(engine, "before_cursor_execute", self._count)
        if engine.dialect.name == "postgresql":
            event.listen(engine, "checkout", self._note)

    def _count(self, *_given: object) -> None:
        self.statements += 1

    def _note(self, connection: object, *_given: object) -> None:
        self.backends.add(connection.info.backend_pid)  # type: ignore[attr-defined]

    def cpu(self) -> float:
        """CPU so far, here and in the backends."""
        return time.process_time() + sum(cpu_of(pid) for pid in self.backends)


@dataclass
class Sample:
    """What one repetition cost."""

    milliseconds: float
    wall: float
    statements: int


@dataclass
class Result:
    """Medians over repetitions; ``each`` divides by the size of a batch."""

    name: str
    samples: list[Sample] = field(default_factory=list)
    each: int = 1

    @property
    def milliseconds(self) -> float:
        return statistics.median(s.milliseconds for s in self.samples) / self.each

    @property
    def wall(self) -> float:
        return statistics.median(s.wall for s in self.samples) / self.each

    @property
    def statements(self) -> float:
        return statistics.median(s.statements for s in self.samples) / self.each


@contextmanager
def sample(meter: Meter, into: Result) -> Iterator[None]:
    """Add one repetition to a result."""
    cpu, wall, statements = meter.cpu(), time.perf_counter(), meter.statements
    yield
    into.samples.append(
        Sample(
            (meter.cpu() - cpu) * 1e3,
            (time.perf_counter() - wall) * 1e3,
            meter.statements - statements,
        )
    )


def repeat(
    name: str, meter: Meter, times: int, act: Callable[[], object], *, each: int = 1, warm: int = 2
) -> Result:
    """Do it a few times to warm up, then measure each repetition."""
    for _ in range(warm):
        act()
    result = Result(name, each=each)
    for _ in range(times):
        with sample(meter, result):
            act()
    return result
