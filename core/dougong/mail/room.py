"""What the core says of mail: its settings."""

from __future__ import annotations

from collections.abc import Iterable

from dougong.i18n import Text, _
from dougong.plugin import Plugin, Setting

SECURITY: dict[str, Text | str] = {
    "none": _("None, inside the own network"),
    "starttls": "STARTTLS",
    "tls": "TLS",
}


class MailRoom(Plugin):
    """How letters leave the house."""

    def settings(self) -> Iterable[Setting]:
        """Server, sender, and the address that links in letters begin with."""
        return [
            Setting(
                "core.address", _("Address of this house"), "",
                help=_("As https://erp.example: links in letters begin with it."),
            ),
            Setting(
                "core.manual", _("Address of the manual"), "",
                help=_("As https://docs.example: empty lists lead to its pages. Empty: no list does."),
            ),
            Setting(
                "core.mail_server", _("Mail server"), "",
                help=_("As mail.example:587. Empty: no letters leave the house."),
            ),
            Setting("core.mail_from", _("Sender of letters"), "", help=_("As post@house.example.")),
            Setting(
                "core.mail_security", _("Encryption to the mail server"), "starttls", "choice",
                SECURITY,
            ),
            Setting("core.mail_login", _("Log-in at the mail server"), ""),
            Setting("core.mail_password", _("Password at the mail server"), "", "secret"),
        ]  # fmt: skip


room = MailRoom()
