"""Keep and drop the arrangement of a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from dougong.custom.service import rebuild
from dougong.errors import Invalid, NotFound
from dougong.i18n import Text, _
from dougong.layouts.models import FormLayout
from dougong.layouts.rules import Rule
from dougong.people.roles.models import Role
from dougong.resources.problems import sentence
from dougong.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from dougong.resources.fields import Field
    from dougong.resources.nouns import Noun

RIGHT = "core.form.arrange"
LONGEST = 80


def arrange(uow: UnitOfWork, noun_name: str, role: str, rules: Mapping[str, Rule]) -> None:
    """Arrange a form for everybody (no role) or for one role; nothing left to say resets it.

    Raises `Invalid` by ``<field>.<what>``: nothing that must be filled in is hidden without a value
    to begin with.
    """
    uow.require(RIGHT)
    noun = the_noun(uow, noun_name)
    if role and uow.session.scalars(select(Role.id).where(Role.name == role)).first() is None:
        raise NotFound(_("role"), role)
    errors: dict[str, Text | str] = {}
    for name, rule in rules.items():
        errors |= _wrong(noun, name, rule)
    if errors:
        raise Invalid(errors)
    kept = {name: rule.as_json() for name, rule in rules.items() if rule.as_json()}
    row = uow.session.scalars(
        select(FormLayout).where(FormLayout.noun == noun_name, FormLayout.role == role)
    ).first()
    if row is None and kept:
        uow.add(FormLayout(noun=noun_name, role=role, rules=kept))
    elif row is not None and kept:
        row.rules = kept
    elif row is not None:
        uow.remove(row)
    rebuild(uow)


def the_noun(uow: UnitOfWork, name: str) -> Noun:
    """The noun whose form is arranged; raises `NotFound`."""
    nouns: Any = getattr(uow.house, "nouns", None)
    noun: Noun | None = nouns.get(name) if nouns is not None else None
    if noun is None or noun.rights.only_read:
        raise NotFound(_("form"), name)
    return noun


def arrangeable(noun: Noun) -> list[str]:
    """The fields of the form that may be arranged: those of its sections."""
    return [name for part in noun.parts if not hasattr(part, "name") for name in part.fields]


def _wrong(noun: Noun, name: str, rule: Rule) -> dict[str, Text | str]:
    field = noun.fields.get(name)
    if field is None or name not in arrangeable(noun):
        return {name: sentence("extra_forbidden")}
    errors: dict[str, Text | str] = {}
    typed = name in noun.writable and not field.readonly
    for what in ("label", "label_zh"):
        if len(getattr(rule, what)) > LONGEST:
            errors[f"{name}.{what}"] = sentence("string_too_long", {"max_length": LONGEST})
    if (rule.needed or rule.default) and not typed:
        errors[f"{name}.needed"] = _("Nobody types this: it follows from the rest.")
    if rule.default and not errors and _cannot_be(field, rule.default):
        errors[f"{name}.default"] = sentence("choice" if field.kind == "choice" else field.kind)
    if rule.hidden and typed and (rule.needed or field.required) and not rule.default:
        errors[f"{name}.hidden"] = _(
            "This must be filled in: give a value to begin with before you hide it."
        )
    return errors


def _cannot_be(field: Field, text: str) -> bool:
    try:
        field.load(text)
    except (ValueError, TypeError):
        return True
    return False
