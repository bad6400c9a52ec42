"""Errors whose message is written for the person at the screen."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from dougong.i18n import Text, _


def _told(fact: Any) -> Any:
    """A document as it reads now: after the rollback nothing can be asked of it any more."""
    return str(fact) if hasattr(fact, "__mapper__") else fact


class DougongError(Exception):
    """Root of the family: a sentence, and the status a page or an API call answers with."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self, sentence: Text | str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        if isinstance(sentence, Text):
            sentence.facts = {name: _told(fact) for name, fact in sentence.facts.items()}

    def __str__(self) -> str:
        return str(self.sentence)


class Refused(DougongError):
    """A business rule says no; nothing was saved."""

    status = HTTPStatus.CONFLICT


class NotFound(DougongError):
    """Nothing goes by that name, or not for these eyes."""

    status = HTTPStatus.NOT_FOUND

    def __init__(self, kind: object, reference: object) -> None:
        super().__init__(_("There is no %(kind)s %(reference)s.", kind=kind, reference=reference))


class Forbidden(DougongError):
    """The person's roles do not include this right."""

    status = HTTPStatus.FORBIDDEN

    def __init__(self, right: str) -> None:
        super().__init__(
            _("You need the right “%(right)s” for this. Ask your administrator.", right=right)
        )
        self.right = right


class BadQuery(DougongError):
    """A question that names what is not there, or in a form nobody understands."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class BadRequest(DougongError):
    """Not even readable."""

    status = HTTPStatus.BAD_REQUEST


class Invalid(DougongError):
    """Some fields are wrong; ``errors`` has a sentence for each, by path (``lines.0.debit``).

    422 when the input breaks the schema, 409 when it is well formed but the data say no.
    """

    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(
        self, errors: Mapping[str, Text | str], status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY
    ) -> None:
        super().__init__(_("Please correct what is marked."))
        self.errors, self.status = dict(errors), status

    def __str__(self) -> str:
        at = "; ".join(
            f"{path}: {text}" if path else str(text) for path, text in self.errors.items()
        )
        return f"{self.sentence} {at}"


class Stale(DougongError):
    """Somebody else saved the same document in the meantime."""

    status = HTTPStatus.CONFLICT

    def __init__(self, what: object = "", *, told: bool = False) -> None:
        super().__init__(
            _("Somebody else has changed this meanwhile. Look at the new state and try again.")
        )
        #: ``told``: a person named the version, so trying again by ourselves would overwrite.
        self.what, self.told = what, told


class PluginProblem(DougongError):
    """A plugin cannot be installed, enabled or loaded; the sentence says which and why."""

    status = HTTPStatus.CONFLICT


class NotReady(DougongError):
    """The house cannot answer now: no database, or one that does not fit the packages."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
