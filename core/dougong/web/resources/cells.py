"""One field of one document, changed where it stands in the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import g, make_response, request
from flask.typing import ResponseReturnValue

from dougong.errors import Invalid, NotFound, Refused
from dougong.i18n import _
from dougong.resources import documents
from dougong.unit_of_work import UnitOfWork
from dougong.web.resources import forms
from dougong.web.resources.bulk import reason_of
from dougong.web.resources.common import draw, find, house, key_from, pages, reading, require
from dougong.web.rights import signed_in

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun
    from dougong.resources.sight import Sight


@pages.get("/<plugin>/<slug>/<key>/cell/<name>")
@signed_in
def open_cell(plugin: str, slug: str, key: str, name: str) -> ResponseReturnValue:
    """The control of one field, with what it holds now."""
    noun, sight = _find(plugin, slug, name)
    with reading() as session:
        document = documents.get(session, noun, sight, key_from(noun, key))
        if documents.locked(noun, document):
            state = noun.steps.state(getattr(document, noun.steps.field))  # type: ignore[union-attr]
            raise documents.NotEditable(noun.one, state.label)
        data = documents.read(noun, document, sight)
        entry = forms.show(noun, sight, g.fmt, data, editable=True)
        entry.labels = documents.labels(session, noun, [{name: data[name]}], sight)
        version = document.version if noun.versioned else ""
        return draw("_cell.html", noun, sight, entry=entry, field=sight.fields[name], name=name,
                    value=data[name], version=version)  # fmt: skip


@pages.post("/<plugin>/<slug>/<key>/cell/<name>")
@signed_in
def change_cell(plugin: str, slug: str, key: str, name: str) -> ResponseReturnValue:
    """Store the field; what is wrong with it is answered as a sentence."""
    noun, sight = _find(plugin, slug, name)
    entry, at = forms.parse(request.form, noun, sight, g.fmt), key_from(noun, key)
    if name in entry.errors:
        return make_response(str(entry.errors[name]), 422)
    given = {name: entry.values.get(name)}
    version = request.form.get("version", type=int)

    def act(uow: UnitOfWork) -> Any:
        (document,) = documents.load(uow, noun, sight, [at])
        documents.save(uow, noun, sight, given, document=document, version=version)

    try:
        house().run(g.actor, act)
    except (Invalid, Refused) as error:
        return make_response(str(reason_of(error)), int(error.status))
    return "", 204


def _find(plugin: str, slug: str, name: str) -> tuple[Noun, Sight]:
    noun, sight = find(plugin, slug)
    require(sight.write, noun, "write")
    if name not in sight.writable_own:
        raise NotFound(_("field"), name[:60])
    return noun, sight
