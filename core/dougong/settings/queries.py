"""What there is to set, and how it is set now."""

from __future__ import annotations

from collections.abc import Sequence
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


def choices(session: Session, company_id: int, search: str = "") -> Sequence[Choice]:
    """Every setting whose key, label or help holds the words that were searched."""
    settings = settings_of(session)
    chosen = settings.chosen(session, company_id)
    words = search.casefold().split()
    return [
        Choice(setting, chosen.get(key, setting.default), key in chosen)
        for key, setting in sorted(settings.declared.items())
        if all(word in f"{key} {setting.label} {setting.help}".casefold() for word in words)
    ]
