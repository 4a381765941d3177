"""The part Đề nghị sửa of the report, and codes written again."""

from __future__ import annotations

from pathlib import Path

from shared.offers import offers
from shared.problems import Severity
from tests.tables import class_of, good_result
from tests.unit.test_shifts import lost
from tests.workbooks.sample import CODES, edited, row_of, written
from workbooks.port import Update
from workbooks.report import Look
from workbooks.report_offers import offer_lines

SHIFTED = class_of({"11": [lost(good_result(), "mathematics.year"), good_result(physics__year=1.5)]})


def test_no_offers_no_lines() -> None:
    assert list(offer_lines((), {})) == []


def test_a_row_stands_side_by_side_and_single_cells_are_counted() -> None:
    lines = list(offer_lines(offers(SHIFTED), {"HS01": "Lê An"}))
    assert [line.look for line in lines[:7]] == [
        Look.LEGEND,
        Look.COUNTS,
        Look.LEGEND,
        Look.HEADINGS,
        Look.GROUP,
        Look.LEGEND,
        Look.LEGEND,
    ]
    assert lines[1].texts == ("ĐỀ NGHỊ SỬA: 2 đề nghị cần xem rồi mới sửa",)
    assert lines[2].texts[0].startswith("Trong đó 1 đề nghị chỉ sửa một ô.")
    assert lines[6].texts == ("Nếu đúng: kqht repair TỆP.xlsx --take SC_SHIFT:11:HS01",)
    rows = lines[7:]
    assert {line.look for line in rows} == {Look.FINDING}
    assert rows[0].texts == (
        "⇆ Sửa",
        "Lớp 11",
        "H3",
        "HS01 Lê An",
        "Toán",
        "8.2 · 8.5 · 7.4",
        "8.2 · 8.5 · *8.4",
        "",
    )
    assert (rows[0].link, rows[0].severity) == ("'Lớp 11'!H3", Severity.INFO)
    assert rows[-1].texts[4:7] == ("GDCD", "8.8 · 8.9 · –", "*9.2 · *8.8 · *8.9")


def test_only_single_cells_need_no_table() -> None:
    lines = list(offer_lines(offers(class_of({"11": [good_result(physics__year=1.5)]})), {}))
    assert [line.look for line in lines] == [Look.LEGEND, Look.COUNTS, Look.LEGEND]


def test_a_lost_code_is_written_in_its_row_and_nowhere_else(tmp_path: Path) -> None:
    workbook = written(tmp_path)
    before = row_of(workbook, "11", CODES[1])
    with edited(workbook) as book:
        book["Lớp 11"]["C4"] = None
    workbook.read()
    workbook.write(Update(codes={("11", 4): CODES[1]}))
    assert row_of(workbook, "11", CODES[1]).cells == before.cells
    assert len(workbook.read().data.sheets["11"].rows) == len(CODES)
