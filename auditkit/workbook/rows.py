"""How high the rows of a workbook are that hold a recipient's own texts, or the form's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from auditkit.definition.measure import Measure
from auditkit.definition.model import Audit, Question
from auditkit.definition.scale import Scale
from auditkit.heights import Text, row_height
from auditkit.workbook.layout import GOOD, LEFT_COLUMNS, Block, Layout
from auditkit.workbook.measures import unit_of, when

# Font size of the smaller runs (see auditkit.workbook.style), and room to write in where a question is short.
RUN_SIZE, LEAST_HEIGHT, LEAST_NUMBER_HEIGHT = 10, 60.0, 34.0
LEAST_LEFT_HEIGHT = 22.0


def question_height(audit: Audit, block: Block, question: Question, whom: str = "") -> float:
    """Return the height, in points, that shows a question whole, and in a pack for whom it is answered."""
    width = {column.key: column.width for column in block.columns}
    named = (Text(whom, width["whom"], bold=True),) if whom else ()
    if question.measure is not None:
        return max(row_height(named), _number_height(width, question, question.measure))
    asked = (
        Text(question.text, width["question"], bold=True),
        Text(good(question), width["question"], RUN_SIZE),
    )
    described: tuple[Text, ...] = ()
    if "descriptors" in width:
        assert block.section is not None
        lines = descriptors(question, audit.scale_of(block.section))
        described = tuple(Text(f"{name}: {said}", width["descriptors"], RUN_SIZE) for name, said in lines)
    return max(LEAST_HEIGHT, row_height(asked, described, named))


def _number_height(width: Mapping[str, float], question: Question, measure: Measure) -> float:
    """Return the height, in points, that shows what is fixed in the row of a number."""
    good_too = (Text(question.good, width["question"], RUN_SIZE),) if question.good else ()
    asked = (Text(question.text, width["question"], bold=True), *good_too)
    beside = {"unit": unit_of(measure), "period": when(measure)}
    cells = ((Text(text, width[name]),) for name, text in beside.items() if name in width)
    return max(LEAST_NUMBER_HEIGHT, row_height(asked, *cells))


def question_heights(audit: Audit, layout: Layout) -> tuple[float, ...]:
    """Return the heights of all questions, in the order of the layout."""
    of = partial(question_height, audit)
    return tuple(
        of(block, question) for block, section in layout.sections() for question in section.questions
    )


def own_height(texts: Iterable[str], widths: Iterable[float]) -> float:
    """Return the height, in points, that shows a recipient's own texts whole."""
    cells = zip(texts, widths, strict=True)
    return row_height(*((Text(text, width, RUN_SIZE),) for text, width in cells if text))


def left_height(texts: Iterable[str]) -> float:
    """Return the height, in points, of a row of what no question belongs to."""
    return max(LEAST_LEFT_HEIGHT, own_height(texts, [width for _, width in LEFT_COLUMNS]))


def good(question: Question) -> str:
    """Return what good looks like, as it stands below a question; nothing if nothing is said."""
    return f"{GOOD}{question.good}" if question.good else ""


def descriptors(question: Question, scale: Scale | None) -> list[tuple[str, str]]:
    """Return the points of a scale that a question describes: as each is shown, and what is said of it."""
    points = scale.points if scale else ()
    return [(p.text, question.descriptors[p.id]) for p in points if p.id in question.descriptors]
