"""What the database itself refuses to lose."""

from __future__ import annotations

from dougong.triggers import Protected, numbered, protections

protect_all, unprotect_all = protections(
    [
        *numbered("crm_order", "An order with a number is not deleted."),
        *numbered("crm_quote", "A quote with a number is not deleted."),
        *numbered("crm_return", "A return with a number is not deleted."),
        Protected(
            "crm_change", "kept", "A change that was applied is not deleted.", ("DELETE",),
            "OLD.state = 'applied'",
        ),
    ]
)  # fmt: skip
