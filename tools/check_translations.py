"""Exit with 1 when something that the core or a plugin says is not translated, or in two ways."""

from __future__ import annotations

from dougong.commands.i18n import check

if __name__ == "__main__":
    check()
