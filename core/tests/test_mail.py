"""Letters leave the house through the company's mail server; links in them carry a signature."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage

import pytest

from dougong import Actor
from dougong.mail import NoMail, page_of, send_mail, sign, unsign
from dougong.mail.service import MailRefused, NoAddress, try_mail
from dougong.settings import service as settings

SYSTEM = Actor.system()


@pytest.fixture
def house(make_runtime):
    return make_runtime().house


class Post:
    """A mail server that keeps what it gets."""

    def __init__(self, host, port, timeout):
        self.said, self.sent = [(host, port)], []
        Post.last = self

    def __enter__(self):
        return self

    def __exit__(self, *_rest):
        return False

    def starttls(self, context):
        self.said.append("starttls")

    def login(self, name, password):
        self.said.append((name, password))

    def send_message(self, letter):
        self.sent.append(letter)


def letter():
    made = EmailMessage()
    made["To"], made["Subject"] = "bob@supplier.example", "Offer"
    made.set_content("Please answer.")
    return made


def test_a_letter_goes_to_the_server_that_was_set(house, monkeypatch):
    monkeypatch.setattr(smtplib, "SMTP", Post)

    def act(uow):
        settings.write(uow, "core.mail_server", "mail.example:2525")
        settings.write(uow, "core.mail_from", "us@house.example")
        settings.write(uow, "core.mail_login", "us")
        settings.write(uow, "core.mail_password", "a secret")
        send_mail(uow, [letter()])

    house.run(SYSTEM, act)
    assert Post.last.said == [("mail.example", 2525), "starttls", ("us", "a secret")]
    assert [mail["From"] for mail in Post.last.sent] == ["us@house.example"]


def test_without_a_server_a_sentence_says_what_to_set(house):
    with pytest.raises(NoMail, match="enter server and sender"):
        house.run(SYSTEM, lambda uow: send_mail(uow, [letter()]))


def test_a_test_letter_says_what_is_wrong_with_the_settings(house, monkeypatch):
    def closed(*_given, **_more):
        raise ConnectionRefusedError("nobody answers")

    def act(uow):
        settings.write(uow, "core.mail_server", "mail.example")
        settings.write(uow, "core.mail_from", "us@house.example")
        with pytest.raises(NoAddress, match="enter it under People"):
            try_mail(uow, None)
        monkeypatch.setattr(smtplib, "SMTP", closed)
        with pytest.raises(MailRefused, match="nobody answers"):
            try_mail(uow, "ana@house.example")
        monkeypatch.setattr(smtplib, "SMTP", Post)
        try_mail(uow, "ana@house.example")

    house.run(SYSTEM, act)
    assert [mail["To"] for mail in Post.last.sent] == ["ana@house.example"]


def test_what_was_signed_is_known_again_for_its_purpose_alone(house):
    def act(uow):
        settings.write(uow, "core.address", "https://erp.example/")
        token = sign(uow, "offer", [7, "key"])
        return (
            unsign(uow, "offer", token), unsign(uow, "order", token),
            unsign(uow, "offer", token[:-2]), page_of(uow, "/a/b"),
        )  # fmt: skip

    assert house.run(SYSTEM, act) == ([7, "key"], None, None, "https://erp.example/a/b")
