"""The texts of a workbook that are one recipient's own, in the order in which its file has them.

They stand on the first sheet, beside the questions, on the sheet of what no question belongs to, on the
identity sheet (the last) and in the file's properties. A row that holds such texts is as high as they need,
so its height is a stamp too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditkit.workbook.book import Issue
from auditkit.workbook.protection import height_stamp
from auditkit.workbook.rows import left_height, own_height, question_heights


def stamps(issue: Issue, heights: Sequence[float] | None = None) -> tuple[str, ...]:
    """Return every stamp of a workbook.

    Args:
        issue: What it is made of.
        heights: How high its questions are (:func:`auditkit.workbook.rows.question_heights`), if that was
            worked out already.
    """
    said = [value for _, value in issue.identity.rows()]
    about = [text for _, text in issue.own.about]
    reference = issue.identity.reference
    return (issue.addressee, *about, reference, *_beside(issue, heights), *_left(issue), *said, reference)


def _beside(issue: Issue, heights: Sequence[float] | None) -> Iterator[str]:
    if not issue.own.texts:
        return
    high = iter(question_heights(issue.audit, issue.layout) if heights is None else heights)
    for block, _ in issue.layout.sections():
        if block.is_events:
            continue
        widths = [column.width for column in block.own]
        for key in block.row_keys:
            height = next(high)
            if widths:
                texts = issue.own.texts[block.id, key]
                yield height_stamp(max(height, own_height(texts, widths)))
                yield from texts


def _left(issue: Issue) -> Iterator[str]:
    for rows in issue.own.left.values():
        for left in rows:
            yield height_stamp(left_height(left.texts))
            yield from left.texts
