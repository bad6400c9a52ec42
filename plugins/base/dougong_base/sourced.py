"""What a document was made for: another department's document, known by its kind and number."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from dougong import DocumentRef, Id


class Sourced:
    """Columns of a document, or of a row, that may have been made for a document elsewhere."""

    source_kind: Mapped[str | None] = mapped_column(String(60))
    source_id: Mapped[int | None] = mapped_column(Id)

    @property
    def source(self) -> DocumentRef | None:
        """The document it was made for; None where somebody entered it by hand."""
        if self.source_kind is None or self.source_id is None:
            return None
        return DocumentRef(self.source_kind, self.source_id)
