"""Collect what pages and errors say, and tell what is not translated."""

from __future__ import annotations

import click


@click.group("i18n")
def command() -> None:
    """Collect what pages and errors say, and tell what is not translated."""


@command.command("extract")
@click.argument("plugins", nargs=-1)
def extract(plugins: tuple[str, ...]) -> None:
    """Write the catalogues anew, keeping what is translated."""
    from dougong.web.catalogues import TRANSLATED, known_words, packages, update

    wanted = packages(plugins)
    for code in TRANSLATED:
        known = known_words(packages(), code)
        for package in wanted:
            count, open_ = update(package, code, known)
            click.echo(f"{package.name} {code}: {count} messages, {len(open_)} not translated")


@command.command("check")
@click.argument("plugins", nargs=-1)
def check(plugins: tuple[str, ...]) -> None:
    """Exit with 1 when a message has no translation."""
    from dougong.web.catalogues import TRANSLATED, missing, packages

    total = 0
    for package in packages(plugins):
        for code in TRANSLATED:
            for message in missing(package, code):
                total += 1
                click.echo(f"{package.name} {code}: {message!r}")
    if total:
        raise click.ClickException(f"{total} messages are not translated.")
    click.echo("Every message is translated.")
