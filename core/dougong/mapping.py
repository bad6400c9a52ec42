"""What SQLAlchemy is helped with while it maps: a column's expression is made when somebody asks for it.

When an attribute gets its listeners, SQLAlchemy looks with ``hasattr`` whether it has some already.
The attribute passes a name it does not know on to its column's expression, which is made for that
answer alone: thousands of them at each start, seven megabytes in each worker, most of which no
query ever asks for.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.event import base

_own = object.__getattribute__


def _dispatch_of(dispatcher: Any, target: Any, _kind: type[Any]) -> Any:
    """The listeners of a target, made at the first question; nobody else is asked for them."""
    if target is None:
        return dispatcher.dispatch
    try:
        return _own(target, "_slots_dispatch")
    except AttributeError:
        target._slots_dispatch = found = dispatcher.dispatch._for_instance(target)
        return found


def map_lazily() -> None:
    """Let no attribute make its expression while it is mapped; call it before the first model."""
    base.slots_dispatcher.__get__ = _dispatch_of  # type: ignore[method-assign,assignment]
