"""Taking a step that imports: validate everything, then store it, a file or a chunk at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from http import HTTPStatus
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import select

from dougong.errors import DougongError
from dougong.i18n import _
from dougong.importing.documents import Described, Describer
from dougong.importing.outcome import StepOutcome, Trouble
from dougong.resources.documents import Entry, save_all
from dougong.resources.models import ExternalId

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.resources.nouns import Noun
    from dougong.unit_of_work import House, UnitOfWork

Watch = Callable[[str, int, int], None]


class Refusal(DougongError):
    """Some rows are wrong; what was stored of the chunk is undone."""

    status = HTTPStatus.CONFLICT


class Entering:
    """One import step of a plan."""

    def __init__(self, plan: str, describer: Describer, noun: Noun, actor: Actor) -> None:
        self.plan, self.describer, self.noun, self.actor = plan, describer, noun, actor
        self.sight = noun.sight(actor.rights)
        self.outcome = StepOutcome(describer.step.name)

    def run(self, house: House, watch: Watch) -> StepOutcome:
        """Store what is not there yet; a file with a wrong row is not stored at all."""
        documents = self._new(self._read(house))
        if self.outcome.refused:
            return self.outcome
        size = self.describer.step.chunk or len(documents) or 1
        for chunk in _chunks(documents, size):
            try:
                house.run(self.actor, partial(self.store, documents=chunk))
            except Refusal:
                return self.outcome
            self.outcome.made += len(chunk)
            watch(self.outcome.name, self.outcome.made, len(documents))
        return self.outcome

    def rehearse(self, uow: UnitOfWork) -> StepOutcome:
        """The same inside somebody else's unit of work, which will be given up."""
        known = _known(uow, self.plan, self.noun.name)
        documents = self._new((list(self.describer.documents()), known))
        if not self.outcome.refused:
            try:
                self.store(uow, documents)
                self.outcome.made = len(documents)
            except Refusal:
                pass
        return self.outcome

    def store(self, uow: UnitOfWork, documents: Sequence[Described]) -> None:
        """Enter a chunk by the same path as page and API; raises `Refusal`."""
        entries = [Entry(dict(d.payload)) for d in documents]
        self.outcome.refused = []
        if not save_all(uow, self.noun, self.sight, entries):
            for described, entry in zip(documents, entries, strict=True):
                for path, sentence in entry.errors.items():
                    self.outcome.refused.append(self.describer.trouble(described, path, sentence))
            raise Refusal(_("Some rows were refused; nothing of them was stored."))
        for described, entry in zip(documents, entries, strict=True):
            uow.add(
                ExternalId(
                    resource=self.noun.name,
                    source=self.plan,
                    external_id=described.external_id,
                    company_id=uow.company_id,
                    document_id=entry.document.id,
                )
            )

    def _read(self, house: House) -> tuple[list[Described], dict[str, int]]:
        with house.read(self.actor) as session:
            known = known_ids(session, self.plan, self.noun.name, self.actor.company_id)
        return list(self.describer.documents()), known

    def _new(self, read: tuple[list[Described], dict[str, int]]) -> list[Described]:
        """The documents that are not there yet; what is wrong with the file itself is told."""
        documents, known = read
        self.outcome.rows = len(documents)
        seen: dict[str, int] = {}
        fresh = []
        for document in documents:
            self.outcome.refused += document.troubles
            if not document.external_id:
                self._refuse(document, _("The external id is empty."))
            elif document.external_id in seen:
                self._refuse(
                    document,
                    _(
                        "The external id “%(id)s” stands in row %(row)s already.",
                        id=document.external_id,
                        row=seen[document.external_id],
                    ),
                )
            elif document.external_id in known:
                self.outcome.there += 1
            else:
                fresh.append(document)
            seen.setdefault(document.external_id, document.row)
        return fresh

    def _refuse(self, document: Described, sentence: object) -> None:
        spec = self.describer.step.id
        column = spec if isinstance(spec, str) else str(spec.get("column", "id"))
        self.outcome.refused.append(
            Trouble(self.describer.step.file, document.row, column, str(sentence))
        )


def known_ids(session: object, plan: str, resource: str, company_id: int) -> dict[str, int]:
    """By external id, what the plan has imported of a resource."""
    statement = select(ExternalId.external_id, ExternalId.document_id).where(
        ExternalId.source == plan,
        ExternalId.resource == resource,
        ExternalId.company_id == company_id,
    )
    return dict(session.execute(statement).all())  # type: ignore[attr-defined]


def _known(uow: UnitOfWork, plan: str, resource: str) -> dict[str, int]:
    return known_ids(uow.session, plan, resource, uow.company_id)


def _chunks(documents: Iterable[Described], size: int) -> Iterable[list[Described]]:
    rest = iter(documents)
    while chunk := list(islice(rest, size)):
        yield chunk
