"""The form of a document: shown, sent round while it is being entered, stored."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from flask import Response, g, make_response, request
from flask.typing import ResponseReturnValue

from dougong.approvals.guarding import NeedsApproval
from dougong.approvals.queries import beside as waiting_beside
from dougong.errors import Invalid, Refused, Stale
from dougong.i18n import _
from dougong.keys import whole
from dougong.resources import documents, steps
from dougong.resources.documents.reading import called
from dougong.resources.problems import StaleDocument
from dougong.unit_of_work import UnitOfWork
from dougong.unit_of_work.house import Answer, Once, OtherRequest
from dougong.web.resources import forms, trial
from dougong.web.resources.asking import questions
from dougong.web.resources.beside import beside
from dougong.web.resources.common import (
    ask_instead,
    base_of,
    draw,
    find,
    go,
    headline,
    house,
    into,
    is_inside,
    key_from,
    pages,
    reading,
    require,
    trying,
)
from dougong.web.resources.comparing import TAKE, differences, take_theirs
from dougong.web.resources.locks import lock_of
from dougong.web.rights import signed_in


@pages.get("/<plugin>/<slug>/new")
@signed_in
def new(plugin: str, slug: str) -> ResponseReturnValue:
    """An empty form, with what a new document begins with."""
    noun, sight = find(plugin, slug)
    require(sight.create, noun, "create")
    is_inside()
    entry = forms.FormEntry(noun, sight, g.fmt)
    with trying() as uow:
        if copied := request.args.get("copy"):
            _copy(uow, entry, key_from(noun, copied))
        else:
            trial.begin(uow, entry)
            _prefill(entry)
        entry.errors.clear()
        return answer(uow.session, entry, None)


def _copy(uow: UnitOfWork, entry: forms.FormEntry, key: Any) -> None:
    from dougong.resources.documents.saving import copy_of

    document = documents.get(uow.session, entry.noun, entry.sight, key)
    entry.values = copy_of(
        entry.noun, entry.sight, documents.read(entry.noun, document, entry.sight)
    )
    for name in entry.noun.lines:
        entry.values.setdefault(name, [])
        entry.keys[name] = [f"n{at}" for at in range(len(entry.values.get(name) or ()))]
    trial.rederive(uow, entry)


def _prefill(entry: forms.FormEntry) -> None:
    """Other pages may open a new form with something filled in: ``/new?customer=12``."""
    for name, text in request.args.items():
        field = entry.sight.writable.get(name)
        if field is not None and text:
            try:
                entry.values[name] = field.load(text)
            except ValueError:
                continue


@pages.get("/<plugin>/<slug>/<key>")
@signed_in
def show(plugin: str, slug: str, key: str) -> ResponseReturnValue:
    """A document, to be read or changed."""
    noun, sight = find(plugin, slug)
    with reading() as session:
        document = documents.get(session, noun, sight, key_from(noun, key))
        data = documents.read(noun, document, sight)
        editable = sight.write and not documents.locked(noun, document)
        return answer(session, forms.show(noun, sight, g.fmt, data, editable=editable), document)


@pages.post("/<plugin>/<slug>/new")
@signed_in
def create(plugin: str, slug: str) -> ResponseReturnValue:
    """Store a new document."""
    return _store(plugin, slug, None)


@pages.post("/<plugin>/<slug>/<key>")
@signed_in
def change(plugin: str, slug: str, key: str) -> ResponseReturnValue:
    """Store what was changed."""
    return _store(plugin, slug, key)


def _store(plugin: str, slug: str, text: str | None) -> ResponseReturnValue:
    noun, sight = find(plugin, slug)
    key = None if text is None else key_from(noun, text)
    entry = forms.parse(request.form, noun, sight, g.fmt)
    step, since, archived = request.form.get("_step", ""), [""], False
    if "_unarchive" in request.form and "active" in sight.writable_own:
        entry.values["active"] = True

    def act(uow: UnitOfWork) -> Answer:
        nonlocal archived
        data = forms.payload(entry, final=True)
        document = None if key is None else documents.load(uow, noun, sight, [key])[0]
        archived = getattr(document, "active", None) is True
        version = request.form.get("version", type=int)
        saved = documents.save(
            uow,
            noun,
            sight,
            data,
            document=document,
            version=version,
            was=entry.was,
            keys=entry.keys,
        )
        at = getattr(saved, noun.key)
        archived = archived and saved.active is False
        if step:
            since.append(getattr(saved, noun.steps.field) if noun.steps else "")
            steps.run_one(uow, noun, sight, step, at)
        return Answer(303, f"{base_of(noun)}/{at}")

    try:
        if entry.errors:
            raise Invalid({})
        done = house().run_once(g.actor, _once(key), act)
    except NeedsApproval as refusal:
        step = ""
        done = house().run_once(g.actor, _once(key), act)
        at = key if key is not None else whole(done.body.rpartition("/")[2])
        return go(ask_instead(refusal, at, done.body))
    except (Invalid, StaleDocument, Refused) as error:
        return _again(entry, key, error)
    if is_inside():
        return go(f"{done.body}/made?_inside=1")
    took = f"&took={step}&since={since[-1]}" if step and since[-1] else ""
    next_ = request.form.get("_ask", "")
    asking = f"&ask={next_}" if noun.steps and noun.steps.step(next_) else ""
    return go(f"{done.body}?saved=1{took}{asking}{'&archived=1' if archived else ''}")


@pages.get("/<plugin>/<slug>/<key>/made")
@signed_in
def made(plugin: str, slug: str, key: str) -> ResponseReturnValue:
    """What a form in a dialog tells the page around it: the new document's key and name."""
    noun, sight = find(plugin, slug)
    is_inside()
    with reading() as session:
        document = documents.get(session, noun, sight, key_from(noun, key))
        label = called(getattr(document, noun.title), getattr(document, noun.key))
        return draw("made.html", noun, sight, document=document, title=label,
                    key=getattr(document, noun.key))  # fmt: skip


def _once(key: Any) -> Once | None:
    """A form that makes something is stored once, however often its button is pressed."""
    promised = request.form.get("_once", "")
    if key is not None or not promised:
        return None
    said = repr(sorted((k, v) for k, v in request.form.items(multi=True) if k != "csrf_token"))
    return Once(promised[:64], hashlib.sha256(said.encode()).hexdigest())


def _again(entry: forms.FormEntry, key: Any, error: Refused | Invalid | Stale) -> Response:
    """Show the form again, with what was typed and what is wrong with it."""
    stale = error if isinstance(error, StaleDocument) else None
    if isinstance(error, Invalid):
        entry.place(error.errors)
    elif stale is None:
        entry.errors.setdefault("", error.sentence)
    with trying() as uow:
        document = None
        if key is not None:
            with reading() as session:
                document = documents.get(session, entry.noun, entry.sight, key)
                entry.editable = entry.sight.write and not documents.locked(entry.noun, document)
        kept = dict(entry.errors)
        trial.rederive(uow, entry, key)
        entry.errors.update(kept)
        if isinstance(error, Invalid):
            entry.miss()
        status = 409 if isinstance(error, OtherRequest) else int(error.status)
        return answer(uow.session, entry, document, status=status, stale=stale)


@pages.post("/<plugin>/<slug>/derive")
@signed_in
def derive_new(plugin: str, slug: str) -> ResponseReturnValue:
    """A field of a new document changed; the form goes round, nothing is stored."""
    return _derive(plugin, slug, None)


@pages.post("/<plugin>/<slug>/<key>/derive")
@signed_in
def derive(plugin: str, slug: str, key: str) -> ResponseReturnValue:
    """A field changed, or a line was added, removed, pasted; nothing is stored."""
    return _derive(plugin, slug, key)


def _derive(plugin: str, slug: str, text: str | None) -> ResponseReturnValue:
    noun, sight = find(plugin, slug)
    key = None if text is None else key_from(noun, text)
    require(
        sight.create if key is None else sight.write, noun, "create" if key is None else "write"
    )
    entry = forms.parse(request.form, noun, sight, g.fmt)
    do = request.form.get("_do", "")
    trial.command(entry, do, request.form.get("_paste", ""))
    document, joined = None, False
    # What the form was opened with: another's change since then must still be noticed.
    seen = request.form.get("version", type=int)
    if key is not None:
        with reading() as session:
            document = documents.get(session, noun, sight, key)
            if do == TAKE:
                take_theirs(entry, document, request.form)
                seen, joined = None, True
    with trying() as uow:
        trial.rederive(uow, entry, key)
        return answer(uow.session, entry, document, seen=seen, joined=joined)


def answer(
    session: Any,
    entry: forms.FormEntry,
    document: Any,
    *,
    status: int = 200,
    stale: StaleDocument | None = None,
    seen: int | None = None,
    joined: bool = False,
) -> Response:
    """Draw the form: whole, or the part that goes into a page that stays."""
    noun, sight = entry.noun, entry.sight
    is_inside()
    entry.labels = documents.labels(session, noun, [entry.values], sight)
    title: Any = _("New: %(what)s", what=noun.one)
    if document is not None:
        title = headline(session, noun, sight, document)
    about = beside(session, noun, document)
    approval = None
    if document is not None and noun.document and noun.steps:
        with house().look(g.actor) as uow:
            at = getattr(document, noun.steps.field)
            approval = waiting_beside(uow, noun.document, document.id, at)
    offered = steps.offered(noun, sight, document)
    page = draw(
        "_form.html" if into("doc") else "form.html",
        noun,
        sight,
        entry=entry,
        document=document,
        key=None if document is None else getattr(document, noun.key),
        offered=offered,
        lock=lock_of(session, noun, document, offered),
        back=_way_back(noun, offered),
        state=_state(noun, document),
        title=title,
        stale=stale,
        conflict=differences(session, entry, document) if stale else (),
        joined=joined,
        version=_version(document, stale, seen),
        once=request.form.get("_once") if status < 400 else None,
        fresh_once=secrets.token_urlsafe(18),
        tab="",
        approval=approval,
        asked=lambda step: questions(session, step, document),
        **about,
    )
    return make_response(page, status)


def _way_back(noun: Any, offered: Any) -> dict[str, Any] | None:
    """The step that takes back the one just taken, where the table of steps has one that asks nothing."""
    took = noun.steps.step(request.args.get("took", "")) if noun.steps else None
    if took is None:
        return None
    for step, refusal in offered:
        asks = any(ask.required for ask in step.asks) or step.confirm
        if step.target == request.args.get("since") and not refusal and not asks:
            return {"step": step, "took": took.label}
    return None


def _version(document: Any, stale: StaleDocument | None, seen: int | None) -> int | None:
    """The version that a save goes on from."""
    if stale is not None:
        return stale.version
    asked = seen or request.args.get("version", type=int)
    return asked or getattr(document, "version", None)


def _state(noun: Any, document: Any) -> Any:
    if not noun.steps:
        return None
    states = noun.steps.states
    return (
        noun.steps.state(getattr(document, noun.steps.field)) if document is not None else states[0]
    )
