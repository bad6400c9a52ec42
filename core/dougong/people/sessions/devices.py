"""What a browser is called by the people who use it."""

from __future__ import annotations

#: The first that a browser's own words hold: each of them also claims to be one of those below.
BROWSERS = {
    "Edg/": "Edge", "OPR/": "Opera", "MicroMessenger": "WeChat", "Firefox/": "Firefox",
    "Chrome/": "Chrome", "Safari/": "Safari",
}  # fmt: skip
SYSTEMS = {
    "Windows": "Windows", "iPhone": "iPhone", "iPad": "iPad", "Android": "Android",
    "Mac OS": "macOS", "Linux": "Linux",
}  # fmt: skip


def device(agent: str) -> str:
    """Firefox, Windows: from what a browser says of itself; its first words when it is unknown."""
    parts = (
        next((name for mark, name in known.items() if mark in agent), "")
        for known in (BROWSERS, SYSTEMS)
    )
    return ", ".join(filter(None, parts)) or agent.partition("(")[0].strip()[:40]
