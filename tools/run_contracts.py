"""Build plugins as wheels, install them into one fresh environment beside the core's, prove them all.

``python tools/run_contracts.py`` takes every plugin and example of this repository; name folders
(or wheels) to take those. Each is checked, installed into one site, and its contract and own
tests are run there. Nothing of the checkout can be imported. Exit code 1 when a promise is broken.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
import venv
import zipfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MAIN = "import sys; from dougong.cli import main; sys.argv[0] = 'dougong'; main()"


def run(*words: str | Path, **more: object) -> subprocess.CompletedProcess[str]:
    """Run a program to its end; whoever calls looks at its exit code."""
    return subprocess.run([str(w) for w in words], capture_output=True, text=True, **more)


def known() -> list[Path]:
    """Every plugin and example of the repository, those first that others stand on."""
    folders = [
        p.parent
        for p in (*ROOT.glob("plugins/*/pyproject.toml"), *ROOT.glob("examples/*/pyproject.toml"))
    ]
    return sorted(folders, key=lambda p: (p.name != "base", p.parent.name != "plugins", p.name))


class Environment:
    """A Python with the core's wheel, what it depends on, and nothing else of this checkout."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.wheels = place / "wheels"
        self.wheels.mkdir(parents=True)
        venv.create(place / "venv", with_pip=False, symlinks=True)
        self.python = place / "venv" / "bin" / "python"
        self.library = Path(sysconfig.get_path("purelib", vars={"base": str(place / "venv")}))
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("DOUGONG_", "PYTHON"))}
        if url := os.environ.get("DOUGONG_TEST_URL"):
            kept["DOUGONG_TEST_URL"] = url
        self.surroundings = kept | {"DOUGONG_HOME": str(place / "site"), "DOUGONG_LANGUAGE": "en"}
        self._link_dependencies()
        self.install(self.build(ROOT / "core"))

    def _link_dependencies(self) -> None:
        """What the core and its tests depend on, by name: an editable install leads back here."""
        others = self.place / "dependencies"
        others.mkdir()
        for folder in {Path(p) for p in sys.path if p.endswith("site-packages")}:
            for package in folder.iterdir() if folder.is_dir() else ():
                if not package.name.startswith(("dougong", "_dougong", "__editable__")):
                    link = others / package.name
                    if not link.exists():
                        link.symlink_to(package)
        (self.library / "dependencies.pth").write_text(str(others), "utf-8")

    def build(self, folder: Path) -> Path:
        """The wheel of a package, by its own build backend; a wheel is one already."""
        if folder.suffix == ".whl":
            return folder
        out = self.wheels / f"{folder.parent.name}-{folder.name}"
        done = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out, cwd=folder)
        if done.returncode:
            raise SystemExit(f"{folder.name} cannot be built:\n{done.stdout}{done.stderr}")
        return next(out.glob("*.whl"))

    def install(self, wheel: Path) -> str:
        """Unpack a wheel of Python alone into the environment; the plugin's name, if it is one."""
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(self.library)
            entries = [n for n in archive.namelist() if n.endswith(".dist-info/entry_points.txt")]
            text = archive.read(entries[0]).decode() if entries else ""
        lines = text.partition("[dougong.plugins]")[2].strip().splitlines()
        return lines[0].split("=")[0].strip() if lines else ""

    def dougong(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """A command of the installed ``dougong``, far from the checkout."""
        return run(self.python, "-c", MAIN, *words, cwd=self.place, env=self.surroundings)


def prove(folders: Iterable[Path], place: Path, *, tests: bool = True) -> list[dict[str, object]]:
    """Build, check, install and prove these plugins; what came of each."""
    environment = Environment(place)
    chosen = [(folder, environment.build(folder)) for folder in folders]
    # Those they stand on are there before they are looked at.
    names = {environment.install(wheel): (folder, wheel) for folder, wheel in chosen}
    made = environment.dougong("init", "--company", "Contracts")
    if made.returncode:
        raise SystemExit(made.stdout + made.stderr)
    results = []
    for name, (folder, wheel) in names.items():
        begun = time.monotonic()
        checked = environment.dougong("plugin", "check", wheel, "--json")
        words = ["plugin", "run-contracts", name, "--json"]
        own = folder / "tests"
        # Tests of departments share helpers of this repository; those of an example stand alone.
        if tests and own.is_dir() and folder.parent != ROOT / "plugins":
            moved = place / "tests" / name / "tests"
            shutil.copytree(own, moved)
            words += ["--tests", str(moved)]
        done = environment.dougong(*words)
        told = (
            _json(done)[0] if _json(done) else {"wrong": [done.stderr.strip()[-600:]], "level": "—"}
        )
        wrong = list(told["wrong"])
        if checked.returncode:
            wrong += [
                f["sentence"] for f in _json(checked).get("findings", ()) if f["kind"] != "warning"
            ]
        results.append(
            {**told, "name": name, "wrong": wrong, "seconds": round(time.monotonic() - begun)}
        )
    return results


def _json(done: subprocess.CompletedProcess[str]) -> dict | list:
    try:
        return json.loads(done.stdout)
    except ValueError:
        return {}


def main() -> None:
    """Prove, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, help="plugins, as folders or wheels")
    parser.add_argument("--without-tests", action="store_true", help="contracts only")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folders = [f.resolve() for f in asked.folders] or known()
        results = prove(folders, Path(place), tests=not asked.without_tests)
    for one in results:
        mark = "✗" if one["wrong"] else "✓"
        print(
            f"{mark} {one['name']}: {one['level']} ({one.get('tests', 0)} own tests, {one['seconds']} s)"
        )
        for sentence in one["wrong"]:
            print(f"    {sentence}")
        for sentence in one.get("to_mend", [])[:3]:
            print(f"  · {sentence}")
    broken = [one["name"] for one in results if one["wrong"]]
    print(f"{len(results)} plugins, {len(broken)} with broken promises.")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
