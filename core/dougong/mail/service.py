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


class NoAddress(Refused):
    """A test letter needs somewhere to go."""

    def __init__(self) -> None:
        super().__init__(
            _("Nobody entered an e-mail address for you: enter it under People, then try again.")
        )


class MailRefused(Refused):
    """The mail server did not answer, or did not take the letter."""

    def __init__(self, answer: Exception) -> None:
        text = str(answer)[:300] or type(answer).__name__
        super().__init__(
            _(
                "The mail server did not take the letter: %(answer)s. Check server, encryption,"
                " log-in and sender.",
                answer=text.rstrip("."),
            )
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


def try_mail(uow: UnitOfWork, receiver: str | None) -> None:
    """Send a letter to whoever asks, to see whether what was set is right.

    Raises `NoMail`, `NoAddress`, and `MailRefused` with the words of the server.
    """
    if not receiver:
        raise NoAddress
    letter = EmailMessage()
    letter["To"], letter["Subject"] = receiver, str(_("A test letter"))
    letter.set_content(str(_("Letters of this house arrive.")))
    try:
        send_mail(uow, [letter])
    except (OSError, ValueError) as error:
        raise MailRefused(error) from None


def _server(name: str, port: str, how: str) -> smtplib.SMTP:
    if how == "tls":
        safe = ssl.create_default_context()
        return smtplib.SMTP_SSL(name, int(port or 465), timeout=PATIENCE, context=safe)
    server = smtplib.SMTP(name, int(port or (587 if how == "starttls" else 25)), timeout=PATIENCE)
    if how == "starttls":
        server.starttls(context=ssl.create_default_context())
    return server
