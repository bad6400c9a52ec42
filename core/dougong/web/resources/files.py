"""The files tab of a document: what colleagues put beside it."""

from __future__ import annotations

import base64
from functools import partial
from urllib.parse import quote

from flask import Response, g, make_response, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from dougong.errors import NotFound, Refused
from dougong.files.kinds import PICTURES
from dougong.files.models import File
from dougong.files.preview import MOST_PAGES, PDF, SMALL, WIDE, Drawn, NotShown, can_draw, draw_page
from dougong.files.service import (
    add_file,
    content_of,
    files_on,
    find_file,
    read_file,
    take_away_file,
)
from dougong.i18n import _
from dougong.resources import documents
from dougong.resources.nouns import Noun
from dougong.resources.sight import Sight
from dougong.unit_of_work import UnitOfWork
from dougong.web.resources.beside import beside
from dougong.web.resources.common import base_of, draw, find, go, house, key_from, pages, reading
from dougong.web.resources.story import about
from dougong.web.rights import signed_in

#: A browser shows nothing of it as a page of ours, and runs nothing in it.
POLICY = "default-src 'none'; sandbox"
#: A picture of one clear pixel.
NOTHING = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


@pages.get("/<plugin>/<slug>/<key>/files")
@signed_in
def files(plugin: str, slug: str, key: str) -> ResponseReturnValue:
    """The files beside a document, the newest first, and room for more."""
    noun, sight, at = _find(plugin, slug, key)
    return _draw(noun, sight, at)


@pages.post("/<plugin>/<slug>/<key>/files")
@signed_in
def add_files(plugin: str, slug: str, key: str) -> ResponseReturnValue:
    """Put files beside a document; what is refused is said of each, the others are kept."""
    noun, sight, at = _find(plugin, slug, key)
    given = [one for one in request.files.getlist("file") if one.filename]
    if not given:
        raise Refused(_("Choose a file first."))
    wrong, status = [], 200
    for one in given:
        name, content = one.filename or "", one.read()
        try:
            house().run(g.actor, partial(_add, noun, at, name, content))
        except Refused as refusal:
            wrong.append(str(refusal.sentence))
            status = int(refusal.status)
    if not wrong:
        return go(f"{base_of(noun)}/{at}/files")
    answer = make_response(_draw(noun, sight, at, wrong), status)
    answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "body", "outerMorph"
    return answer


def _add(noun: Noun, key: int, name: str, content: bytes, uow: UnitOfWork) -> None:
    add_file(uow, noun, key, name, content)


@pages.get("/<plugin>/<slug>/<key>/files/<int:file>")
@signed_in
def send_file(plugin: str, slug: str, key: str, file: int) -> Response:
    """One file, to be saved; a picture may be shown, anything else never."""
    noun, _sight, at = _find(plugin, slug, key)
    with reading() as session:
        found, content = read_file(session, noun, g.actor, at, file)
        shown = found.kind in PICTURES and request.args.get("show") == "1"
        answer = Response(content, content_type=found.kind)
        how, name = "inline" if shown else "attachment", quote(found.name, safe="")
    answer.headers["Content-Disposition"] = f"{how}; filename*=UTF-8''{name}"
    answer.headers["Content-Security-Policy"] = POLICY
    return answer


@pages.get("/<plugin>/<slug>/<key>/files/<int:file>/preview")
@signed_in
def preview_file(plugin: str, slug: str, key: str, file: int) -> str:
    """The pages of a PDF file as pictures, or a sentence that says why they cannot be shown."""
    noun, sight, at = _find(plugin, slug, key)
    with reading() as session:
        document = documents.get(session, noun, sight, at)
        found = _paper(session, noun, at, file)
        drawn, wrong = None, None
        try:
            drawn = _drawn(session, found, 1, WIDE)
        except NotShown as refusal:
            wrong = refusal.sentence
        facts = about(session, noun, document, "files") | beside(session, noun, document)
        facts |= {"file": found, "drawn": drawn, "wrong": wrong}
        return draw("preview.html", noun, sight, **facts)


@pages.get("/<plugin>/<slug>/<key>/files/<int:file>/pages/<int:page>")
@signed_in
def send_page(plugin: str, slug: str, key: str, file: int, page: int) -> Response:
    """One page of a PDF file as a picture, large or, with ``small=1``, to stand beside its name.

    A small one that cannot be drawn is one clear pixel: the icon behind it stays.
    """
    noun, _sight, at = _find(plugin, slug, key)
    small = request.args.get("small") == "1"
    if not 1 <= page <= MOST_PAGES:
        raise NotFound(_("page"), page)
    with reading() as session:
        found = _paper(session, noun, at, file)
        try:
            drawn = _drawn(session, found, page, SMALL if small else WIDE)
        except NotShown:
            if small:
                return Response(NOTHING, content_type="image/gif")
            raise
    if not drawn.picture:
        raise NotFound(_("page"), page)
    return Response(drawn.picture, content_type="image/webp")


def _paper(session: Session, noun: Noun, key: int, file: int) -> File:
    """A file that has pages; what has none has no preview."""
    found = find_file(session, noun, g.actor, key, file)
    if found.kind != PDF:
        raise NotFound(_("page"), request.path)
    return found


def _drawn(session: Session, file: File, page: int, width: int) -> Drawn:
    return draw_page(file.digest, lambda: content_of(session, file), page, width)


@pages.post("/<plugin>/<slug>/<key>/files/<int:file>/take-away")
@signed_in
def take_away(plugin: str, slug: str, key: str, file: int) -> ResponseReturnValue:
    """Take a file away."""
    noun, _sight, at = _find(plugin, slug, key)
    house().run(g.actor, lambda uow: take_away_file(uow, noun, at, file))
    return go(f"{base_of(noun)}/{at}/files")


def _find(plugin: str, slug: str, key: str) -> tuple[Noun, Sight, int]:
    noun, sight = find(plugin, slug)
    if noun.key != "id":
        raise NotFound(_("page"), request.path)
    return noun, sight, key_from(noun, key)


def _draw(noun: Noun, sight: Sight, key: int, wrong: list[str] | None = None) -> str:
    with reading() as session:
        document = documents.get(session, noun, sight, key)
        facts = about(session, noun, document, "files") | beside(session, noun, document)
        found = files_on(session, noun, g.actor, key)
        mine = {
            one.id: sight.write and (one.user_id == g.actor.user_id or sight.delete)
            for one in found
        }
        facts |= {"kept": found, "mine": mine, "wrong": wrong or []}
        facts |= {"pictures": PICTURES, "paper": PDF, "drawing": can_draw()}
        return draw("files.html", noun, sight, **facts)
