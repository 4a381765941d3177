"""The guide's Excel sample (2.2): six rows that someone has typed into the sheet of grade 11 of 12A1, noise kept."""

from __future__ import annotations

from server.demo.guide_school import LISTED_CLASS, SCHOOL_CODE
from server.demo.guide_tables import EXCEL_SAMPLE
from server.demo.printed import SCHOOL_YEAR, result_sheet_columns
from shared.records import ClassKey

SAMPLE_CLASS = ClassKey(SCHOOL_CODE, SCHOOL_YEAR, LISTED_CLASS)
SAMPLE_GRADE = "11"
SAMPLE_FIRST = 5  # the sample stands on the rows of students 6 to 11 of the register


def t2_cells() -> list[dict[str, str | None]]:
    """What is typed, row by row: column key → text, None for an empty cell.

    Cells are laid on the sheet one after the other as a paste would, so row 4, which has lost one, stands shifted.
    """
    keys = [column.key for column in result_sheet_columns(SAMPLE_GRADE)]
    return [{key: text or None for key, text in zip(keys, line, strict=False)} for line in EXCEL_SAMPLE]
