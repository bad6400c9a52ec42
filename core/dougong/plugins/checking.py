"""Run the invariants that the core and the plugins declare."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dougong.checks.indexes import without_index
from dougong.checks.links import link_checks
from dougong.deprecation import uses_of
from dougong.errors import Refused
from dougong.i18n import _
from dougong.plugins.collecting import told

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.plugin import Check
    from dougong.plugins.registry import Runtime

#: A check that finds more than this is cut off; the first ones say enough.
MOST = 100


@dataclass
class Result:
    """What one check found."""

    name: str
    label: str
    sentences: list[str] = field(default_factory=list)
    #: Nothing is wrong, but somebody should know.
    warnings: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        told = {"name": self.name, "label": self.label, "found": self.sentences}
        return told | ({"warnings": self.warnings} if self.warnings else {})


def run_checks(runtime: Runtime, actor: Actor, names: Collection[str] = ()) -> list[Result]:
    """Every check (or those named, or of the plugins named), each in a snapshot of its own.

    A plugin that should run and does not is found, too, and what was left out of one that runs.
    """
    declared = [*runtime.wiring.checks, *link_checks(runtime.nouns or ())]
    chosen = [check for check in declared if not names or _meant(check, names)]
    if names and not chosen:
        raise Refused(_("There is no check “%(name)s”.", name=", ".join(names)))
    results = [_run(runtime, actor, check) for check in chosen]
    if not names:
        plugins = Result("core.plugins", str(_("Every enabled plugin runs")))
        plugins.sentences = [str(sentence) for sentence in runtime.failed.values()]
        results.append(plugins)
        whole = Result("core.left-out", str(_("Nothing of a plugin is left out")))
        whole.sentences = [
            f"{name}: {sentence}" for name, sentence in getattr(runtime.nouns, "reports", ())
        ]
        results.append(whole)
        results.append(_cards(runtime, actor))
        results.append(_indexes(runtime, actor))
        results.append(_old_names(runtime))
    return results


def _cards(runtime: Runtime, actor: Actor) -> Result:
    """A card that cannot be drawn is left out of the home page, without a word to its readers."""
    from dougong.dashboards.boards import from_declared, from_widget
    from dougong.dashboards.drawing import Reader, show
    from dougong.i18n import language
    from dougong.resources.formats import formats

    result = Result("core.cards", str(_("Every card of the home page answers")))
    reader = Reader(runtime, actor, formats(language()))
    cards = [(widget.name, from_widget(widget)) for widget in runtime.wiring.widgets]
    for board in runtime.wiring.dashboards.values():
        cards += [(f"{board.name}/{c.name}", from_declared(board, c)) for c in board.cards]
    for name, card in cards:
        try:
            with runtime.house.read(actor) as session:
                show(reader, session, card)
        except Exception as error:
            result.sentences.append(
                str(_("The card “%(name)s”: %(error)s.", name=name, error=told(error)))
            )
    return result


def _indexes(runtime: Runtime, actor: Actor) -> Result:
    result = Result("core.indexes", str(_("Indexes behind lists")))
    with runtime.house.read(actor) as session:
        found = without_index(session, runtime.nouns or ())
        result.warnings = [str(sentence) for sentence in found]
    return result


def _old_names(runtime: Runtime) -> Result:
    """What plugins use that a later core will not have."""
    result = Result("core.old-names", str(_("No plugin uses what will go")))
    for name, manifest in runtime.loaded.items():
        result.warnings += [f"{name}: {use}" for use in uses_of(manifest.package)]
    return result


def _meant(check: Check, names: Collection[str]) -> bool:
    return check.name in names or check.name.split(".", 1)[0] in names


def _run(runtime: Runtime, actor: Actor, check: Check) -> Result:
    result = Result(check.name, str(check.label))
    try:
        with runtime.house.read(actor) as session:
            for sentence in check.run(session):
                result.sentences.append(str(sentence))
                if len(result.sentences) == MOST:
                    result.sentences.append(str(_("… and more.")))
                    break
    except Exception as error:  # a check that breaks has found something, and the others still run
        result.sentences.append(str(_("The check itself failed: %(error)s.", error=told(error))))
    return result
