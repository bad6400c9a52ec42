"""``dougong plugin check`` and ``diff``: look at a package before it comes into the house."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dougong.commands.common import print_json, reading
from dougong.i18n import _

if TYPE_CHECKING:
    from dougong.vetting.judging import Surroundings

#: What stands before a finding.
MARKS = {"fault": "✗", "conflict": "✗", "warning": "!", "note": "·"}
#: What is told of a wheel, in this order.
BRINGS = (
    "requires", "tables", "resources", "routes", "rights", "roles", "settings", "series", "steps",
    "reports", "papers", "views", "jobs", "commands", "hooks", "events", "ports", "reacts to",
    "answers", "extends", "slots", "fills", "checks", "capabilities", "hosts", "reaches",
)  # fmt: skip
#: Names that are told one by one; of the others, how many there are, unless all are asked for.
NAMED = {"requires", "tables", "rights", "hooks", "jobs", "events", "reacts to", "hosts", "reaches"}


@click.command("check")
@click.argument("wheel", type=click.Path(path_type=Path))
@click.option("--no-import", is_flag=True, help="Read its files only; run nothing of it.")
@click.option("--strict", is_flag=True, help="Let warnings count.")
@click.option("--all", "every", is_flag=True, help="Tell every name, addresses and words too.")
@reading
def check(wheel: Path, no_import: bool, strict: bool, every: bool, as_json: bool) -> None:
    """Tell what a WHEEL brings and whether it may come in; exit code 1 when something is against it.

    Its files are read; then it is imported in a process of its own that knows nothing of the site.
    Nothing is installed.
    """
    from dougong.vetting.judging import judge

    verdict = judge(wheel, _surroundings(), imports=not no_import)
    welcome = verdict.welcome and not (
        strict and any(f.kind == "warning" for f in verdict.findings)
    )
    if as_json:
        print_json(
            {
                "ok": welcome,
                "name": verdict.name,
                "version": verdict.version,
                "findings": [
                    {"kind": f.kind, "sentence": str(f.sentence)} for f in verdict.findings
                ],
                "brings": verdict.profile,
            }
        )
    else:
        click.echo(f"{verdict.name} {verdict.version}")
        _tell_profile(verdict.profile, every=every)
        for finding in verdict.findings:
            click.echo(f"{MARKS[finding.kind]} {finding.sentence}")
        click.echo(str(_("It may come in.") if welcome else _("It should not come in as it is.")))
    if not welcome:
        raise click.exceptions.Exit(1)


def _surroundings() -> Surroundings:
    """The packages of this machine, and the site where there is one that answers."""
    from sqlalchemy import inspect

    from dougong.db import make_engine
    from dougong.errors import NotReady
    from dougong.plugins.discovery import discover
    from dougong.plugins.states import read_snapshot
    from dougong.site import find_site
    from dougong.vetting.judging import Surroundings

    found = discover()
    engine = make_engine(find_site().url)
    try:
        snapshot = read_snapshot(engine)
        with engine.connect().execution_options(reading=True) as connection:
            tables = inspect(connection).get_table_names()
    except NotReady:
        return Surroundings(found)
    finally:
        engine.dispose()
    return Surroundings(found, {n: version for n, (version, _s) in snapshot.rows.items()}, tables)


def _tell_profile(profile: Mapping[str, Any], *, every: bool) -> None:
    for kind in BRINGS:
        said = profile.get(kind)
        if not said:
            continue
        names = list(_lines(kind, said))
        if every:
            click.echo(f"{kind}:")
            for name in names:
                click.echo(f"    {name}")
        elif kind in NAMED:
            click.echo(f"{kind}: {', '.join(names)}")
        else:
            click.echo(f"{kind}: {len(said)}")


def _lines(kind: str, said: Any) -> Iterable[str]:
    if not isinstance(said, Mapping):
        return said  # type: ignore[no-any-return]
    if kind in ("hosts", "reaches", "routes", "jobs"):
        return [f"{name} ({value})" if value else name for name, value in said.items()]
    if kind == "requires":
        return [f"{name}{value}" for name, value in said.items()]
    return said.keys()


@click.command("diff")
@click.argument("old")
@click.argument("new", required=False)
@reading
def diff(old: str, new: str | None, as_json: bool) -> None:
    """Show what changes between OLD and NEW: tables, columns, rights, addresses, events, words.

    Each is a wheel, a plugin of this machine (crm), or a version that pip finds (crm==0.2.0). What
    breaks those who use it is marked with !; exit code 1 when the version does not say so.

    With OLD alone, a plugin's name: what its package adds to what was installed in the site.
    """
    if new is None:
        _since_install(old, as_json)
        return
    from dougong.vetting.differing import changes, least_version, promised

    before, after = _two_versions(old, new)
    found_changes = changes(before, after)
    breaking = [c for c in found_changes if c.breaking]
    said = promised(before["version"], after["version"])
    if as_json:
        print_json(
            {
                "name": after["name"],
                "old": before["version"],
                "new": after["version"],
                "breaking": len(breaking),
                "promised": said,
                "changes": [c.as_dict() for c in found_changes],
            }
        )
    else:
        click.echo(f"{after['name']} {before['version']} → {after['version']}")
        for change in found_changes:
            mark = "!" if change.breaking else " "
            detail = f" ({change.detail})" if str(change.detail) else ""
            click.echo(f"{mark} {change.sign} {change.kind}: {change.name}{detail}")
        if not found_changes:
            click.echo(str(_("Nothing changes.")))
    if breaking and not said:
        click.echo(
            str(
                _(
                    "%(count)s changes break those who use it; the version must be at least %(version)s.",
                    count=len(breaking),
                    version=least_version(before["version"]),
                )
            ),
            err=True,
        )
        raise click.exceptions.Exit(1)


def _two_versions(old: str, new: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What each of them brings; two plugins cannot be compared."""
    from dougong.plugins.discovery import discover
    from dougong.vetting.fetching import profile_meant

    found = discover()
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        before = profile_meant(old, found, Path(one))
        after = profile_meant(new, found, Path(two))
    if before["name"] != after["name"]:
        raise click.ClickException(
            str(
                _(
                    "%(old)s and %(new)s are two plugins, not two versions of one.",
                    old=before["name"],
                    new=after["name"],
                )
            )
        )
    return before, after


def _since_install(name: str, as_json: bool) -> None:
    """What the package on this machine adds to what was installed: rights, tables, jobs."""
    from dougong.commands.common import Sentence, open_lifecycle
    from dougong.plugins.building import assemble
    from dougong.plugins.order import with_requirements
    from dougong.plugins.telling import brings, brought, difference

    lifecycle = open_lifecycle()
    manifest = lifecycle.found.manifests.get(name)
    if manifest is None:
        raise Sentence(str(lifecycle.found.missing(name)))
    built = assemble(lifecycle.found, with_requirements([name], lifecycle.found.manifests))
    if name in built.failed:
        raise Sentence(str(built.failed[name]))
    changes = difference(brought(lifecycle.engine, name), brings(built, manifest))
    lifecycle.close()
    if as_json:
        print_json(changes)
        return
    for kind, change in changes.items():
        for sign, which in (("+", "added"), ("-", "gone")):
            for item in change[which]:
                click.echo(f"{sign} {kind}: {item}")
    if not changes:
        click.echo(str(_("Nothing changes.")))
