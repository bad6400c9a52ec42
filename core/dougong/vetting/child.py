"""Import a plugin in a process of its own, without the site's address, and tell what it brings.

``python -m dougong.vetting.child ANSWER NAME FOLDER [OTHER …]``: the plugin NAME, whose package
lies in FOLDER (empty: the one on this machine), beside the OTHER ones; the answer is a JSON file.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Collection
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from dougong.errors import Refused
from dougong.i18n import _

#: A plugin that takes longer to be imported does more than to say what it brings.
SECONDS = 120


def ask_child(name: str, folder: Path | None, beside: Collection[str] = ()) -> dict[str, Any]:
    """What a plugin brings, and which promises it breaks; keys ``failed``, ``profile``, ``faults``.

    Raises `Refused` when its code ends the process or does not come back.
    """
    kept = {k: v for k, v in os.environ.items() if not k.startswith("DOUGONG_")}
    with tempfile.TemporaryDirectory() as place:
        answer = Path(place) / "answer.json"
        words = [str(answer), name, str(folder or ""), *sorted(set(beside) - {name})]
        try:
            done = subprocess.run(
                [sys.executable, "-B", "-m", "dougong.vetting.child", *words],
                env=kept,
                capture_output=True,
                text=True,
                timeout=SECONDS,
                cwd=place,
            )
        except subprocess.TimeoutExpired:
            raise Refused(
                _("%(name)s did not come back when it was imported.", name=name)
            ) from None
        if not answer.exists():
            last = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
            raise Refused(
                _("%(name)s ended the process that imported it: %(error)s.", name=name, error=last)
            )
        told: dict[str, Any] = json.loads(answer.read_text("utf-8"))
        return told


def look(name: str, beside: Collection[str]) -> dict[str, Any]:
    """Load a plugin beside these others; in this process, which should be one of its own."""
    from dougong.plugins.building import assemble
    from dougong.plugins.discovery import discover
    from dougong.plugins.order import with_requirements
    from dougong.vetting.profile import profile_of

    found = discover()
    if name not in found.manifests:
        return {"failed": str(found.missing(name))}
    manifests = found.manifests
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        built = assemble(found, with_requirements([name], manifests))
        if name in built.failed:
            return {"failed": str(built.failed[name])}
        told: dict[str, Any] = {
            "profile": profile_of(built, manifests[name]),
            "faults": _faults(name, found, built),
        }
        together = assemble(found, with_requirements([name, *beside], manifests))
    told["beside"] = [str(sentence) for sentence in together.failed.values()]
    return told


def _faults(name: str, found: Any, built: Any) -> dict[str, list[str]]:
    """The promises that can be looked at without a house, and how they are broken."""
    from dougong.promises import openapi, packaging, rights, words
    from dougong.resources.nouns import build
    from dougong.web.catalogues import TRANSLATED

    manifest = found.manifests[name]
    nouns = build(built.wiring)
    standing: Any = SimpleNamespace(
        wiring=built.wiring, nouns=nouns, loaded=built.loaded, found=found, failed=built.failed
    )
    said = manifest.entry.dist.requires or () if manifest.entry.dist else ()
    promises = [str(sentence) for plugin, sentence in nouns.reports if plugin == name]
    promises += packaging.requirement_faults(manifest, said, found.manifests)
    promises += rights.right_faults(standing, manifest)
    promises += rights.menu_faults(standing, name)
    promises += openapi.openapi_faults(standing, name)
    untranslated = [s for code in TRANSLATED for s in words.word_faults(standing, manifest, code)]
    return {
        "tables": list(dict.fromkeys(_table_faults(name, found))),
        "promises": list(dict.fromkeys(promises)),
        "words": list(dict.fromkeys(untranslated)),
    }


def _table_faults(name: str, found: Any) -> list[str]:
    """Whether its tables are what its history makes, and point where they may."""
    from dougong.migrations.making import differences_of
    from dougong.plugins.files import check_history
    from dougong.plugins.locating import PluginFault
    from dougong.plugins.order import with_requirements
    from dougong.promises import tables

    manifests = found.manifests
    wrong = list(tables.key_faults(name, with_requirements([name], manifests)))
    try:
        check_history(manifests[name])
    except PluginFault as fault:
        return [*wrong, str(fault)]
    mend = f"write a revision: dougong migrations create {name}."
    differing = differences_of([name], manifests)[name]
    return [*wrong, *(f"Models and migrations differ ({what}): {mend}" for what in differing)]


def _main() -> None:
    answer, name, folder, *beside = sys.argv[1:]
    if folder:
        sys.path.insert(0, folder)
    # Whatever the plugin prints is no answer.
    told = look(name, beside)
    Path(answer).write_text(json.dumps(told, ensure_ascii=False, default=str), "utf-8")


if __name__ == "__main__":
    _main()
