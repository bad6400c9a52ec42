"""Compile every package's translations: ``messages.po`` beside ``messages.mo``, when it is newer."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Compile what has changed."""
    for source in sorted(ROOT.glob("*/**/translations/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file, target.open("wb") as out:
            write_mo(out, read_po(file, locale=source.parent.parent.name))
        print(f"translations: {source.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
