"""Every word a reader meets is translated, with the same facts in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from babel.messages.pofile import read_po

from dougong.plugins.manifest import Manifest
from dougong.plugins.registry import Runtime
from dougong.web.catalogues import Package, missing

FACT = re.compile(r"%\((\w+)\)")


def word_faults(runtime: Runtime, manifest: Manifest, code: str) -> Iterator[str]:
    """What a catalogue lacks, and where a translation forgets or invents a fact."""
    derived = {f.words for n in runtime.nouns if n.plugin == manifest.name for f in n.every_field()}
    package = Package(manifest.name, manifest.root, {manifest.label, *filter(None, derived)})
    mend = f"run `dougong i18n extract {manifest.name}` and fill in {package.source(code).name}."
    for message in missing(package, code):
        yield f"{code}: {message!r} is not translated: {mend}"
    if not package.source(code).exists():
        return
    with package.source(code).open("rb") as file:
        for entry in read_po(file):
            ids = entry.id if isinstance(entry.id, tuple) else (entry.id,)
            said = entry.string if isinstance(entry.string, tuple) else (entry.string,)
            known = {fact for one in ids for fact in FACT.findall(str(one))}
            for one in said:
                if strange := set(FACT.findall(str(one or ""))) - known:
                    yield (
                        f"{code}: the translation of {ids[0]!r} names %({strange.pop()})s, which the"
                        f" sentence does not have: mend it in {package.source(code).name}."
                    )
