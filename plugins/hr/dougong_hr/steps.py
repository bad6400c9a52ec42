"""Steps name services, and services import the models that name the steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any


def later(name: str, module: str) -> Callable[..., Any]:
    """A service that is imported when the step is taken."""

    def act(uow: Any, ids: Sequence[int], **asked: Any) -> Any:
        return getattr(import_module(f"dougong_hr.{module}"), name)(uow, ids, **asked)

    act.__name__, act.__doc__ = name, f"See {module}.{name}."
    return act
