"""Where the manual tells of a noun."""

from __future__ import annotations

#: In which folder of the manual the pages of a language are.
FOLDERS = {"en": "user", "zh_Hans_CN": "zh"}
SAFE = ("https://", "http://")


def page_of(address: str, place: str, language: str) -> str:
    """The address of a page: ``sales#order`` of the manual at ``https://docs.example``; empty where none is.

    A plugin with a manual of its own names the whole address. Headings are those of the English
    pages, so in another language the page is opened at its top.
    """
    if place.startswith(SAFE):
        return place
    if not place or not address.startswith(SAFE):
        return ""
    page, _hash, heading = place.partition("#")
    url = f"{address.rstrip('/')}/{FOLDERS.get(language, 'user')}/{page}/"
    return f"{url}#{heading}" if heading and language == "en" else url
