"""Build plugins as wheels, install them into one fresh environment beside the core's, prove them all.

``python tools/run_contracts.py`` takes every plugin and example of this repository; name folders
(or wheels) to take those. Each is checked, installed into one site, and its contract and own
tests are run there, on SQLite, and with ``--database both`` on PostgreSQL, too (``make
compatibility``). Nothing of the checkout can be imported. The result is a table; exit code 1 when a
promise is broken.
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
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

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

    def dougong(self, *words: str | Path, url: str = "") -> subprocess.CompletedProcess[str]:
        """A command of the installed ``dougong``, far from the checkout; tests run on ``url``."""
        beside = {"DOUGONG_TEST_URL": url} if url else {}
        return run(self.python, "-c", MAIN, *words, cwd=self.place, env=self.surroundings | beside)


def prove(
    folders: Iterable[Path],
    place: Path,
    *,
    tests: bool = True,
    databases: Mapping[str, str] = MappingProxyType({"SQLite": ""}),
) -> list[dict[str, Any]]:
    """Build, check, install and prove these plugins on each database; what came of each."""
    environment = Environment(place)
    chosen = [(folder, environment.build(folder)) for folder in folders]
    # Those they stand on are there before they are looked at.
    names = {environment.install(wheel): (folder, wheel) for folder, wheel in chosen}
    made = environment.dougong("init", "--company", "Contracts")
    if made.returncode:
        raise SystemExit(made.stdout + made.stderr)
    results = []
    for name, (folder, wheel) in names.items():
        own = folder / "tests"
        # Tests of departments share helpers of this repository; those of an example stand alone.
        if tests and own.is_dir() and folder.parent != ROOT / "plugins":
            shutil.copytree(own, place / "tests" / name / "tests")
        checked = environment.dougong("plugin", "check", wheel, "--json")
        told = [_prove_one(environment, name, url) for url in databases.values()]
        wrong = [
            f"{database}: {sentence}"
            for database, one in zip(databases, told, strict=True)
            for sentence in one["wrong"]
        ]
        if checked.returncode:
            findings = _json(checked).get("findings", ())
            wrong += [f["sentence"] for f in findings if f["kind"] != "warning"]
        seconds = dict(zip(databases, (one["seconds"] for one in told), strict=True))
        results.append({**told[0], "wrong": list(dict.fromkeys(wrong)), "seconds": seconds})
    return results


def _prove_one(environment: Environment, name: str, url: str) -> dict[str, Any]:
    """The contract and the own tests of one plugin on one database."""
    words = ["plugin", "run-contracts", name, "--json"]
    own = environment.place / "tests" / name / "tests"
    if own.is_dir():
        words += ["--tests", str(own)]
    begun = time.monotonic()
    done = environment.dougong(*words, url=url)
    told = _json(done)
    # It takes minutes: whoever waits sees how far it is.
    seconds = round(time.monotonic() - begun)
    print(f"{name} on {'PostgreSQL' if url else 'SQLite'}: {seconds} s", file=sys.stderr)
    nothing = {
        "name": name, "version": "—", "api": "—", "level": "—", "tests": 0, "old_names": [],
        "promises": {"kept": 0, "broken": 0}, "to_mend": [],
        "wrong": [done.stderr.strip()[-600:].removeprefix("Error: ")],
    }  # fmt: skip
    return {**(told[0] if told else nothing), "seconds": seconds}


def _json(done: subprocess.CompletedProcess[str]) -> Any:
    try:
        return json.loads(done.stdout)
    except ValueError:
        return {}


def table(results: Sequence[Mapping[str, Any]]) -> list[str]:
    """What came of it, a line a plugin; below it what is broken and what will go."""
    databases = list(results[0]["seconds"]) if results else []
    heads = ["", "plugin", "version", "written for", "promises", "own tests", "level"]
    heads += [f"{database} s" for database in databases]
    rows = [heads]
    for one in results:
        kept, broken = one["promises"]["kept"], one["promises"]["broken"]
        rows.append(
            [
                "✗" if one["wrong"] else "✓", one["name"], one["version"], one["api"],
                f"{kept} of {kept + broken}", str(one["tests"]), one["level"],
                *(str(one["seconds"][database]) for database in databases),
            ]
        )  # fmt: skip
    widths = [max(len(row[at]) for row in rows) for at in range(len(heads))]
    said = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    for one in results:
        said += [f"✗ {one['name']}: {sentence}" for sentence in one["wrong"]]
        said += [f"! {one['name']}: {sentence}" for sentence in one["old_names"]]
    broken = sum(bool(one["wrong"]) for one in results)
    return [*said, f"{len(results)} plugins, {broken} with broken promises."]


def _databases(asked: str) -> dict[str, str]:
    """The address of each database that is asked for; a file of its own where there is none."""
    url = os.environ.get("DOUGONG_TEST_URL", "")
    if asked != "sqlite" and not url:
        raise SystemExit(
            "There is no PostgreSQL: python tools/with_postgres.py python tools/run_contracts.py"
            f" --database {asked}"
        )
    known = {"SQLite": "", "PostgreSQL": url}
    return {n: u for n, u in known.items() if asked in ("both", n.lower())}


def main() -> None:
    """Prove, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, help="plugins, as folders or wheels")
    parser.add_argument("--without-tests", action="store_true", help="contracts only")
    parser.add_argument(
        "--database", choices=["sqlite", "postgresql", "both"], default="sqlite",
        help="where; PostgreSQL is found in DOUGONG_TEST_URL",
    )  # fmt: skip
    asked = parser.parse_args()
    databases = _databases(asked.database)
    with tempfile.TemporaryDirectory() as place:
        folders = [f.resolve() for f in asked.folders] or known()
        results = prove(folders, Path(place), tests=not asked.without_tests, databases=databases)
    print("\n".join(table(results)))
    sys.exit(1 if any(one["wrong"] for one in results) else 0)


if __name__ == "__main__":
    main()
