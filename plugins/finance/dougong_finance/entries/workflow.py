"""The states of an entry and the steps between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dougong import Ask, State, Step, Workflow, _

if TYPE_CHECKING:
    from dougong import UnitOfWork


def _post(uow: UnitOfWork, ids: Any, **asked: Any) -> Any:
    from dougong_finance.entries.drafts import post_drafts

    return post_drafts(uow, ids, **asked)


def _reverse(uow: UnitOfWork, ids: Any, **asked: Any) -> Any:
    from dougong_finance.entries.reversal import reverse_entries

    return reverse_entries(uow, ids, **asked)


ENTRY_STEPS = Workflow(
    "finance.entries",
    states=[State("draft", _("Draft"), editable=True), State("posted", _("Posted"), "green")],
    steps=[
        Step(
            "post", _("Post"), ["draft"], "posted", effect=_post,
            needs="finance.entry.post", primary=True, icon="check",
        ),
        Step(
            "reverse", _("Reverse"), ["posted"], "posted", effect=_reverse,
            needs="finance.entry.reverse", icon="arrow-back-up",
            confirm=_("A second entry takes this one back; both stay in the books."),
            asks=[Ask("on", _("Date"), "date")],
        ),
    ],
)  # fmt: skip
