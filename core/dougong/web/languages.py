"""Which language a request is answered in: chosen in this browser, else the person's, else the browser's."""

from __future__ import annotations

from contextlib import ExitStack

from flask import Flask, g, request

from dougong.i18n import LANGUAGES, speaking

COOKIE = "language"
#: The language tag of pages; the browser picks fonts and hyphenation by it.
TAGS = {"en": "en", "zh_Hans_CN": "zh-CN"}


def choose_language(preferred: str = "") -> str:
    """The language to speak, one of those that the house knows."""
    chosen = request.cookies.get(COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    if preferred in LANGUAGES:
        return preferred
    tag = request.accept_languages.best_match(list(TAGS.values())) or "en"
    return next(code for code, known in TAGS.items() if known == tag)


def speak(preferred: str = "") -> None:
    """Speak the chosen language until the request ends."""
    code = choose_language(preferred)
    if g.get("language") == code:
        return
    g.language = code
    stack: ExitStack = g.setdefault("speaking", ExitStack())
    stack.enter_context(speaking(code))


def fall_silent(app: Flask) -> None:
    """Stop speaking when a request is over."""

    @app.teardown_request
    def end(_error: BaseException | None) -> None:
        stack = g.pop("speaking", None)
        if stack is not None:
            stack.close()
