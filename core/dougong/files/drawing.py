"""Draw one page of a PDF file: a program of its own, which `preview` starts and, if need be, ends.

A file from outside is read here by a large library in C. So it is read apart from the house: with
little memory, little time, no settings and no secret in sight. What goes wrong ends this process only.
The file comes in at the standard input; a line of facts and the picture go out.
"""

from __future__ import annotations

import io
import json
import math
import sys
from typing import Any

#: What the exit code says.
NEEDS_PASSWORD, DAMAGED = 3, 4
#: Bytes of memory, seconds of a processor, pixels of the longer side of a picture.
MEMORY, SECONDS, LONGEST_SIDE = 1024**3, 5, 4000
#: How the library tells that it was given no password.
_PASSWORD = 4


def main(page: int, width: int, most: int) -> int:
    """Write the sizes of the first ``most`` pages as drawn, and page ``page`` (from 0) as WebP."""
    _restrain()
    # Only this process ever loads it, and its first thread is its only one.
    import pypdfium2

    try:
        paper = pypdfium2.PdfDocument(sys.stdin.buffer.read())
        paper.init_forms()  # what was filled in is shown as well
        shown = range(min(len(paper), most))
        sizes = [_pixels(paper.get_page_size(at), width) for at in shown]
        facts = {"pages": len(paper), "sizes": sizes}
        picture = _draw(paper[page], width) if page in shown else b""
    except pypdfium2.PdfiumError as wrong:
        return NEEDS_PASSWORD if wrong.err_code == _PASSWORD else DAMAGED
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + picture)
    return 0


def _draw(page: Any, width: int) -> bytes:
    held = io.BytesIO()
    page.render(scale=_scale(page.get_size(), width)).to_pil().save(
        held, "WEBP", quality=80, method=2
    )
    return held.getvalue()


def _scale(size: tuple[float, float], width: int) -> float:
    wide, high = size
    return min(width / max(wide, 1), LONGEST_SIDE / max(high, 1))


def _pixels(size: tuple[float, float], width: int) -> tuple[int, int]:
    wide, high = size
    scale = _scale(size, width)
    return math.ceil(wide * scale), math.ceil(high * scale)


def _restrain() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the house ends us by the clock.
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:4])))
