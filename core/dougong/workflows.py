"""States of a document and the steps between them: one table for page, API, docs and tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from dougong.errors import Refused
from dougong.i18n import Text, _

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong.actors import Actor
    from dougong.unit_of_work import UnitOfWork

#: Looks at a document and returns the sentence that refuses the step, or None.
Guard = Callable[[Any], Text | str | None]
#: The same for a whole batch, with questions to the database: ``guard(uow, documents)``.
BatchGuard = Callable[["UnitOfWork", Sequence[Any]], "Text | str | None"]
#: Does the step for a whole batch: a service, ``confirm_orders(uow, ids)``.
Effect = Callable[..., Any]


#: The answer that a step with ``reason`` keeps in the history.
REASON = "reason"
#: Whether a step asks why: not at all, or an answer may or must be given.
REASONS = ("", "optional", "required")
KEPT = _("It is kept in the history of the document.")


class Later:
    """A service that is looked up when it is first asked for."""

    def __init__(self, path: str) -> None:
        self.path = path

    @cached_property
    def service(self) -> Effect:
        """The service itself; raises `ImportError` or `AttributeError` where the path leads nowhere."""
        module, _colon, name = self.path.partition(":")
        found: Effect = getattr(import_module(module), name)
        return found

    def __call__(self, uow: UnitOfWork, ids: Sequence[int], **asked: Any) -> Any:
        """Do it."""
        return self.service(uow, ids, **asked)


def later(path: str) -> Later:
    """Name an effect without importing it: ``later("dougong_crm.orders.service:confirm_orders")``.

    A table of steps stands beside the model, and services import models: not the other way round.
    """
    return Later(path)


class StepNotAllowed(Refused):
    """The document is not where this step begins."""

    def __init__(self, what: object, state: object, step: object) -> None:
        super().__init__(
            _(
                "%(what)s is %(state)s: “%(step)s” is not possible now.",
                what=what,
                state=state,
                step=step,
            )
        )


@dataclass(frozen=True)
class State:
    """A resting place. Only in an ``editable`` state may the document be changed.

    ``colour`` is that of its badge: secondary, blue, azure, cyan, green, yellow, orange, red.
    """

    name: str
    label: Text | str
    colour: str = "secondary"
    editable: bool = False
    #: Off the main road: the status bar draws it only while the document is there. Where no step
    #: leads out of it, the step into it is named above a locked form as what takes it back.
    aside: bool = False
    #: Why a document that rests here can no longer be changed, and what to do instead: said above
    #: its form.
    why: Text | str = ""


@dataclass(frozen=True)
class Ask:
    """Something a step wants to know: a date, a reason, one of a few things.

    ``kind`` is date, text, flag, quantity, amount, or ``link``: the id of one of ``choices``.
    """

    name: str
    label: Text | str
    kind: str = "text"
    required: bool = False
    #: What a page fills in before anybody types: ``start(session, document, actor)``.
    start: Callable[[Session, Any, Actor], Any] | None = None
    #: What a ``link`` may be, the usual one first: ``choices(session, document)`` gives (id, name).
    choices: Callable[[Session, Any], Sequence[tuple[int, str]]] | None = None
    help: Text | str = ""


@dataclass(frozen=True)
class Step:
    """A move from some states to one; it needs a right and may refuse.

    ``effect(uow, ids)`` does all of it, the change of state included; without one, the state alone
    changes. ``asks`` names arguments a person may give (``{"on": date}``), passed by keyword.
    ``reason`` asks why, and the history of the document keeps the answer; the effect never sees it.
    """

    name: str
    #: What the button says.
    label: Text | str
    source: Sequence[str]
    target: str
    needs: str
    effect: Effect | None = None
    guard: Guard | None = None
    primary: bool = False
    icon: str = "arrow-right"
    #: Ask once more before doing it; the sentence says what it cannot undo.
    confirm: Text | str = ""
    asks: Sequence[Ask] = ()
    #: ``"optional"`` or ``"required"`` asks for a reason; empty asks for none.
    reason: Literal["", "optional", "required"] = ""

    def __post_init__(self) -> None:
        if self.reason not in REASONS:
            raise ValueError(
                f"step {self.name} has reason={self.reason!r}: write '', 'optional' or 'required'"
            )
        if not self.reason:
            return
        if any(ask.name == REASON for ask in self.asks):
            raise ValueError(f"step {self.name} asks for a reason of its own already")
        why = Ask(REASON, _("Reason"), required=self.reason == "required", help=KEPT)
        object.__setattr__(self, "asks", (*self.asks, why))


@dataclass
class Workflow:
    """States and steps of one kind of document, named like its resource.

    It has no label: people read the resource's ``label`` and ``one``, the states' and the steps'.
    """

    name: str
    states: Sequence[State]
    steps: Sequence[Step]
    #: The attribute of the model that holds the state; a string, not null.
    field: str = "state"
    #: Guards and effects that other plugins added, by step; the core fills this when it builds.
    added_guards: dict[str, list[Guard]] = attribute(default_factory=dict)
    added_batch_guards: dict[str, list[BatchGuard]] = attribute(default_factory=dict)
    added_effects: dict[str, list[Callable[[UnitOfWork, Sequence[int]], None]]] = attribute(
        default_factory=dict
    )

    def __post_init__(self) -> None:
        known = {state.name for state in self.states}
        for step in self.steps:
            if unknown := {*step.source, step.target} - known:
                raise ValueError(
                    f"{self.name}: step {step.name} names unknown states {sorted(unknown)}"
                )

    def state(self, name: str) -> State:
        """The state of that name; KeyError when there is none."""
        return next(state for state in self.states if state.name == name)

    def step(self, name: str) -> Step | None:
        """The step of that name, or None."""
        return next((step for step in self.steps if step.name == name), None)

    def move(self, document: Any, step: str) -> None:
        """Take the document along a step, or raise `StepNotAllowed`. Models call this."""
        found = self.step(step)
        here = getattr(document, self.field)
        if found is None or here not in found.source:
            label = next((s.label for s in self.states if s.name == here), here)
            raise StepNotAllowed(document, label, found.label if found else step)
        if found.guard and (sentence := found.guard(document)):
            raise Refused(sentence)
        for guard in self.added_guards.get(step, ()):
            if sentence := guard(document):
                raise Refused(sentence)
        setattr(document, self.field, found.target)

    def allow(self, uow: UnitOfWork, documents: Sequence[Any], step: str) -> None:
        """Ask those who look at a whole batch; the service of a step calls this before it moves."""
        for guard in self.added_batch_guards.get(step, ()):
            if sentence := guard(uow, documents):
                raise Refused(sentence)

    def take(
        self,
        uow: UnitOfWork,
        model: type[Any],
        step: Step,
        ids: Sequence[int],
        answers: Mapping[str, Any],
        parts: Sequence[Any] = (),
    ) -> None:
        """Do a step for a whole batch: its own effect, or the change of state, and what others added."""
        said = str(answers.get(REASON) or "").strip() if step.reason else ""
        if step.reason:
            answers = {name: value for name, value in answers.items() if name != REASON}
        if said:
            uow.explain(uow.load(model, ids, *parts), said)
        if step.effect is not None:
            step.effect(uow, ids, **answers)
        else:
            for document in uow.load(model, ids, *parts):
                self.move(document, step.name)
        for effect in self.added_effects.get(step.name, ()):
            effect(uow, ids)

    def between(self, source: str, target: str) -> Step | None:
        """The step that a drag from one lane to another means."""
        return next((s for s in self.steps if source in s.source and s.target == target), None)
