"""The side menu of sales."""

from dougong import MenuItem, _

_ENTRIES = [
    ("customers", _("Customers"), "heart-handshake"),
    ("leads", _("Leads"), "user-search"),
    ("opportunities", _("Opportunities"), "target-arrow"),
    ("quotes", _("Quotes"), "file-dollar"),
    ("orders", _("Sales orders"), "receipt"),
    ("changes", _("Order changes"), "edit"),
    ("returns", _("Sales returns"), "arrow-back-up"),
    ("pricelists", _("Price lists"), "tags"),
    ("stages", _("Stages"), "timeline"),
]
MENU = [
    MenuItem(key="crm", label=_("Sales"), icon="shopping-cart", order=20),
    *(
        MenuItem(
            key=f"crm.{slug}", label=label, to=f"crm.{slug}", parent="crm", icon=icon, order=n * 10
        )
        for n, (slug, label, icon) in enumerate(_ENTRIES, 1)
    ),
]
