"""Lists: columns instead of entities, a fixed number of statements, keyset pages in any order."""

from dougong.resources.lists.neighbours import Place, place
from dougong.resources.lists.pages import as_json, conditions, rows
from dougong.resources.lists.query import SIZES, Query, parse
from dougong.resources.lists.sums import COUNT_CAP, Branch, groups, totals, tree

__all__ = [
    "COUNT_CAP", "SIZES", "Branch", "Place", "Query", "as_json", "conditions", "groups", "parse",
    "place", "rows", "totals", "tree",
]  # fmt: skip
