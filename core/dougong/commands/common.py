"""What commands share: the running house, options, answers for people and for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dougong.i18n import Text, _

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.plugins.lifecycle import Lifecycle
    from dougong.plugins.registry import Runtime

F = TypeVar("F", bound=Callable[..., Any])


class Sentence(click.ClickException):
    """An error as one sentence on the error stream, and exit code 1."""

    def show(self, file: Any = None) -> None:
        """Say it, without any word before."""
        click.echo(self.message, err=True)


def sentence_of(error: Exception) -> str:
    """What went wrong, for the person at the terminal."""
    from dougong.errors import DougongError

    if isinstance(error, DougongError):
        return str(error)
    if "sqlalchemy" in sys.modules:
        from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

        from dougong.plugins.states import unreachable

        if isinstance(error, DBAPIError):
            return str(unreachable(error))
        if isinstance(error, ArgumentError | NoSuchModuleError):
            return str(_("The address of the database is not one: check DOUGONG_DATABASE_URL."))
    return str(
        _(
            "Something unexpected went wrong (%(kind)s: %(error)s). Run it again with DOUGONG_DEBUG=1"
            " to see where.",
            kind=type(error).__name__,
            error=" ".join(str(error).split())[:300],
        )
    )


def open_runtime(*, strict: bool = False) -> Runtime:
    """The house of this site, as its database says: ``.house .wiring .nouns .failed .engine``."""
    from dougong.memory import settle_once
    from dougong.plugins.registry import Runtime
    from dougong.site import find_site

    quiet_output()
    site = find_site()
    runtime = Runtime(site.url, site.config, strict=strict)
    settle_once()
    return runtime


def open_lifecycle() -> Lifecycle:
    """The commands that change which plugins are in the house; what happens is told on the error stream."""
    from dougong.plugins.lifecycle import Lifecycle
    from dougong.site import find_site

    quiet_output()
    return Lifecycle(find_site().url, told=lambda what: click.echo(str(what), err=True))


def quiet_output() -> None:
    """Log lines go to the error stream: the output is the answer, perhaps for a program."""
    from dougong.operations.logs import configure_quietly

    configure_quietly()


def the_house(runtime: Runtime, name: str) -> Actor:
    """The house itself in all its companies, acting through this command."""
    import dataclasses

    from dougong.jobs.acting import of_all_companies

    return dataclasses.replace(of_all_companies(runtime.house), name="dougong", request_id=name)


def acting_in(runtime: Runtime, actor: Actor, code: str | None) -> Actor:
    """The same in one company, by its short name; in all of them when none is named."""
    if code is None:
        return actor
    import dataclasses

    from dougong.companies.queries import company_named

    with runtime.house.read(actor) as session:
        company = company_named(session, code)
    return dataclasses.replace(
        actor, company_id=company.id, companies=(company.id,), timezone=company.timezone
    )


def commands_of(name: str) -> click.Group:
    """The commands of one plugin as ``dougong <plugin> <command>``."""
    from dougong.plugins.collecting import ask_all, import_plugin
    from dougong.plugins.discovery import discover
    from dougong.plugins.locating import PluginFault

    manifest = discover().manifests[name]
    try:
        answers = ask_all(name, import_plugin(manifest))
    except PluginFault as fault:
        raise Sentence(str(fault.sentence)) from fault
    return click.Group(
        name, answers["commands"] and {c.name: c for c in answers["commands"]}, help=manifest.label
    )


def learn(code: str) -> None:
    """Learn the words of a language: the core's and those of the plugins on this machine."""
    from dougong.plugins.discovery import discover
    from dougong.web.translations import learn_from, package_folder

    for folder in [package_folder("dougong"), *(m.root for m in discover().manifests.values())]:
        source = folder / "translations" / code / "LC_MESSAGES" / "messages.po"
        learn_from(source, code, folder.name)


# -- options ------------------------------------------------------------------------------------


def reading(command: F) -> F:
    """The option of every command that only reads: ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")(command)


def changing(command: F) -> F:
    """The options of every command that changes something: ``--dry-run``, ``--yes``, ``--json``."""
    for option in (
        click.option("--yes", "-y", is_flag=True, help="Do not ask."),
        click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing."),
    ):
        command = option(command)
    return reading(command)


def agreed(question: Text | str, *, yes: bool) -> None:
    """Ask before something is done; without a terminal the answer is ``--yes`` or no."""
    if yes:
        return
    if not sys.stdin.isatty() and not isinstance(click.get_current_context().obj, dict):
        raise Sentence(str(_("%(question)s Say --yes to do it.", question=question)))
    click.confirm(str(question), abort=True)


# -- answers ------------------------------------------------------------------------------------


def print_json(answer: Any) -> None:
    """Say it for programs."""
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2, default=str))


def print_table(heads: Sequence[Text | str], rows: Iterable[Sequence[object]]) -> None:
    """Say it for people: aligned columns, the last one as long as it likes."""
    cells = [[str(head) for head in heads], *([str(cell) for cell in row] for row in rows)]
    widths = [max(_width(row[i]) for row in cells) for i in range(len(heads) - 1)]
    for row in cells:
        padded = [
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=False)
        ]
        click.echo("  ".join([*padded, row[-1]]).rstrip())


def _width(text: str) -> int:
    """Chinese characters are two columns wide."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)
