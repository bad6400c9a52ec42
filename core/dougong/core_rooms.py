"""The tables of the core's rooms that have nothing else to contribute."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dougong.plugin import Plugin


class Tables(Plugin):
    """Books, history, numbers, links, letters and jobs."""

    def models(self) -> Iterable[type[Any]]:
        """Every table that the unit of work stands on."""
        from dougong.audit.models import AuditChain, AuditEntry
        from dougong.companies.models import Company
        from dougong.idempotency.models import GivenAnswer
        from dougong.jobs.models import QueuedJob
        from dougong.links.models import DocumentLink
        from dougong.outbox.models import OutboxMessage
        from dougong.series.models import IdBlock, SeriesCounter

        return [
            Company, IdBlock, SeriesCounter, AuditEntry, AuditChain, DocumentLink, GivenAnswer,
            OutboxMessage, QueuedJob,
        ]  # fmt: skip

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
