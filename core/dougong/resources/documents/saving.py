"""Saving entries: validate, apply, derive, check, store. One document is a batch of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Literal

from dougong.errors import Forbidden, Invalid, Refused
from dougong.i18n import _
from dougong.resources.documents.applying import Parts, apply, differs, new_row, rows_of
from dougong.resources.documents.checking import Errors, locked, settle, validate
from dougong.resources.documents.facts import Facts
from dougong.resources.documents.linking import links
from dougong.resources.documents.reading import load, plain, plain_document, read
from dougong.resources.problems import StaleDocument

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun
    from dougong.resources.sight import Sight
    from dougong.unit_of_work import UnitOfWork


class NotEditable(Refused):
    """The document's state forbids editing."""

    def __init__(self, one: object, state: object) -> None:
        super().__init__(
            _("%(what)s is %(state)s and can no longer be edited.", what=one, state=state)
        )


@dataclass
class Entry:
    """What somebody enters for one document, and what became of it."""

    payload: dict[str, Any]
    #: The document that is changed; None makes a new one.
    document: Any = None
    version: int | None = None
    #: What the page showed last; None means that everything in the payload was typed.
    was: Mapping[str, Any] | None = None
    #: The page's keys of its lines, in the order of the payload.
    keys: Mapping[str, Sequence[str]] | None = None
    errors: Errors = field(default_factory=dict)
    #: Whether the payload itself is well formed, so that only the data say no.
    well_formed: bool = True
    outcome: Literal["", "created", "changed", "unchanged"] = ""


def save(
    uow: UnitOfWork,
    noun: Noun,
    sight: Sight,
    payload: Mapping[str, Any],
    *,
    document: Any = None,
    version: int | None = None,
    was: Mapping[str, Any] | None = None,
    keys: Mapping[str, Sequence[str]] | None = None,
    by_name: bool = True,
) -> Any:
    """Store what was entered, as a new document or onto a loaded one; raises `Invalid` by path.

    With ``by_name`` links may be given as names, which are looked up: files and keyboards do so.
    """
    entry = Entry(dict(payload), document, version, was, keys)
    save_all(uow, noun, sight, [entry], by_name=by_name)
    if entry.errors:
        status = HTTPStatus.CONFLICT if entry.well_formed else HTTPStatus.UNPROCESSABLE_ENTITY
        raise Invalid(entry.errors, status)
    return entry.document


def save_all(
    uow: UnitOfWork, noun: Noun, sight: Sight, entries: Sequence[Entry], *, by_name: bool = True
) -> bool:
    """Store a batch of entries, or none of them; returns whether it was stored.

    Each entry's ``errors`` say what is wrong with it. A batch with errors leaves changed
    documents behind, so its unit of work must be given up.
    """
    facts = Facts(uow, explicit=all(entry.was is None for entry in entries))
    for entry in entries:
        _open(noun, sight, entry)
    found = links(noun, [entry.payload for entry in entries], sight, facts, by_name=by_name)
    done: list[tuple[Entry, Parts]] = []
    with _undisturbed(uow):
        for entry, unlinked in zip(entries, found, strict=True):
            parts = _enter(uow, noun, sight, entry, unlinked, facts)
            if parts is not None:
                done.append((entry, parts))
    if len(done) < len(entries):
        return False
    for entry, parts in done:
        _store(uow, noun, entry, parts)
    return True


def _open(noun: Noun, sight: Sight, entry: Entry) -> None:
    """May this person do that at all?"""
    version = entry.payload.pop("version", None)
    entry.version = entry.version or (version if isinstance(version, int) else None)
    if version is not None and not noun.versioned:
        entry.payload["version"] = version
    if entry.document is None:
        if not sight.create:
            raise Forbidden(f"{noun.rights.name}.create")
        return
    if not sight.write:
        raise Forbidden(f"{noun.rights.name}.write")
    if locked(noun, entry.document):
        assert noun.steps is not None
        state = noun.steps.state(getattr(entry.document, noun.steps.field))
        raise NotEditable(noun.one, state.label)


def _enter(
    uow: UnitOfWork, noun: Noun, sight: Sight, entry: Entry, unlinked: Errors, facts: Facts
) -> Parts | None:
    """Validate, apply, derive and check one entry; None when something is wrong with it."""
    facts.forget()
    fresh = entry.document is None
    typed = set(entry.payload)
    if fresh:
        entry.payload = {**start(noun, sight, uow), **entry.payload}
    data, errors = validate(sight, entry.payload, partial=not fresh)
    schema_errors = {k: v for k, v in errors.items() if k not in unlinked}
    entry.errors, entry.well_formed = unlinked | schema_errors, not schema_errors
    if entry.errors:
        return None
    if not fresh:
        refuse_stale(noun, sight, entry.document, entry.version, data)
    document = _new(uow, noun) if fresh else entry.document
    was = _before(noun, sight, entry, document, data, typed, fresh)
    parts = apply(noun, document, data, sight, facts, was)
    if fresh:
        _retell(sight, document, data, typed, facts, was)
    settle(noun, document, facts, sight, final=True)
    entry.errors = facts.errors
    if facts.errors:
        return None
    entry.document, entry.outcome = document, "created" if fresh else "changed"
    return parts


def refuse_stale(
    noun: Noun, sight: Sight, document: Any, version: int | None, data: Mapping[str, Any]
) -> None:
    """Go on only when the document still has the version that was seen; raises `StaleDocument`."""
    if version is None or not noun.versioned or document.version == version:
        return
    theirs = plain_document(noun, sight, read(noun, document, sight))
    raise StaleDocument(plain_document(noun, sight, data), theirs, document.version)


def _before(
    noun: Noun,
    sight: Sight,
    entry: Entry,
    document: Any,
    data: dict[str, Any],
    typed: set[str],
    fresh: bool,
) -> Mapping[str, Any]:
    """What was there before: the page's baseline, else the document as it is."""
    if entry.was is not None:
        for name, keys in (entry.keys or {}).items():
            for row, key in zip(data.get(name) or (), keys, strict=False):
                row["_key"] = key
        return entry.was
    if fresh:
        return {}
    own = sight.writable_own
    return plain(own, {name: getattr(document, f.key) for name, f in own.items()})


def _retell(
    sight: Sight,
    document: Any,
    data: Mapping[str, Any],
    typed: set[str],
    facts: Facts,
    was: Mapping[str, Any],
) -> None:
    """What a new document starts with was not typed by anybody."""
    given = {name: value for name, value in data.items() if name in typed}
    facts.note(document, plain(sight.writable_own, given), was, "")


def _store(uow: UnitOfWork, noun: Noun, entry: Entry, parts: Parts) -> None:
    document = entry.document
    if entry.outcome == "created":
        uow.add(document)
        return
    rows = list(rows_of(noun, document))
    altered = bool(parts.added or parts.removed) or any(map(differs, rows))
    if not altered and not differs(document):
        entry.outcome = "unchanged"
        return
    if parts.removed:
        uow.remove(*parts.removed)
    if parts.added:
        uow.add(*parts.added)
    if altered and noun.versioned:
        uow.touch(document)


def _new(uow: UnitOfWork, noun: Noun) -> Any:
    document = new_row(noun.model)
    if noun.owned:
        document.company_id = uow.company_id
    return document


def start(noun: Noun, sight: Sight, uow: UnitOfWork) -> dict[str, Any]:
    """What a new document begins with, as far as these eyes may enter it."""
    begin = noun.resource.start
    arranged = {n: v for n, v in sight.defaults.items() if n in sight.writable_own}
    if begin is None:
        return arranged
    known = {*sight.writable_own, *noun.typed_lines}
    return {n: v for n, v in begin(uow.actor).items() if n in known} | arranged


def duplicate(uow: UnitOfWork, noun: Noun, sight: Sight, key: Any) -> Any:
    """A new document that says what the other one said; what must be unique it does not take."""
    (document,) = load(uow, noun, sight, [key])
    return save(uow, noun, sight, copy_of(noun, sight, read(noun, document, sight)))


def copy_of(noun: Noun, sight: Sight, data: Mapping[str, Any]) -> dict[str, Any]:
    """What a copy of a document is entered with."""
    payload: dict[str, Any] = {}
    for name, field_ in sight.writable.items():
        value = data.get(name)
        if value is None or name == noun.identity or field_.column.unique:
            continue
        plugin, dot, last = name.partition(".")
        if dot:
            payload.setdefault(plugin, {})[last] = value
        else:
            payload[name] = value
    for name in noun.typed_lines:
        fields = sight.line_fields(name, writing=True)
        payload[name] = [
            {k: row[k] for k in fields if row.get(k) is not None} for row in data.get(name) or ()
        ]
    return payload


@contextmanager
def _undisturbed(uow: UnitOfWork) -> Iterator[None]:
    """A question of `derive` must not write half an entry."""
    before, uow.session.info["before_read"] = uow.session.info["before_read"], None
    try:
        yield
    finally:
        uow.session.info["before_read"] = before
