"""Back up the house into one file, check such a file, put it back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dougong.commands.common import Sentence, print_json, reading
from dougong.i18n import _

if TYPE_CHECKING:
    from dougong.backup import Manifest

FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def command() -> None:
    """The whole house in one file."""


@command.command()
@click.argument("file", type=FILE, required=False)
@click.option(
    "--with-secrets",
    is_flag=True,
    help="Put the keys of the site into it, too. Without them, sealed secrets stay closed.",
)
@reading
def create(file: Path | None, with_secrets: bool, as_json: bool) -> None:
    """Write a backup while people go on working; only its owner may read it."""
    from dougong import clock
    from dougong.backup import make_backup
    from dougong.site import find_site

    site = find_site()
    path = file or Path(f"dougong-{clock.now():%Y%m%d-%H%M%S}.backup")
    keys = site.home / "secrets.json"
    if with_secrets and not keys.is_file():
        raise Sentence(str(_("This site has no keys of its own to put into the backup.")))
    manifest = make_backup(site.url, path, {keys.name: keys} if with_secrets else None)
    _tell(path, manifest, as_json=as_json)


@command.command()
@click.argument("file", type=FILE)
@reading
def verify(file: Path, as_json: bool) -> None:
    """Check every sum in a backup, and that its database can be read; exit code 1 when not."""
    from dougong.backup import verify_backup

    manifest, wrong = verify_backup(file)
    if as_json:
        told = {"file": str(file), "ok": not wrong, "wrong": [str(s) for s in wrong]}
        print_json({**told, "manifest": manifest.model_dump()})
    else:
        for sentence in wrong:
            click.echo(str(sentence))
        if not wrong:
            _tell(file, manifest, as_json=False)
    if wrong:
        raise click.exceptions.Exit(1)


@command.command()
@click.argument("file", type=FILE)
@click.option("--with-secrets", is_flag=True, help="Write the keys of the site, too.")
@reading
def restore(file: Path, with_secrets: bool, as_json: bool) -> None:
    """Put a backup into this site's database, which must be empty."""
    from dougong.backup.restoring import restore_backup, restore_secrets
    from dougong.site import find_site

    site = find_site()
    site.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    manifest = restore_backup(file, site.url)
    if with_secrets:
        restore_secrets(file, site.home)
    _tell(file, manifest, as_json=as_json)


def _tell(file: Path, manifest: Manifest, *, as_json: bool) -> None:
    if as_json:
        print_json({"file": str(file), "manifest": manifest.model_dump()})
        return
    size = sum(member.size for member in manifest.members.values()) // 1024
    facts = {"file": file, "at": manifest.made_at, "size": size, "kind": manifest.dialect}
    click.echo(
        str(_("%(file)s: the house of %(at)s, %(kind)s, %(size)s kB, every sum is right.", **facts))
    )
    plugins = [f"{n} {version}" for n, (version, _state) in sorted(manifest.plugins.items())]
    click.echo(str(_("Plugins: %(names)s", names=", ".join(plugins) or "—")))
    if not manifest.has_secrets:
        click.echo(str(_("The keys of the site are not in it; keep secrets.json elsewhere.")))
