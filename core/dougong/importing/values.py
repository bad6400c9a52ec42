"""How a field gets its value from a row of the source: a closed list of transformations, no code.

A value in a plan is a column's name, or a table of these words:

=============  ===================================================================================
``column``     the text of a column
``columns``    the texts of several, those that are not empty, joined by ``join`` (a space)
``value``      this very value, the same for every row
``as``         ``text`` (as it is), ``upper``, ``lower``, ``decimal``, ``integer``, ``flag``,
               ``date`` (ISO, or as ``format`` says), ``country`` (an English name to its ISO code)
``default``    what an empty text becomes
``words``      a table of translations; a text that is not in it becomes ``otherwise``, or is an error
``times``      multiplied by each of these values;  ``plus``, ``minus``: added, taken away
``round``      to so many places, halves away from zero
``prefix``, ``suffix``   put before or behind what is not empty
``link``       the document of this resource that the plan imported under the text
``total``      the sum of a value over the rows of another file that agree with this row:
               ``{file, of, by, equals, where}``, and ``among = {file, by, where}`` keeps those
               rows that belong to a chosen row of a third file
=============  ===================================================================================
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from dougong.errors import DougongError
from dougong.i18n import Text, _
from dougong.money import rounded_to

if TYPE_CHECKING:
    from dougong.importing.source import Source

Row = Mapping[str, str]
Value = Callable[[Row], Any]

WORDS = {
    "column", "columns", "join", "value", "as", "format", "default", "words", "otherwise", "times",
    "plus", "minus", "round", "prefix", "suffix", "link", "total",
}  # fmt: skip


class WrongPlan(DougongError):
    """The plan itself cannot be followed."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class WrongValue(Exception):
    """A row's value cannot be read; carries the column and a sentence."""

    def __init__(self, column: str, sentence: Text | str) -> None:
        super().__init__(str(sentence))
        self.column, self.sentence = column, sentence


def value(spec: Any, source: Source, columns: set[str], at: str) -> Value:
    """Read a value's specification once; unknown words and columns raise `WrongPlan`."""
    if isinstance(spec, str):
        spec = {"column": spec}
    if isinstance(spec, (int, Decimal)) and not isinstance(spec, bool):
        spec = {"value": str(spec)}
    if not isinstance(spec, Mapping):
        raise WrongPlan(_("%(at)s: a value is a column's name or a table of words.", at=at))
    if unknown := set(spec) - WORDS:
        raise WrongPlan(_("%(at)s: there is no word “%(word)s”.", at=at, word=sorted(unknown)[0]))
    named = [*([spec["column"]] if "column" in spec else []), *spec.get("columns", [])]
    for name in named:
        if name not in columns:
            raise WrongPlan(_("%(at)s: the file has no column “%(name)s”.", at=at, name=name))
    begin = _begin(spec, source, columns, at, named)
    steps = _arithmetic(spec, source, columns, at)
    label = named[0] if named else at

    def read(row: Row) -> Any:
        found = begin(row)
        for step in steps:
            found = step(found, row)
        return found

    def guarded(row: Row) -> Any:
        try:
            return read(row)
        except WrongValue:
            raise
        except (ValueError, InvalidOperation) as error:
            raise WrongValue(label, str(error)) from None

    return guarded


def _begin(
    spec: Mapping[str, Any], source: Source, columns: set[str], at: str, named: list[str]
) -> Value:
    """The text or number a value starts from, read as ``as`` says."""
    if "total" in spec:
        return _total(spec["total"], source, columns, at)
    if "value" in spec:
        fixed = spec["value"]
        if "link" in spec:
            find = _link(spec["link"], source)
            return lambda row: find(str(fixed))
        if "as" in spec:
            fixed = _kind(spec, at)(str(fixed))
        return lambda row: fixed
    label = named[0] if named else at
    join, default = spec.get("join", " "), spec.get("default")
    words, otherwise = spec.get("words"), spec.get("otherwise")
    prefix, suffix = spec.get("prefix", ""), spec.get("suffix", "")
    kind = _link(spec["link"], source) if "link" in spec else _kind(spec, at)

    def text(row: Row) -> Any:
        found = join.join(t for name in named if (t := (row[name] or "").strip()))
        if not found:
            return default
        if words is not None:
            if found not in words and otherwise is None:
                raise WrongValue(label, _("“%(text)s” has no translation.", text=found))
            found = words.get(found, otherwise)
        try:
            return kind(f"{prefix}{found}{suffix}")
        except (ValueError, InvalidOperation):
            raise WrongValue(label, _not_a(found, spec)) from None

    return text


def _not_a(found: str, spec: Mapping[str, Any]) -> Text:
    if "link" in spec:
        return _("“%(text)s” was not imported as %(kind)s.", text=found, kind=spec["link"])
    return _("“%(text)s” is not a %(kind)s.", text=found, kind=spec.get("as", "text"))


def _link(resource: str, source: Source) -> Callable[[str], Any]:
    """The document that was imported under a text; ValueError when there is none."""
    known: dict[str, int] = {}

    def find(text: str) -> int:
        if not known:
            known.update(source.imported(resource))
        found = known.get(text)
        if found is None:
            raise ValueError(text)
        return found

    return find


def _kind(spec: Mapping[str, Any], at: str) -> Callable[[str], Any]:
    form = spec.get("format")
    kinds: dict[str, Callable[[str], Any]] = {
        "text": lambda text: text,
        "upper": str.upper,
        "lower": str.lower,
        "decimal": _decimal,
        "integer": int,
        "flag": _flag,
        "country": _country,
        "date": (lambda text: dt.datetime.strptime(text, form).date())  # noqa: DTZ007
        if form
        else dt.date.fromisoformat,
    }
    name = spec.get("as", "decimal" if {"times", "plus", "minus", "round"} & set(spec) else "text")
    if name not in kinds:
        raise WrongPlan(
            _("%(at)s: “as” is one of %(kinds)s.", at=at, kinds=", ".join(sorted(kinds)))
        )
    return kinds[name]


def _arithmetic(
    spec: Mapping[str, Any], source: Source, columns: set[str], at: str
) -> list[Callable[[Any, Row], Any]]:
    """Sums, products and rounding, in this order: times, plus, minus, round."""
    steps: list[Callable[[Any, Row], Any]] = []
    signs: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
        "times": lambda a, b: a * b,
        "plus": lambda a, b: a + b,
        "minus": lambda a, b: a - b,
    }
    for word, combine in signs.items():
        given = spec.get(word, [])
        for other in given if isinstance(given, list) else [given]:
            operand = value(_number(other), source, columns, f"{at}.{word}")
            steps.append(_combined(operand, combine))
    if "round" in spec:
        places = int(spec["round"])
        steps.append(
            lambda found, row: None if found is None else rounded_to(Decimal(found), places)
        )
    return steps


def _combined(
    operand: Value, combine: Callable[[Decimal, Decimal], Decimal]
) -> Callable[[Any, Row], Any]:
    return lambda found, row: (
        None if found is None else combine(Decimal(found), Decimal(operand(row) or 0))
    )


def _number(spec: Any) -> Any:
    """A column named in a sum is read as a number."""
    if isinstance(spec, str):
        return {"column": spec, "as": "decimal"}
    if isinstance(spec, Mapping) and "column" in spec and "as" not in spec:
        return {**spec, "as": "decimal"}
    return spec


def _total(spec: Mapping[str, Any], source: Source, columns: set[str], at: str) -> Value:
    """The sum over another file's rows that agree with this one, added up once."""
    if unknown := set(spec) - {"file", "of", "by", "equals", "where", "among"}:
        raise WrongPlan(_("%(at)s: there is no word “%(word)s”.", at=at, word=sorted(unknown)[0]))
    other = source.table(spec["file"], f"{at}.total")
    of = value(_number(spec["of"]), source, other.columns, f"{at}.total.of")
    where = source.condition(spec.get("where"), other.columns, f"{at}.total.where")
    by, equals = spec["by"], spec.get("equals", spec["by"])
    if by not in other.columns or equals not in columns:
        raise WrongPlan(_("%(at)s: the file has no column “%(name)s”.", at=at, name=by))
    belongs = source.membership(spec.get("among"), other.columns, f"{at}.total.among")
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in other.rows:
        if where(row) and belongs(row):
            sums[row[by]] += Decimal(of(row) or 0)
    return lambda row: sums.get(row[equals], Decimal(0))


def _decimal(text: str) -> Decimal:
    found = Decimal(text)
    if not found.is_finite():
        raise ValueError(text)
    return found


def _flag(text: str) -> bool:
    known = {"1": True, "0": False, "true": True, "false": False, "yes": True, "no": False}
    try:
        return known[text.lower()]
    except KeyError:
        raise ValueError(text) from None


@cache
def _countries() -> dict[str, str]:
    from babel import Locale

    names = {
        name.casefold(): code for code, name in Locale("en").territories.items() if len(code) == 2
    }
    return names | {"uk": "GB", "usa": "US"}


def _country(text: str) -> str:
    try:
        return _countries()[text.casefold()]
    except KeyError:
        raise ValueError(text) from None
