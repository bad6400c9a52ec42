"""Letters by e-mail, and signed links to pages for people without a log-in."""

from dougong.mail.links import page_of, sign, unsign
from dougong.mail.service import NoMail, mail_is_set, send_mail

__all__ = ["NoMail", "mail_is_set", "page_of", "send_mail", "sign", "unsign"]
