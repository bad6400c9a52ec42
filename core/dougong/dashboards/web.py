"""The pages of dashboards: all of them, one, its cards, arranging and sharing."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from flask import Blueprint, Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from dougong.dashboards import service
from dougong.dashboards.beginning import begin_with, let_begin
from dougong.dashboards.boards import Board, CardFacts, from_widget
from dougong.dashboards.drawing import Reader, Shown, show
from dougong.dashboards.models import ALERTS, NARROWEST, WIDEST
from dougong.dashboards.queries import (
    OVERVIEW,
    SHARE,
    beginning_of,
    beginnings,
    board_for,
    boards_of,
    roles,
)
from dougong.dashboards.service import Placed
from dougong.dashboards.sources import found, title_of, way_of, why_not
from dougong.errors import DougongError, Invalid, NotFound
from dougong.i18n import _
from dougong.keys import whole
from dougong.logger import structlog
from dougong.unit_of_work import House
from dougong.web.formatting import fmt
from dougong.web.resources.common import go
from dougong.web.rights import signed_in

log = structlog.get_logger()

pages = Blueprint("dashboards", __name__, url_prefix="/core/dashboards")
#: A condition whose figure is compared with the stretch before.
PERIOD = re.compile(r"\.during=(?!past|future)")
#: A limit has fewer digits than this before the point.
DIGITS = 12


def open_room(app: Flask) -> None:
    """Hang the pages up."""
    from dougong.dashboards import adding, api

    app.register_blueprint(adding.pages)
    app.register_blueprint(api.pages)
    app.register_blueprint(pages)
    app.jinja_env.globals.update(card_title=_title, card_way=_way, card_kind=_kind, card_room=_room)


@pages.get("")
@signed_in
def index() -> str:
    """Every dashboard that this person sees, and which is on their home page."""
    with _house().read(g.actor) as session:
        boards = boards_of(session, _runtime(), g.actor)
        first = beginning_of(session, _runtime(), g.actor)
    return render_template("dashboards/index.html", boards=boards, first=first)


@pages.post("")
@signed_in
def make() -> ResponseReturnValue:
    """A new one for oneself."""
    name = typed("name")
    made = _house().run(g.actor, lambda uow: service.make_dashboard(uow, name).id)
    return go(f"/core/dashboards/{made}")


@pages.get("/<key>")
@signed_in
def one(key: str) -> str:
    """A dashboard; its cards ask for their figures one by one."""
    with _house().read(g.actor) as session:
        board = overview() if key == OVERVIEW else board_for(session, _runtime(), g.actor, key)
        begin_roles, begins = beginnings(session, g.actor, board.key)
        every = roles(session) if g.actor.may(SHARE) else []
    return render_template(
        "dashboards/board.html",
        board=board,
        arranging=board.may_change and "arrange" in request.args,
        begin_roles=begin_roles,
        begins=begins,
        roles=every,
        widest=WIDEST,
        narrowest=NARROWEST,
    )


@pages.get("/<key>/cards/<card>")
@signed_in
def figure(key: str, card: str) -> str:
    """What stands in one card; whatever is wrong with it is told in it."""
    with _house().read(g.actor) as session:
        board = overview() if key == OVERVIEW else board_for(session, _runtime(), g.actor, key)
        facts = board.card(card)
        if facts is None:
            raise NotFound(_("card"), card[:80])
        found_ = figure_of(session, facts)
    return render_template("dashboards/_figure.html", shown=found_, card=facts)


@pages.post("/<key>/arrange")
@signed_in
def arrange(key: str) -> ResponseReturnValue:
    """Keep the order, the widths and the names of the cards as they are now."""
    cards = [_placed(card) for card in request.form.getlist("card")[: 2 * service.MOST_CARDS]]
    version, name = _version(), typed("name")
    _house().run(g.actor, lambda uow: service.arrange(uow, _runtime(), key, version, name, cards))
    return go(f"/core/dashboards/{key}?saved=1")


@pages.post("/<key>/share")
@signed_in
def share(key: str) -> ResponseReturnValue:
    """Say for whom it is."""
    version, sharing, names = _version(), typed("sharing"), request.form.getlist("role")
    _house().run(g.actor, lambda uow: service.share(uow, _runtime(), key, version, sharing, names))
    return go(f"/core/dashboards/{key}?saved=1")


@pages.post("/<key>/copy")
@signed_in
def copy(key: str) -> ResponseReturnValue:
    """A dashboard of one's own with the same cards."""
    name = typed("name")
    made = _house().run(g.actor, lambda uow: service.copy(uow, _runtime(), key, name).id)
    return go(f"/core/dashboards/{made}?arrange=1")


@pages.post("/<key>/drop")
@signed_in
def drop(key: str) -> ResponseReturnValue:
    """Drop it, or have a module's own as the module ships it."""
    _house().run(g.actor, lambda uow: service.drop(uow, _runtime(), key))
    return go(f"/core/dashboards/{key}?saved=1" if "." in key else "/core/dashboards?saved=1")


@pages.post("/<key>/begin")
@signed_in
def begin(key: str) -> ResponseReturnValue:
    """Have it on one's own home page, or no longer."""
    _house().run(g.actor, lambda uow: begin_with(uow, _runtime(), key))
    return go(f"/core/dashboards/{key}?saved=1")


@pages.post("/<key>/beginnings")
@signed_in
def begin_for(key: str) -> ResponseReturnValue:
    """Have it on the home pages of roles."""
    names = request.form.getlist("role")
    _house().run(g.actor, lambda uow: let_begin(uow, _runtime(), key, names))
    return go(f"/core/dashboards/{key}?saved=1")


# -- what the home page needs, too -----------------------------------------------------------------


def overview() -> Board:
    """All widgets this person may see: where no dashboard is meant for them."""
    mine = [w for w in _runtime().wiring.widgets if not w.needs or g.actor.may(w.needs)]
    order = ("number", "chart", "list")
    cards = [from_widget(w) for w in sorted(mine, key=lambda w: (order.index(w.kind), w.order))]
    return Board(OVERVIEW, str(_("Overview")), cards)


def figure_of(session: Session, card: CardFacts) -> Shown:
    """The card with its figure; a source that fails is told in it, and the log has the details."""
    try:
        return show(Reader(_runtime(), g.actor, fmt()), session, card)
    except Invalid as error:
        said = "; ".join(str(text) for text in error.errors.values())
        return Shown("sentence", sentence=said or str(error.sentence))
    except DougongError as error:
        return Shown("sentence", sentence=str(error.sentence))
    except Exception:
        log.exception("a card was left out", card=card.target)
        words = _("This card could not be worked out. Tell your administrator.")
        return Shown("sentence", sentence=str(words))


def _title(card: CardFacts) -> str:
    return title_of(_runtime(), card)


def _way(card: CardFacts) -> str:
    seen = why_not(_runtime(), g.actor, card.source, card.target) is None
    return way_of(_runtime(), card) if seen else ""


def _kind(card: CardFacts) -> str:
    """How a card is shown; a widget has its own way."""
    widget = found(_runtime(), "widget", card.target) if card.source == "widget" else None
    return _shape(widget) if widget is not None else card.kind


def _room(card: CardFacts) -> str:
    """The room that a number keeps before it is known: for a mark, and for the words below it."""
    widget = found(_runtime(), "widget", card.target) if card.source == "widget" else None
    hint = card.source == "report" or (widget is not None and widget.hint)
    words = hint or PERIOD.search(card.query)
    return " ".join(filter(None, ("marked" if card.alert else "", "told" if words else "")))


def _shape(widget: Any) -> str:
    return "rows" if widget.kind == "list" else str(widget.kind)


# -- what was sent ---------------------------------------------------------------------------------


def typed(name: str) -> str:
    """A short text of the form."""
    return request.form.get(name, "").replace("\x00", "").strip()[:200]


def _version() -> int:
    version = whole(request.form.get("version", ""))
    if version is None:
        raise Invalid({"version": _("Open the page anew: it does not say which state it shows.")})
    return version


def _placed(card: str) -> Placed:
    width, alert = whole(request.form.get(f"{card}.width", "")), typed(f"{card}.alert")
    if alert not in ALERTS:
        raise Invalid({f"{card}.alert": _("Choose above or below.")})
    text = typed(f"{card}.threshold") if alert else ""
    threshold: Decimal | None = None
    if text:
        try:
            threshold = fmt().to_decimal(text)
        except ValueError:
            raise Invalid({f"{card}.threshold": _("This is not a number.")}) from None
        if abs(threshold) >= Decimal(10) ** DIGITS:
            raise Invalid({f"{card}.threshold": _("This is not a number.")})
    name = typed(f"{card}.title")
    return Placed(card[:80], -1 if width is None else width, name, alert, threshold)


def _runtime() -> Any:
    return current_app.extensions["dougong"]


def _house() -> House:
    found_: House = _runtime().house
    return found_
