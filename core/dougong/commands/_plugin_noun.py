"""``dougong plugin noun``: add a noun to a plugin that is there."""

from __future__ import annotations

from pathlib import Path

import click

from dougong.commands._plugin_new import still_english
from dougong.commands.common import Sentence, print_json, reading
from dougong.i18n import _


class NotAdded(Sentence):
    """Nothing was written, and why: exit code 2."""

    exit_code = 2


@click.command("noun")
@click.argument("name")
@click.option(
    "--plugin",
    "place",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The folder of the plugin, where its pyproject.toml lies; this one when left out.",
)
@click.option("--zh", default="", help="The noun in Chinese: 行程.")
@click.option("--without-workflow", is_flag=True, help="Without states and steps.")
@reading
def noun(name: str, place: Path, zh: str, without_workflow: bool, as_json: bool) -> None:
    """Add a noun to a plugin: model, resource, workflow, menu, right, migration, words and test.

    NAME is one thing in small letters: trip, service_call. Exit code 2 when nothing was written.
    """
    from importlib.metadata import version

    from dougong.errors import Refused
    from dougong.plugins.discovery import discover
    from dougong.scaffolding.adding import add_noun, home_of
    from dougong.scaffolding.writing import Wish, own_words
    from dougong.web.catalogues import TRANSLATED, Package, known_words
    from dougong.web.translations import package_folder

    packages = [Package("core", package_folder("dougong"))]
    packages += [Package(n, package_folder(m.package)) for n, m in discover().manifests.items()]
    known = known_words(packages, TRANSLATED[0])
    left_out = {"report", "demo", *(["workflow"] if without_workflow else [])}
    try:
        home = home_of(place)
        wish = Wish(home.name, name, home.label, without=frozenset(left_out), zh=zh)
        files, changed = add_noun(home, wish, known, version("dougong-core"))
    except Refused as refusal:
        raise NotAdded(str(refusal)) from None
    own = own_words(wish)
    english = [word for word in own.english(known) if word != own.label]
    if as_json:
        told = {"files": [str(f) for f in files], "changed": [str(f) for f in changed]}
        print_json({**told, "english": english})
        return
    for file in files:
        click.echo(str(file))
    for file in changed:
        click.echo(str(_("%(file)s (changed)", file=file)))
    if english and len(changed) > 1:
        click.echo(str(still_english(english)))
    click.echo(
        str(_("Next: python -m pytest, then dougong plugin upgrade %(name)s", name=home.name))
    )
