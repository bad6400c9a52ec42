"""The pages on which a company arranges its papers, with a real document to look at."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, current_app, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from dougong.errors import BadQuery, Invalid, NotFound, Refused
from dougong.i18n import LANGUAGES, Text, _, pgettext
from dougong.keys import whole
from dougong.printing.declared import PAPERS, Print
from dougong.printing.letterheads.models import ANY
from dougong.printing.looks import queries
from dougong.printing.looks.service import RIGHT, reset_look, return_to, save_look
from dougong.printing.looks.wishes import (
    MARGINS,
    Said,
    fields_for,
    key_of,
    read_wish,
    sizes_of,
)
from dougong.printing.making import preview, prints_of
from dougong.web.calls import the_house, the_nouns
from dougong.web.papers import as_paper
from dougong.web.rights import needs

pages = Blueprint("papers", __name__, url_prefix="/core/papers")
READ = "core.paper.read"
HERE = "/<plugin>/<slug>/<name>"
#: A preview shows so many pages; the file has all of them.
SHOWN = 3
Errors = Mapping[str, Text | str]


@pages.get("")
@needs(READ)
def index() -> str:
    """Every paper of every noun, and what differs from the shipped one."""
    found = queries.looks_now(the_house(), g.actor)
    menus = current_app.extensions["dougong"].wiring.menus
    headings = {m.key: m.label for m in menus if not m.parent}
    groups: dict[str, list[tuple[Any, Print, Said, list[str]]]] = {}
    for noun in the_nouns():
        for print_ in _own(noun):
            said = found.get((key_of(print_), ANY), {})
            own = [LANGUAGES[c] for c in LANGUAGES if (key_of(print_), c) in found]
            groups.setdefault(noun.plugin, []).append((noun, print_, said, own))
    shown = [(headings.get(plugin, plugin), those) for plugin, those in groups.items()]
    return render_template("core/papers.html", groups=shown)


@pages.get(HERE)
@needs(READ)
def show(plugin: str, slug: str, name: str) -> str:
    """One paper: what it says, how large it is, what it was before."""
    noun, print_ = _find(plugin, slug, name)
    return _page(noun, print_, _language(), {}, None)


@pages.post(HERE)
@needs(RIGHT)
def save(plugin: str, slug: str, name: str) -> ResponseReturnValue:
    """Let the paper be so from now on, or only show how it would be."""
    noun, print_ = _find(plugin, slug, name)
    language, form = _language(), request.form
    try:
        said = read_wish(form, noun, print_, every=language == ANY)
        if "look" in form or "file" in form:
            return _previewed(noun, print_, language, said)
        the_house().run(g.actor, lambda uow: save_look(uow, key_of(print_), language, said))
    except Invalid as refusal:
        return _page(noun, print_, language, refusal.errors, form), 422
    return _back(language)


@pages.post(f"{HERE}/reset")
@needs(RIGHT)
def reset(plugin: str, slug: str, name: str) -> ResponseReturnValue:
    """Return to the shipped paper."""
    _noun, print_ = _find(plugin, slug, name)
    language = _language()
    the_house().run(g.actor, lambda uow: reset_look(uow, key_of(print_), language))
    return _back(language)


@pages.post(f"{HERE}/versions")
@needs(RIGHT)
def take_version(plugin: str, slug: str, name: str) -> ResponseReturnValue:
    """Let a former version count again."""
    _noun, print_ = _find(plugin, slug, name)
    language, version = _language(), whole(request.form.get("version", "")) or 0
    the_house().run(g.actor, lambda uow: return_to(uow, key_of(print_), language, version))
    return _back(language)


def _previewed(noun: Any, print_: Print, language: str, said: Said) -> ResponseReturnValue:
    key, code = key_of(print_), language if language != ANY else g.language
    with the_house().read(g.actor) as session:
        found = dict(queries.looks(session, g.actor.company_id, [key]))
    try:
        made = preview(the_house(), g.actor, noun, print_, code, {**found, (key, language): said})
    except Refused as refusal:
        if "file" in request.form:
            raise
        return _page(noun, print_, language, {"": refusal.sentence}, request.form), refusal.status
    content, drawn, title = made
    if "file" in request.form:
        word = str(_("preview"))
        return as_paper(content, f"{print_.slug}-{word}.pdf")
    pictures = [base64.b64encode(page).decode() for page in drawn]
    shown = {"title": title, "pages": pictures[:SHOWN], "more": len(pictures) - SHOWN}
    return _page(noun, print_, language, {}, request.form, shown)


def _page(
    noun: Any, print_: Print, language: str, errors: Errors, typed: Any, shown: Any = None
) -> str:
    key, company = key_of(print_), g.actor.company_id
    with the_house().read(g.actor) as session:
        said = queries.looks(session, company, [key]).get((key, language), {})
        before = queries.versions(session, company, key, language)
    return render_template(
        "core/paper.html",
        noun=noun,
        print=print_,
        here=f"/core/papers/{noun.plugin}/{noun.slug}/{print_.slug}",
        language=language,
        said=said,
        wanted=typed if typed is not None else _as_typed(said),
        errors=errors,
        shown=shown,
        before=before,
        fields=fields_for(noun),
        sizes=sizes_of(print_),
        paper=PAPERS[said.get("size", print_.paper)],
        margins=dict(zip(MARGINS, _SIDES, strict=True)),
        every=ANY,
        saved="saved" in request.args,
        may_change=g.actor.may(RIGHT),
    )


def _as_typed(said: Said) -> dict[str, str]:
    """What is kept as the form shows it."""
    typed = {name: str(said.get(name, "")) for name in ("title", "opening", "closing", "letters")}
    typed["size"] = said.get("size", "")
    typed["words"] = "\n".join(f"{a} = {b}" for a, b in said.get("words", {}).items())
    for side, margin in zip(MARGINS, said.get("margins", ("",) * 4), strict=True):
        typed[f"margin-{side}"] = str(margin)
    return typed | {n: "1" for n in ("nohead", "nofoot", "first", "hidden") if said.get(n)}


_SIDES = (
    pgettext("margin", "Top"), pgettext("margin", "Right"),
    pgettext("margin", "Bottom"), pgettext("margin", "Left"),
)  # fmt: skip


def _own(noun: Any) -> list[Print]:
    """The papers that a noun itself declares, and its form."""
    declared = current_app.extensions["dougong"].wiring.prints.values()
    return [p for p in prints_of(declared, noun, g.actor) if p.resource == noun.name]


def _find(plugin: str, slug: str, name: str) -> tuple[Any, Print]:
    noun = the_nouns().get(f"{plugin}.{slug}")
    for print_ in _own(noun) if noun is not None else ():
        if print_.slug == name:
            return noun, print_
    raise NotFound(_("paper"), name[:40])


def _language() -> str:
    code = request.args.get("language", ANY)
    if code != ANY and code not in LANGUAGES:
        raise BadQuery(_("The house does not speak this language."))
    return code


def _back(language: str) -> ResponseReturnValue:
    return redirect(f"{request.path.removesuffix('/reset').removesuffix('/versions')}"
                    f"?language={language}&saved=1", 303)  # fmt: skip
