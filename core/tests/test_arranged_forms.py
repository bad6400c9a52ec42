"""Forms as an administrator arranges them: for everybody, or for a role."""

from __future__ import annotations

import pytest

from dougong.actors import Actor, Rights
from dougong.errors import Forbidden, Invalid
from dougong.layouts.rules import Rule
from dougong.layouts.service import arrange
from dougong.plugins.registry import Runtime
from dougong.resources import documents
from dougong.web.app import create_app

ME = Actor.system(name="Ana")
SELLER = Actor(None, "Ben", Rights({"base.*", "@reader"}), (1,), 1)
NOUN = "base.parties"


@pytest.fixture
def arranged(make_runtime):
    """Arrange the form of parties, and give the house as it is built then."""
    runtime = make_runtime("base")
    made = []

    def change(rules, role=""):
        runtime.house.run(ME, lambda uow: arrange(uow, NOUN, role, rules))
        made.append(Runtime(runtime.url, runtime.config))
        return made[-1]

    yield change
    for house in made:
        house.close()


def sight_of(runtime, actor=ME):
    return runtime.nouns.get(NOUN).sight(actor.rights)


def shown(runtime, actor=ME):
    parts = sight_of(runtime, actor).parts
    return [name for part, names in parts if not hasattr(part, "name") for name in names]


def enter(runtime, actor=ME, **values):
    noun = runtime.nouns.get(NOUN)
    entry = {"code": "A1", "name": "Acme", "kind": "organisation", **values}
    return runtime.house.run(
        actor, lambda uow: documents.save(uow, noun, noun.sight(actor.rights), entry)
    )


def test_fields_are_hidden_and_ordered_in_the_form_but_stay_in_lists_and_api(arranged):
    runtime = arranged({"name": Rule(place=1), "code": Rule(place=2), "website": Rule(hidden=True)})

    names = shown(runtime)

    assert names.index("name") < names.index("code")
    assert "website" not in names
    assert "website" in sight_of(runtime).queryable
    assert enter(runtime, website="acme.example").website == "acme.example"


def test_labels_are_renamed_in_both_languages(arranged):
    from dougong.i18n import speaking

    runtime = arranged({"website": Rule(label="Home page", label_zh="网站地址")})
    field = sight_of(runtime).fields["website"]

    assert str(field.label) == "Home page"
    with speaking("zh_Hans_CN"):
        assert str(field.label) == "网站地址"


def test_what_was_made_necessary_is_asked_for_in_page_api_and_service(arranged):
    runtime = arranged({"website": Rule(needed=True)})
    client = create_app(runtime, {**runtime.config, "ACT_AS": ME}).test_client()

    with pytest.raises(Invalid) as refused:
        enter(runtime)
    body = {"code": "A2", "name": "Acme", "kind": "organisation"}
    assert "website" in refused.value.errors
    assert client.post("/api/v1/base/parties", json=body).status_code in (409, 422)
    enter(runtime, website="acme.example")


def test_a_new_document_begins_with_the_value_that_was_given(arranged):
    runtime = arranged({"website": Rule(default="acme.example", hidden=True, needed=True)})

    assert enter(runtime).website == "acme.example"
    assert "website" not in shown(runtime)


def test_what_must_be_filled_in_is_not_hidden_without_a_value(arranged):
    for wrong in (
        {"name": Rule(hidden=True)},
        {"website": Rule(hidden=True, needed=True)},
        {"nothing": Rule(hidden=True)},
        {"kind": Rule(default="ghost")},
    ):
        with pytest.raises(Invalid):
            arranged(wrong)


def test_a_role_has_its_own_form_and_an_administrator_is_not_meant_by_it(arranged):
    arranged({"website": Rule(label="Home page")})
    runtime = arranged({"website": Rule(hidden=True)}, role="reader")

    assert "website" not in shown(runtime, SELLER)
    assert "website" in shown(runtime)
    assert str(sight_of(runtime, SELLER).fields["website"].label) == "Home page"


def test_a_form_is_reset_to_how_the_module_made_it(arranged):
    before = arranged({"website": Rule(hidden=True)})
    after = arranged({})

    assert "website" not in shown(before)
    assert "website" in shown(after)


def test_only_whoever_may_arranges_forms(make_runtime, client_as):
    runtime = make_runtime("base")
    with pytest.raises(Forbidden):
        runtime.house.run(
            SELLER, lambda uow: arrange(uow, NOUN, "", {"website": Rule(hidden=True)})
        )


def test_the_page_keeps_what_was_ticked_and_marks_what_is_wrong(arranged):
    runtime = arranged({})
    client = create_app(runtime, {**runtime.config, "ACT_AS": ME}).test_client()

    assert "Parties" in client.get("/core/forms").text
    wrong = client.post(f"/core/forms/{NOUN}", data={"name.hidden": "1"})
    assert wrong.status_code == 422
    assert "give a value to begin with" in wrong.text
    kept = client.post(f"/core/forms/{NOUN}", data={"website.hidden": "1", "website.label": "Page"})
    assert kept.status_code == 303
    assert 'value="Page"' in client.get(f"/core/forms/{NOUN}").text
    client.post(f"/core/forms/{NOUN}", data={"reset": "1"})
    assert 'value="Page"' not in client.get(f"/core/forms/{NOUN}").text
    assert client.get("/core/forms/base.nothing").status_code == 404
