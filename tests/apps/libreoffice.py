"""LibreOffice at a person's hands: open a workbook, fill it in, break it, save it.

>>> with LibreOffice() as office, office.open(path) as book:
...     cells = book.answer_cells()
...     book.write({("Training", "D8"): "Yes", ("Training", "E8"): date(2026, 3, 31)})
...     book.recalculate()
...     assert not book.errors()
...     book.save_as(folder / "filled.xlsx")

One hidden LibreOffice with a profile of its own serves a whole test session; what it does is in
:mod:`tests.apps.uno_worker`. It is set to British English: ``Typed("1/9/2026")`` is the first of September.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO, cast

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from tests.apps.availability import soffice

WORKER = Path(__file__).with_name("uno_worker.py")
# No lock files: they would lie among the returns, and one left by a crash would keep us out of its workbook.
SETTINGS = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>en-GB</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Common/Misc">
<prop oor:name="UseLocking" oor:op="fuse"><value>false</value></prop>
</item>
</oor:items>
"""


class RefusedError(Exception):
    """LibreOffice would not let a person do this; ``reasons`` holds a sentence for each refusal."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__("; ".join(reasons))


@dataclass(frozen=True)
class Formula:
    """A formula in the spelling of LibreOffice's API: ``=SUM(A1;$'Other sheet'.B2)``."""

    text: str


@dataclass(frozen=True)
class Typed:
    """Keys pressed: LibreOffice makes of ``12/3/26``, ``5%`` or ``007`` what it makes of our typing."""

    text: str


Value = str | int | float | date | datetime | time | Formula | Typed | None
"""What can be written: text stays text even when it begins with ``=``; ``None`` empties the cell."""


@dataclass(frozen=True)
class AnswerCell:
    """A cell that a respondent can see and change, and the validation LibreOffice applies to it."""

    sheet: str
    address: str
    row: int
    column: int
    validation: str
    """any, list, whole, decimal, date, time, text_len or custom."""
    operator: str
    """none, equal, not_equal, greater, greater_equal, less, less_equal, between, not_between or formula."""
    values: tuple[str | float, ...]
    """What the dropdown offers, resolved wherever the list stands."""
    first: float | None
    second: float | None
    """The limits as numbers; a date counts in days as everywhere in a workbook."""
    formula: str
    title: str
    message: str
    error: str
    stops: bool
    """True when a wrong entry is refused, False when it is only warned about."""
    number_format: str

    @property
    def key(self) -> tuple[str, str]:
        """Sheet and address, as :meth:`Book.write` wants them."""
        return self.sheet, self.address


@dataclass(frozen=True)
class SheetInfo:
    """A sheet as its tab shows it."""

    name: str
    visible: bool
    protected: bool


@dataclass(frozen=True)
class CellError:
    """A cell that shows an error."""

    sheet: str
    address: str
    shows: str
    formula: str


class LibreOffice:
    """One running LibreOffice; it starts with the first workbook, and again if it died."""

    def __init__(self, timeout: float = 120) -> None:
        self.timeout = timeout
        self._folder = tempfile.TemporaryDirectory(prefix="auditkit-office-", ignore_cleanup_errors=True)
        self._home = Path(self._folder.name)
        self._process: subprocess.Popen[bytes] | None = None
        self._stream: TextIO | None = None

    def __enter__(self) -> LibreOffice:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def open(self, path: Path | str, password: str = "") -> Book:
        """Open a workbook, with a password if it takes one; :class:`RefusedError` when LibreOffice can't."""
        if self._process is None or self._process.poll() is not None:
            self._start()
        return Book(self, cast(int, self.ask(do="open", path=str(Path(path).resolve()), password=password)))

    def ask(self, **request: Any) -> Any:
        """Have the worker do one thing."""
        if self._stream is None:
            raise RuntimeError("LibreOffice is not running.")
        try:
            self._stream.write(json.dumps(request) + "\n")
            self._stream.flush()
            line = self._stream.readline()
        except OSError:
            line = ""
        if not line:
            log = (self._home / "log.txt").read_text(errors="replace")
            self._stop()
            raise RuntimeError(f"LibreOffice died or hung at {request['do']}. It said: {log}")
        answer = json.loads(line)
        if "refused" in answer:
            raise RefusedError(answer["refused"])
        if "fault" in answer:
            raise RuntimeError(answer["fault"])
        return answer["value"]

    def close(self) -> None:
        """End LibreOffice and remove its profile."""
        if self._stream is not None and self._process is not None:
            with suppress(OSError):
                self._stream.close()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(10)
        self._stop()
        self._folder.cleanup()

    def _start(self) -> None:
        program = soffice()
        if program is None:
            raise RuntimeError("LibreOffice is not installed.")
        profile = self._home / "profile"
        scripts = profile / "user" / "Scripts" / "python"
        scripts.mkdir(parents=True, exist_ok=True)
        shutil.copy(WORKER, scripts)
        (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS)
        with socket.create_server(("127.0.0.1", 0)) as server, (self._home / "log.txt").open("wb") as log:
            server.settimeout(self.timeout)
            self._process = subprocess.Popen(
                [
                    program,
                    f"-env:UserInstallation={profile.as_uri()}",
                    *("--headless", "--norestore", "--nologo", "--nodefault"),
                    f"vnd.sun.star.script:{WORKER.name}$serve?language=Python&location=user",
                ],
                env=environment(server.getsockname()[1]),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
            try:
                connection, _ = server.accept()
            except TimeoutError:
                self._stop()
                raise RuntimeError(
                    f"LibreOffice did not start: {(self._home / 'log.txt').read_text(errors='replace')}"
                ) from None
        connection.settimeout(self.timeout)
        self._stream = connection.makefile("rw", encoding="utf-8", newline="\n")
        connection.close()  # the stream keeps the connection open until it is closed itself

    def _stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            if sys.platform == "win32":
                self._process.kill()
            else:
                # soffice is a script that starts the real program: end both.
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._process = self._stream = None


def environment(port: int) -> dict[str, str]:
    """Give LibreOffice an environment in which its own Python finds itself.

    Debian's LibreOffice looks for ``python3`` on the path to learn where its library is: with a virtual
    environment or another Python first, it loads the wrong one and crashes.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "PYENV", "VIRTUAL_"))
    }
    if sys.platform != "win32":
        kept["PATH"] = "/usr/bin:/bin"
    return {**kept, "AUDITKIT_OFFICE_PORT": str(port)}


class Book:
    """A workbook that is open in LibreOffice."""

    def __init__(self, office: LibreOffice, number: int) -> None:
        self._office = office
        self._number = number

    def __enter__(self) -> Book:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        with suppress(RuntimeError):
            self.close()

    def _ask(self, do: str, **arguments: Any) -> Any:
        return self._office.ask(do=do, book=self._number, **arguments)

    def close(self) -> None:
        """Close without saving."""
        self._ask("close")

    # Reading

    def sheets(self) -> list[SheetInfo]:
        """List all sheets in the order of their tabs."""
        return [SheetInfo(**sheet) for sheet in self._ask("sheets")]

    def answer_cells(self) -> list[AnswerCell]:
        """List unlocked, visible cells of protected, visible sheets; sheet by sheet, row by row."""
        return [AnswerCell(**{**cell, "values": tuple(cell["values"])}) for cell in self._ask("answer_cells")]

    def values(self) -> dict[str, dict[str, str | float]]:
        """Give every cell that holds something, by sheet and address.

        Dates, times and TRUE/FALSE are the numbers they are to LibreOffice; an error is its text.
        """
        return {sheet: by_address(rows) for sheet, rows in self._ask("values").items()}

    def formulas(self) -> dict[str, dict[str, str]]:
        """Give every formula, by sheet and address, spelt as in :class:`Formula`."""
        return {sheet: by_address(rows) for sheet, rows in self._ask("formulas").items()}

    def texts(self, *cells: tuple[str, str]) -> list[str]:
        """Give cells as a person sees them, number format applied."""
        return list(self._ask("texts", cells=cells))

    def errors(self) -> list[CellError]:
        """List the cells of every sheet, hidden ones too, that show an error."""
        return [CellError(*error) for error in self._ask("errors")]

    # Acting

    def write(self, cells: Mapping[tuple[str, str], Value]) -> None:
        """Write many cells at once, as far as protection lets a person.

        All that can be written is; then :class:`RefusedError` names the cells that are locked.
        """
        self._ask("write", cells=[[sheet, where, *spelt(value)] for (sheet, where), value in cells.items()])

    def recalculate(self) -> None:
        """Calculate every formula anew, as Ctrl+Shift+F9 does; until then the file's figures stand."""
        self._ask("recalculate")

    def cut_and_paste(self, sheet: str, source: str, target: str) -> None:
        """Move a range (``B2`` or ``B2:C4``) so that it begins at the target cell."""
        self._ask("cut_and_paste", sheet=sheet, source=source, target=target)

    def copy_and_paste(self, sheet: str, source: str, target: str) -> None:
        """Copy a range, its formats and validation too, so that it begins at the target cell."""
        self._ask("copy_and_paste", sheet=sheet, source=source, target=target)

    def unprotect(self, sheet: str, password: str) -> None:
        """Take the protection off a sheet."""
        self._ask("unprotect", sheet=sheet, password=password)

    def unprotect_workbook(self, password: str) -> None:
        """Take the protection off the workbook's structure."""
        self._ask("unprotect", sheet="", password=password)

    def insert_rows(self, sheet: str, row: int, count: int = 1) -> None:
        """Insert empty rows above row number ``row``."""
        self._ask("change_lines", sheet=sheet, along="Rows", action="insert", index=row, count=count)

    def delete_rows(self, sheet: str, row: int, count: int = 1) -> None:
        """Delete rows from row number ``row`` on."""
        self._ask("change_lines", sheet=sheet, along="Rows", action="remove", index=row, count=count)

    def insert_columns(self, sheet: str, column: int, count: int = 1) -> None:
        """Insert empty columns before column number ``column``, where A is 1."""
        self._ask("change_lines", sheet=sheet, along="Columns", action="insert", index=column, count=count)

    def delete_columns(self, sheet: str, column: int, count: int = 1) -> None:
        """Delete columns from column number ``column`` on, where A is 1."""
        self._ask("change_lines", sheet=sheet, along="Columns", action="remove", index=column, count=count)

    def rename_sheet(self, sheet: str, name: str) -> None:
        """Give a sheet another name."""
        self._ask("change_sheets", action="rename", sheet=sheet, name=name, position=0)

    def move_sheet(self, sheet: str, position: int) -> None:
        """Move a sheet before the one that is now at this position, counted from 0."""
        self._ask("change_sheets", action="move", sheet=sheet, name="", position=position)

    def add_sheet(self, sheet: str, position: int = 0) -> None:
        """Add an empty sheet before the one that is now at this position, counted from 0."""
        self._ask("change_sheets", action="add", sheet=sheet, name="", position=position)

    def delete_sheet(self, sheet: str) -> None:
        """Delete a sheet."""
        self._ask("change_sheets", action="delete", sheet=sheet, name="", position=0)

    # Saving

    def save(self) -> None:
        """Save as Ctrl+S does: to the file that was opened, with the password that opened it."""
        self._ask("save")

    def save_as(self, path: Path | str, password: str = "") -> Path:
        """Save a copy as .xlsx, .ods, .xls or .csv (the first sheet), whichever the name ends in.

        It takes the password given, and no other.
        """
        path = Path(path).resolve()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._ask("save_as", path=str(path), password=password)
        return path

    def pdf(self, path: Path | str) -> Path:
        """Print every sheet to a PDF."""
        return self.save_as(Path(path).with_suffix(".pdf"))


def by_address(rows: list[list[Any]]) -> dict[str, Any]:
    """Turn rows that begin at A1 into the cells that hold something."""
    return {
        f"{get_column_letter(column)}{row}": value
        for row, line in enumerate(rows, 1)
        for column, value in enumerate(line, 1)
        if value not in ("", None)
    }


def spelt(value: Value) -> tuple[str, str | float | None]:
    """Say how a Python value is put into a cell."""
    if value is None:
        return "empty", None
    if isinstance(value, Typed):
        return "typed", value.text
    if isinstance(value, Formula):
        return "formula", value.text
    if isinstance(value, bool):
        return "typed", str(value).upper()
    if isinstance(value, date | time):
        return "number", float(to_excel(value))  # type: ignore[no-untyped-call]
    if isinstance(value, int | float):
        return "number", float(value)
    return "text", value
