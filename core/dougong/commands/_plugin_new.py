"""``dougong plugin new``: write the package of a plugin."""

from __future__ import annotations

from pathlib import Path

import click

from dougong.commands.common import Sentence, print_json, reading
from dougong.i18n import Text, _

PARTS = ("noun", "workflow", "report", "menu", "demo", "translation", "tests")


@click.command("new")
@click.argument("name")
@click.option(
    "--noun", default="item", show_default=True, help="What it keeps: vehicle, rental_car."
)
@click.option("--label", default="", help="What people call the plugin; the name when left out.")
@click.option("--zh", default="", help="The noun in Chinese: 车辆.")
@click.option("--label-zh", default="", help="The label in Chinese: 车队.")
@click.option("--requires", multiple=True, help="A plugin it stands on: base. May be repeated.")
@click.option(
    "--without",
    multiple=True,
    type=click.Choice(PARTS),
    help="A part to leave out. May be repeated.",
)
@click.option(
    "--into",
    "place",
    type=click.Path(path_type=Path),
    help="The folder; dougong-NAME when left out.",
)
@reading
def new(
    name: str,
    noun: str,
    label: str,
    zh: str,
    label_zh: str,
    requires: tuple[str, ...],
    without: tuple[str, ...],
    place: Path | None,
    as_json: bool,
) -> None:
    """Write a new plugin that keeps every promise: noun, workflow, report, menu, migration, tests."""
    from importlib.metadata import version

    from dougong.plugins.discovery import discover
    from dougong.scaffolding.writing import Wish, own_words, write_plugin
    from dougong.web.catalogues import TRANSLATED, Package, known_words
    from dougong.web.translations import package_folder

    found = discover()
    if name in found.manifests:
        raise Sentence(
            str(
                _(
                    "There is a plugin “%(name)s” on this machine already; take another name.",
                    name=name,
                )
            )
        )
    for other in requires:
        if other not in found.manifests:
            raise Sentence(str(found.missing(other)))
    packages = [Package("core", package_folder("dougong"))]
    packages += [Package(n, package_folder(m.package)) for n, m in found.manifests.items()]
    folder = place or Path(f"dougong-{name}")
    wish = Wish(name, noun, label, requires, frozenset(without), zh, label_zh)
    known = known_words(packages, TRANSLATED[0])
    files = write_plugin(wish, folder, known, version("dougong-core"))
    english = own_words(wish).english(known) if wish.has("translation") else []
    if as_json:
        print_json({"folder": str(folder), "files": [str(f) for f in files], "english": english})
        return
    for file in files:
        click.echo(str(file))
    if english:
        click.echo(str(still_english(english)))
    click.echo(str(_("Next: cd %(folder)s, pip install -e ., python -m pytest", folder=folder)))


def still_english(words: list[str]) -> Text:
    """What the author is told of words that the Chinese catalogue says in English."""
    return _(
        "Still in English in the Chinese catalogue: %(words)s. Translate them there.",
        words=", ".join(words),
    )
