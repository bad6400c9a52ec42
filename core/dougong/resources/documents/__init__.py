"""Documents: loading, entering, deriving, checking, saving. One path for page, API and import."""

from dougong.resources.documents.applying import apply
from dougong.resources.documents.checking import locked, settle, validate
from dougong.resources.documents.facts import Facts
from dougong.resources.documents.linking import links
from dougong.resources.documents.reading import (
    get,
    labels,
    load,
    names_of,
    plain,
    plain_document,
    read,
    require_read,
    several,
)
from dougong.resources.documents.removing import remove
from dougong.resources.documents.saving import (
    Entry,
    NotEditable,
    copy_of,
    duplicate,
    refuse_stale,
    save,
    save_all,
    start,
)

__all__ = [
    "Entry",
    "Facts",
    "NotEditable",
    "apply",
    "copy_of",
    "duplicate",
    "get",
    "labels",
    "links",
    "load",
    "locked",
    "names_of",
    "plain",
    "plain_document",
    "read",
    "refuse_stale",
    "remove",
    "require_read",
    "save",
    "save_all",
    "settle",
    "several",
    "start",
    "validate",
]  # fmt: skip
