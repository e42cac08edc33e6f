"""The report in Word: a chapter for each section, with sentences, charts and tables, groups at the end."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from docx.shared import Cm

from auditkit.preview import word
from auditkit.survey import pictures, say
from auditkit.survey.model import Count, Part, Report, Result

if TYPE_CHECKING:
    from docx.document import Document

# In centimetres: a chart, a page between its margins, the answers beside the groups; and groups side by side.
PICTURE, TEXT_WIDTH, ANSWER_WIDTH, MOST_GROUPS = 15.5, 16.4, 4.2, 6
NOT_SHOWN = "not shown"


def document(report: Report) -> bytes:
    """Return the report as a Word document."""
    made = word.document(f"{report.title}: what was answered", report.partnership, report.as_at)
    made.add_paragraph(f"{report.title}: what was answered", style="Title")
    made.add_paragraph(f"{report.partnership} · {report.as_at:%d/%m/%Y}", style="Subtitle")
    made.add_heading("How to read this", 1)
    word.bullets(made, say.about(report))
    for title, results in report.sections:
        made.add_heading(title, 1)
        matrix = [result for result in results if result.asked.in_matrix]
        if matrix:
            _picture(made, pictures.matrix(matrix), f"{title}: shares of each answer, question by question.")
        for result in results:
            _question(made, result, report)
    _groups(made, report)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def _question(made: Document, result: Result, report: Report) -> None:
    asked = result.asked
    made.add_heading(f"{asked.id}  {asked.text}", 2)
    has_figures = bool(result.counts and result.base.answered)
    for sentence in (*say.sentences(result), say.base(result)):
        made.add_paragraph(sentence).paragraph_format.keep_with_next = bool(has_figures or result.texts)
    if has_figures:
        if not asked.in_matrix:
            shown = "; ".join(f"{count.answer} {share(count)}" for count in result.counts)
            _picture(made, pictures.bars(result.counts), f"{asked.text} {shown}.", keep=True)
        rows = [(count.answer, number(count), share(count)) for count in result.counts]
        word.table(made, ("Answer", "Recipients", "Share"), rows, (10.4, 3, 3), figures=True)
    if result.others:
        others = made.add_paragraph(say.said("others", other=asked.answer.other))
        others.paragraph_format.keep_with_next = True
    word.bullets(made, (*result.others, *result.texts))
    if result.unlisted:
        made.add_paragraph(say.said("unlisted", small=report.small))


def _groups(made: Document, report: Report) -> None:
    """Add the shares of each question by each thing that the survey is counted by."""
    for by in dict.fromkeys(cross.by for result in report.results for cross in result.crosses):
        made.add_heading(f"By {by}", 1)
        for result in report.results:
            for cross in result.crosses:
                if cross.by != by or not result.base.answered:
                    continue
                made.add_heading(f"{result.asked.id}  {result.asked.text}", 2)
                rows = [(part.name, answered(part), *map(share, part.counts)) for part in cross.parts]
                _turned(made, [count.answer for count in result.counts], rows)


def _turned(made: Document, answers: list[str], rows: list[tuple[str, ...]]) -> None:
    """Add a table with a row for each answer and a column for each group, several if they are many."""
    for start in range(0, len(rows), MOST_GROUPS):
        some = rows[start : start + MOST_GROUPS]
        headings = ["Answer", *(row[0] for row in some)]
        body = [("Answered", *(row[1] for row in some))]
        body += [(a, *(row[n] for row in some)) for n, a in enumerate(answers, start=2)]
        width = (TEXT_WIDTH - ANSWER_WIDTH) / max(MOST_GROUPS // 2, len(some))
        word.table(made, headings, body, [ANSWER_WIDTH, *[width] * len(some)], figures=True)


def answered(part: Part) -> str:
    """Return how many of a group answered, as it is shown."""
    return say.said("unseen") if part.base is None else str(part.base.answered)


def number(count: Count) -> str:
    """Return a count as it is shown."""
    return NOT_SHOWN if count.count is None else str(count.count)


def share(count: Count) -> str:
    """Return a share as it is shown; a dash where nobody answered."""
    return NOT_SHOWN if count.count is None else say.percent(count.share) or "–"


def _picture(made: Document, content: bytes, told: str, *, keep: bool = False) -> None:
    """Add a picture, told in words for those who don't see it; ``keep`` keeps it with what follows."""
    shape = made.add_picture(io.BytesIO(content), width=Cm(PICTURE))
    shape._inline.docPr.set("descr", told)
    made.paragraphs[-1].paragraph_format.keep_with_next = keep
