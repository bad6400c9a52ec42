"""Write the reference for authors from the code; a test fails when it is stale.

Whole pages: hooks, nouns, names, the unit of work, events and ports, mistakes. Parts of pages, between
``<!-- name -->`` and ``<!-- /name -->``: fixtures and promises of testing.md, slots of cookbook.md,
doors of versions.md, who stands on whom of architecture.md. What each says is in ``tools/referring/``.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from referring.doors import behind, doors
from referring.events import events, standing
from referring.gallery import gallery
from referring.hooks import hooks
from referring.names import names
from referring.nouns import nouns
from referring.slots import slots
from referring.testing import fixtures, promises
from referring.work import work

DOCS = Path(__file__).parents[1] / "docs"

#: Whole pages.
PAGES = {
    "author/hooks.md": hooks,
    "author/nouns.md": nouns,
    "author/work.md": work,
    "author/events.md": events,
    "author/names.md": names,
    "author/gallery.md": gallery,
}
#: Parts of pages.
PARTS = {
    ("author/testing.md", "fixtures"): fixtures,
    ("author/testing.md", "promises"): promises,
    ("author/cookbook.md", "slots"): slots,
    ("author/versions.md", "doors"): doors,
    ("author/versions.md", "behind"): behind,
    ("architecture.md", "standing"): standing,
}


def pages() -> dict[Path, str]:
    """Every page as it should be."""
    wanted = {DOCS / name: write() for name, write in PAGES.items()}
    for (name, part), write in PARTS.items():
        path = DOCS / name
        text = wanted.get(path) or path.read_text("utf-8")
        begin, end = f"<!-- {part} -->\n", f"<!-- /{part} -->"
        if begin not in text or end not in text:
            raise ValueError(f"{name} has no place for {part}: write {begin.strip()} and {end}.")
        wanted[path] = text.split(begin)[0] + begin + write() + end + text.split(end)[1]
    return wanted


if __name__ == "__main__":
    for file, content in pages().items():
        file.write_text(content, encoding="utf-8")
        print(f"Written: {file.relative_to(DOCS)}")
