"""Modules that failed and parts of them that were left out, written down by a process that serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dougong.problems.recording import record
from dougong.problems.telling import Told

if TYPE_CHECKING:
    from dougong.plugins.registry import Runtime


def write_down_modules(runtime: Runtime) -> None:
    """What of the modules does not run here; told once for each process that begins."""
    for name, sentence in runtime.failed.items():
        record(runtime.house, Told("module", str(sentence)[:300], name, name))
    for name, sentences in runtime.nouns.left_out().items():
        for sentence in sentences:
            record(runtime.house, Told("module", str(sentence)[:300], name, name))
