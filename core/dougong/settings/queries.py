"""What there is to set, and how it is set now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from dougong.plugin import Setting
from dougong.settings.service import settings_of

#: Shown instead of a secret that is there.
MASK = "••••••••"


@dataclass(frozen=True)
class Choice:
    """A setting as a page shows it; a secret is never told."""

    setting: Setting
    value: Any
    chosen: bool

    @property
    def plugin(self) -> str:
        """Whose setting it is."""
        return self.setting.key.split(".", 1)[0]

    @property
    def shown(self) -> Any:
        """The value, or a mask where it is secret."""
        if self.setting.kind != "secret":
            return self.value
        return MASK if self.value else ""


def choices(
    session: Session,
    company_id: int,
    search: str = "",
    headings: Mapping[str, str] | None = None,
) -> Sequence[Choice]:
    """Every setting whose key, label, help or choices hold the words that were searched.

    Those of one plugin stand together, what was chosen before what is as it came. With
    ``headings`` a plugin's own name counts as one of its words.
    """
    settings = settings_of(session)
    chosen = settings.chosen(session, company_id)
    words = search.casefold().split()
    found = [
        Choice(setting, chosen.get(key, setting.default), key in chosen)
        for key, setting in settings.declared.items()
        if all(word in _words_of(setting, headings or {}) for word in words)
    ]
    return sorted(found, key=lambda c: (c.plugin, not c.chosen, c.setting.key))


def _words_of(setting: Setting, headings: Mapping[str, str]) -> str:
    heading = headings.get(setting.key.split(".", 1)[0], "")
    options = " ".join(str(label) for label in setting.choices.values())
    return f"{setting.key} {setting.label} {setting.help} {options} {heading}".casefold()
