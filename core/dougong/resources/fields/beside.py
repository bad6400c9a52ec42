"""What stands beside a document as conditions and a column of its list: tags, activities, followers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from sqlalchemy import and_, false, func, not_, or_, select

from dougong import clock
from dougong.actors import who_asks
from dougong.i18n import Text, _, pgettext
from dougong.resources.fields.base import Field, Operator
from dougong.resources.fields.choices import Choice, Flag

if TYPE_CHECKING:
    from dougong.resources.formats import Formats

#: Between the tags of one document in a cell, and between a tag's colour and its name.
BETWEEN = "\x1f"


class Beside(Field):
    """A field without a column: its condition asks the tables beside the document."""

    virtual = True
    #: How the documents are called there.
    document = ""

    def holds(self, root: Any, operator: str, value: Any) -> Any:
        """The condition on documents; ``root`` is their model."""
        if operator == "ne":
            return not_(self._one(root, value))
        if operator == "in":
            return or_(false(), *(self._one(root, one) for one in value))
        if operator == "empty":
            return not_(self._any(root)) if value else self._any(root)
        return self._one(root, value) if value is not False else not_(self._one(root, True))

    def _one(self, root: Any, value: Any) -> Any:
        raise TypeError(f"{type(self).__name__} asks nothing")

    def _any(self, root: Any) -> Any:
        raise TypeError(f"{type(self).__name__} asks nothing")

    def _here(self, model: Any, root: Any) -> Any:
        return and_(model.document_id == root.id, model.document == self.document)


def _never(_column: Any, _value: Any) -> Any:
    raise AssertionError("a condition beside documents is asked by `holds`")


ASKED: Mapping[str, Operator] = dict.fromkeys(("eq", "ne", "in", "empty"), _never)


class TagField(Beside):
    """The tags of a document: has one, has not, has none; and all of them as a column."""

    sortable = False
    operators = ASKED

    def load(self, raw: Any) -> Any:
        """A tag's name."""
        name = super().load(raw)
        if not name.strip():
            raise ValueError("text")
        return " ".join(name.split())

    def plain(self, value: Any) -> Any:
        """The names, as JSON says them."""
        return [name for _colour, name in self._tags(value)]

    def show(self, value: Any, fmt: Formats) -> str:
        """The names; a filter's value is one name."""
        return ", ".join(name for _colour, name in self._tags(value))

    def cell(self, fmt: Formats) -> Callable[[Any], str]:
        """Badges."""
        badge = Markup('<span class="badge st-{}">{}</span>')
        return lambda value: Markup(" ").join(badge.format(*tag) for tag in self._tags(value))

    def expression(self, root: Any, around: Any = None) -> Any:
        """All tags of a document in one text; ``around`` is the subquery whose columns ``root`` is."""
        from dougong.tags.models import DocumentTag, Tag

        return (
            select(func.aggregate_strings(Tag.colour + ":" + Tag.name, BETWEEN))
            .join(DocumentTag, DocumentTag.tag_id == Tag.id)
            .where(self._here(DocumentTag, root))
            .correlate(root if around is None else around)
            .scalar_subquery()
        )

    def _tags(self, value: Any) -> list[tuple[str, str]]:
        parts = (str(value) if value else "").split(BETWEEN)
        pairs = [p.partition(":") if ":" in p else ("", "", p) for p in parts if p]
        return sorted(((c, n) for c, _colon, n in pairs), key=lambda tag: tag[1].casefold())

    def _one(self, root: Any, value: Any) -> Any:
        from dougong.tags.models import DocumentTag, Tag

        return (
            select(DocumentTag.id)
            .join(Tag, Tag.id == DocumentTag.tag_id)
            .where(self._here(DocumentTag, root), Tag.key == str(value).casefold()[:60])
            .exists()
        )

    def _any(self, root: Any) -> Any:
        from dougong.tags.models import DocumentTag

        return select(DocumentTag.id).where(self._here(DocumentTag, root)).exists()


CHOICES: Mapping[str, Text] = {
    "mine": pgettext("activities", "Mine"),
    "mine_overdue": pgettext("activities", "Mine, overdue"),
    "overdue": pgettext("activities", "Overdue"),
    "today": pgettext("activities", "Due today"),
    "later": pgettext("activities", "Due later"),
}


class ActivityField(Beside, Choice):
    """The open activities of a document: mine, overdue, due today, due later, or none at all."""

    sortable = False
    operators = dict(ASKED)  # noqa: RUF012

    def _one(self, root: Any, value: Any) -> Any:
        from dougong.activities.models import Activity

        mine, today = Activity.assignee_id == (who_asks() or 0), clock.today()
        wanted = {
            "mine": (mine,),
            "mine_overdue": (mine, Activity.due_on < today),
            "overdue": (Activity.due_on < today,),
            "today": (Activity.due_on == today,),
            "later": (Activity.due_on > today,),
        }
        return self._open(root).where(*wanted[value]).exists()

    def _any(self, root: Any) -> Any:
        return self._open(root).exists()

    def _open(self, root: Any) -> Any:
        from dougong.activities.models import Activity

        return select(Activity.id).where(self._here(Activity, root), Activity.state == "planned")


class FollowedField(Beside, Flag):
    """Whether whoever asks follows the document."""

    sortable = False
    operators = {"eq": _never}  # noqa: RUF012

    def _one(self, root: Any, value: Any) -> Any:
        from dougong.following.models import Follower

        mine = Follower.user_id == (who_asks() or 0)
        return select(Follower.id).where(self._here(Follower, root), mine).exists()

    def _any(self, root: Any) -> Any:
        return self._one(root, True)


def fields_beside(document: str) -> dict[str, Beside]:
    """The fields that every noun of numbered documents has beside its own, by name."""
    found: dict[str, Beside] = {
        "tags": TagField(label=_("Tags")),
        "activity": ActivityField(label=pgettext("filter", "Activities"), choices=CHOICES),
        "followed": FollowedField(label=pgettext("filter", "Followed by me")),
    }
    for name, field in found.items():
        field.name, field.document, field.length = name, document, 40
        field.required = False
        # Only tags can be a column; the others are conditions alone.
        field.many = name != "tags"
        if isinstance(field, Choice | Flag):
            field.prepare()
    return found
