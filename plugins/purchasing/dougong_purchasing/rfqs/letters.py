"""Writing to the suppliers who are asked: what is wanted, and the link behind which they answer."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage

from babel import Locale
from babel.dates import format_date
from sqlalchemy.orm import Session

from dougong import UnitOfWork, _
from dougong.i18n import language, speaking
from dougong.mail import page_of, send_mail, sign
from dougong_purchasing.events import OfferAsked
from dougong_purchasing.rfqs.models import Quote, QuoteLine

PURPOSE = "purchasing.offer"


def path_of(source: UnitOfWork | Session, quote: Quote) -> str:
    """The path behind which this supplier, and nobody else, answers."""
    return f"/purchasing/offer/{sign(source, PURPOSE, [quote.id, quote.key])}"


def write_to_suppliers(uow: UnitOfWork, events: Sequence[OfferAsked]) -> None:
    """A letter to each supplier with an address whose answer is still awaited."""
    reminders = {event.quote.id: event.reminder for event in events}
    quotes = uow.load(Quote, sorted(reminders), Quote.lines, Quote.rfq, Quote.supplier)
    uow.load(QuoteLine, [x.id for quote in quotes for x in quote.lines], QuoteLine.product)
    letters = []
    for quote in quotes:
        if quote.state != "asked" or quote.rfq.state != "sent" or not quote.supplier.email:
            continue
        with speaking(quote.supplier.language or language()):
            letters.append(_letter(uow, quote, reminder=reminders[quote.id]))
        quote.mailed_on = uow.today
    if letters:
        send_mail(uow, letters)


def _letter(uow: UnitOfWork, quote: Quote, *, reminder: bool) -> EmailMessage:
    rfq, letter = quote.rfq, EmailMessage()
    letter["To"] = quote.supplier.email
    words = {"number": rfq.number, "subject": rfq.name or ""}
    letter["Subject"] = str(
        _("Reminder: request for quotation %(number)s %(subject)s", **words)
        if reminder
        else _("Request for quotation %(number)s %(subject)s", **words)
    ).strip()
    wanted = "\n".join(f"  {x.quantity.normalize():f}  {x.product.name}" for x in quote.lines)
    day = format_date(rfq.answer_by, locale=Locale.parse(language()))
    parts = [
        _("Dear %(name)s,", name=quote.supplier.name),
        _("please offer us the following until %(day)s:", day=day),
        wanted,
        _("Enter your prices here; the link is for you alone:"),
        page_of(uow, path_of(uow, quote)),
    ]
    letter.set_content("\n\n".join(str(part) for part in parts) + "\n")
    return letter
