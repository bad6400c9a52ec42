"""Tables point only where they may, and say what happens when the target goes."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from dougong.db import metadata, owner_of


def key_faults(name: str, stands_on: Collection[str]) -> Iterator[str]:
    """Foreign keys of a plugin's tables: to its own, the core's and those it requires."""
    allowed = {name, "core", *stands_on}
    for table in metadata.sorted_tables:
        if owner_of(table.name) != name:
            continue
        for key in sorted(table.foreign_keys, key=lambda k: k.parent.name):
            column, target = f"{table.name}.{key.parent.name}", key.target_fullname.split(".")[0]
            owner = owner_of(target)
            if owner not in allowed:
                yield (
                    f"{column} points at {target} of “{owner}”: add requires = ['{owner}'] to"
                    f" dougong.toml, or keep the plain id without a foreign key."
                )
            if not key.ondelete:
                yield (
                    f"{column} does not say what happens when its {target} goes: write"
                    f' link_to("{key.target_fullname}"), or ForeignKey(…, ondelete="RESTRICT").'
                )
