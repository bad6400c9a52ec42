"""What a layout works with: the documents in the reader's words, the letterhead, the formats."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dougong.i18n import Text
from dougong.printing.sheets import Column, Facts, Sum, Sums, Table
from dougong.resources import documents
from dougong.resources.fields import Field, Link

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session

    from dougong.actors import Actor
    from dougong.printing.letterheads.models import Letterhead
    from dougong.resources.formats import Formats
    from dougong.resources.nouns import Noun
    from dougong.resources.sight import Sight

#: A name of a field, or a name with another label.
Named = str | tuple[str, Text | str]


class Desk:
    """Documents of one noun and one language, read for one reader: what they may not see is not there.

    ``session`` reads what else a layout needs; ``fmt`` writes numbers and days in the language of
    the paper, in the time zone of the company.
    """

    def __init__(
        self, session: Session, noun: Noun, sight: Sight, actor: Actor, language: str, fmt: Formats
    ) -> None:
        self.session, self.noun, self.sight, self.actor = session, noun, sight, actor
        self.language, self.fmt = language, fmt
        #: The company's country, which letters within it do not name.
        self.home: str | None = None
        self.heads: Mapping[int, Letterhead] = {}
        self._data: dict[Any, dict[str, Any]] = {}
        self._labels: dict[tuple[type[Any], Any], str] = {}

    def lay_out(self, found: Sequence[Any]) -> None:
        """Take these documents: what they say, and what those they link to are called."""
        self._data = {
            getattr(one, self.noun.key): documents.read(self.noun, one, self.sight) for one in found
        }
        self._labels = documents.labels(
            self.session, self.noun, list(self._data.values()), self.sight
        )

    def sees(self, name: str) -> bool:
        """Whether the field (``total``, ``lines.price``) exists for the reader."""
        return self.sight.sees(name)

    def head(self, document: Any) -> Letterhead | None:
        """The letterhead of the document's company."""
        return self.heads.get(getattr(document, "company_id", None) or self.actor.company_id)

    # -- words --------------------------------------------------------------------------------

    def say(self, document: Any, name: str) -> str:
        """A field of a document in words; nothing where it is empty or hidden.

        ``name`` is a field of the document itself or of a side table (``workshop.loaner``). Raises
        `LookupError` for a path through a link (``customer.city``) and for what is no field: what
        else a paper says is read with ``desk.session``, for the whole batch at once.
        """
        self._own(name)
        field = self.sight.fields.get(name)
        return "" if field is None else self._word(field, self._of(document).get(name))

    def label(self, name: str) -> str:
        """What the field is called."""
        part, dot, last = name.partition(".")
        if dot and part in self.noun.lines:
            return str(self.noun.lines[part].fields[last].label)
        return str(self.noun.fields[name].label)

    def money(self, value: Decimal | None, currency: str | None) -> str:
        """An amount with its currency; nothing where there is none."""
        if value is None:
            return ""
        return self.fmt.money(value, currency) if currency else self.fmt.number(value, 2)

    def quantity(self, value: Decimal | int | None) -> str:
        """A quantity, as short as it can be said."""
        return "" if value is None else self.fmt.trimmed(value, 6, group=True)

    # -- parts --------------------------------------------------------------------------------

    def facts(self, document: Any, *names: Named) -> list[tuple[str, str]]:
        """Label and value of those fields that say something; the names are as those of `say`."""
        found = []
        for name, label in map(_named, names):
            if text := self.say(document, name):
                found.append((str(label or self.label(name)), text))
        return found

    def table(
        self,
        document: Any,
        lines: str,
        *names: Named,
        foot: Iterable[str] = (),
        title: Text | str = "",
        spare: Iterable[str] = ("discount",),
    ) -> Table:
        """The document's lines with these columns; what says nothing in any line is left out.

        ``foot`` are summed below; ``spare`` are left out too when they are zero in every line.
        """
        fields = self.sight.line_fields(lines)
        rows = self._of(document).get(lines) or []
        spared, wanted = set(spare), []
        for name, label in map(_named, names):
            values = [row.get(name) for row in rows] if name in fields else []
            said = any(values) if name in spared else any(v not in (None, "") for v in values)
            if name in fields and (said or not rows):
                wanted.append((name, label))
        columns = [
            Column(label or fields[name].label, bool(fields[name].align), _share(fields[name]))
            for name, label in wanted
        ]
        cells = [[self._word(fields[name], row.get(name)) for name, _l in wanted] for row in rows]
        return Table(columns, cells, self._foot(fields, wanted, rows, set(foot)), title)

    def cells(self, document: Any, lines: str, name: str) -> list[str]:
        """One field of each of the document's lines in words; nothing where it is hidden."""
        field = self.sight.line_fields(lines).get(name)
        rows = self._of(document).get(lines) or []
        return [self._word(field, row.get(name)) if field else "" for row in rows]

    def sums(
        self, document: Any, *names: Named, currency: str | None = None, strong: str = "total"
    ) -> Sums:
        """Amounts of the document, one below the other, each with ``currency`` where it is given."""
        rows = []
        for name, label in map(_named, names):
            field, value = self.sight.fields.get(name), self._of(document).get(name)
            if field is None or value is None:
                continue
            text = self.money(value, currency) if currency else field.show(value, self.fmt)
            rows.append(Sum(label or field.label, text, name == strong))
        return Sums(rows)

    # -- inside -------------------------------------------------------------------------------

    def _own(self, name: str) -> None:
        """Go on only with a field that is read with the document; another noun of its model may lack it."""
        field = self.noun.fields.get(name)
        hops = field.hops if field else ()
        missing = field is None and not hasattr(self.noun.model, name)
        if missing or any(not hop.endswith("_ext") for hop in hops):
            raise LookupError(
                f"{name} is no field of a document of {self.noun.name}: a paper does not follow"
                " links; read what they lead to with desk.session"
            )

    def _of(self, document: Any) -> Mapping[str, Any]:
        return self._data.get(getattr(document, self.noun.key), {})

    def _word(self, field: Field, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(field, Link):
            return self._labels.get((field.target, value), "")
        return field.show(value, self.fmt)

    def _foot(
        self,
        fields: Mapping[str, Field],
        wanted: Sequence[tuple[str, Any]],
        rows: Sequence[Mapping[str, Any]],
        foot: set[str],
    ) -> list[str]:
        if not rows or not foot & {name for name, _label in wanted}:
            return []
        found = []
        for name, _label in wanted:
            values = [row[name] for row in rows if name in foot and row.get(name) is not None]
            found.append(fields[name].show(sum(values), self.fmt) if values else "")
        return found


def facts_part(rows: Sequence[tuple[str, str]], title: Text | str = "") -> list[Facts]:
    """The facts as a part, or nothing where there are none."""
    return [Facts(rows, title)] if rows else []


def _named(name: Named) -> tuple[str, Text | str]:
    return (name, "") if isinstance(name, str) else name


def _share(field: Field) -> int:
    """Long words take more of the width."""
    return 3 if field.kind in ("text", "long", "link") else 2
