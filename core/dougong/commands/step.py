"""Take documents along a step of their workflow, a batch at a time."""

from __future__ import annotations

import datetime as dt
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import click

from dougong.commands._nouns import acting, find_noun, read_filters
from dougong.commands.common import Sentence, open_runtime, print_json
from dougong.i18n import _

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun
    from dougong.resources.sight import Sight
    from dougong.workflows import Step


@click.command()
@click.argument("resource")
@click.argument("step")
@click.option(
    "--filter",
    "filters",
    multiple=True,
    metavar="FIELD=VALUE",
    help="Only those; a link by its id.",
)
@click.option("--batch", default=100, type=click.IntRange(1, 10_000), help="Saved together.")
@click.option("--on", "on", default="", metavar="DATE|FIELD", help="Book on this date, or its own.")
@click.option("--with", "given", multiple=True, metavar="NAME=VALUE", help="What the step asks.")
@click.option("--company", default="", metavar="CODE", help="Act in this company.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def command(
    resource: str,
    step: str,
    filters: tuple[str, ...],
    batch: int,
    on: str,
    given: tuple[str, ...],
    company: str,
    as_json: bool,
) -> None:
    """Take the documents of RESOURCE that may go along STEP: `dougong step crm.orders confirm`.

    Those that are refused are listed with their reason; exit code 1 when there are any.
    """
    from dougong.resources import lists, marching, steps

    runtime = open_runtime()
    noun, actor = find_noun(runtime, resource), acting(runtime, "step", company)
    sight = noun.sight(actor.rights)
    found = _step(noun, step)
    asked = dict(read_filters(given).items())
    own = _own_date(sight, on)
    if on and own is None:
        asked["on"] = on
    parameters = read_filters(filters)
    query = lists.parse(parameters, sight)
    query.nodes.append(_at_source(noun, found, sight))
    bar: Any = nullcontext() if as_json else click.progressbar(length=0, label=str(found.label))
    with bar as shown:

        def progress(done: int, most: int) -> None:
            if shown is not None:
                shown.length = most
                shown.update(done - shown.pos)

        outcome = marching.march(
            runtime.house, actor, query, step, batch=batch, own_date=own,
            asked=steps.read_asked(found, asked), progress=progress,
        )  # fmt: skip
    runtime.close()
    if as_json:
        print_json(outcome.as_json())
    else:
        for _key, name, why in outcome.refused:
            click.echo(f"{name}: {why}", err=True)
        said = _("%(done)s of %(found)s done.", done=outcome.done, found=outcome.found)
        click.echo(str(said))
    if outcome.refused:
        raise click.exceptions.Exit(1)


def _step(noun: Noun, name: str) -> Step:
    found = noun.steps.step(name) if noun.steps else None
    if found is None:
        names = ", ".join(s.name for s in noun.steps.steps) if noun.steps else "–"
        raise Sentence(
            str(_("There is no step %(name)s. There are: %(steps)s.", name=name, steps=names))
        )
    return found


def _own_date(sight: Sight, on: str) -> Any:
    """The field that `--on` names; None when it is a date."""
    if not on:
        return None
    try:
        dt.date.fromisoformat(on)
    except ValueError:
        pass
    else:
        return None
    field = sight.fields.get(on)
    if field is None or field.kind != "date" or field.many:
        raise Sentence(str(_("%(on)s is neither a date nor a date field.", on=on)))
    return field


def _at_source(noun: Noun, step: Step, sight: Sight) -> Any:
    """Only documents that are where the step begins."""
    from dougong.resources import filters

    assert noun.steps is not None
    return filters.condition(noun.steps.field, "in", list(step.source), sight)
