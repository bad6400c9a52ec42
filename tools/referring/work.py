"""The page of the unit of work, and of refusals."""

from __future__ import annotations

from collections.abc import Iterator

from dougong import unit_of_work
from dougong.errors import DougongError
from referring.saying import STALE, of_methods, said


def work() -> str:
    """What a service may do."""
    unit = unit_of_work.UnitOfWork
    text = f"""# The unit of work

What a service, a reaction and a job are handed: `uow`. Whoever opened it saves; nobody else does. {STALE}

{said(unit)}
"""
    text += of_methods(unit)
    text += "\n## Refusals\n\nRaise one; the page, the API and the command line say its sentence.\n"
    text += """
`raise Refused(_("…"))` in a service says no to the whole act. At a field, name it by its path:

```python
from http import HTTPStatus

from dougong import Invalid, _

raise Invalid({"lines.0.quantity": _("There are only three.")}, HTTPStatus.CONFLICT)
```

A form marks that field, the API answers with `errors` by path. Without a status it is 422: what was
entered is malformed; pass 409 where it is well formed and the data say no. `""` is the path of the whole
document.
"""
    for one in _subclasses(DougongError):
        if one.__module__ == "dougong.errors":
            code = f" Status {one.status}." if getattr(one, "status", None) else ""
            text += f"\n### `{one.__name__}`\n\n{said(one)}{code}\n"
    return text


def _subclasses(cls: type) -> Iterator[type]:
    yield cls
    for one in cls.__subclasses__():
        yield from _subclasses(one)
