"""The corners of the house: every story in two languages, by day and by night, at a desk and on a phone.

The usual run tells each story in two opposite corners, which differ in all of it: at a desk by
day in English, and on a phone by night in Chinese. ``CORNERS=all`` (``make corners``) tells it in
all four, and some may be named: ``CORNERS=phone-dark-chinese pytest tests/browser/test_files.py``.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any

from dougong.i18n import Text, speaking

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@dataclass(frozen=True)
class Corner:
    """Who looks at the page, on what, and when."""

    name: str
    language: str
    theme: str
    size: dict[str, int] = field(hash=False)

    @property
    def phone(self) -> bool:
        """Whether the page stands on a phone, where the menu is folded and lines are cards."""
        return self.size is PHONE

    @property
    def chinese(self) -> bool:
        """Whether the reader types Chinese."""
        return self.language.startswith("zh")

    @property
    def tag(self) -> str:
        """What the page says its language is."""
        return {"zh_Hans_CN": "zh-CN"}.get(self.language, self.language)

    @property
    def look(self) -> dict[str, Any]:
        """What `open_page` needs to know."""
        return {"language": self.language, "theme": self.theme, "size": self.size}

    def say(self, text: str, context: str = "", **facts: object) -> str:
        """What the house says here for an English sentence: ``say("%(n)s rows", n=3)``."""
        with speaking(self.language):
            return str(Text(text, facts, context=context))


CORNERS = {
    corner.name: corner
    for corner in (
        Corner("wide-light-english", "en", "light", WIDE),
        Corner("phone-dark-chinese", "zh_Hans_CN", "dark", PHONE),
        Corner("wide-dark-chinese", "zh_Hans_CN", "dark", WIDE),
        Corner("phone-light-english", "en", "light", PHONE),
    )
}


def told_in() -> list[Corner]:
    """The corners this run tells its stories in: two opposite ones, unless others are named."""
    wanted = os.environ.get("CORNERS", "")
    if wanted == "all":
        return list(CORNERS.values())
    return [CORNERS[name] for name in wanted.split()] or list(CORNERS.values())[:2]
