"""Files in and out, by the same fields, rights, derivation and rules as page and API."""

from dougong.resources.exchange.exporting import export, export_documents
from dougong.resources.exchange.importing import load
from dougong.resources.exchange.mapping import Mapping, guess, remember, remembered
from dougong.resources.exchange.report import Mistake, Report
from dougong.resources.exchange.runs import Run, imported_keys, latest, one_run, run_of, runs_of
from dougong.resources.exchange.tables import Table, read_table
from dougong.resources.exchange.undoing import CannotUndo, Undone, try_undoing, undo, undo_import

__all__ = [
    "CannotUndo", "Mapping", "Mistake", "Report", "Run", "Table", "Undone", "export",
    "export_documents", "guess", "imported_keys", "latest", "load", "one_run", "read_table",
    "remember", "remembered", "run_of", "runs_of", "try_undoing", "undo", "undo_import",
]  # fmt: skip
