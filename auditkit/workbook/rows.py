"""How high the rows of a workbook are that hold a recipient's own texts, or the form's."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import zip_longest

from auditkit.definition.measure import Measure
from auditkit.definition.model import Audit, Question
from auditkit.definition.scale import Scale
from auditkit.definition.survey import CHOICE_MARK, DASH, is_first
from auditkit.heights import Text, row_height
from auditkit.workbook.layout import CHOICE, GOOD, LEFT_COLUMNS, Block, Layout
from auditkit.workbook.measures import unit_of, when
from auditkit.workbook.own import Left

# Font size of the smaller runs (see auditkit.workbook.style), and room to write in where a question is short.
RUN_SIZE, LEAST_HEIGHT, LEAST_NUMBER_HEIGHT, LEAST_CHOICE_HEIGHT = 10, 60.0, 34.0, 22.0
# What is still needed takes two lines.
LEAST_IN_PACK = 34.0
# How high a row is of what no question belongs to: a higher one can't be scrolled through, and prints on a
# page of its own.
LEAST_LEFT_HEIGHT, MOST_LEFT_HEIGHT = 22.0, 200.0


def question_height(audit: Audit, block: Block, question: Question, key: str = "", whom: str = "") -> float:
    """Return the height, in points, that shows a question whole; in a pack also the row's key, and for whom.

    A pack has many rows, each with its question's whole text, so none is given more room than it needs.
    """
    width = {column.key: column.width for column in block.columns}
    named = row_height((Text(key, width["ref"]),), (Text(whom, width["whom"], bold=True),)) if whom else 0.0
    if question.measure is not None:
        return max(named or LEAST_NUMBER_HEIGHT, _number_height(width, question, question.measure))
    if block.section is not None and block.section.is_survey:
        return max(named or LEAST_CHOICE_HEIGHT, row_height(*_survey_cells(width, question)))
    said = (Text(good(question), width["question"], RUN_SIZE),) if question.good else ()
    asked = (Text(question.text, width["question"], bold=True), *said)
    described: tuple[Text, ...] = ()
    if "descriptors" in width:
        assert block.section is not None
        lines = descriptors(question, audit.scale_of(block.section))
        described = tuple(Text(f"{name}: {said}", width["descriptors"], RUN_SIZE) for name, said in lines)
    return max(named, LEAST_IN_PACK if whom else LEAST_HEIGHT, row_height(asked, described))


def _survey_cells(width: Mapping[str, float], question: Question) -> Iterable[tuple[Text, ...]]:
    """Yield what is fixed in a row of a survey: the question where it begins, and the choice beside it."""
    text, choice = asked_and_choice(question)
    notes = (Text(question.good, width["question"], RUN_SIZE),) if text and question.good else ()
    yield (Text(text, width["question"], bold=True), *notes)
    if choice:
        yield (Text(choice, width[CHOICE]),)


def asked_and_choice(question: Question) -> tuple[str, str]:
    """Return the question as it stands in a row of a survey, and which of its choices the row is of, if any.

    The question is only said once, where the first of its choices is.
    """
    asked, dash, choice = question.text.rpartition(DASH)
    if CHOICE_MARK not in question.id or not dash:
        return question.text, ""
    if question.answer is not None and question.answer.choices:
        choice = question.answer.choices[0]
        asked = question.text.removesuffix(DASH + choice)
    return (asked if is_first(question.id) else ""), choice


def _number_height(width: Mapping[str, float], question: Question, measure: Measure) -> float:
    """Return the height, in points, that shows what is fixed in the row of a number."""
    good_too = (Text(question.good, width["question"], RUN_SIZE),) if question.good else ()
    asked = (Text(question.text, width["question"], bold=True), *good_too)
    beside = {"unit": unit_of(measure), "period": when(measure)}
    cells = ((Text(text, width[name]),) for name, text in beside.items() if name in width)
    return row_height(asked, *cells)


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


def left_rows(one: Left) -> Iterator[Left]:
    """Yield what no question belongs to as rows that show all of it: a long text goes on in the next row."""
    columns = zip(one.texts[1:], LEFT_COLUMNS[1:], strict=True)
    parts = [tuple(_parts(text, width)) for text, (_, width) in columns]
    for question, rating, said in zip_longest(*parts, fillvalue=""):
        yield Left(one.ref, question, rating, said)


def _parts(text: str, width: float) -> Iterator[str]:
    """Yield a text in parts that a row shows whole, divided between lines or words where it can be."""
    while text:
        lengths = range(1, len(text) + 1)
        end = bisect_left(lengths, MOST_LEFT_HEIGHT, key=lambda n: own_height((text[:n],), (width,)))
        if end < len(text):
            end = max(text.rfind("\n", 0, end), text.rfind(" ", 0, end)) + 1 or end
        yield text[:end].strip()
        text = text[end:].lstrip()


def good(question: Question) -> str:
    """Return what good looks like, as it stands below a question; nothing if nothing is said."""
    return f"{GOOD}{question.good}" if question.good else ""


def descriptors(question: Question, scale: Scale | None) -> list[tuple[str, str]]:
    """Return the points of a scale that a question describes: as each is shown, and what is said of it."""
    points = scale.points if scale else ()
    return [(p.text, question.descriptors[p.id]) for p in points if p.id in question.descriptors]
