"""What a start may not load: whatever only some later act needs waits for it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from dougong.mapping import map_lazily
from dougong.memory import YOUNG

pytestmark = pytest.mark.once

#: Each took memory or time at every start once, or would; who needs one of them imports it then.
HEAVY = {
    "alembic", "calamine", "cryptography", "fontTools", "highspy", "mako", "numpy", "openpyxl",
    "ortools", "pandas", "pygments", "pylopdf", "python_calamine", "reportlab", "rich", "scipy",
    "statsforecast", "typst", "xlsxwriter",
    "dougong.scaffolding", "dougong.testing", "dougong.vetting",
}  # fmt: skip

_START = """
import gc, sys
from dougong.memory import begin, settle
begin()
from dougong.plugins.registry import Runtime
from dougong.web.app import create_app
from werkzeug.test import create_environ

runtime = Runtime(sys.argv[1], {"SECRET_KEY": "only to look " * 3})
app, said = create_app(runtime, runtime.config), []
list(app(create_environ("/login"), lambda status, *_: said.append(status)))
assert said == ["200 OK"], said
assert len(runtime.loaded) == 8, runtime.failed
searches = sum(generation["collections"] for generation in gc.get_stats())
settle()
print(searches, gc.get_threshold()[0])
print(*sorted(sys.modules))
"""


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """What a process tells that has given its first answer, with all departments open."""
    from dougong.testing import SHIPPED
    from dougong.testing_databases import Databases

    databases = Databases("", tmp_path_factory.mktemp("start"))
    url = databases.copy(SHIPPED)
    told = subprocess.run(
        [sys.executable, "-c", _START, url], capture_output=True, text=True, check=True
    )
    databases.close()
    return told.stdout.splitlines()[-2:]


def test_a_start_loads_nothing_that_only_a_later_act_needs(started):
    assert HEAVY & set(started[1].split()) == set()


def test_what_a_start_builds_is_not_searched_for_garbage_and_what_follows_is(started):
    searches, young = map(int, started[0].split())

    assert searches < 24  # Python itself asks for some before; it was fifty
    assert young == YOUNG


def test_an_attribute_makes_its_expression_only_when_a_query_asks_for_it():
    """Fails when SQLAlchemy changes there: then `dougong.mapping` may be needless, or helpless."""
    map_lazily()

    class Base(DeclarativeBase):
        pass

    class Tea(Base):
        __tablename__ = "tea"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]

    Base.registry.configure()
    comparator = Tea.name.comparator

    with pytest.raises(AttributeError):
        object.__getattribute__(comparator, "__clause_element__")
    assert str(Tea.name == "green") == "tea.name = :name_1"
    Base.registry.dispose()
