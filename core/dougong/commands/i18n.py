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
    """Exit with 1 when a message has no translation, or two packages translate it differently.

    Of named PLUGINS it is only told where they differ from others: each speaks its own words.
    """
    from dougong.web.catalogues import TRANSLATED, clashes, missing, packages

    total = several = 0
    everything = packages()
    for package in everything:
        for code in TRANSLATED if not plugins or package.name in plugins else ():
            for message in missing(package, code):
                total += 1
                click.echo(f"{package.name} {code}: {message!r}")
    for code in TRANSLATED:
        for clash in clashes(everything, code):
            if plugins and not {*plugins} & {n for names in clash.said.values() for n in names}:
                continue
            several += 1
            click.echo(f"{code}: {clash}")
    if several:
        click.echo("Agree on one translation, or mark the word with pgettext and a context.")
    if total or (several and not plugins):
        raise click.ClickException(
            f"{total} messages are not translated; {several} are translated differently."
        )
    click.echo(
        "Every message is translated."
        if several
        else "Every message is translated, and nothing in two ways."
    )
