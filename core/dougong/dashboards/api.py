"""Dashboards for programs: by the same services and rights as the pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, current_app, g, request
from werkzeug.datastructures import MultiDict

from dougong.dashboards import service
from dougong.dashboards.adding import card_values
from dougong.dashboards.boards import Board, CardFacts
from dougong.dashboards.bodies import (
    Arrangement,
    Name,
    NewBoard,
    NewCard,
    PlacedCard,
    Sharing,
)
from dougong.dashboards.drawing import Shown
from dougong.dashboards.queries import SHARE, board_for, boards_of
from dougong.dashboards.service import Placed
from dougong.dashboards.sources import found, title_of, way_of, why_not
from dougong.dashboards.web import figure_of
from dougong.errors import BadQuery, Invalid, NotFound
from dougong.i18n import _
from dougong.resources.problems import sentence
from dougong.resources.purses import Purse
from dougong.unit_of_work import Answer, UnitOfWork
from dougong.web.bodies import takes, wanted_version
from dougong.web.calls import act_once, as_json, tag_version, the_house, to_answer
from dougong.web.rights import needs, signed_in

pages = Blueprint("dashboards_api", __name__, url_prefix="/api/v1/core/dashboards")


@pages.get("")
@signed_in
def list_boards() -> Response:
    """Every dashboard that the caller sees, their own first."""
    with the_house().read(g.actor) as session:
        boards = boards_of(session, _runtime(), g.actor)
    return as_json({"items": [_head(board) for board in boards]})


@pages.post("")
@signed_in
@takes(NewBoard)
def make(body: NewBoard) -> Response:
    """A new one of one's own: ``{"name": "Mine", "cards": [{"source": "list", …}]}``."""
    cards = [_card(card) for card in body.cards]

    def act(uow: UnitOfWork) -> Answer:
        made = service.make_dashboard(uow, body.name)
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
@takes(Arrangement)
def change(key: str, body: Arrangement) -> Response:
    """Name and arrangement: ``{"name": …, "cards": [{"id": …, "width": 6}]}``; a card left out goes."""
    version = _version(body)

    def act(uow: UnitOfWork) -> Answer:
        board = board_for(uow.session, _runtime(), uow.actor, key)
        here = {card.key: card for card in board.cards}
        cards = [PlacedCard(id=name) for name in here] if "cards" not in body.said else body.cards
        placed = [_placed(card, here) for card in cards]
        name = body.said.get("name", board.title)
        service.arrange(uow, _runtime(), key, version, name, placed)
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
@takes(NewCard)
def add(key: str, body: NewCard) -> Response:
    """One card more: ``{"source": "list", "target": "crm.orders", "kind": "number", …}``."""
    values = _card(body)

    def act(uow: UnitOfWork) -> Answer:
        board = board_for(uow.session, _runtime(), uow.actor, key)
        service.add_card(uow, board.id, values)
        return _told(uow, key, 201)

    return act_once(act)


@pages.post("/<key>/copy")
@signed_in
@takes(Name)
def copy(key: str, body: Name) -> Response:
    """One's own with the same cards: ``{"name": "Mine"}``."""

    def act(uow: UnitOfWork) -> Answer:
        made = service.copy(uow, _runtime(), key, body.name)
        uow.flush()
        return _told(uow, str(made.id), 201)

    return act_once(act)


@pages.put("/<key>/sharing")
@needs(SHARE)
@takes(Sharing)
def share(key: str, body: Sharing) -> Response:
    """For whom it is: ``{"sharing": "roles", "roles": ["seller"]}``, ``everybody`` or ``private``."""
    version = _version(body)

    def act(uow: UnitOfWork) -> Answer:
        service.share(uow, _runtime(), key, version, body.sharing, body.roles)
        return _told(uow, key)

    return act_once(act)


# -- what is told ----------------------------------------------------------------------------------


def _told(uow: UnitOfWork, key: str, status: int = 200) -> Answer:
    """The dashboard as it will be stored."""
    uow.complete()
    uow.session.expire_all()
    board = board_for(uow.session, _runtime(), uow.actor, key)
    return to_answer(_whole(board), status)


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


def _card(card: NewCard) -> dict[str, Any]:
    """What a card shows, once it is sure that it can be asked for."""
    given = card.model_dump(exclude={"title"}, exclude_unset=True)
    values = card_values(MultiDict({**given, "title": card.title}))
    if values["title"]:
        return values
    return {**values, "title": str(found(_runtime(), values["source"], values["target"]).label)}


def _placed(card: PlacedCard, here: Mapping[str, CardFacts]) -> Placed:
    known = here.get(card.id)
    if known is None:
        raise NotFound(_("card"), card.id[:80])
    said = card.said
    alert = said.get("alert", known.alert)
    return Placed(
        known.key,
        said.get("width", known.width),
        said.get("title", known.title),
        alert,
        said.get("threshold", known.threshold if alert else None),
    )


def _version(body: Arrangement | Sharing) -> int:
    """The version that the caller has seen: by If-Match, or in the body."""
    version = wanted_version()
    version = body.said.get("version") if version is None else version
    if version is None:
        raise Invalid({"version": sentence("missing")})
    return int(version)


def _runtime() -> Any:
    return current_app.extensions["dougong"]
