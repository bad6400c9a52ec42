"""Papers: what is printed of a document, as PDF, in the language of whoever receives it."""

from dougong.printing.declared import PAPERS, Print
from dougong.printing.desk import Desk
from dougong.printing.letterheads.models import Letterhead
from dougong.printing.sheets import (
    Beside,
    Box,
    Break,
    Code,
    Column,
    Facts,
    Row,
    Rule,
    Sheet,
    Signatures,
    Sum,
    Sums,
    Table,
    Words,
)

__all__ = [
    "PAPERS", "Beside", "Box", "Break", "Code", "Column", "Desk", "Facts", "Letterhead", "Print",
    "Row", "Rule", "Sheet", "Signatures", "Sum", "Sums", "Table", "Words",
]  # fmt: skip
