"""Every icon that is named is one of the set; an unknown one would leave a hole."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dougong.web.static import ICONS

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"""\bicon(?:\s*=\s*|\()["']([a-z0-9-]+)["']""")


def test_every_named_icon_is_in_the_set():
    if not ICONS.exists():
        pytest.skip("the browser files are not fetched; run make assets")
    known = json.loads(ICONS.read_text("utf-8"))

    unknown = {
        f"{file.relative_to(ROOT)}: {name}"
        for folder in ("core/dougong", "plugins")
        for kind in ("*.py", "*.html")
        for file in (ROOT / folder).rglob(kind)
        for name in NAMED.findall(file.read_text("utf-8"))
        if name not in known
    }

    assert unknown == set()
