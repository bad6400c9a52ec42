"""The side menu of purchasing."""

from dougong import MenuItem, _

_ENTRIES = [
    ("requests", _("Purchase requests"), "file-plus"),
    ("rfqs", _("Requests for quotation"), "file-search"),
    ("quotes", _("Suppliers' offers"), "file-dollar"),
    ("orders", _("Purchase orders"), "shopping-cart"),
    ("returns", _("Returns to suppliers"), "arrow-forward-up"),
    ("matches", _("Bills and orders"), "scale"),
    ("landed", _("Landed costs"), "ship"),
    ("blankets", _("Framework agreements"), "file-certificate"),
    ("terms", _("Suppliers' price lists"), "tags"),
    ("quotas", _("Quotas"), "chart-pie"),
    ("scores", _("Supplier scores"), "stars"),
]
MENU = [
    MenuItem(key="purchasing", label=_("Purchasing"), icon="shopping-bag", order=25),
    *(
        MenuItem(
            key=f"purchasing.{slug}",
            label=label,
            to=f"purchasing.{slug}",
            parent="purchasing",
            icon=icon,
            order=n * 10,
        )
        for n, (slug, label, icon) in enumerate(_ENTRIES, 1)
    ),
]
