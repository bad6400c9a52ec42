"""Sending letters: called from what runs after the commit, so that a refused act sends none."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterable
from email.message import EmailMessage
from typing import TYPE_CHECKING

from dougong.errors import Refused
from dougong.i18n import _

if TYPE_CHECKING:
    from dougong.unit_of_work import UnitOfWork

#: Seconds that a mail server may take to answer.
PATIENCE = 20


class NoMail(Refused):
    """Nobody said how mail leaves the house."""

    def __init__(self) -> None:
        super().__init__(
            _("No mail server is set: enter server and sender in the settings, then send again.")
        )


def mail_is_set(uow: UnitOfWork) -> bool:
    """Whether letters can leave the house."""
    return bool(uow.setting("core.mail_server") and uow.setting("core.mail_from"))


def send_mail(uow: UnitOfWork, letters: Iterable[EmailMessage]) -> None:
    """Hand letters with receiver, subject and text to the company's mail server.

    Raises `NoMail`, or an `OSError` of the server; the outbox then tries again.
    """
    if not mail_is_set(uow):
        raise NoMail
    name, _colon, port = str(uow.setting("core.mail_server")).partition(":")
    how = uow.setting("core.mail_security")
    with _server(name, port, how) as server:
        if uow.setting("core.mail_login"):
            server.login(
                str(uow.setting("core.mail_login")), str(uow.setting("core.mail_password"))
            )
        for letter in letters:
            letter["From"] = str(uow.setting("core.mail_from"))
            server.send_message(letter)


def _server(name: str, port: str, how: str) -> smtplib.SMTP:
    if how == "tls":
        safe = ssl.create_default_context()
        return smtplib.SMTP_SSL(name, int(port or 465), timeout=PATIENCE, context=safe)
    server = smtplib.SMTP(name, int(port or (587 if how == "starttls" else 25)), timeout=PATIENCE)
    if how == "starttls":
        server.starttls(context=ssl.create_default_context())
    return server
