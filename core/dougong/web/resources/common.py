"""What all pages of nouns share: finding the noun, drawing it, reading and working for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, g, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound as NoSuchPage

from dougong.approvals.guarding import NeedsApproval
from dougong.approvals.service import ask
from dougong.errors import Forbidden, NotFound
from dougong.keys import whole
from dougong.resources.titles import titles
from dougong.unit_of_work import House, UnitOfWork

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun
    from dougong.resources.sight import Sight

pages = Blueprint("resources", __name__)


def house() -> House:
    """The running house."""
    found: House = current_app.extensions["dougong"].house
    return found


def find(plugin: str, slug: str) -> tuple[Noun, Sight]:
    """The noun at an address, and what whoever asks sees of it; raises when it is not for them."""
    noun = current_app.extensions["dougong"].nouns.all.get(f"{plugin}.{slug}")
    if noun is None:
        raise NoSuchPage
    sight = noun.sight(g.actor.rights)
    if not sight.read:
        raise Forbidden(f"{noun.rights.name}.read")
    return noun, sight


def key_from(noun: Noun, text: str) -> Any:
    """The key of a document from its address."""
    if getattr(noun.model, noun.key).type.python_type is not int:
        return text[:60]
    key = whole(text)
    if key is None:
        raise NoSuchPage
    return key


def find_document(plugin: str, slug: str, key: str) -> tuple[Noun, Sight, int]:
    """A noun whose documents have something beside them, and the key of one; raises when it has not."""
    noun, sight = find(plugin, slug)
    if not noun.beside:
        raise NoSuchPage
    return noun, sight, key_from(noun, key)


def base_of(noun: Noun) -> str:
    """The address of a noun's list."""
    return f"/{noun.plugin}/{noun.slug}"


def draw(template: str, noun: Noun, sight: Sight, **context: Any) -> str:
    """Draw ``crm/orders/form.html`` where the plugin has one, else ``resource/form.html``."""
    names = [f"{noun.plugin}/{noun.slug}/{template}", f"resource/{template}"]
    found = current_app.jinja_env.select_template(names)
    facts: dict[str, Any] = {
        "noun": noun,
        "sight": sight,
        "base": base_of(noun),
        "args": request.args,
    }
    current_app.update_template_context(facts)
    return found.render(facts | context)


def headline(session: Session, noun: Noun, sight: Sight, document: Any) -> Any:
    """What stands above a document: its title, or what it is about; until it has either, its kind."""
    if noun.title != noun.key:
        said, field = getattr(document, noun.title), noun.fields.get(noun.title)
        return (field.show(said, g.fmt) if isinstance(said, str) and field else said) or noun.one
    key = getattr(document, noun.key)
    return titles(session, noun, sight, [key], g.fmt).get(key) or noun.one


def into(target: str) -> bool:
    """Whether the answer replaces this part of a page that stays."""
    return request.headers.get("HX-Target", "").endswith(target)


def is_inside() -> bool:
    """Whether this page stands in a dialog of another one of ours; its frame may then hold it."""
    g.inside = request.values.get("_inside") == "1"
    return bool(g.inside)


def go(target: str) -> ResponseReturnValue:
    """Lead the browser on after something was done."""
    if "HX-Request" in request.headers:
        return "", 204, {"HX-Redirect": target}
    return redirect(target, 303)


def ask_instead(refusal: NeedsApproval, key: Any, target: str, **answers: Any) -> str:
    """Somebody else has to agree: ask them, and lead back to the document."""
    house().run(g.actor, lambda uow: ask(uow, refusal.resource, key, refusal.step, answers))
    return f"{target}?asked=1"


@contextmanager
def reading() -> Iterator[Session]:
    """A session that shows what whoever asks may see."""
    with house().read(g.actor) as session:
        yield session


@contextmanager
def trying() -> Iterator[UnitOfWork]:
    """A unit of work that is never finished: entries are tried out in it, nothing is stored."""
    uow = UnitOfWork(house(), g.actor)
    try:
        uow.session.connection(execution_options={"reading": True})
        yield uow
    finally:
        uow.abandon()
        uow.close()


def require(allowed: bool, noun: Noun, verb: str) -> None:
    """Go on only when the noun's right allows it."""
    if not allowed:
        raise Forbidden(f"{noun.rights.name}.{verb}")


def missing(noun: Noun, key: object) -> NotFound:
    """There is no such document, or not for these eyes."""
    return NotFound(noun.one, key)
