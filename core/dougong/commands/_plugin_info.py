"""``dougong plugin info`` and ``run-contracts``: how a plugin stands, and how good it is."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dougong.commands.common import Sentence, open_lifecycle, print_json, print_table, reading
from dougong.i18n import _

if TYPE_CHECKING:
    from dougong.plugins.manifest import Manifest


@click.command("info")
@click.argument("name")
@reading
def info(name: str, as_json: bool) -> None:
    """Tell all about one plugin: state, versions, what it stands on, what it brings, how good it is."""
    from dougong.plugins.building import assemble
    from dougong.plugins.order import dependents, with_requirements
    from dougong.plugins.telling import brings

    lifecycle = open_lifecycle()
    standing = next((s for s in lifecycle.standings() if s.name == name), None)
    if standing is None:
        raise Sentence(str(lifecycle.found.missing(name)))
    manifests = lifecycle.found.manifests
    said: dict[str, Any] = {
        **standing.as_dict(),
        "revision": lifecycle.snapshot().revisions.get(name, ""),
        "needed_by": dependents(name, manifests, manifests),
    }
    if name in manifests:
        built = assemble(lifecycle.found, with_requirements([name], manifests))
        said |= {
            "package": manifests[name].distribution,
            "enhances": [str(r) for r in manifests[name].enhances],
            "conflicts": [str(r) for r in manifests[name].conflicts],
            "brings": brings(built, manifests[name]) if name in built.loaded else {},
            "news": _latest_news(manifests[name]),
            **_quality(manifests[name]),
        }
    lifecycle.close()
    if as_json:
        print_json(said)
        return
    told = ("brings", "old_names", "to_mend", "news")
    brought, old, lacking, news = (said.pop(key, {}) for key in told)
    rows = [(key, ", ".join(v) if isinstance(v, list) else v) for key, v in said.items() if v]
    print_table((_("Name"), name), rows + [(k, len(v)) for k, v in brought.items() if v])
    for mark, sentences in (("!", old), ("·", lacking), ("+", news)):
        for sentence in sentences:
            click.echo(f"{mark} {sentence}")


def _latest_news(manifest: Manifest) -> list[str]:
    """What its latest version has brought, in the language of the terminal."""
    from dougong.guiding.news import notes_in
    from dougong.i18n import language

    return [
        sentence for _version, told in notes_in(manifest.root, language())[:1] for sentence in told
    ]


def _quality(manifest: Manifest) -> dict[str, Any]:
    """Its level, what keeps it from the next one, and the old names it uses."""
    from dougong.site import find_site
    from dougong.vetting.child import look
    from dougong.vetting.levels import level_of, remembered

    told = look(manifest.name, ())
    standing = level_of(manifest, told, remembered(_place(find_site().home), manifest))
    return {
        "level": standing.level,
        "to_mend": [str(sentence) for sentence in standing.missing],
        "old_names": told.get("profile", {}).get("old names", []),
    }


def _place(home: Path) -> Path:
    """Where it is remembered which contracts were run."""
    return home / "contracts.json"


@click.command("run-contracts")
@click.argument("names", nargs=-1)
@click.option(
    "--tests",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The folder of the plugin's own tests, when they do not lie beside its package.",
)
@reading
def run_contracts(names: tuple[str, ...], tests: Path | None, as_json: bool) -> None:
    """Prove the promises of the plugins on this machine, or of NAMES; exit code 1 when one is broken.

    Each contract is run by pytest on databases of its own, then the plugin's own tests; the site is
    not touched. `dougong plugin info` shows the level that follows.
    """
    from dougong.plugins.discovery import discover
    from dougong.site import find_site
    from dougong.vetting.child import ask_child
    from dougong.vetting.levels import level_of, remember
    from dougong.vetting.running import run_contract

    found = discover()
    if tests is not None and len(names) != 1:
        raise Sentence(str(_("--tests belongs to one plugin: name it.")))
    for name in names:
        if name not in found.manifests:
            raise Sentence(str(found.missing(name)))
    results = []
    for name in names or found.manifests:
        manifest = found.manifests[name]
        begun = time.monotonic()
        ran = run_contract(manifest, tests=tests)
        remember(_place(find_site().home), manifest, ran)
        told = ask_child(name, None)
        standing = level_of(manifest, told, ran)
        wrong = [*(ran.contract or ()), *ran.failed]
        results.append(
            {
                "name": name,
                "version": manifest.version,
                "api": manifest.api,
                "level": standing.level,
                "promises": {"kept": ran.kept or 0, "broken": len(ran.contract or ())},
                "tests": ran.tests or 0,
                "old_names": told.get("profile", {}).get("old names", []),
                "seconds": round(time.monotonic() - begun, 1),
                "wrong": wrong,
                "to_mend": [str(sentence) for sentence in standing.missing],
            }
        )
        if not as_json:
            click.echo(f"{'✗' if wrong else '✓'} {name} {manifest.version}: {standing.level}")
            for sentence in wrong:
                click.echo(f"    {sentence}")
    if as_json:
        print_json(results)
    if any(result["wrong"] for result in results):
        raise click.exceptions.Exit(1)
