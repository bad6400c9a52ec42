"""The states of an entry and the steps between them."""

from __future__ import annotations

from dougong import Ask, State, Step, Workflow, _, later

_post = later("dougong_finance.entries.drafts:post_drafts")
_reverse = later("dougong_finance.entries.reversal:reverse_entries")
_STANDS = _("What is posted stays in the books as it is; a reversal corrects it.")


ENTRY_STEPS = Workflow(
    "finance.entries",
    states=[State("draft", _("Draft"), editable=True), State("posted", _("Posted"), "green", why=_STANDS)],
    steps=[
        Step(
            "post", _("Post"), ["draft"], "posted", effect=_post,
            needs="finance.entry.post", primary=True, icon="check",
        ),
        Step(
            "reverse", _("Reverse"), ["posted"], "posted", effect=_reverse,
            needs="finance.entry.reverse", icon="arrow-back-up",
            confirm=_("A second entry takes this one back; both stay in the books."),
            asks=[Ask("on", _("Date"), "date")], reason="required",
        ),
    ],
)  # fmt: skip
