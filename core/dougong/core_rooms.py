"""The tables of the core's rooms, and the views that reporting tools may rely on."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dougong.plugin import Plugin


class Tables(Plugin):
    """Books, history, numbers, links, letters, jobs, people: every ``models.py`` of the core."""

    def models(self) -> Iterable[type[Any]]:
        """Every mapped class of the core; a new room's are found by themselves."""
        from dougong.base import Base

        here = Path(__file__).parent
        for path in sorted(here.rglob("models.py")):
            room = ".".join(path.relative_to(here).with_suffix("").parts)
            importlib.import_module(f"dougong.{room}")
        return sorted(
            (m.class_ for m in Base.registry.mappers), key=lambda model: model.__table__.name
        )

    def views(self) -> Iterable[tuple[str, str]]:
        """The history, for reporting tools."""
        return [
            (
                "v_audit",
                "SELECT at, action, document, document_id, company_id, user_id, user_name, request_id,"
                " changes, chain, seq, hash FROM core_audit",
            )
        ]


tables = Tables()
