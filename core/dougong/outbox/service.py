"""What an administrator does with letters that could not be delivered."""

from __future__ import annotations

from collections.abc import Sequence

from dougong.i18n import _, pgettext
from dougong.outbox.models import OutboxMessage
from dougong.unit_of_work import UnitOfWork
from dougong.workflows import State, Step, Workflow


def retry_letters(uow: UnitOfWork, ids: Sequence[int]) -> list[OutboxMessage]:
    """Deliver dead and cancelled letters again, with all their tries."""
    uow.require("core.outbox.retry")
    letters = uow.load(OutboxMessage, ids, lock=True)
    for letter in letters:
        OUTBOX_STEPS.move(letter, "retry")
        letter.tries, letter.due_at = 0, uow.now
        letter.worker = letter.leased_until = None
    return letters


def cancel_letters(uow: UnitOfWork, ids: Sequence[int]) -> list[OutboxMessage]:
    """Give up letters that wait or are dead: nobody will get them."""
    uow.require("core.outbox.cancel")
    letters = uow.load(OutboxMessage, ids, lock=True)
    for letter in letters:
        OUTBOX_STEPS.move(letter, "cancel")
        letter.leased_until = None
    return letters


OUTBOX_STEPS = Workflow(
    "core.outbox",
    states=[
        State("waiting", pgettext("letter", "Waiting")),
        State("sending", pgettext("letter", "Being sent"), "blue"),
        State("sent", pgettext("letter", "Sent"), "green"),
        State("dead", pgettext("letter", "Dead"), "red", aside=True),
        State("cancelled", pgettext("letter", "Cancelled"), aside=True),
    ],
    steps=[
        Step(
            "retry",
            _("Send again"),
            ["dead", "cancelled"],
            "waiting",
            needs="core.outbox.retry",
            effect=retry_letters,
            primary=True,
            icon="refresh",
        ),
        Step(
            "cancel",
            _("Give up"),
            ["waiting", "dead"],
            "cancelled",
            needs="core.outbox.cancel",
            effect=cancel_letters,
            icon="x",
            confirm=_("Nobody will get this letter."),
        ),
    ],
)
