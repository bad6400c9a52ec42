"""What a build adds to the package: compiled translations, and the browser files of the core.

The same file stands beside every package, because a package must build from its own sdist.
"""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class DougongBuildHook(BuildHookInterface[Any]):
    """Compile every ``.po``; fetch the browser files when the core is built in a checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before files are collected; an editable install reads the ``.po`` files itself."""
        if version == "editable":
            return
        root = Path(self.root)
        for source in root.glob("*/translations/*/LC_MESSAGES/*.po"):
            with source.open("rb") as words, source.with_suffix(".mo").open("wb") as target:
                write_mo(target, read_po(words))
        assets = root.parent / "assets" / "vendor.py"
        if assets.exists():
            runpy.run_path(str(assets), run_name="__main__")
