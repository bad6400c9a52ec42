"""How a plugin declares a paper: of which resource, on which size, laid out by which function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dougong.i18n import Text

if TYPE_CHECKING:
    from dougong.printing.desk import Desk
    from dougong.printing.sheets import Sheet


@dataclass(frozen=True)
class Paper:
    """A size in millimetres; ``height`` None is a roll that is cut after each paper.

    ``margins`` are top, right, bottom, left; ``size`` is that of the letters in points.
    """

    width: int
    height: int | None
    margins: tuple[int, int, int, int]
    size: float = 9.5


#: The sizes that a `Print` can name.
PAPERS: Mapping[str, Paper] = {
    "A4": Paper(210, 297, (15, 18, 26, 20)),
    "A4-landscape": Paper(297, 210, (14, 16, 24, 16), 9),
    "Letter": Paper(216, 279, (15, 18, 26, 20)),
    "A5": Paper(148, 210, (12, 13, 22, 14), 8.5),
    "A6": Paper(105, 148, (6, 6, 6, 6), 8),
    "label": Paper(100, 150, (4, 4, 4, 4), 9),
    "roll": Paper(62, None, (2, 3, 2, 3), 8),
    "receipt": Paper(80, None, (4, 4, 6, 4), 8.5),
}


@dataclass(frozen=True, kw_only=True)
class Print:
    """A paper of a resource's documents: invoice, delivery note, label.

    ``name`` begins with the plugin's (``finance.invoice``); its last part stands in the address.
    ``layout(desk, documents)`` yields one `Sheet` a document, in their order; it is called once for
    all documents of one language, so that it can load what it needs of all of them at once. All
    resources of the same model offer the paper, or those alone that ``also`` names. ``states`` are
    those in which it is offered, all when empty; ``fits(document)`` may say more.
    ``language(desk, documents)`` tells the language of each receiver by the document's key; without
    it the reader's is taken.
    """

    name: str
    label: Text | str
    resource: str
    layout: Callable[[Desk, Sequence[Any]], Iterable[Sheet]]
    paper: str = "A4"
    also: Sequence[str] | None = None
    states: Sequence[str] = ()
    fits: Callable[[Any], bool] | None = None
    language: Callable[[Desk, Sequence[Any]], Mapping[Any, str | None]] | None = None
    #: The right without which it is not offered; the resource's read right is always needed.
    needs: str = ""
    #: Whether it is a label: offered for many at once, and not remembered in the history.
    label_only: bool = False
    #: Whether a draft says that it is one; a sheet that is filled in by hand need not.
    marked: bool = True
    order: int = 100

    @property
    def slug(self) -> str:
        """Its name in addresses."""
        return self.name.partition(".")[2]
