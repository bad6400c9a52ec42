"""Importing: documents are created or changed by what they are known by, all or none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from dougong.actors import Actor
from dougong.errors import DougongError
from dougong.i18n import _
from dougong.keys import can_be_known_by
from dougong.resources import documents
from dougong.resources.documents.facts import key_of
from dougong.resources.exchange.gathering import Draft, Gatherer
from dougong.resources.exchange.mapping import Mapping
from dougong.resources.exchange.report import Mistake, Report
from dougong.resources.exchange.rules import rules_broken
from dougong.resources.exchange.runs import Memory
from dougong.resources.exchange.tables import Table
from dougong.resources.exchange.uniqueness import Uniques
from dougong.resources.fields import Link
from dougong.resources.formats import formats
from dougong.resources.models import ExternalId
from dougong.unit_of_work.refusals import sentence_for

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun
    from dougong.resources.sight import Sight
    from dougong.unit_of_work import House, UnitOfWork

#: Documents that are looked up, validated and written with the same statements.
BATCH = 500


class _Undo(Exception):
    """Nothing of this is to stay."""


def load(
    house: House,
    actor: Actor,
    noun: Noun,
    table: Table,
    mapping: Mapping | None = None,
    *,
    file: str = "",
    dry_run: bool = False,
    progress: Callable[[int], None] = lambda _n: None,
) -> Report:
    """Bring a file in; a dry run does everything and keeps nothing.

    What it made and changed is remembered under the file's name, to be undone (`undo_import`).

    A document is changed when it is known by its external id, its key or its identity, else
    created. With mistakes nothing is kept, or nothing of the chunk that has them.
    """
    mapping = mapping or Mapping()
    sight = noun.sight(actor.rights)
    documents.require_read(noun, sight)
    gatherer = Gatherer(noun, sight, mapping, formats(actor.language, actor.timezone))
    drafts = gatherer.gather(table)
    total = Report(rows=len(table.rows) or len(drafts), documents=len(drafts))
    total.starts = [draft.line for draft in drafts]
    total.wrong(gatherer.mistakes)
    total.saved = not total.mistaken and not dry_run
    size = mapping.chunk or len(drafts)
    for start in range(0, len(drafts), size or 1):
        chunk = _Chunk(noun, sight, mapping, gatherer.heads, drafts[start : start + size])
        chunk.file, chunk.run = file, total.run
        part = chunk.store(house, actor, dry_run, progress)
        _add(total, part)
    return total


def _add(total: Report, part: Report) -> None:
    total.created += part.created
    total.changed += part.changed
    total.unchanged += part.unchanged
    total.saved = total.saved and part.saved
    total.kept += part.kept
    total.run = part.run or total.run
    unheard = part.mistaken - len(part.errors)
    total.wrong(part.errors)
    total.mistaken += unheard
    for name, (there, here) in part.sums.items():
        total.sums[name][0] += there
        total.sums[name][1] += here


class _Chunk:
    """Documents that are stored together or not at all."""

    def __init__(
        self,
        noun: Noun,
        sight: Sight,
        mapping: Mapping,
        heads: dict[str, str],
        drafts: Sequence[Draft],
    ) -> None:
        self.noun, self.sight, self.mapping, self.heads = noun, sight, mapping, heads
        self.drafts, self.report = drafts, Report()
        #: The name of the file, and the run that the chunks before belong to.
        self.file, self.run = "", cast("int | None", None)
        self.memory = Memory(noun, sight, "")
        #: Among which documents the database has refused one. The second time these are stored one
        #: by one, and every row is asked for the rules it breaks.
        self.refused: Sequence[Draft] = ()
        self.careful, self.alone = False, set[int]()

    def store(
        self, house: House, actor: Actor, dry_run: bool, progress: Callable[[int], None]
    ) -> Report:
        """Do it in one unit of work; again when something was refused, to name its rows."""
        report = self._store(house, actor, dry_run, progress)
        if self.refused:
            at_the_end = self.refused is self.drafts
            self.careful = True
            self.alone = set() if at_the_end else {id(draft) for draft in self.refused}
            self.refused = ()
            report = self._store(house, actor, dry_run, lambda _n: None)
            if self.refused is self.drafts:
                self._name_the_first(house, actor, report)
        return report

    def _name_the_first(self, house: House, actor: Actor, report: Report) -> None:
        """Others refused at the end, when all was entered: the first document without which they do not."""
        fine, wrong = 0, len(self.drafts)
        while wrong - fine > 1:
            middle = (fine + wrong) // 2
            some = self.drafts[:middle]
            tried = _Chunk(self.noun, self.sight, self.mapping, self.heads, some)
            if tried._store(house, actor, True, lambda _n: None).mistaken:
                wrong = middle
            else:
                fine = middle
        report.errors[:] = [one._replace(line=self.drafts[fine].line) for one in report.errors]

    def _store(
        self, house: House, actor: Actor, dry_run: bool, progress: Callable[[int], None]
    ) -> Report:

        def act(uow: UnitOfWork) -> None:
            self.report = Report()
            self.memory = Memory(self.noun, self.sight, self.file)
            uniques = Uniques(self.noun, self.sight)
            for batch in self._batches():
                self._store_batch(uow, batch, uniques)
                # Written at once, so that what is refused is known to be among these.
                if not self._write(uow, uow.flush, batch):
                    break
                progress(len(batch))
            if not self.report.mistaken:
                self._write(uow, uow.complete, self.drafts)
            if dry_run or self.report.mistaken:
                raise _Undo
            self.report.run = self.memory.write(uow, self.run)

        try:
            house.run(actor, act)
            self.report.saved = True
            self.report.kept = self.report.created + self.report.changed + self.report.unchanged
        except _Undo:
            pass
        return self.report

    def _batches(self) -> Iterator[list[Draft]]:
        """Some documents at a time; one that names another of the same file comes after it."""
        noun = self.noun
        links = [
            name
            for name, field in self.sight.writable_own.items()
            if isinstance(field, Link) and field.target is noun.model
        ]
        batch: list[Draft] = []
        names: set[Any] = set()
        for draft in self.drafts:
            above = {v for name in links if isinstance(v := draft.payload.get(name), str)}
            alone = batch and {id(draft), id(batch[-1])} & self.alone
            if len(batch) == BATCH or above & names or alone:
                yield batch
                batch, names = [], set()
            batch.append(draft)
            if links:
                own = (draft.payload.get(noun.identity), draft.payload.get(noun.title))
                names |= {v for v in own if isinstance(v, str)}
        if batch:
            yield batch

    def _store_batch(self, uow: UnitOfWork, batch: Sequence[Draft], uniques: Uniques) -> None:
        """Store some of the documents, or note what is wrong with them."""
        known, unknown = self._find(uow, batch)
        entries = [documents.Entry(d.payload, known.get(n)) for n, d in enumerate(batch)]
        self._keep_lines(entries)
        before = self.memory.look(known.values())
        refused = self._refusals(batch, entries, unknown, uniques.clashes(uow, batch, entries))
        good = [entry for entry, wrong in zip(entries, refused, strict=True) if not wrong]
        stored = documents.save_all(uow, self.noun, self.sight, good)
        self._ask_rules(uow, [entry for entry in good if not entry.errors])
        failed = not stored or any(refused) or any(draft.errors for draft in batch)
        failed = failed or any(entry.errors for entry in good)
        for draft, entry, wrong in zip(batch, entries, refused, strict=True):
            errors = {path: text for path, (_line, text) in draft.errors.items()}
            errors = {**entry.errors, **wrong, **errors}
            self.report.wrong(
                Mistake(draft.line_of(path), self._head(path), text)
                for path, text in errors.items()
            )
        if failed:
            # What was entered here must not be written with the next batch.
            uow.give_up()
            return
        for draft, entry in zip(batch, entries, strict=True):
            self._count(uow, draft, entry)
            self.memory.note(entry, before)

    def _ask_rules(self, uow: UnitOfWork, entries: Sequence[documents.Entry]) -> None:
        """Which rows break a rule of their table; asked only when the database has refused one."""
        entered = [e for e in entries if e.document is not None]
        if self.careful and entered:
            broken = rules_broken(uow, self.noun, [e.document for e in entered])
            for entry, wrong in zip(entered, broken, strict=True):
                entry.errors = {**entry.errors, **wrong}

    def _write(self, uow: UnitOfWork, write: Callable[[], None], drafts: Sequence[Draft]) -> bool:
        """Write what is pending; what the database refuses is a mistake of the file."""
        try:
            write()
        except IntegrityError as error:
            clash = sentence_for(error)
            self.refused = drafts
            at = self.heads.get(clash.fields[0], "") if clash.fields else ""
            self.report.wrong([Mistake(drafts[0].line, at, clash.sentence)])
            return False
        except DougongError as error:
            self.refused = drafts
            self.report.wrong([Mistake(drafts[0].line, "", error.sentence)])
            return False
        return True

    # -- who is meant ------------------------------------------------------------------------------

    def _find(self, uow: UnitOfWork, batch: Sequence[Draft]) -> tuple[dict[int, Any], set[int]]:
        """The documents the drafts mean, by place in the batch; and those that name a missing key."""
        keys: dict[int, Any] = {}
        external = self._by_external(uow, batch)
        identity = self._by_identity(uow, batch)
        for n, draft in enumerate(batch):
            key = external.get(draft.external) if draft.external else None
            key = draft.key if key is None else key
            if key is None and draft.identity is not None and not draft.external:
                key = identity.get(draft.identity)
            if key is not None:
                keys[n] = key
        present = self._present(uow, set(keys.values()))
        loaded = documents.load(uow, self.noun, self.sight, present)
        by_key = {getattr(document, self.noun.key): document for document in loaded}
        known = {n: by_key[key] for n, key in keys.items() if key in by_key}
        return known, {n for n, key in keys.items() if key not in by_key}

    def _by_external(self, uow: UnitOfWork, batch: Sequence[Draft]) -> dict[str, int]:
        wanted = {draft.external for draft in batch if draft.external}
        if not wanted:
            return {}
        rows = uow.session.execute(
            select(ExternalId.external_id, ExternalId.document_id).where(
                ExternalId.resource == self.noun.name,
                ExternalId.source == self.mapping.source,
                ExternalId.company_id == uow.company_id,
                ExternalId.external_id.in_(wanted),
            )
        )
        return dict(rows.all())

    def _by_identity(self, uow: UnitOfWork, batch: Sequence[Draft]) -> dict[Any, Any]:
        noun = self.noun
        wanted = {d.identity for d in batch if can_be_known_by(d.identity)}
        if not wanted or noun.identity == noun.key:
            return {}
        key, named = key_of(noun.model), getattr(noun.model, noun.identity)
        statement = select(named, key).where(named.in_(wanted))
        if noun.owned:
            statement = statement.where(noun.model.company_id == uow.company_id)
        if noun.resource.rule:
            statement = statement.where(noun.resource.rule(noun.model))
        return dict(uow.session.execute(statement).all())

    def _present(self, uow: UnitOfWork, keys: set[Any]) -> list[Any]:
        if not keys:
            return []
        key = key_of(self.noun.model)
        kind = int if self.noun.key == "id" else str
        fitting = {k for k in keys if isinstance(k, kind) and not isinstance(k, bool)}
        return list(uow.session.scalars(select(key).where(key.in_(fitting))))

    def _keep_lines(self, entries: Sequence[documents.Entry]) -> None:
        """The lines of a file are those of the document in their order; it need not know their ids."""
        for entry in entries:
            if entry.document is None:
                continue
            for part in self.noun.lines:
                rows = entry.payload.get(part)
                if not isinstance(rows, list) or not all(_bare(row) for row in rows):
                    continue
                for row, line in zip(rows, getattr(entry.document, part), strict=False):
                    row["id"] = line.id

    # -- what is wrong, what was done --------------------------------------------------------------

    def _refusals(
        self,
        batch: Sequence[Draft],
        entries: Sequence[documents.Entry],
        unknown: set[int],
        clashes: dict[int, dict[str, Any]],
    ) -> list[dict[str, Any]]:
        """What the state of the house says against each entry, before it is looked at."""
        found: list[dict[str, Any]] = []
        for n, (draft, entry) in enumerate(zip(batch, entries, strict=True)):
            wrong = dict(clashes.get(n, {}))
            if n in unknown:
                wrong[""] = _("There is no %(kind)s %(reference)s.", kind=self.noun.one,
                              reference=draft.key or draft.external)  # fmt: skip
            elif entry.document is not None and documents.locked(self.noun, entry.document):
                assert self.noun.steps is not None
                state = self.noun.steps.state(getattr(entry.document, self.noun.steps.field))
                wrong[""] = documents.NotEditable(self.noun.one, state.label).sentence
            found.append(wrong)
        return found

    def _count(self, uow: UnitOfWork, draft: Draft, entry: documents.Entry) -> None:
        outcome = entry.outcome
        setattr(self.report, outcome, getattr(self.report, outcome) + 1)
        if outcome == "created" and draft.external:
            uow.add(
                ExternalId(
                    resource=self.noun.name,
                    source=self.mapping.source,
                    external_id=draft.external,
                    company_id=uow.company_id,
                    document_id=entry.document.id,
                )
            )
        for path, value in draft.stated.items():
            name, here = self._stored(entry.document, path)
            if here is not None:
                sums = self.report.sums[name]
                sums[0] += value
                sums[1] += here

    def _stored(self, document: Any, path: str) -> tuple[str, Any]:
        """What the house now says where the file stated a number; None when it cannot be compared."""
        part, _dot, rest = path.partition(".")
        lines = self.noun.lines.get(part)
        if lines is not None:
            at, _dot, last = rest.partition(".")
            rows = getattr(document, part)
            return f"{part}.{last}", getattr(rows[int(at)], lines.fields[last].key) or 0
        field = self.sight.fields[path]
        for hop in field.hops:
            if not hop.endswith("_ext"):
                return path, None
            document = getattr(document, hop)
        return path, getattr(document, field.key) or 0

    def _head(self, path: str) -> str:
        """The head of the column a path stands in."""
        parts = path.split(".")
        name = ".".join(p for p in parts if not p.isdecimal())
        return self.heads.get(name) or name


def _bare(row: Any) -> bool:
    """Whether a line of a file does not say which line it is."""
    return isinstance(row, dict) and "id" not in row
