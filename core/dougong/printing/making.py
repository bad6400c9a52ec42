"""Print documents: read them, lay them out in their languages, typeset them, remember it."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from dougong.companies.models import Company
from dougong.errors import BadQuery, NotFound, Refused
from dougong.i18n import LANGUAGES, Text, _, language, speaking
from dougong.printing.composing import Composer, Data, fingerprint
from dougong.printing.declared import Print
from dougong.printing.desk import Desk
from dougong.printing.letterheads.models import ANY
from dougong.printing.letterheads.queries import letterheads
from dougong.printing.looks.applying import apply, paper_of
from dougong.printing.looks.queries import Looks, look_of, looks, looks_now
from dougong.printing.looks.wishes import Said, key_of
from dougong.printing.sheets import Sheet
from dougong.printing.standard import standard_print
from dougong.resources import documents
from dougong.resources.documents.reading import headed
from dougong.resources.formats import formats

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from dougong.actors import Actor
    from dougong.resources.nouns import Noun
    from dougong.resources.sight import Sight
    from dougong.unit_of_work import House, UnitOfWork


#: Among so many of the newest documents one that has the paper is looked for.
SAMPLES = 50


@dataclass
class Printed:
    """A file, and what is remembered of it: document, language and fingerprint of each paper."""

    filename: str
    content: bytes = b""
    told: list[tuple[Any, str, str]] = field(default_factory=list)


def prints_of(
    prints: Iterable[Print], noun: Noun, actor: Actor, looks: Looks | None = None
) -> list[Print]:
    """The papers that a noun has for this reader; the one with all fields comes last.

    With the company's ``looks`` the one it prints first comes first, and what it hides is missing.
    """
    own = [p for p in prints if _belongs(p, noun) and (not p.needs or actor.may(p.needs))]
    found = [*sorted(own, key=lambda p: (p.order, p.name)), standard_print(noun)]
    if not looks:
        return found
    said = {p.name: looks.get((key_of(p), ANY), {}) for p in found}
    shown = [p for p in found if not said[p.name].get("hidden")]
    return sorted(shown, key=lambda p: not said[p.name].get("first"))


def _belongs(print_: Print, noun: Noun) -> bool:
    """Whether it is of this resource, or of another one of the same model that offers it, too."""
    if print_.also is not None and noun.name not in (print_.resource, *print_.also):
        return False
    declared = noun.nouns.get(print_.resource)
    return declared is not None and declared.model is noun.model


def fits(print_: Print, noun: Noun, document: Any) -> bool:
    """Whether the paper can be printed of the document as it is now."""
    if print_.states and noun.steps and getattr(document, noun.steps.field) not in print_.states:
        return False
    return print_.fits is None or bool(print_.fits(document))


def find_print(prints: Iterable[Print], noun: Noun, actor: Actor, name: str) -> Print:
    """The paper of that name; raises `NotFound`."""
    for one in prints_of(prints, noun, actor):
        if one.slug == name:
            return one
    raise NotFound(_("paper"), name[:40])


def _first(house: House, noun: Noun, actor: Actor, found: Sequence[Any]) -> Print:
    """What is printed when nobody says which paper: the first that all documents have."""
    prints = house.wiring.prints.values()  # type: ignore[attr-defined]
    offered = prints_of(prints, noun, actor, looks_now(house, actor)) or [standard_print(noun)]
    fitting = (p for p in offered if all(fits(p, noun, document) for document in found))
    return next(fitting, standard_print(noun))


def print_documents(
    house: House, actor: Actor, noun: Noun, keys: Sequence[Any], name: str, said: str = ""
) -> Printed:
    """The paper of that name of these documents as one PDF file; their first one without a name.

    ``said`` is the language of all of them; without it each receiver's own counts. That a posted
    document was printed is remembered in its history. Raises `NotFound` for what is not there or
    not for these eyes, `Refused` for a document that has no such paper now, and `NeedsTypesetter`.
    """
    if said and said not in LANGUAGES:
        raise BadQuery(_("The house does not speak this language."))
    prints = house.wiring.prints.values()  # type: ignore[attr-defined]
    sight = noun.sight(actor.rights)
    with house.read(actor) as session:
        found = documents.several(session, noun, sight, keys)
        print_ = (
            find_print(prints, noun, actor, name) if name else _first(house, noun, actor, found)
        )
        _refuse_unfit(print_, noun, found)
        made = _Maker(session, noun, sight, actor, print_).make(found, said)
    remembered = [(d, code, mark) for d, code, mark in made.told if _is_kept(print_, noun, d)]
    if remembered:
        house.run(actor, lambda uow: _remember(uow, noun, print_, remembered))
    return made


def _refuse_unfit(print_: Print, noun: Noun, found: Sequence[Any]) -> None:
    for document in found:
        if not fits(print_, noun, document):
            raise Refused(
                _(
                    "%(paper)s cannot be printed of %(document)s as it is now.",
                    paper=print_.label,
                    document=f"{noun.one} {headed(getattr(document, noun.title))}",
                )
            )


def preview(
    house: House, actor: Actor, noun: Noun, print_: Print, code: str, wished: Looks
) -> tuple[bytes, list[bytes], str]:
    """A paper of the newest document that has one, as it would be with these wishes.

    Returns the PDF file, its pages as pictures and what the document is called. Nothing is
    remembered. Raises `Refused` where no document has this paper.
    """
    sight = noun.sight(actor.rights)
    with house.read(actor) as session:
        found = _sample(session, noun, sight, print_)
        maker = _Maker(session, noun, sight, actor, print_)
        maker.looks = wished
        made = maker.make([found], code)
        return made.content, maker.drawn(), headed(getattr(found, noun.title))


def _sample(session: Session, noun: Noun, sight: Sight, print_: Print) -> Any:
    documents.require_read(noun, sight)
    column = getattr(noun.model, noun.key)
    statement = select(column).order_by(column.desc()).limit(SAMPLES)
    if noun.resource.rule:
        statement = statement.where(noun.resource.rule(noun.model))
    keys = session.scalars(statement).all()
    for document in documents.several(session, noun, sight, keys) if keys else ():
        if fits(print_, noun, document):
            return document
    raise Refused(_("No document has this paper yet. Make one first; then it is shown here."))


def _is_kept(print_: Print, noun: Noun, document: Any) -> bool:
    """What went out of the house is remembered: papers of documents that cannot be changed any more."""
    audited = getattr(noun.model, "__audited__", False) and noun.document
    return bool(audited and not print_.label_only and documents.locked(noun, document))


def _remember(
    uow: UnitOfWork, noun: Noun, print_: Print, printed: Sequence[tuple[Any, str, str]]
) -> None:
    for document, code, mark in printed:
        uow.record(document, "print", {"paper": print_.name, "language": code, "fingerprint": mark})


@dataclass
class _Laid:
    """The sheets of one document as data."""

    language: str
    dated: dt.date | None
    data: list[Data]


class _Maker:
    """Makes one file of one paper."""

    def __init__(
        self, session: Session, noun: Noun, sight: Sight, actor: Actor, print_: Print
    ) -> None:
        self.session, self.noun, self.sight, self.actor = session, noun, sight, actor
        self.print, self.composer = print_, Composer(print_.paper)
        #: The wishes of the company for this paper, whatever the language.
        self.looks = looks(session, actor.company_id, [key_of(print_)])
        self.every: list[Data] = []

    def make(self, found: Sequence[Any], said: str) -> Printed:
        """All sheets in the order of the documents, whatever their language."""
        sheets: dict[Any, _Laid] = {}
        for code, some in self._by_language(found, said).items():
            sheets |= self._laid_out(some, code)
        ordered = [sheets[self._key(document)] for document in found]
        first = " ".join(ordered[0].data[0]["title"]) if len(ordered) == 1 else ""
        dated = max((laid.dated for laid in ordered if laid.dated), default=None)
        self.every = every = [data for laid in ordered for data in laid.data]
        printed = Printed(self._filename(found))
        self.composer.paper = paper_of(self.print.paper, self._look(ordered[0].language))
        printed.content = self.composer.file(every, first or str(self.print.label), dated)
        for document, laid in zip(found, ordered, strict=True):
            printed.told.append((document, laid.language, fingerprint(laid.data)))
        return printed

    def drawn(self) -> list[bytes]:
        """The pages that were made as pictures."""
        return self.composer.drawn(self.every, str(self.print.label))

    def _by_language(self, found: Sequence[Any], said: str) -> dict[str, list[Any]]:
        grouped: dict[str, list[Any]] = defaultdict(list)
        asks = self.print.language if not said else None
        spoken = asks(self._desk(language()), found) if asks else {}
        for document in found:
            own = said or spoken.get(self._key(document)) or language()
            grouped[own if own in LANGUAGES else language()].append(document)
        return grouped

    def _desk(self, code: str) -> Desk:
        company = self.session.get(Company, self.actor.company_id)
        zone = company.timezone if company is not None else self.actor.timezone
        desk = Desk(
            self.session, self.noun, self.sight, self.actor, code, formats(code, zone or "UTC")
        )
        desk.home = company.country if company is not None else None
        return desk

    def _laid_out(self, some: Sequence[Any], code: str) -> dict[Any, _Laid]:
        with speaking(code):
            desk = self._desk(code)
            desk.lay_out(some)
            own = {getattr(d, "company_id", None) or self.actor.company_id for d in some}
            desk.heads = letterheads(self.session, own, code)
            return {
                self._key(document): _Laid(
                    code, sheet.dated,
                    [self._data(desk, document, each) for each in (sheet, *sheet.after)],
                )
                for document, sheet in zip(some, self.print.layout(desk, some), strict=True)
            }  # fmt: skip

    def _data(self, desk: Desk, document: Any, sheet: Sheet) -> Data:
        mark = _mark(self.noun, document) if self.print.marked else ""
        data = self.composer.data(sheet, desk.language, desk.head(document), mark)

        def say(name: str) -> str:
            # A field that a text names may have gone since, with its plugin.
            return desk.say(document, name) if name in self.noun.fields else ""

        return apply(data, self._look(desk.language), say)

    def _look(self, code: str) -> Said:
        return look_of(self.looks, key_of(self.print), code)

    def _filename(self, found: Sequence[Any]) -> str:
        title = getattr(found[0], self.noun.title) if len(found) == 1 else None
        words = f"{self.print.slug}-{title or ('' if len(found) > 1 else self._key(found[0]))}"
        return re.sub(r"[^\w.-]+", "-", words).strip("-.")[:80] + ".pdf"

    def _key(self, document: Any) -> Any:
        return getattr(document, self.noun.key)


def _mark(noun: Noun, document: Any) -> Text | str:
    """A draft and what was set aside say so on the paper."""
    if not noun.steps:
        return ""
    state = noun.steps.state(getattr(document, noun.steps.field))
    draft = state is noun.steps.states[0] and state.editable
    return state.label if draft or state.aside else ""


__all__ = ["Printed", "find_print", "fits", "print_documents", "prints_of"]
