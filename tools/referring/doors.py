"""What authors may import from, and what stands behind the small doors."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import re

from sqlalchemy import inspect as inspect_mapper

from dougong.vetting.reading import DOORS, MIGRATION_DOORS
from referring.saying import of_dataclass, of_methods, said, signature


def doors() -> str:
    """What authors may import from."""
    rows = "".join(f"| `{module}` | {what} |\n" for module, what in DOORS.items())
    text = f"| module | what it is for |\n| --- | --- |\n{rows}\n"
    text += "Besides, in migrations and in `protections.py`:\n\n| module | what it is for |\n| --- | --- |\n"
    return text + "".join(f"| `{module}` | {what} |\n" for module, what in MIGRATION_DOORS.items())


#: Doors that are described on no other page.
SMALL_DOORS = (
    "dougong.actors",
    "dougong.clock",
    "dougong.companies.currency",
    "dougong.companies.models",
    "dougong.people.users.models",
    "dougong.i18n",
    "dougong.links.models",
    "dougong.mail",
    "dougong.notices",
    "dougong.web.programs",
    "dougong.web.rights",
    "dougong.triggers",
)


#: Columns that are nobody's business.
SECRET = re.compile("password|totp|recovery|must_change")


def behind() -> str:
    """What stands behind the small doors: every public function and class with its signature."""
    text = ""
    for module in SMALL_DOORS:
        text += f"\n### `{module}`\n"
        door = importlib.import_module(module)
        shown = getattr(door, "__all__", None)
        for name, one in ((n, getattr(door, n)) for n in shown) if shown else vars(door).items():
            if not shown and (name.startswith("_") or getattr(one, "__module__", "") != module):
                continue
            if module not in (DOORS | MIGRATION_DOORS) and f"{module}.{name}" not in DOORS:
                continue
            if module == "dougong.web.rights" and f"`{name}`" not in DOORS[module]:
                continue
            if isinstance(one, type):
                text += _class_behind(one)
            elif inspect.isfunction(one) and one.__doc__ and one.__name__ == name:
                text += f"\n```python\n{signature(one)}\n```\n\n{said(one)}\n"
    return text.lstrip("\n")


def _class_behind(one: type) -> str:
    """A class of a door: a table by its columns, a descriptor by its fields, and what it can do."""
    if hasattr(one, "__table__"):
        names = [column.key for column in inspect_mapper(one).column_attrs]
        columns = ", ".join(f"`{name}`" for name in names if not SECRET.search(name))
        return f"\n#### `{one.__name__}`\n\n{said(one)} Columns: {columns}.\n"
    if dataclasses.is_dataclass(one):
        return of_dataclass(one, 4) + of_methods(one).replace("\n### `", "\n##### `")
    if hasattr(one, "_fields"):
        left = one._field_defaults
        listed = ", ".join(f"{n}={left[n]!r}" if n in left else n for n in one._fields)
        head = f"\n#### `{one.__name__}`\n\n```text\n{one.__name__}({listed})\n```\n"
        return f"{head}\n{said(one)}\n"
    return f"\n#### `{one.__name__}`\n\n{said(one)}\n"
