"""LibreOffice Calc in a process of its own: open a workbook, type as a person would, sort, save."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

DIST_PACKAGES = "/usr/lib/python3/dist-packages"  # where Debian keeps the bridge to LibreOffice
_XLSX = "Calc MS Excel 2007 XML"


def why_not() -> str | None:
    """Why Calc cannot be driven here, or None when it can."""
    if shutil.which("soffice") is None:
        return "LibreOffice (soffice) is not installed"
    if DIST_PACKAGES not in sys.path:
        sys.path.append(DIST_PACKAGES)  # appended, so that the environment's own packages win
    try:
        import uno  # noqa: F401, PLC0415
    except ImportError as error:
        return f"python3-uno is not installed for this Python: {error}"
    return None


@contextmanager
def calc(folder: Path) -> Iterator[Calc]:
    """One LibreOffice with a private profile, ended cleanly."""
    name = f"kqht{uuid.uuid4().hex}"
    command = [
        "soffice", "--headless", "--norestore", "--nologo", f"-env:UserInstallation={(folder / 'lo').as_uri()}",
        f"--accept=pipe,name={name};urp;StarOffice.ComponentContext",
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        desktop = _desktop(name, process)
        try:
            yield Calc(desktop)
        finally:
            with suppress(Exception):  # the bridge falls with the program
                desktop.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def _desktop(name: str, process: subprocess.Popen[bytes]) -> Any:
    import uno  # noqa: PLC0415

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(600):
        assert process.poll() is None, "soffice ended before it answered"
        with suppress(Exception):  # not listening yet
            context = resolver.resolve(f"uno:pipe,name={name};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        time.sleep(0.1)
    raise AssertionError("soffice never answered")


class Calc:
    """The running program."""

    def __init__(self, desktop: Any) -> None:
        self._desktop = desktop

    def edit(self, path: Path, typed: Mapping[tuple[str, str], str], sort_by: tuple[str, str] | None = None) -> None:
        """Type texts at (sheet title, address), sort a sheet by a column descending if asked, save as .xlsx."""
        document = self._desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, ())
        try:
            for (title, address), text in typed.items():
                sheet = document.Sheets.getByName(title)
                sheet.unprotect("")
                sheet.getCellRangeByName(address).FormulaLocal = text
            if sort_by:
                _sort(document.Sheets.getByName(sort_by[0]), sort_by[1])
            document.storeToURL(path.as_uri(), (_property("FilterName", _XLSX),))
        finally:
            document.close(True)  # noqa: FBT003 - the interface has no names


def _property(name: str, value: Any) -> Any:
    import uno  # noqa: PLC0415

    found = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    found.Name, found.Value = name, value
    return found


def _sort(sheet: Any, column: str) -> None:
    import uno  # noqa: PLC0415

    sheet.unprotect("")
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)  # noqa: FBT003
    last_row, last_column = cursor.RangeAddress.EndRow, cursor.RangeAddress.EndColumn
    block = sheet.getCellRangeByPosition(0, 2, last_column, last_row)
    field = uno.createUnoStruct("com.sun.star.table.TableSortField")
    field.Field = sheet.getCellRangeByName(f"{column}1").CellAddress.Column
    field.IsAscending = False
    fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
    block.sort((_property("SortFields", fields), _property("ContainsHeader", False)))  # noqa: FBT003
