"""The pages of the portal. Each asks who visits, reads as that visitor, and shows nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, abort, current_app, g, make_response, redirect, request
from flask import render_template as render
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound as NoSuchPage

from dougong import BadQuery, DougongError, Invalid, NotFound, UnitOfWork, _, clock
from dougong.i18n import language
from dougong.keys import whole
from dougong.notes.service import write_note
from dougong.people.web import cookies, csrf
from dougong.printing.letterheads.queries import letterheads
from dougong.printing.making import print_documents
from dougong.resources.formats import formats
from dougong.web import languages
from dougong.web.calls import the_house, the_nouns
from dougong.web.outside import count_answer, follow, uncount
from dougong.web.papers import as_paper
from dougong.web.rights import public
from dougong_base.letters import address_lines, receivers
from dougong_base.parties.resource import ROLES
from dougong_base.portal.answering import (
    CannotAnswer,
    HasChanged,
    NotNow,
    Said,
    answer,
    find_action,
)
from dougong_base.portal.links import ENTER, SHARED
from dougong_base.portal.showing import Showing, shown_in
from dougong_base.portal.visitors import Shown, Visitor, by_document, by_link, by_log_in, how

pages = Blueprint("base_visitors", __name__, url_prefix="/portal")

COOKIE = "dougong-portal"
#: What may be told to a customer as it was said; any other refusal is the house's own affair.
TOLD = (Invalid, NotFound, NotNow, HasChanged, CannotAnswer)
#: Lists are not turned further than this.
MOST_PAGES = 10_000


class OnlyCustomers(DougongError):
    """One of the people of the house, who has no documents here."""

    status = HTTPStatus.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            _("This is the customers' portal. You see a customer's part of it by his link alone.")
        )


# -- coming in -----------------------------------------------------------------------------------


@pages.get("/enter/<token>")
@public
def enter(token: str) -> ResponseReturnValue:
    """Follow the link of a letter: the browser keeps it until it is closed."""
    follow(ENTER, token, by_link)
    sent = make_response(redirect("/portal", HTTPStatus.SEE_OTHER))
    cookies.give(sent, COOKIE, token)
    return sent


@pages.post("/leave")
@public
def leave() -> ResponseReturnValue:
    """Let the browser forget the link."""
    csrf.check()
    sent = make_response(redirect("/login", HTTPStatus.SEE_OTHER))
    cookies.take_back(sent, COOKIE)
    return sent


@pages.after_request
def forget(sent: Response) -> Response:
    """A link that leads nowhere any more is not tried again."""
    if g.get("dead_link"):
        cookies.take_back(sent, COOKIE)
    return sent


def _visitor() -> Visitor:
    """Who visits: by the link that this browser keeps, else by a log-in; 404, 403, 401 for nobody."""
    token = cookies.read(COOKIE)
    if token:
        try:
            found: Visitor | None = follow(ENTER, token, by_link)
        except NoSuchPage:
            g.dead_link = True
            raise
    elif g.get("actor") is None:
        abort(HTTPStatus.UNAUTHORIZED)
    elif not g.actor.guest:
        raise OnlyCustomers
    else:
        with the_house().look(g.actor) as uow:
            found = by_log_in(uow, g.actor)
    if found is None:
        raise NoSuchPage
    return _welcome(found)


def _welcome(visitor: Visitor) -> Visitor:
    """Speak the visitor's language, unless this browser has chosen another."""
    languages.speak(visitor.language)
    g.fmt = formats(language(), visitor.timezone)
    return replace(visitor, language=language())


def _holder(token: str) -> tuple[Visitor, Shown, int]:
    """Who holds the link to one document, and which it is."""
    visitor = follow(SHARED, token, by_document)
    noun, key = visitor.only or ("", 0)
    shown = next((one for one in _shown().values() if one.declared.name == noun), None)
    if shown is None:
        raise NoSuchPage
    return _welcome(replace(visitor, root=f"/portal/shared/{token}")), shown, key


# -- looking -------------------------------------------------------------------------------------


@pages.get("")
@public
def home() -> ResponseReturnValue:
    """What waits for the customer, and how much there is of everything."""
    visitor, shown = _visitor(), _shown()
    with _reading(visitor, shown) as sees:
        waiting = [found for one in shown.values() if (found := sees.waiting(one))]
        counts = [(one, f"/portal/{path}", sees.count(one)) for path, one in shown.items()]
        return _page(sees, "home", waiting=waiting, counts=counts)


@pages.get("/<plugin>/<slug>")
@public
def index(plugin: str, slug: str) -> ResponseReturnValue:
    """All documents of one kind, the latest first."""
    visitor, one = _visitor(), _find(plugin, slug)
    number = whole(request.args.get("page", "1"))
    if number is None or number > MOST_PAGES:
        raise BadQuery(_("There is no page of this number."))
    with _reading(visitor, _shown()) as sees:
        rows, more = sees.page(one, number)
        if not rows and number > 1:
            raise NoSuchPage
        return _page(sees, "list", one=one, rows=rows, number=number, more=more)


@pages.get("/<plugin>/<slug>/<int:key>")
@public
def show(plugin: str, slug: str, key: int) -> ResponseReturnValue:
    """One document."""
    visitor, one = _visitor(), _find(plugin, slug)
    return _document(visitor, one, key, f"/portal/{one.path}/{key}")


@pages.get("/<plugin>/<slug>/<int:key>/paper")
@public
def paper(plugin: str, slug: str, key: int) -> ResponseReturnValue:
    """The house's own paper of it."""
    return _paper(_visitor(), _find(plugin, slug), key)


@pages.post("/<plugin>/<slug>/<int:key>/<name>")
@public
def act(plugin: str, slug: str, key: int, name: str) -> ResponseReturnValue:
    """Answer it."""
    visitor, one = _visitor(), _find(plugin, slug)
    return _answer(visitor, one, key, name, f"/portal/{one.path}/{key}")


@pages.get("/shared/<token>")
@public
def shared(token: str) -> ResponseReturnValue:
    """The one document that a link leads to."""
    visitor, one, key = _holder(token)
    return _document(visitor, one, key, visitor.root)


@pages.get("/shared/<token>/paper")
@public
def shared_paper(token: str) -> ResponseReturnValue:
    """Its paper."""
    return _paper(*_holder(token))


@pages.post("/shared/<token>/<name>")
@public
def shared_act(token: str, name: str) -> ResponseReturnValue:
    """Answer it."""
    visitor, one, key = _holder(token)
    return _answer(visitor, one, key, name, visitor.root)


@pages.get("/address")
@public
def address() -> ResponseReturnValue:
    """What the house knows of the customer: to read."""
    return _address(_visitor())


@pages.post("/address")
@public
def correct() -> ResponseReturnValue:
    """Tell the house what has changed: a note beside the customer, which an employee takes over."""
    visitor = _visitor()
    csrf.check()
    what = f"portal {visitor.party_id}"
    count_answer(visitor.actor(), what)
    words = request.form.get("words", "")
    parties = the_nouns().all["base.parties"]

    def note(uow: UnitOfWork) -> None:
        text = words.replace("\r\n", "\n").strip()
        told = f"{text}\n\n— {how(visitor, '', _where())}" if text else ""
        write_note(uow, parties, visitor.party_id, told)

    try:
        the_house().run(visitor.actor([f"{parties.rights.name}.read"]), note)
    except Invalid as refusal:
        return _address(visitor, error=refusal, words=words)
    uncount(visitor.actor(), what)
    return redirect("/portal/address?done=1", HTTPStatus.SEE_OTHER)


# -- inside --------------------------------------------------------------------------------------


def _shown() -> dict[str, Shown]:
    runtime = current_app.extensions["dougong"]
    found: dict[str, Shown] | None = current_app.extensions.get("portal")
    if found is None:
        found = current_app.extensions["portal"] = shown_in(runtime.wiring, runtime.nouns)
    return found


def _find(plugin: str, slug: str) -> Shown:
    found = _shown().get(f"{plugin}/{slug}")
    if found is None:
        raise NoSuchPage
    return found


def _papers() -> Mapping[str, Any]:
    prints: Mapping[str, Any] = current_app.extensions["dougong"].wiring.prints
    return prints


def _where() -> str:
    return request.remote_addr or "nowhere"


@contextmanager
def _reading(visitor: Visitor, shown: Mapping[str, Shown]) -> Iterator[Showing]:
    actor = visitor.reader(shown.values())
    with the_house().read(actor) as session:
        yield Showing(session, visitor, actor, g.fmt, clock.today())


def _page(sees: Showing, name: str, status: int = HTTPStatus.OK, **facts: Any) -> Response:
    visitor, here = sees.visitor, sees.visitor.company_id
    head = letterheads(sees.session, [here], language())[here]
    drawn = render(
        f"base/portal/{name}.html", visitor=visitor, head=head, house=head.name,
        nav=[] if visitor.only else [(f"/portal/{p}", one.label) for p, one in _shown().items()],
        **facts,
    )  # fmt: skip
    return make_response(drawn, status)


def _document(
    visitor: Visitor, one: Shown, key: int, at: str, error: DougongError | None = None
) -> ResponseReturnValue:
    with _reading(visitor, {one.path: one}) as sees:
        found = sees.whole(one, key, _papers())
        done = one.declared.action(request.args.get("done", ""))
        closed = _closed(sees, one, key) if one.declared.actions and not found.actions else ""
        return _page(
            sees, "document", error.status if error else HTTPStatus.OK, one=one, found=found,
            at=at, error=error, said=request.form, done=done.done if done and not error else "",
            closed=closed,
        )  # fmt: skip


def _closed(sees: Showing, one: Shown, key: int) -> str:
    """Why nothing of it can be answered any more, in the words of its first action."""
    document = sees.session.get(one.noun.model, key)
    return str(one.declared.actions[0].ready(document, sees.today) or "")


def _paper(visitor: Visitor, one: Shown, key: int) -> Response:
    with _reading(visitor, {one.path: one}) as sees:
        name = sees.whole(one, key, _papers()).paper
    if not name:
        raise NoSuchPage
    printed = print_documents(the_house(), visitor.reader([one]), one.noun, [key], name)
    return as_paper(printed.content, printed.filename)


def _answer(visitor: Visitor, one: Shown, key: int, name: str, at: str) -> ResponseReturnValue:
    csrf.check()
    what = f"portal {visitor.party_id}"
    count_answer(visitor.actor(), what)
    action, form = find_action(one, name), request.form
    said = Said(whole(form.get("version")), form.get("name", ""), form.get("words", ""), _where())
    refusal: DougongError
    try:
        with _reading(visitor, {one.path: one}) as sees:
            sees.whole(one, key, _papers())
        acting = visitor.actor(action.needs)
        the_house().run(acting, lambda uow: answer(uow, visitor, one, key, name, said))
    except NotFound:
        raise
    except TOLD as told:
        refusal = told
    except DougongError as own:
        if own.status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
            raise
        refusal = CannotAnswer()
    else:
        uncount(visitor.actor(), what)
        return redirect(f"{at}?done={name}", HTTPStatus.SEE_OTHER)
    return _document(visitor, one, key, at, refusal)


def _address(
    visitor: Visitor, error: DougongError | None = None, words: str = ""
) -> ResponseReturnValue:
    with _reading(visitor, _shown()) as sees:
        party = receivers(sees.session, [visitor.party_id])[visitor.party_id]
        addresses = [(one.role, address_lines(one, language())) for one in party.addresses]
        return _page(
            sees, "address", error.status if error else HTTPStatus.OK, party=party,
            addresses=addresses, roles=ROLES, error=error, words=words, done=request.args.get("done") == "1",
        )  # fmt: skip
