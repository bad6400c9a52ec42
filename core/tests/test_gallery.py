"""A gallery of broken plugins: each is told with its file, its line and its mend, and the house stands."""

from __future__ import annotations

import re
from textwrap import dedent

import pytest
from authoring import Author
from authoring import author as author
from sqlalchemy import inspect
from test_plugins import MANIFESTS, MODELS_HOOK, SICK, models

from dougong.actors import Actor
from dougong.errors import PluginProblem, Refused
from dougong.plugins.discovery import discover
from dougong.plugins.lifecycle import Lifecycle
from dougong.plugins.registry import Runtime
from dougong.web.app import create_app

PAGE = """
    from flask import Blueprint
    from dougong.web.rights import public
    page = Blueprint("sick", __name__)
    page.get("/alive")(public(lambda: "I live"))
"""
ALIVE = f"def pages(self):{PAGE}    return [page]\n"
FILL = (
    "from dougong import Fill\ndef fills(self): return [self.Fill('core.here', 'sick/none.html')]"
)
REVISION = 'revision = "{}"\ndown_revision = {}\n\n\ndef upgrade(): ...\n\n\ndef downgrade(): ...\n'
NOUN = """
    from dougong.resources import Form, Resource, Rights, Section
    from dougong_sick.models import Thing

    class Things(Resource):
        name, model, label = {name}, Thing, "Things"
        columns, rights = {columns}, Rights({rights})
        {more}
"""

#: What is wrong, how it is written, what the author reads: sentence, mend, file and line.
FILES = {
    "a template that does not end": (
        {"files": {"templates/page.html": "<p>\n{% if x %}\n</p>"}},
        "a template cannot be read: Unexpected end of template",
        "Close every tag and every block that it opens. (page.html:2)",
    ),
    "a template with a word too many": (
        {"files": {"templates/page.html": "<p>{{ a b }}</p>"}},
        "a template cannot be read: expected token 'end of print statement', got 'b'.",
        "(page.html:1)",
    ),
    "a template that hides others'": (
        {"files": {"templates/page.html": "<p></p>"}},
        "the template page.html may hide one of another plugin.",
        "Move it into templates/sick/. (page.html)",
    ),
    "a fill without a template": (
        {"body": FILL},
        "the fill of “core.here” names the template “sick/none.html”, which is not there.",
        "Write it in templates/sick/. (plugin.py:6)",
    ),
    "a job that was done while it was declared": (
        {"body": "from dougong import Job\ndef jobs(self): return [self.Job('sick.a', 3)]"},
        "Job of the hook “jobs” calls 3, which is no function.",
        "Give the function itself, without calling it: act=do_it, not do_it(). (plugin.py:6)",
    ),
    "a check without a function": (
        {"body": "from dougong import Check\ndef checks(self): return [self.Check('sick.a', 'A', None)]"},
        "Check of the hook “checks” calls None, which is no function.",
        "(plugin.py:6)",
    ),
    "a step into a state that is not there": (
        {
            "body": "def workflows(self):\n    from dougong import State, Step, Workflow\n"
            "    return [Workflow('sick.things', [State('a', 'A')],"
            " [Step('go', 'Go', ['a'], 'b', 'sick.thing.go')])]"
        },
        "the hook “workflows” failed: ValueError: sick.things: step go names unknown states ['b']",
        "(plugin.py:7)",
    ),
    "a step that asks why in a way nobody knows": (
        {
            "body": "def workflows(self):\n    from dougong import State, Step, Workflow\n"
            "    return [Workflow('sick.things', [State('a', 'A')],"
            " [Step('go', 'Go', ['a'], 'a', 'sick.thing.go', reason='Why?')])]"
        },
        "step go has reason='Why?': write '', 'optional' or 'required'",
        "(plugin.py:7)",
    ),
    "a step with another's right": (
        {
            "body": "def workflows(self):\n    from dougong import State, Step, Workflow\n"
            "    return [Workflow('sick.things', [State('a', 'A')],"
            " [Step('go', 'Go', ['a'], 'a', 'crm.order.confirm')])]"
        },
        "the right “crm.order.confirm” of the step “go” belongs to another plugin.",
        "Ask for a right of this plugin: “sick.…”. (plugin.py:7)",
    ),
    "a resource with another's name": (
        {
            "body": "def resources(self):\n    from dougong.resources import Resource\n"
            "    class Things(Resource):\n        name = 'crm.things'\n    return [Things]"
        },
        "the resource “crm.things” must begin with “sick.”.",
        "write “sick.things”. (plugin.py:8)",
    ),
}  # fmt: skip
REVISIONS = {
    "another's name": (
        {"a.py": REVISION.format("crm_0001", None)},
        "the revision “crm_0001” must begin with “sick_”. Let `dougong migrations create sick` write"
        " it. (a.py:1)",
    ),
    "a revision that stands on nothing": (
        {"a.py": REVISION.format("sick_0002", '"sick_0001"')},
        "a revision stands on “sick_0001”, which is not there. Name the one before it, or None for"
        " the first. (a.py:2)",
    ),
    "two ends": (
        {"a.py": REVISION.format("sick_0001", None), "b.py": REVISION.format("sick_0002", None)},
        "its history has several ends: sick_0001, sick_0002. Let one stand on the other:"
        " down_revision = 'sick_0001'. (migrations)",
    ),
    "a revision that cannot be read": (
        {"a.py": REVISION.format("sick_0001", None) + "def upgrade(:\n"},
        "a revision cannot be read: invalid syntax. Mend it, or let `dougong migrations create sick"
        " --fresh` write it anew. (a.py:9)",
    ),
}
ROWS = """
    import sqlalchemy as sa
    from alembic import op

    revision, down_revision = "sick_0001", None


    def upgrade():
        op.create_table("sick_thing", sa.Column("id", sa.Integer(), primary_key=True))
        op.execute("INSERT INTO sick_thing VALUES (1)")


    def downgrade():
        op.drop_table("sick_thing")
"""
NEXT = """
    import sqlalchemy as sa
    from alembic import op

    revision, down_revision = "sick_0002", "sick_0001"


    def upgrade():
        {}


    def downgrade(): ...
"""
#: What the next revision does to a table with a row, and what is read when it comes.
UPGRADES = {
    "a column that no row can fill": (
        'with op.batch_alter_table("sick_thing") as table:\n'
        '            table.add_column(sa.Column("colour", sa.String(20), nullable=False))',
        "sick_0002: sick_thing.colour must not be empty, and there are rows that leave it so. Give"
        " it a server_default; or add it with nullable=True, fill it with an UPDATE, and alter it to"
        " nullable=False after that. Nothing of the step was kept. (b.py:9)",
    ),
    "such a column, added without a batch": (
        'op.add_column("sick_thing", sa.Column("colour", sa.String(20), nullable=False))',
        "sick_0002: sick_thing.colour must not be empty, and there are rows that leave it so.",
    ),
    "a statement that the rows refuse": (
        'op.execute("INSERT INTO sick_thing VALUES (1)")',
        "sick_0002: the database refuses it: ",
    ),
}
#: Faults of the whole package: nothing that is written anywhere says them.
NO_LINE = {
    "no manifest", "no package", "no plugin object", "no attribute", "a relationship to nothing",
    "an argument nobody gives", "no TOML", "two pages with one name",
}  # fmt: skip
WHERE = re.compile(r"(?:[\w.]+\.(?:py|toml|html))(?::\d+)?|migrations")


def answers(author, make_runtime, sentence):
    """The house beside the broken plugin: it stands, and nothing of the plugin lives."""
    house = make_runtime()
    runtime = Runtime(house.url, house.config, only={"sick", "sound"})
    app = create_app(runtime, {**runtime.config, "ACT_AS": Actor.system()})
    client = app.test_client()

    assert client.get("/login").status_code in {200, 302, 303}
    assert client.get("/sick/alive").status_code == 404
    assert client.get("/sick/things").status_code == 404
    assert not [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/sick")]
    assert list(runtime.loaded) == ["sound"]
    told = str(runtime.failed["sick"])
    assert sentence in told
    runtime.close()
    return told


@pytest.mark.parametrize("what", FILES)
def test_a_mistake_in_a_file_is_told_with_its_place_and_its_mend(author, make_runtime, what):
    how, sentence, mend = FILES[what]
    author.write("sick", how.get("body", "") + "\n" + ALIVE, files=how.get("files"))
    author.write("sound")

    assert mend in answers(author, make_runtime, sentence)


@pytest.mark.parametrize("what", REVISIONS)
def test_a_mistake_in_a_history_is_told_before_a_table_is_touched(author, make_runtime, what):
    files, sentence = REVISIONS[what]
    author.write("sick", ALIVE, files={f"migrations/{name}": text for name, text in files.items()})
    house = make_runtime()
    life = Lifecycle(house.url, discover())

    with pytest.raises(PluginProblem) as refused:
        life.install(["sick"], enable=True)

    assert sentence in str(refused.value)
    assert "sick" not in life.snapshot().rows
    assert "alembic_version_sick" not in inspect(life.engine).get_table_names()
    life.close()


@pytest.mark.parametrize("what", UPGRADES)
def test_a_step_that_the_rows_refuse_is_told_with_its_column_its_file_and_its_mend(
    author, make_runtime, what
):
    _statement, sentence = UPGRADES[what]
    write_sick(author, UPGRADES, UPGRADES[what])
    life = Lifecycle(make_runtime().url, discover())

    with pytest.raises(Refused) as refused:
        life.install(["sick"], enable=True)

    told = str(refused.value)
    assert sentence in told
    assert "cannot be reached" not in told
    assert re.search(r"Nothing of the step was kept\. \(b\.py:\d+\)", told), told
    life.close()


@pytest.mark.parametrize("what", SICK)
def test_a_mistake_in_a_hook_or_a_model_leaves_no_page_alive(author, make_runtime, what):
    how, sentence = SICK[what]
    body = how.get("body", "pass")
    alive = "" if "def pages" in body else f"\n{ALIVE}"
    author.write("sick", body + alive, code=how.get("code", ""), files=how.get("files"))
    author.write("sound")

    told = answers(author, make_runtime, sentence)

    assert WHERE.search(told) or what in NO_LINE, told


@pytest.mark.parametrize("what", MANIFESTS)
def test_a_mistake_in_a_manifest_leaves_no_page_alive(author, make_runtime, what):
    how, sentence = MANIFESTS[what]
    author.write("sick", ALIVE, **how)
    author.write("sound")

    told = answers(author, make_runtime, sentence)

    assert WHERE.search(told) or what in NO_LINE, told


NOUNS = {
    "a column that is not there": ({"columns": '["labbel"]'}, "“label”"),
    "a path through a text": ({"columns": '["label.colour"]'}, "label"),
    "a filter that is nearly right": ({"more": 'filters = ["labell"]'}, "Did you mean “label”?"),
    "a group by nothing": ({"more": 'groups = ["xyz"]'}, "Name one of these: "),
}


def write_sick(author: Author, cases: object, case: tuple) -> None:
    """The broken plugin of a case, in a package of its own."""
    how = case[0]
    if cases is NOUNS:
        given = {
            "name": "'sick.things'", "columns": '["label"]', "rights": "'sick.thing'", "more": "",
            **how,
        }  # fmt: skip
        files = {**models("sick"), "resource.py": NOUN.format(**given)}
        hook = "def resources(self):\n    from dougong_sick.resource import Things\n    return [Things]"
        author.write("sick", f"{MODELS_HOOK}\n{hook}", files=files)
    elif cases is REVISIONS:
        files = {f"migrations/{name}": text for name, text in how.items()}
        author.write("sick", ALIVE, files=files)
    elif cases is UPGRADES:
        files = {"migrations/a.py": ROWS, "migrations/b.py": NEXT.format(how)}
        author.write("sick", ALIVE, files=files)
    elif cases is FILES:
        author.write("sick", how.get("body", "") + "\n" + ALIVE, files=how.get("files"))
    else:
        author.write("sick", **how)


@pytest.mark.parametrize("what", NOUNS)
def test_a_noun_with_a_wrong_name_is_left_out_and_told_with_its_place(author, make_runtime, what):
    _noun, sentence = NOUNS[what]
    write_sick(author, NOUNS, NOUNS[what])
    house = make_runtime()

    runtime = Runtime(house.url, house.config, only={"sick"})

    ((plugin, (told,)),) = runtime.nouns.left_out().items()
    assert plugin == "sick"
    assert sentence in str(told)
    assert "(resource.py:5)" in str(told)
    assert (
        create_app(runtime, {**runtime.config, "ACT_AS": Actor.system()})
        .test_client()
        .get("/sick/things")
        .status_code
        == 404
    )
    runtime.close()


SIDE = """
class Shelf(Base):
    __tablename__ = "sick_shelf"
    id: Mapped[int] = link_to(
        "sick_thing.id", ondelete="CASCADE", primary_key=True, autoincrement=False, index=False
    )
"""
SHELF = """
    from dougong.resources import Extend
    from dougong_sick.models import Shelf

    class Shelves(Extend):
        plugin, resource, side = "sick", {resource}, Shelf
"""


@pytest.mark.parametrize(
    ("resource", "sentence"),
    [
        ("'core.rols'", "which does not exist. Name a resource: “core.roles”. (resource.py:5)"),
        ("'sick.things'", "Shelves extends “sick.things”, which was left out itself."),
        ("'crm.orders'", ""),
    ],
)
def test_an_extension_of_nothing_is_told_unless_its_plugin_is_away(
    author, make_runtime, resource, sentence
):
    given = {"name": "'sick.things'", "columns": '["labbel"]', "rights": "'sick.thing'"}
    noun = NOUN.format(**given, more="")
    files = {
        "models.py": dedent(models("sick")["models.py"]) + SIDE,
        "noun.py": noun,
        "resource.py": SHELF.format(resource=resource),
    }
    author.write(
        "sick",
        f"{MODELS_HOOK}\ndef resources(self):\n    from dougong_sick.noun import Things\n"
        "    return [Things]\n"
        "def extensions(self):\n    from dougong_sick.resource import Shelves\n    return [Shelves]",
        files=files,
    )
    house = make_runtime()

    runtime = Runtime(house.url, house.config, only={"sick"})

    told = [str(one) for one in runtime.nouns.left_out()["sick"] if "Shelves" in str(one)]
    assert bool(told) == bool(sentence)
    assert sentence in " ".join(told)
    runtime.close()


def test_there_are_more_than_thirty_of_them():
    assert len(FILES) + len(REVISIONS) + len(SICK) + len(MANIFESTS) + len(NOUNS) > 50
