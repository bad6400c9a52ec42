"""What a newer version changes for those who use the older one, and which of it breaks them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from packaging.version import Version

from dougong.i18n import Text, _

Sign = Literal["+", "-", "~"]
_SIZED = re.compile(r"^VARCHAR\((\d+)\)$")

#: Kinds whose names others rely on: a name that is gone breaks whoever uses it.
RELIED_ON = {
    "resources": "field",
    "roles": "",
    "steps": "",
    "settings": "",
    "series": "",
    "reports": "column",
    "papers": "",
    "views": "",
    "jobs": "",
    "commands": "",
    "slots": "",
    "routes": "",
}
#: Kinds that are for the reader to know; their going breaks nobody.
TOLD = ("checks", "hooks", "fills", "hosts", "reaches", "capabilities", "answers", "reacts to")


@dataclass(frozen=True)
class Change:
    """One thing that is added, gone or other than before; ``breaking`` for those who use it."""

    sign: Sign
    kind: str
    name: str
    breaking: bool = False
    #: What was, what is, or why it breaks.
    detail: Text | str = ""

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {**asdict(self), "detail": str(self.detail)}


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Everything in which two profiles differ, what breaks first."""
    found = [
        *_tables(old["tables"], new["tables"]),
        *_rights(old["rights"], new["rights"]),
        *_messages(old["events"], new["events"]),
        *_ports(old["ports"], new["ports"]),
        *_needs(old, new),
        *_words(old["words"], new["words"]),
    ]
    for kind in RELIED_ON:
        found += _relied_on(kind, old[kind], new[kind])
    for kind in TOLD:
        was, now = set(old[kind]), set(new[kind])
        found += [Change("+", kind, name) for name in sorted(now - was)]
        found += [Change("-", kind, name) for name in sorted(was - now)]
    return sorted(found, key=lambda c: (not c.breaking, c.kind, c.name, c.sign))


def promised(old: str, new: str) -> bool:
    """Whether the step from one version to the other says that something breaks.

    By semantic versioning: a higher first number; before 1.0, a higher second one.
    """
    was, now = Version(old), Version(new)
    return now.release[:1] > was.release[:1] or (
        was.major == 0 and (now.major, now.minor) > (was.major, was.minor)
    )


def least_version(old: str) -> str:
    """The lowest version that may break what ``old`` promised."""
    was = Version(old)
    return f"0.{was.minor + 1}.0" if was.major == 0 else f"{was.major + 1}.0.0"


def _tables(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for table in sorted(new.keys() - old.keys()):
        yield Change("+", "tables", table)
    for table in sorted(old.keys() - new.keys()):
        yield Change("-", "tables", table, breaking=True)
    for table in sorted(old.keys() & new.keys()):
        was, now = old[table], new[table]
        for column in sorted(now.keys() - was.keys()):
            must = not now[column]["null"] and not now[column]["default"]
            yield Change(
                "+",
                "columns",
                f"{table}.{column}",
                detail=_("must be filled by the migration") if must else "",
            )
        for column in sorted(was.keys() - now.keys()):
            yield Change("-", "columns", f"{table}.{column}", breaking=True)
        for column in sorted(was.keys() & now.keys()):
            yield from _column(f"{table}.{column}", was[column], now[column])


def _column(name: str, was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Change]:
    if was["type"] != now["type"]:
        detail = f"{was['type']} → {now['type']}"
        yield Change("~", "columns", name, not _wider(was["type"], now["type"]), detail)
    if was["null"] and not now["null"]:
        yield Change("~", "columns", name, True, _("may not be empty any more"))
    elif now["null"] and not was["null"]:
        yield Change("~", "columns", name, detail=_("may be empty"))
    if was["to"] != now["to"]:
        yield Change("~", "columns", name, True, f"→ {now['to'] or '—'}")


def _wider(was: str, now: str) -> bool:
    """Whether every value of the old type fits into the new one."""
    before, after = _SIZED.match(was), _SIZED.match(now)
    if before and after:
        return int(after[1]) >= int(before[1])
    return (bool(before) and now in ("TEXT", "VARCHAR")) or (was, now) == ("INTEGER", "BIGINT")


def _rights(old: list[str], new: list[str]) -> Iterator[Change]:
    for name in sorted(set(new) - set(old)):
        yield Change("+", "rights", name, detail=_("an administrator gives it to roles"))
    for name in sorted(set(old) - set(new)):
        yield Change("-", "rights", name, breaking=True)


def _messages(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Events: who tells one gives every field, who hears it reads them."""
    for event in sorted(new.keys() - old.keys()):
        yield Change("+", "events", event)
    for event in sorted(old.keys() - new.keys()):
        yield Change("-", "events", event, breaking=True)
    for event in sorted(old.keys() & new.keys()):
        was, now = old[event], new[event]
        for field in sorted(now.keys() - was.keys()):
            must = now[field]["needed"]
            why = _("whoever tells it must give it; give it a default") if must else ""
            yield Change("+", "events", f"{event}.{field}", must, why)
        for field in sorted(was.keys() - now.keys()):
            yield Change("-", "events", f"{event}.{field}", breaking=True)
        for field in sorted(was.keys() & now.keys()):
            if was[field]["type"] != now[field]["type"]:
                detail = f"{was[field]['type']} → {now[field]['type']}"
                yield Change("~", "events", f"{event}.{field}", True, detail)


def _ports(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Ports: who asks calls the method, who answers has to have it."""
    for port in sorted(new.keys() - old.keys()):
        yield Change("+", "ports", port)
    for port in sorted(old.keys() - new.keys()):
        yield Change("-", "ports", port, breaking=True)
    for port in sorted(old.keys() & new.keys()):
        was, now = old[port], new[port]
        for method in sorted(now.keys() - was.keys()):
            why = _("whoever answers it must have it")
            yield Change("+", "ports", f"{port}.{method}", True, why)
        for method in sorted(was.keys() - now.keys()):
            yield Change("-", "ports", f"{port}.{method}", breaking=True)
        for method in sorted(was.keys() & now.keys()):
            if was[method] != now[method]:
                detail = f"{was[method]} → {now[method]}"
                yield Change("~", "ports", f"{port}.{method}", True, detail)


def _needs(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """What it stands on: whoever upgrades must have it."""
    for kind in ("requires", "conflicts"):
        was, now = old[kind], new[kind]
        for name in sorted(now.keys() - was.keys()):
            yield Change("+", kind, f"{name}{now[name]}", breaking=True)
        for name in sorted(was.keys() - now.keys()):
            yield Change("-", kind, f"{name}{was[name]}")
        for name in sorted(was.keys() & now.keys()):
            if was[name] != now[name]:
                yield Change("~", kind, name, detail=f"{was[name] or '*'} → {now[name] or '*'}")
    if old["api"] != new["api"]:
        yield Change("~", "api", "hooks", detail=f"{old['api']} → {new['api']}")


def _words(old: list[str], new: list[str]) -> Iterator[Change]:
    """Sentences: a translation that others keep has to follow."""
    was, now = set(old), set(new)
    yield from (Change("+", "words", word) for word in sorted(now - was))
    yield from (Change("-", "words", word) for word in sorted(was - now))


def _relied_on(kind: str, old: Any, new: Any) -> Iterator[Change]:
    was, now = _named(old), _named(new)
    for name in sorted(now.keys() - was.keys()):
        yield Change("+", kind, name)
    for name in sorted(was.keys() - now.keys()):
        yield Change("-", kind, name, breaking=True)
    for name in sorted(was.keys() & now.keys()):
        if was[name] == now[name]:
            continue
        if RELIED_ON[kind]:
            yield from _parts(kind, name, was[name], now[name])
        else:
            # A right, a kind of value, a prefix: what it was is what somebody counts on.
            breaks = kind in ("steps", "settings", "routes") and _kind(was[name]) != _kind(
                now[name]
            )
            yield Change("~", kind, name, breaks, f"{_told(was[name])} → {_told(now[name])}")


def _parts(
    kind: str, name: str, was: Mapping[str, Any], now: Mapping[str, Any]
) -> Iterator[Change]:
    """Fields of a resource, columns of a report."""
    for part in sorted(now.keys() - was.keys()):
        must = isinstance(now[part], dict) and now[part]["needed"] and now[part]["entered"]
        why = _("whoever enters one must give it") if must else ""
        yield Change("+", kind, f"{name}: {part}", bool(must), why)
    for part in sorted(was.keys() - now.keys()):
        yield Change("-", kind, f"{name}: {part}", breaking=True)
    for part in sorted(was.keys() & now.keys()):
        if was[part] != now[part]:
            breaks = not isinstance(was[part], dict) or _stricter(was[part], now[part])
            detail = f"{_told(was[part])} → {_told(now[part])}"
            yield Change("~", kind, f"{name}: {part}", breaks, detail)


def _stricter(was: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    return bool(
        was["kind"] != now["kind"]
        or (now["needed"] and not was["needed"])
        or (was["entered"] and not now["entered"])
    )


def _named(said: Any) -> dict[str, Any]:
    return dict(said) if isinstance(said, Mapping) else dict.fromkeys(said, "")


def _kind(said: Any) -> Any:
    return said["kind"] if isinstance(said, Mapping) else said


def _told(said: Any) -> str:
    if isinstance(said, Mapping):
        return ", ".join(f"{k}={v}" for k, v in said.items() if v not in ("", False, None))
    return ", ".join(map(str, said)) if isinstance(said, list) else str(said) or "—"
