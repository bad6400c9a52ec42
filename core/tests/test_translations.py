"""Catalogues as they are read: the source and its compiled form say the same."""

from __future__ import annotations

import os

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

from dougong import i18n
from dougong.i18n import Text, _, learn, pgettext, speaking
from dougong.web.catalogues import Package, clashes, collect, known_words, missing, update
from dougong.web.translations import words_in

CODE = "zh_Hans_CN"

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


def test_a_word_means_what_the_package_that_wrote_it_means(monkeypatch):
    monkeypatch.setattr(i18n, "_catalogs", {})
    learn("zh_Hans_CN", {"Released": "已下达"}, "dougong_making")
    learn("zh_Hans_CN", {"Released": "已放行", "Total": "合计"}, "dougong_buying")

    with speaking("zh_Hans_CN"):
        told = {
            name: str(Text("Released", {}, domain=name))
            for name in ("dougong_making", "dougong_buying")
        }
        assert told == {"dougong_making": "已下达", "dougong_buying": "已放行"}
        # Words that a package has not, and words of nobody, are found wherever they are.
        assert str(Text("Total", {}, domain="dougong_making")) == "合计"
        assert str(Text("Released", {})) == "已下达"
    assert str(Text("Released", {}, domain="dougong_buying")) == "Released"


def test_a_text_knows_the_package_that_wrote_it():
    scope = {"__name__": "dougong_making.orders.models", "_": _, "pgettext": pgettext}
    assert eval("_('Open').domain", scope) == "dougong_making"
    assert eval("pgettext('order', 'Open').domain", scope) == "dougong_making"


def package(tmp_path, name, source, **words):
    folder = tmp_path / f"dougong_{name}"
    folder.mkdir(exist_ok=True)
    (folder / "models.py").write_text(source, encoding="utf-8")
    made = Package(name, folder)
    if words:
        update(
            made, CODE, {(english, None): said for english, said in words.items()}, suggest=False
        )
    return made


def test_one_word_in_two_ways_is_named_with_those_who_say_it(tmp_path):
    one = package(tmp_path, "making", "_('Released'), _('Total')", Released="已下达", Total="合计")
    two = package(tmp_path, "buying", "_('Released'), _('Total')", Released="已放行", Total="合计")

    (clash,) = clashes([one, two], CODE)

    assert str(clash) == "'Released': '已下达': making; '已放行': buying"


def test_what_another_package_says_is_only_suggested(tmp_path):
    known = known_words([package(tmp_path, "making", "_('Released')", Released="已下达")], CODE)
    mine = package(tmp_path, "buying", "_('Released')")

    count, open_ = update(mine, CODE, known)

    assert (count, open_, list(missing(mine, CODE))) == (1, ["Released"], ["Released"])
    assert dict(words_in(mine.source(CODE))) == {}
    text = mine.source(CODE).read_text("utf-8")
    assert "#, fuzzy" in text
    assert "已下达" in text
    # It stays a suggestion until somebody takes the mark away, and says what is right.
    assert update(mine, CODE, known)[1] == ["Released"]
    mine.source(CODE).write_text(text.replace("#, fuzzy\n", ""), "utf-8")
    assert update(mine, CODE, {})[1] == list(missing(mine, CODE)) == []


def test_a_word_inside_an_f_string_is_collected_with_its_facts(tmp_path):
    (tmp_path / "papers.py").write_text(
        "title = f\"{_('Receipt')} {number}\"\n"
        'said = pgettext("till", "Open") + ngettext("%(number)s cup", "%(number)s cups", 2)\n'
        'long = _("one " "two")\nnone = _(name) + other("No word")\n'
    )

    said = {(m.id, m.context) for m in collect(Package("sick", tmp_path)) if m.id}

    assert said == {
        ("Receipt", None),
        ("Open", "till"),
        (("%(number)s cup", "%(number)s cups"), None),
        ("one two", None),
    }
