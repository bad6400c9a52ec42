"""What a file is, by its content; what its name and its sender say is not believed."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath

#: First bytes, the kind, and the endings that such a file may have.
SIGNS: tuple[tuple[bytes, str, tuple[str, ...]], ...] = (
    (b"%PDF-", "application/pdf", ("pdf",)),
    (b"\x89PNG\r\n\x1a\n", "image/png", ("png",)),
    (b"\xff\xd8\xff", "image/jpeg", ("jpg", "jpeg")),
    (b"GIF87a", "image/gif", ("gif",)),
    (b"GIF89a", "image/gif", ("gif",)),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "application/x-ole-storage",
        ("doc", "xls", "ppt", "msg"),
    ),
)
PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}
OFFICE = "application/vnd.openxmlformats-officedocument."
#: What an archive holds that makes it a document of an office program.
ARCHIVES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("word/document.xml", f"{OFFICE}wordprocessingml.document", ("docx",)),
    ("xl/workbook.xml", f"{OFFICE}spreadsheetml.sheet", ("xlsx",)),
    ("ppt/presentation.xml", f"{OFFICE}presentationml.presentation", ("pptx",)),
    ("content.xml", "application/vnd.oasis.opendocument", ("odt", "ods", "odp", "odg")),
)
TEXTS = {"txt": "text/plain", "csv": "text/csv", "md": "text/plain", "log": "text/plain"}


def kind_of(name: str, content: bytes) -> str:
    """The kind of a file that is taken; empty for any other, and where the name's ending does not fit."""
    ending = PurePosixPath(name).suffix.lower().lstrip(".")
    for sign, kind, endings in SIGNS:
        if content.startswith(sign):
            return kind if ending in endings else ""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp" if ending == "webp" else ""
    if content.startswith(b"PK\x03\x04"):
        return _archive(ending, content)
    return TEXTS.get(ending, "") if _is_text(content) else ""


def _archive(ending: str, content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist()[:5000])
    except (zipfile.BadZipFile, ValueError, OSError):
        return ""
    for member, kind, endings in ARCHIVES:
        if member in names and ending in endings:
            # A macro is a program.
            return "" if any(n.endswith("vbaProject.bin") for n in names) else kind
    return ""


def _is_text(content: bytes) -> bool:
    """Words and nothing that a browser could take for a page."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return "\x00" not in text and not text.lstrip().startswith("<")
