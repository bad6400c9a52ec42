"""Put the wanted plugins together: one that fails stays out whole, and the house stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from dougong.core_plugin import core
from dougong.i18n import Text, _
from dougong.plugins.collecting import ask_all, forget, import_plugin, told
from dougong.plugins.discovery import Discovery
from dougong.plugins.files import check_files
from dougong.plugins.locating import PluginFault
from dougong.plugins.manifest import Manifest
from dougong.plugins.order import Circle, in_order, unmet, with_requirements
from dougong.plugins.side_tables import apply_side_table
from dougong.plugins.validation import Inspection
from dougong.wiring import Wiring

#: Plugins that ran in this process once: their classes may still be in use by an older application.
_seen: set[str] = set()


@dataclass
class Assembly:
    """What came together, and what did not."""

    wiring: Wiring = field(default_factory=Wiring)
    #: The plugins that run, in dependency order.
    loaded: dict[str, Manifest] = field(default_factory=dict)
    #: Those that should and do not, with the sentence.
    failed: dict[str, Text | str] = field(default_factory=dict)


def assemble(found: Discovery, wanted: Collection[str]) -> Assembly:
    """Collect and validate everything of every wanted plugin; then, and only then, apply it."""
    built = Assembly()
    built.wiring.absorb("core", core, core.answers())
    for name in sorted(set(wanted) - set(found.manifests)):
        _fail(built, name, found.missing(name))
    for name in _ordered(found, set(wanted) & set(found.manifests), built):
        _take_in(built, found, name)
    _apply(built)
    _seen.update(built.loaded)
    return built


def _ordered(found: Discovery, names: set[str], built: Assembly) -> Iterable[str]:
    while True:
        try:
            return in_order(names, found.manifests)
        except Circle as circle:
            for name in circle.names:
                _fail(built, name, circle.sentence)
            names = names - set(circle.names)


def _take_in(built: Assembly, found: Discovery, name: str) -> None:
    manifest = found.manifests[name]
    for other in manifest.needs:
        if other in built.failed:
            _fail(built, name, _("%(name)s needs %(other)s, which failed.", name=name, other=other))
            return
    # Conflicts are looked for among all that run; the one that comes later gives way.
    if sentence := unmet(manifest, built.loaded) or _unwelcome(manifest, built):
        _fail(built, name, sentence)
        return
    try:
        plugin = import_plugin(manifest)
        answers = ask_all(name, plugin)
        stands_on = with_requirements([name], found.manifests)
        away = {r.name for r in manifest.enhances} - built.loaded.keys()
        look = Inspection(name, stands_on, built.wiring, away, plugin=plugin, root=manifest.root)
        look.check(answers)
        check_files(manifest, answers["fills"])
    except PluginFault as fault:
        drop(built, manifest, fault.sentence)
        return
    # The inspection reads foreign descriptors, whose properties may do anything.
    except (Exception, SystemExit) as error:
        drop(
            built, manifest, _("%(name)s cannot be read: %(error)s.", name=name, error=told(error))
        )
        return
    built.wiring.absorb(name, plugin, answers)
    built.loaded[name] = manifest


def _unwelcome(manifest: Manifest, built: Assembly) -> Text | str:
    for other in built.loaded.values():
        if any(
            r.name == manifest.name and r.specifier.contains(manifest.version)
            for r in other.conflicts
        ):
            return unmet(other, {**built.loaded, manifest.name: manifest})
    return ""


def drop(built: Assembly, manifest: Manifest, sentence: Text | str) -> None:
    """A plugin that cannot stay leaves nothing of itself in the process."""
    _fail(built, manifest.name, sentence)
    if manifest.name not in _seen:
        forget(manifest.name, manifest.package)


def _fail(built: Assembly, name: str, sentence: Text | str) -> None:
    built.failed[name] = sentence


def _apply(built: Assembly) -> None:
    """Side tables onto their targets, guards into their workflows; the same result each time."""
    for table in built.wiring.side_tables:
        apply_side_table(table)
    for workflow in built.wiring.workflows.values():
        workflow.added_guards.clear()
        workflow.added_batch_guards.clear()
    for guard in built.wiring.step_guards:
        guarded = built.wiring.workflows.get(guard.workflow)
        if guarded is None:
            continue  # of a plugin that is only enhanced, and is not there
        if guard.guard is not None:
            guarded.added_guards.setdefault(guard.step, []).append(guard.guard)
        if guard.batch is not None:
            guarded.added_batch_guards.setdefault(guard.step, []).append(guard.batch)
