"""The states of a rental."""

from __future__ import annotations

from dougong import Ask, State, Step, Workflow, _, later, pgettext

RENTAL_STEPS = Workflow(
    "rental.rentals",
    states=[
        State("draft", _("Draft"), editable=True),
        State("reserved", pgettext("rental", "Reserved"), "blue"),
        State("out", pgettext("rental", "Handed over"), "orange"),
        State("returned", pgettext("rental", "Returned"), "green"),
        State("cancelled", _("Cancelled"), "red", aside=True),
    ],
    steps=[
        Step(
            "reserve",
            pgettext("rental", "Reserve"),
            ["draft"],
            "reserved",
            "rental.rental.reserve",
            effect=later("dougong_rental.rentals.service:reserve_assets"),
            primary=True,
        ),
        Step(
            "hand_over",
            pgettext("rental", "Hand over"),
            ["reserved"],
            "out",
            "rental.rental.hand_over",
            primary=True,
        ),
        Step(
            "take_back",
            pgettext("rental", "Take back"),
            ["out"],
            "returned",
            "rental.rental.take_back",
            effect=later("dougong_rental.rentals.service:take_back"),
            primary=True,
            asks=[Ask("on", _("Date"), "date")],
        ),
        Step(
            "cancel",
            _("Cancel"),
            ["draft", "reserved"],
            "cancelled",
            "rental.rental.cancel",
            effect=later("dougong_rental.rentals.service:cancel_rentals"),
        ),
    ],
)
