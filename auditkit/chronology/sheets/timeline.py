"""*Timeline*: the picture, for a page."""

from __future__ import annotations

from io import BytesIO

from auditkit.chronology import picture
from auditkit.chronology.event import Chronology
from auditkit.chronology.look import A3
from auditkit.master.book import Book

NAME = "Timeline"
ABOUT = "A picture of it: a line for each agency, gaps shaded. It is set up for one page of A3."
SCALE = 0.55


def write(book: Book, chronology: Chronology) -> None:
    """Write the sheet."""
    sheet = book.add_sheet(NAME)
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 1)
    options = {
        "image_data": BytesIO(picture.png(chronology)),
        "x_scale": SCALE,
        "y_scale": SCALE,
        "description": picture.words(chronology),
    }
    sheet.insert_image(0, 0, "timeline.png", options)
