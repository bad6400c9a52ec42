"""What is wrong with an entry: by its schema, by what derives from it, by the noun's own rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import InvalidOperation
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from dougong.i18n import Text, _
from dougong.resources.documents.facts import Facts
from dougong.resources.problems import sentence, sentences
from dougong.unit_of_work.ruling import wrongs

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun
    from dougong.resources.sight import Sight

Errors = dict[str, Text | str]


def validate(
    sight: Sight, payload: Mapping[str, Any], *, partial: bool
) -> tuple[dict[str, Any], Errors]:
    """The values of an entry, or its errors by path: one schema for form, API and import."""
    schema = sight.patch if partial else sight.input
    try:
        return schema.model_validate(payload).model_dump(exclude_unset=True), {}
    except ValidationError as error:
        return {}, sentences(error)


def settle(noun: Noun, document: Any, facts: Facts, sight: Sight, *, final: bool) -> None:
    """Derive; before saving, look for what is missing and ask the noun's own rules."""
    if not _worked_out(noun.derivers, document, facts) or not final:
        return
    for name, field in sight.writable_own.items():
        if field.required and getattr(document, field.key) is None:
            facts.errors.setdefault(name, sentence("required"))
    for part in noun.lines:
        needed = {k: f for k, f in sight.line_fields(part, writing=True).items() if f.required}
        for at, line in enumerate(getattr(document, part)):
            for name, field in needed.items():
                if getattr(line, field.key) is None:
                    facts.errors.setdefault(f"{part}.{at}.{name}", sentence("required"))
    if not facts.errors:
        _worked_out(noun.checkers, document, facts)
    if not facts.errors and facts.uow.house.row_rules:
        _keep_row_rules(noun, document, facts)


def _keep_row_rules(noun: Noun, document: Any, facts: Facts) -> None:
    """What would be refused when it is written is told beside its field."""
    for row, name, text in wrongs(facts.uow, noun.model, [document]):
        facts.error(row, name.removesuffix("_id"), text)
    for part, lines in noun.lines.items():
        for row, name, text in wrongs(facts.uow, lines.model, getattr(document, part)):
            facts.error(row, name.removesuffix("_id"), text)


def _worked_out(rules: Sequence[Callable[[Any, Facts], None]], document: Any, facts: Facts) -> bool:
    """Let the noun's own rules work; what leads beyond the calendar is wrong, and not a crash."""
    try:
        for rule in rules:
            rule(document, facts)
    except (OverflowError, InvalidOperation):
        facts.errors.setdefault("", _("A date or a number leads beyond what can be kept."))
        return False
    return True


def locked(noun: Noun, document: Any) -> bool:
    """Whether the document's state forbids editing."""
    if not noun.steps:
        return False
    return not noun.steps.state(getattr(document, noun.steps.field)).editable
