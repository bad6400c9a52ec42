"""Ask one plugin for everything it contributes; whatever goes wrong is told in one sentence."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from inspect import isfunction
from pathlib import Path
from typing import Any, TypeVar

import pluggy

from dougong.deprecation import Deprecated, forget_uses, note
from dougong.hookspecs import Hooks
from dougong.i18n import Text, _
from dougong.plugin import Plugin
from dougong.plugins.locating import PluginFault, where_written
from dougong.plugins.manifest import Manifest

T = TypeVar("T")

#: Hooks that are called when the house is built and return descriptors.
LISTS = (
    "models", "resources", "menus", "pages", "workflows", "reports", "prints", "widgets",
    "dashboards", "first_steps", "tours", "permissions", "roles", "settings", "sequences", "jobs",
    "commands", "reactions", "replays", "extensions", "slots", "fills", "checks", "views",
)  # fmt: skip
#: All there are.
HOOKS = tuple(name for name in vars(Hooks) if not name.startswith("_"))


class Joints(pluggy.PluginManager):
    """pluggy's manager; a method named like a hook fills it, with or without ``@hookimpl``."""

    def __init__(self) -> None:
        super().__init__("dougong")
        self.add_hookspecs(Hooks)

    def parse_hookimpl_opts(self, plugin: Any, name: str) -> Any:
        """What the marker says; an unmarked override says nothing special."""
        if isinstance(plugin, Plugin) and _inherited(plugin, name):
            return None
        said = super().parse_hookimpl_opts(plugin, name)
        if said is None and name in HOOKS and isinstance(plugin, Plugin):
            return {}
        return said


def _inherited(plugin: Plugin, name: str) -> bool:
    """Whether a plugin has this as every plugin has it: neither its class nor the object say it anew."""
    if name in vars(plugin):
        return False
    return next(
        (kind in Plugin.__mro__ for kind in type(plugin).__mro__ if name in vars(kind)), True
    )


def import_plugin(manifest: Manifest) -> Plugin:
    """The plugin object that the entry point names."""
    plugin = guarded(
        manifest.entry.load,
        lambda error: _("%(name)s cannot be imported: %(error)s.", name=manifest.name, error=error),
    )
    if not isinstance(plugin, Plugin):
        raise PluginFault(
            _(
                "The entry point %(entry)s of %(name)s is not a Plugin object."
                " Write class It(Plugin): … and below it plugin = It().",
                entry=manifest.entry.value,
                name=manifest.name,
            )
        )
    return plugin


def ask_all(name: str, plugin: Plugin) -> dict[str, Any]:
    """Call every describing hook of a plugin once; raises `PluginFault` at the first that fails."""
    joints = Joints()
    try:
        joints.register(plugin, name=name)
        joints.check_pending()
    except (pluggy.PluginValidationError, TypeError, ValueError) as error:
        raise PluginFault(_misfit(name, plugin, error)) from error
    _check_spelling(name, plugin)
    _note_old_hooks(joints)
    answers: dict[str, Any] = {hook: _ask(name, joints, hook) for hook in LISTS}
    answers["providers"] = _ask_providers(name, joints)
    return answers


def _note_old_hooks(joints: Joints) -> None:
    """Pluggy has warned already; `dougong plugin info` shows it later, too."""
    for hook in HOOKS:
        caller = getattr(joints.hook, hook)
        said = caller.spec.warn_on_impl if caller.spec else None
        for implementation in caller.get_hookimpls():
            if isinstance(said, Deprecated):
                act = implementation.function
                note(said, act.__module__, where_written(act))


def _ask(name: str, joints: Joints, hook: str) -> list[Any]:
    answer = _call(name, joints, hook)
    if answer is None:
        return []
    if isinstance(answer, str | Mapping):
        raise PluginFault(
            _(
                "%(name)s: the hook “%(hook)s” must return a list. Put what it returns into [ ]. (%(where)s)",
                name=name,
                hook=hook,
                where=_where(joints, hook),
            )
        )
    # The hook may be a generator: its errors come while it is read.
    return guarded(lambda: list(answer), lambda error: _hook_failed(name, hook, error))


def _ask_providers(name: str, joints: Joints) -> dict[type[Any], Callable[..., Any]]:
    answer = _call(name, joints, "providers")
    if answer is None:
        return {}
    if not isinstance(answer, Mapping):
        raise PluginFault(
            _(
                "%(name)s: the hook “%(hook)s” must return a mapping. Write {Port: Answerer}. (%(where)s)",
                name=name,
                hook="providers",
                where=_where(joints, "providers"),
            )
        )
    return dict(answer)


def _call(name: str, joints: Joints, hook: str) -> Any:
    """Walk to the implementation itself: a failure ends a whole call of pluggy."""
    for implementation in getattr(joints.hook, hook).get_hookimpls():
        return guarded(implementation.function, lambda error: _hook_failed(name, hook, error))
    return None


def _where(joints: Joints, hook: str) -> str:
    return where_written(getattr(joints.hook, hook).get_hookimpls()[-1].function)


def guarded(act: Callable[[], T], sentence: Callable[[str], Text]) -> T:
    """Do something of a plugin's; whatever it raises becomes a `PluginFault` with a sentence."""
    try:
        return act()
    except PluginFault:
        raise
    # A plugin may even call exit(); the house stays.
    except (Exception, SystemExit) as error:
        raise PluginFault(sentence(told(error))) from error


def told(error: BaseException) -> str:
    """An exception in one line: what, and where in the plugin's files."""
    frames = traceback.extract_tb(error.__traceback__)
    own = Path(__file__).parent.parent
    theirs = [
        f
        for f in frames
        if own not in Path(f.filename).parents
        and "importlib" not in f.filename
        and not f.filename.startswith("<")
    ]
    where = f" ({Path(theirs[-1].filename).name}:{theirs[-1].lineno})" if theirs else ""
    text = " ".join(str(error).split()) or "no message"
    return f"{type(error).__name__}: {text[:400].rstrip('.')}{where}"


def _hook_failed(name: str, hook: str, error: str) -> Text:
    return _("%(name)s: the hook “%(hook)s” failed: %(error)s.", name=name, hook=hook, error=error)


def _misfit(name: str, plugin: Plugin, error: Exception) -> Text:
    for method in dir(type(plugin)):
        marked = getattr(getattr(type(plugin), method, None), "dougong_impl", None)
        if marked is not None and method not in HOOKS:
            return _no_hook(name, method, getattr(type(plugin), method))
    return _(
        "%(name)s does not fit its hooks: %(error)s. Take the arguments that the hook reference names.",
        name=name,
        error=" ".join(str(error).split())[:300].rstrip("."),
    )


def _check_spelling(name: str, plugin: Plugin) -> None:
    """A public method that is nearly called like a hook is a slip of the pen."""
    for method, value in vars(type(plugin)).items():
        public = isfunction(value) and not method.startswith("_") and method not in HOOKS
        if public and get_close_matches(method, HOOKS, 1, 0.82):
            raise PluginFault(_no_hook(name, method, value))


def _no_hook(name: str, method: str, written: Any) -> Text:
    near, where = get_close_matches(method, HOOKS, 1, 0.5), where_written(written)
    if near:
        return _(
            "%(name)s: there is no hook “%(hook)s”; “%(near)s” was meant, perhaps. (%(where)s)",
            name=name,
            hook=method,
            near=near[0],
            where=where,
        )
    return _(
        "%(name)s: there is no hook “%(hook)s”. Take @hookimpl away where it is a helper. (%(where)s)",
        name=name,
        hook=method,
        where=where,
    )


def forget(name: str, package: str) -> None:
    """Take a plugin that failed out of the process: its modules, its mapped classes, its tables."""
    from dougong.db import metadata, owner_of

    forget_uses(package)
    for module in [m for m in sys.modules if m == package or m.startswith(f"{package}.")]:
        for value in list(vars(sys.modules[module]).values()):
            theirs = isinstance(value, type) and value.__module__.split(".")[0] == package
            registry = getattr(value, "registry", None) if theirs else None
            if registry is not None and hasattr(registry, "dispose"):
                registry.dispose(cascade=True)
        del sys.modules[module]
    for table in [t for t in metadata.tables.values() if owner_of(t.name) == name]:
        metadata.remove(table)
