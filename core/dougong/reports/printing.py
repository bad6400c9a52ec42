"""A report on paper: what was asked, and the table that answers it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from dougong.actors import Actor
from dougong.errors import Refused
from dougong.i18n import _, language
from dougong.printing.composing import Composer
from dougong.printing.letterheads.queries import letterheads
from dougong.printing.sheets import Column, Facts, Row, Sheet, Table, Words
from dougong.reports.drawing import Input, draw
from dougong.reports.running import Answer
from dougong.resources.formats import formats
from dougong.unit_of_work import House

#: More columns need the broad side of the paper.
MOST_UPRIGHT = 6
#: A longer paper nobody reads, and making it takes memory as it grows.
MOST_LINES = 2000


def to_pdf(house: House, actor: Actor, answer: Answer, inputs: Sequence[Input] = ()) -> bytes:
    """The report as PDF below the company's letterhead; raises `NeedsTypesetter`, and
    `Refused` for more lines than a paper holds.
    """
    if len(answer.lines) > MOST_LINES:
        raise Refused(
            _(
                "The report has %(number)s lines; a paper holds %(most)s. Choose less, or take it as XLSX.",
                number=len(answer.lines),
                most=MOST_LINES,
            )
        )
    table = draw(answer)
    columns = [
        Column(
            head.text, head.figure, _share(head.text, [row.cells[at].text for row in table.rows])
        )
        for at, head in enumerate(table.heads)
    ]
    rows = [Row([c.text for c in r.cells], r.bold, r.level) for r in table.rows]
    foot = [cell.text for cell in table.foot.cells] if table.foot else []
    if foot and not foot[0]:
        foot[0] = str(_("Total"))
    title = str(answer.report.label)
    sheet = Sheet(
        title=title,
        parts=[
            Facts(_asked(answer, inputs)),
            Table(columns, rows, foot)
            if rows
            else Words(_("There is nothing for what you have chosen.")),
        ],
    )
    code, broad = language(), len(columns) > MOST_UPRIGHT
    composer = Composer("A4-landscape" if broad else "A4")
    with house.read(actor) as session:
        head = letterheads(session, [actor.company_id], code).get(actor.company_id)
    return composer.file([composer.data(sheet, code, head)], title)


def _share(head: str, cells: Sequence[str]) -> int:
    """Words take of the width as they need; a code less than a name."""
    return max(6, min(32, max(map(len, (head, *cells)))))


def _asked(answer: Answer, inputs: Sequence[Input]) -> list[tuple[str, str]]:
    """What was chosen, in words."""
    fmt, words = formats(language()), {one.parameter.name: dict(one.options) for one in inputs}
    asked = []
    for parameter in answer.report.parameters:
        value = answer.parameters.get(parameter.name)
        if value is None or value is False or value == "":
            continue
        options = words.get(parameter.name) or {k: str(v) for k, v in parameter.choices.items()}
        if isinstance(value, dt.date):
            said = fmt.date(value)
        elif value is True:
            said = str(_("Yes"))
        elif isinstance(value, Decimal):
            said = fmt.trimmed(value, 6, group=True)
        else:
            said = options.get(str(value), str(value))
        asked.append((str(parameter.label), said))
    return asked
