"""Dashboards for programs: by the same services and rights as the pages."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from flask import Blueprint, Response, current_app, g, request
from werkzeug.datastructures import MultiDict

from dougong.dashboards import service
from dougong.dashboards.adding import card_values
from dougong.dashboards.boards import Board, CardFacts
from dougong.dashboards.drawing import Shown
from dougong.dashboards.models import ALERTS, SHARINGS
from dougong.dashboards.queries import board_for, boards_of
from dougong.dashboards.service import Placed
from dougong.dashboards.sources import found, title_of, way_of, why_not
from dougong.dashboards.web import DIGITS, figure_of
from dougong.errors import BadQuery, Invalid, NotFound
from dougong.i18n import Text, _
from dougong.resources.problems import sentence
from dougong.resources.purses import Purse
from dougong.unit_of_work import Answer, UnitOfWork
from dougong.web.bodies import object_body, wanted_version
from dougong.web.calls import act_once, as_json, tag_version, the_house, to_answer
from dougong.web.rights import signed_in

pages = Blueprint("dashboards_api", __name__, url_prefix="/api/v1/core/dashboards")
#: What a card is made of, as the dialog “Add to dashboard” sends it.
CARD = ("source", "target", "kind", "query", "measure", "title", "by", "shape")
PLACED = ("id", "width", "title", "alert", "threshold")


@pages.get("")
@signed_in
def list_boards() -> Response:
    """Every dashboard that the caller sees, their own first."""
    with the_house().read(g.actor) as session:
        boards = boards_of(session, _runtime(), g.actor)
    return as_json({"items": [_head(board) for board in boards]})


@pages.post("")
@signed_in
def make() -> Response:
    """A new one of one's own: ``{"name": "Mine", "cards": [{"source": "list", …}]}``."""
    body = _said({"name": str, "cards": list}, needed=("name",))
    cards = [_card(card, f"cards.{at}") for at, card in enumerate(body.get("cards", ()))]

    def act(uow: UnitOfWork) -> Answer:
        made = service.make_dashboard(uow, body["name"])
        uow.flush()
        for values in cards:
            service.add_card(uow, made.id, values)
        return _told(uow, str(made.id), 201)

    return act_once(act)


@pages.get("/<key>")
@signed_in
def read(key: str) -> Response:
    """One with the figure of each card; ``?figures=false`` without."""
    figures = request.args.get("figures", "true")
    if figures not in ("true", "false") or set(request.args) - {"figures"}:
        raise BadQuery(_("figures is true or false."))
    with the_house().read(g.actor) as session:
        board = board_for(session, _runtime(), g.actor, key)
        body = _whole(board)
        if figures == "true":
            for card, told in zip(board.cards, body["cards"], strict=True):
                told["figure"] = _figure(figure_of(session, card))
    answer = as_json(body)
    tag_version(answer, body)
    return answer


@pages.patch("/<key>")
@signed_in
def change(key: str) -> Response:
    """Name and arrangement: ``{"name": …, "cards": [{"id": …, "width": 6}]}``; a card left out goes."""
    body = _said({"name": str, "cards": list, "version": int})
    version = _version(body)

    def act(uow: UnitOfWork) -> Answer:
        board = board_for(uow.session, _runtime(), uow.actor, key)
        here = {card.key: card for card in board.cards}
        said = body.get("cards", [{"id": name} for name in here])
        cards = [_placed(card, here, f"cards.{at}") for at, card in enumerate(said)]
        name = body.get("name", board.title)
        service.arrange(uow, _runtime(), key, version, name, cards)
        return _told(uow, key)

    return act_once(act)


@pages.delete("/<key>")
@signed_in
def drop(key: str) -> Response:
    """Drop it, or have a module's own as the module ships it."""

    def act(uow: UnitOfWork) -> Answer:
        service.drop(uow, _runtime(), key)
        return Answer(204, "")

    return act_once(act)


@pages.post("/<key>/cards")
@signed_in
def add(key: str) -> Response:
    """One card more: ``{"source": "list", "target": "crm.orders", "kind": "number", …}``."""
    values = _card(object_body(), "")

    def act(uow: UnitOfWork) -> Answer:
        board = board_for(uow.session, _runtime(), uow.actor, key)
        service.add_card(uow, board.id, values)
        return _told(uow, key, 201)

    return act_once(act)


@pages.post("/<key>/copy")
@signed_in
def copy(key: str) -> Response:
    """One's own with the same cards: ``{"name": "Mine"}``."""
    body = _said({"name": str}, needed=("name",))

    def act(uow: UnitOfWork) -> Answer:
        made = service.copy(uow, _runtime(), key, body["name"])
        uow.flush()
        return _told(uow, str(made.id), 201)

    return act_once(act)


@pages.put("/<key>/sharing")
@signed_in
def share(key: str) -> Response:
    """For whom it is: ``{"sharing": "roles", "roles": ["seller"]}``, ``everybody`` or ``private``."""
    body = _said({"sharing": str, "roles": list, "version": int}, needed=("sharing",))
    version, names = _version(body), body.get("roles", [])
    if not all(isinstance(name, str) for name in names):
        raise Invalid({"roles": sentence("string_type")})

    def act(uow: UnitOfWork) -> Answer:
        service.share(uow, _runtime(), key, version, body["sharing"], names)
        return _told(uow, key)

    return act_once(act)


# -- what is told ----------------------------------------------------------------------------------


def _told(uow: UnitOfWork, key: str, status: int = 200) -> Answer:
    """The dashboard as it will be stored."""
    uow.complete()
    uow.session.expire_all()
    board = board_for(uow.session, _runtime(), uow.actor, key)
    answer: Answer = to_answer(_whole(board), status)  # type: ignore[arg-type]
    return answer


def _head(board: Board) -> dict[str, Any]:
    return {
        "key": board.key, "title": board.title, "version": board.version, "mine": board.mine,
        "owner": board.owner, "shipped": board.shipped, "sharing": board.sharing,
        "roles": list(board.roles), "may_change": board.may_change, "cards": len(board.cards),
    }  # fmt: skip


def _whole(board: Board) -> dict[str, Any]:
    return {**_head(board), "cards": [_described(card) for card in board.cards]}


def _described(card: CardFacts) -> dict[str, Any]:
    seen = why_not(_runtime(), g.actor, card.source, card.target) is None
    return {
        "id": card.key, "title": title_of(_runtime(), card), "source": card.source,
        "target": card.target, "query": card.query, "kind": card.kind, "measure": card.measure,
        "width": card.width, "alert": card.alert,
        "threshold": None if card.threshold is None else format(card.threshold.normalize(), "f"),
        "url": way_of(_runtime(), card) if seen else "",
    }  # fmt: skip


def _figure(shown: Shown) -> dict[str, Any]:
    """What stands in a card: exact values for programs, and the words that people read."""
    told: dict[str, Any] = {"kind": shown.kind}
    if shown.kind == "sentence":
        told["sentence"] = shown.sentence
    elif shown.kind == "number":
        told |= {"value": _exact(shown.value), "text": shown.number, "trend": shown.trend}
        told |= {"mark": shown.mark[0] if shown.mark else "", "hint": shown.hint}
    elif shown.chart is not None:
        told["labels"] = list(shown.chart.labels)
        told["series"] = [
            {"name": one.name, "values": [_exact(value) for value in one.values]}
            for one in shown.chart.series
        ]
    else:
        told["heads"] = [cell.text for cell in shown.heads]
        told["rows"] = [[cell.text for cell in row] for row in shown.rows]
    return told


def _exact(value: Any) -> Any:
    """A number as JSON says it: counts as they are, decimals as text, by currency where several."""
    if isinstance(value, Purse):
        return {code or "": _exact(one) for code, one in value.items()}
    return str(value) if value is not None and not isinstance(value, int) else value


# -- what was sent ---------------------------------------------------------------------------------


def _said(known: Mapping[str, type], needed: tuple[str, ...] = ()) -> dict[str, Any]:
    """The body with these names and no others; raises `Invalid` by name."""
    return _checked(object_body(), known, needed)


def _checked(
    body: Mapping[str, Any], known: Mapping[str, type], needed: tuple[str, ...] = (), at: str = ""
) -> dict[str, Any]:
    errors: dict[str, Text | str] = {}
    kinds = {str: "string_type", int: "int_type", list: "list_type"}
    for name, value in body.items():
        if name not in known:
            errors[f"{at}.{name}".strip(".")] = sentence("extra_forbidden")
        elif type(value) is not known[name]:
            errors[f"{at}.{name}".strip(".")] = sentence(kinds[known[name]])
    for name in needed:
        if name not in body:
            errors[f"{at}.{name}".strip(".")] = sentence("missing")
    if errors:
        raise Invalid(errors)
    return dict(body)


def _object(card: Any, at: str) -> Mapping[str, Any]:
    if not isinstance(card, dict):
        raise Invalid({at: sentence("model_type")})
    return card


def _card(card: Any, at: str) -> dict[str, Any]:
    said = _checked(_object(card, at), dict.fromkeys(CARD, str), ("source", "target", "kind"), at)
    given = {name: value for name, value in said.items() if name != "title"}
    values = card_values(MultiDict({**given, "title": said.get("title", "")}))
    if values["title"]:
        return values
    return {**values, "title": str(found(_runtime(), values["source"], values["target"]).label)}


def _placed(card: Any, here: Mapping[str, CardFacts], at: str) -> Placed:
    """A card where it is to stand; what is not said stays as it is."""
    kinds = dict.fromkeys(PLACED, str) | {"width": int}
    said = {n: v for n, v in _object(card, at).items() if not (n == "threshold" and v is None)}
    _checked(said, kinds, ("id",), at)
    known = here.get(said["id"])
    if known is None:
        raise NotFound(_("card"), said["id"][:80])
    alert = said.get("alert", known.alert)
    if alert not in ALERTS:
        raise Invalid({f"{at}.alert": _("Choose above or below.")})
    threshold = known.threshold if alert else None
    if "threshold" in said:
        threshold = _number(said["threshold"], f"{at}.threshold")
    return Placed(
        known.key, said.get("width", known.width), said.get("title", known.title), alert, threshold
    )


def _number(text: str, at: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= Decimal(10) ** DIGITS:
        raise Invalid({at: _("This is not a number.")})
    return number


def _version(body: Mapping[str, Any]) -> int:
    """The version that the caller has seen: by If-Match, or in the body."""
    version = wanted_version()
    version = body.get("version") if version is None else version
    if version is None:
        raise Invalid({"version": sentence("missing")})
    return int(version)


def _runtime() -> Any:
    return current_app.extensions["dougong"]


# -- the description -------------------------------------------------------------------------------

ROOT = "/api/v1/core/dashboards"


def described(operation: Any, may_share: bool) -> dict[str, Any]:
    """The paths for the OpenAPI description; ``operation`` writes one of them."""
    text, number = {"type": "string"}, {"type": "integer"}
    card = {"type": "object", "required": ["source", "target", "kind"],
            "properties": dict.fromkeys(CARD, text)}  # fmt: skip
    placed = {"type": "object", "required": ["id"],
              "properties": dict.fromkeys(PLACED, text) | {"width": number}}  # fmt: skip
    name = {"type": "object", "required": ["name"], "properties": {"name": text}}
    cards = {"type": "array", "maxItems": service.MOST_CARDS, "items": card}
    made = {**name, "properties": {"name": text, "cards": cards}}
    changed = {"type": "object", "properties": {"name": text, "version": number,
               "cards": {"type": "array", "items": placed}}}  # fmt: skip
    shared = {"type": "object", "required": ["sharing"], "properties": {
        "sharing": {"enum": list(SHARINGS)}, "version": number,
        "roles": {"type": "array", "items": text}}}  # fmt: skip
    here = [{"name": "key", "in": "path", "required": True, "schema": text}]
    paths = {
        ROOT: {"get": operation("list"), "post": operation("create", made, 201)},
        f"{ROOT}/{{key}}": {
            "parameters": here, "get": operation("read"), "patch": operation("update", changed),
            "delete": operation("delete", None, 204),
        },
        f"{ROOT}/{{key}}/cards": {
            "parameters": here, "post": operation("add_card", card, 201),
        },
        f"{ROOT}/{{key}}/copy": {"parameters": here, "post": operation("copy", name, 201)},
    }  # fmt: skip
    if may_share:
        paths[f"{ROOT}/{{key}}/sharing"] = {"parameters": here, "put": operation("share", shared)}
    return paths
