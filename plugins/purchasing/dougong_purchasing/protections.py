"""What the database itself refuses to lose: rows that have a number stay, and keep it."""

from __future__ import annotations

from dougong.triggers import numbered, protections

protect_all, unprotect_all = protections(
    [
        *numbered("purchasing_order", "An order with a number is not deleted."),
        *numbered("purchasing_return", "A return with a number is not deleted."),
        *numbered("purchasing_blanket", "An agreement with a number is not deleted."),
        *numbered("purchasing_request", "A request with a number is not deleted."),
        *numbered("purchasing_rfq", "A request for quotation with a number is not deleted."),
        *numbered("purchasing_landed_cost", "Landed costs with a number are not deleted."),
    ]
)
