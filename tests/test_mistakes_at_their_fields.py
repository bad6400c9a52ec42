"""A form sent empty or with nonsense: each mistake stands at its field, and a summary leads there."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from bad_input import BOSS
from bad_input import client as client
from bad_input import runtime as runtime

#: What nobody can have meant, by kind of field; a word that is too long for a text.
NONSENSE = {
    "number": "a few",
    "money": "dear",
    "date": "someday",
    "choice": "nonsense",
    "link": "?",
}


class Page(HTMLParser):
    """Controls, messages and links of a page, by their marks."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.controls, self.leads = set(), {}, []
        self.feed(text)

    def handle_starttag(self, tag, given):
        facts = dict(given)
        self.ids.add(facts.get("id"))
        if tag in ("input", "select", "textarea") and facts.get("id", "").startswith("f-"):
            self.controls[facts["id"][2:]] = facts
        if "data-to" in facts:
            self.leads.append(facts["data-to"])


def forms(runtime):
    """Each noun that somebody can enter."""
    for noun in runtime.nouns.all.values():
        sight = noun.sight(BOSS.rights)
        if sight.create and noun.plugin in runtime.loaded | {"core": None}:
            yield noun, sight


def faults(noun, answer):
    """What is missing in a page of mistakes."""
    page = Page(answer.text)
    marked = {name for name, facts in page.controls.items() if facts.get("aria-invalid") == "true"}
    told = {mark[2:] for mark in page.ids if mark and mark.startswith("e-")}
    led = {to[2:] for to in page.leads}
    where = f"{noun.name}: "
    if not marked and "lines" not in str(page.ids):
        yield f"{where}nothing is marked"
    if answer.status_code not in (409, 422):
        yield f"{where}{answer.status_code}"
    if 'class="alert alert-danger"' not in answer.text:
        yield f"{where}no summary"
    for name in marked ^ (told & page.controls.keys()):
        yield f"{where}{name} is marked or told, not both"
    for name in marked:
        if f"e-{name}" not in (page.controls[name].get("aria-describedby") or "").split():
            yield f"{where}{name} is not described by its message"
    for name in marked - led:
        yield f"{where}nothing leads to {name}"
    for name in led & page.controls.keys() - marked:
        yield f"{where}{name} is in the summary and not marked"


def test_an_empty_form_tells_at_each_field_what_it_needs(runtime, client):
    wrong, seen = [], 0
    for noun, _sight in forms(runtime):
        answer = client.post(f"/{noun.plugin}/{noun.slug}/new", data={"_was": "{}"},
                             headers={"HX-Request": "true", "HX-Target": "doc"})  # fmt: skip
        if answer.status_code in (204, 303):
            continue  # nothing is needed
        seen += 1
        wrong += faults(noun, answer)

    assert wrong == []
    assert seen > 30


def test_nonsense_stays_in_its_field_beside_what_is_wrong_with_it(runtime, client):
    wrong, seen = [], 0
    for noun, sight in forms(runtime):
        data = {"_was": "{}"}
        typed = {}
        for name, field in sight.writable_own.items():
            if (text := NONSENSE.get(field.kind)) is not None:
                data[f"{name}.text" if field.kind == "link" else name] = typed[name] = text
        if not typed:
            continue
        seen += 1
        answer = client.post(f"/{noun.plugin}/{noun.slug}/new", data=data,
                             headers={"HX-Request": "true", "HX-Target": "doc"})  # fmt: skip
        wrong += faults(noun, answer)
        page = Page(answer.text)
        kept = {name: facts.get("value") for name, facts in page.controls.items()}
        for name, text in typed.items():
            free = sight.fields[name].kind in ("number", "money", "link")
            if free and kept.get(name, text) != text:
                wrong.append(f"{noun.name}: {name} lost {text!r} and says {kept[name]!r}")

    assert wrong == []
    assert seen > 50


def test_the_first_mistake_comes_first_in_the_summary(client):
    page = client.post("/crm/orders/new", data={"_was": "{}"}).text

    leads = re.findall(r'data-to="f-([\w.]+)"', page)
    places = [page.index(f'id="f-{name}"') for name in leads if f'id="f-{name}"' in page]
    assert places == sorted(places)
