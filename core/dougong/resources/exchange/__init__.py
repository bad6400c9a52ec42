"""Files in and out, by the same fields, rights, derivation and rules as page and API."""

from dougong.resources.exchange.exporting import export, export_documents
from dougong.resources.exchange.importing import load
from dougong.resources.exchange.mapping import Mapping, guess, remember, remembered
from dougong.resources.exchange.report import Mistake, Report
from dougong.resources.exchange.tables import Table, read_table

__all__ = [
    "Mapping", "Mistake", "Report", "Table", "export", "export_documents", "guess", "load",
    "read_table", "remember", "remembered",
]  # fmt: skip
