"""Catalogues as they are read: the source and its compiled form say the same."""

from __future__ import annotations

import os

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

from dougong.web.translations import words_in

pytestmark = pytest.mark.once


def test_a_word_with_a_context_is_found_in_source_and_compiled_form(tmp_path):
    catalogue = Catalog(locale="zh_Hans_CN")
    catalogue.add("Paid", "已付清")
    catalogue.add("Paid", "已收款", context="order")
    catalogue.add(("%(number)s day", "%(number)s days"), ("%(number)s 天",))
    source, compiled = tmp_path / "messages.po", tmp_path / "messages.mo"
    with source.open("wb") as file:
        write_po(file, catalogue)
    from_source = dict(words_in(source))
    with compiled.open("wb") as file:
        write_mo(file, catalogue)
    os.utime(source, (1, 1))

    from_compiled = dict(words_in(source))

    assert from_source["order\x04Paid"] == "已收款"
    assert from_compiled == from_source
