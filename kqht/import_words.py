"""An import in words: the mapping as a table, the plan cell by cell, who is left out and why; and the same as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from addin import local
from addin.import_cells import CellKind, PlannedCell, SheetPlan
from addin.importing import ImportPlan
from kqht.shown import table, value_words
from shared.cells import shown
from shared.columns import TERM_HEADERS, Column
from shared.foreign.mapping import Certainty, ColumnMapping, Why
from shared.foreign.students import How, LeftOut, Reason
from shared.layout import PROFILE, SHEET_TITLES, SheetLayout, split_public

CERTAINTY: Mapping[Certainty, str] = {
    Certainty.SURE: "chắc chắn",
    Certainty.LIKELY: "khá chắc",
    Certainty.DOUBTFUL: "? cần chọn",
    Certainty.GIVEN: "theo lệnh",
    Certainty.REMEMBERED: "đã xác nhận lần trước",
    Certainty.IDENTITY: "để nhận ra học sinh",
    Certainty.LEFT_OUT: "không lấy",
}
WHY: Mapping[Why, str] = {
    Why.NO_GRADE: "chưa rõ khối lớp (thêm --grade)",
    Why.NO_TERM: "chưa rõ học kỳ (thêm --term)",
    Why.TWICE: "hai cột cùng chỉ một chỗ",
    Why.UNCLEAR: "tiêu đề có thể hiểu cách khác",
}
KINDS: Mapping[CellKind, str] = {
    CellKind.NEW: "ô mới",
    CellKind.CHANGED: "ô thay đổi",
    CellKind.SAME: "ô đã giống",
    CellKind.LOCKED: "ô thuộc khối đã khóa, không nhập",
    CellKind.INVALID: "ô có giá trị không hợp lệ, không nhập",
    CellKind.CONFLICT: "ô khác với sửa đổi chưa gửi hoặc xung đột trong sổ, không nhập",
    CellKind.FORBIDDEN: "ô tài khoản không có quyền sửa, không nhập",
    CellKind.CLOSED: "ô của môn mà học sinh không học, không nhập",
    CellKind.UNPLACED: "ô mà sổ chưa đọc được chắc chắn, không nhập",
    CellKind.TWO_SOURCES: "ô mà tệp ghi hai giá trị khác nhau, không nhập",
}
_NOTES: Mapping[CellKind, str] = {
    CellKind.LOCKED: "khối đã khóa, không nhập",
    CellKind.CONFLICT: "trong sổ có sửa đổi chưa gửi, không nhập; lấy theo tệp: --overwrite-mine",
    CellKind.FORBIDDEN: "không có quyền sửa, không nhập",
    CellKind.CLOSED: "theo Hồ sơ, học sinh không học môn này; không nhập",
    CellKind.UNPLACED: "dòng hoặc ô này trong sổ chưa đọc được chắc chắn, không nhập; xem kqht check",
    CellKind.TWO_SOURCES: "tệp ghi hai giá trị khác nhau, không nhập",
}
REASONS: Mapping[Reason, str] = {
    Reason.UNKNOWN: "không có học sinh này trong lớp",
    Reason.NAME_DIFFERS: "mã hoặc số định danh là của học sinh tên khác: {other}",
    Reason.BIRTH_DIFFERS: "trùng họ tên nhưng khác ngày sinh với {other}",
    Reason.SEVERAL: "nhiều học sinh trùng tên, không đủ để biết là ai: {other}",
    Reason.TWICE: "nhiều dòng cùng là một học sinh: {other}",
    Reason.NAME_ONLY: "chỉ trùng họ tên, mà phần lớn các dòng khác không thuộc lớp này: {other}",
    Reason.OTHER_CLASS: "thuộc lớp khác: {other}",
    Reason.NO_STUDENT: "không phải dòng học sinh (tổng, chữ ký, ghi chú)",
    Reason.NO_NAME: "có giá trị nhưng không có mã, số định danh hay họ tên",
    Reason.NO_TABLE: "không thấy bảng học sinh (cần dòng tiêu đề có Họ tên hoặc Mã định danh)",
    Reason.HIDDEN_SHEET: "trang ẩn; muốn lấy hãy thêm --sheet",
    Reason.NOBODY: "không có học sinh nào của lớp này",
    Reason.NO_GRADE_SHEET: "sổ không có trang của khối này",
}
_HOW: Mapping[How, str] = {
    How.CODE: "theo mã định danh",
    How.NUMBER: "theo số định danh cá nhân",
    How.NAME_AND_BIRTH: "theo họ tên và ngày sinh",
    How.NAME: "chỉ theo họ tên",
}
_FEW = 8  # rows left out for one reason, or new cells of one sheet, that are written out unless all are asked for
_FEW_NEW = 40


class Words:
    """One plan told in words; `full` writes out what is otherwise counted."""

    def __init__(self, planned: ImportPlan, *, full: bool) -> None:
        self.planned, self.full = planned, full
        reading = planned.checked.reading
        base = reading.state.base
        self.layouts: Mapping[str, SheetLayout] = {lay.key: lay for lay in base.info.layouts(base.grades)}
        self.places = local.Places(reading.data)
        self.names = {code: base.cells(PROFILE, code).get("full_name", code) for code in base.roster}
        self.class_name = base.info.key.name

    def lines(self) -> list[str]:
        """Everything before the question: mapping, rows, cells, counts."""
        return [*self._sheets(), *self._skipped(), *self.cells(), *self.counts()]

    def mapping(self, sheet: SheetPlan) -> list[str]:
        """A sheet's columns as a table, those left out in one line."""
        taken = [c for c in sheet.mapping.columns if c.template or c.certainty is Certainty.GIVEN]
        rows = [(c.letters, c.column.label, self.target_words(c), self._certainty(c)) for c in taken]
        out = [f"{c.letters} “{c.column.label}”" for c in sheet.mapping.columns if c.certainty is Certainty.LEFT_OUT]
        lines = table(("Cột", "Tiêu đề trong tệp", "Lấy vào", "Mức"), rows) if rows else ["Không có cột nào lấy được."]
        return [*lines, *([f"Không lấy: {', '.join(out)}."] if out else [])]

    def target_words(self, column: ColumnMapping) -> str:
        """`Lớp 11 · Toán CN`; what is not known yet as a question mark."""
        if column.target or not column.candidates:
            return self.name_of(column.target) if column.target else "?"
        sheets, keys = zip(*map(split_public, column.candidates), strict=True)
        found = self.layouts[sheets[0]].by_key[keys[0]]
        words = found.words if len(set(keys)) == 1 else f"{found.group} ?"
        return f"{SHEET_TITLES[sheets[0]] if len(set(sheets)) == 1 else 'Lớp ?'} · {words}"

    def name_of(self, target: str) -> str:
        """A public name in words."""
        sheet, key = split_public(target)
        return f"{SHEET_TITLES[sheet]} · {self.layouts[sheet].by_key[key].words}"

    def _certainty(self, column: ColumnMapping) -> str:
        return f"{CERTAINTY[column.certainty]}{f': {WHY[column.why]}' if column.why else ''}"

    def _sheets(self) -> Iterator[str]:
        for sheet in self.planned.sheets:
            context = sheet.mapping.context
            facts = [SHEET_TITLES[context.grade]] if context.grade else []
            facts += [TERM_HEADERS[context.term]] if context.term else []
            told = f" ({', '.join(facts)})" if facts else ""
            kept = "; cột theo lần xác nhận trước" if sheet.mapping.remembered else ""
            yield f"Trang “{sheet.title}”{told}: {self._matched(sheet)}{kept}."
            yield from self.mapping(sheet)
            yield from self._notes(sheet)
            yield from self._left(sheet)

    def _matched(self, sheet: SheetPlan) -> str:
        how = Counter(item.how for item in sheet.matched)
        parts = ", ".join(f"{how[h]} {words}" for h, words in _HOW.items() if how[h])
        return f"{len(sheet.matched)} học sinh của lớp {self.class_name} ({parts})"

    def _notes(self, sheet: SheetPlan) -> Iterator[str]:
        named = sheet.mapping.context.class_name
        if named and named != self.class_name.casefold():
            yield f"  Tiêu đề ghi lớp {named.upper()}: học sinh được nhận theo từng dòng, không theo tên lớp."
        if sheet.hidden:
            yield f"  {sheet.hidden} dòng đang ẩn trong tệp vẫn được lấy."
        if empty := sheet.mapping.table.sheet.empty_formulas:
            yield f"  {empty} ô công thức chưa có giá trị trong tệp, coi như trống; hãy mở tệp bằng Excel và lưu lại nếu cần."
        if only := sheet.by_name:
            names = ", ".join(f"dòng {m.row.index + 1} {m.student.name}" for m in only)
            yield f"  Chỉ nhận theo họ tên, xin xem lại: {names}."

    def _left(self, sheet: SheetPlan) -> Iterator[str]:
        ranked = sorted(sheet.left, key=lambda item: list(Reason).index(item.reason))
        for reason, group in groupby(ranked, key=lambda item: item.reason):
            found = list(group)
            if reason in {Reason.NO_STUDENT, Reason.OTHER_CLASS}:
                yield f"  Bỏ qua {len(found)} dòng: {_in_general(reason, found)}."
                continue
            few = found if self.full else found[:_FEW]
            yield f"  Không lấy {len(found)} dòng:"
            yield from (f"    dòng {item.row.index + 1} {item.row.name}: {reason_words(item)}" for item in few)
            if len(few) < len(found):
                yield f"    … và {len(found) - len(few)} dòng khác (xem hết: --full)"

    def _skipped(self) -> Iterator[str]:
        for title, reason in self.planned.skipped:
            yield f"Trang “{title}”: {REASONS[reason]}; bỏ qua cả trang."

    def cells(self) -> Iterator[str]:
        """The preview: `Lớp 11!F7 Trần A: Toán CN (trống) → 8.0`; values that are the same already are only counted."""
        told = [cell for cell in self.planned.cells if cell.kind is not CellKind.SAME]
        for _, group in groupby(told, key=lambda cell: cell.key[0]):
            found = list(group)
            new = [cell for cell in found if cell.kind is CellKind.NEW]
            hidden = {c.key for c in new[_FEW_NEW:]} if not self.full else set()
            yield from (self._cell(cell) for cell in found if cell.key not in hidden)
            if hidden:
                yield f"… và {len(hidden)} ô mới khác của trang này (xem hết: --full)"

    def _cell(self, cell: PlannedCell) -> str:
        column = self._column(cell)
        sheet, address = self.places.of(cell.key)
        after = cell.after if cell.kind in {CellKind.INVALID, CellKind.TWO_SOURCES} else shown(column, cell.after)
        note = self._note(cell)
        told = f"{value_words(shown(column, cell.before))} → {value_words(after)}"
        where = f"{sheet or SHEET_TITLES[cell.key[0]]}!{address or '?'} {self.names.get(cell.key[1], cell.key[1])}"
        mark = "  " if cell.kind in {CellKind.NEW, CellKind.CHANGED} else "! "
        return f"{mark}{where}: {column.words} {told}{f' ({note})' if note else ''}"

    def _note(self, cell: PlannedCell) -> str:
        mended = f"tệp ghi {cell.written}" if cell.written else ""
        return cell.message or _NOTES.get(cell.kind, mended)

    def _column(self, cell: PlannedCell) -> Column:
        return self.layouts[cell.key[0]].by_key[cell.key[2]]

    def counts(self) -> Iterator[str]:
        """How many cells of each kind."""
        found = Counter(cell.kind for cell in self.planned.cells)
        parts = [f"{found[kind]} {words}" for kind, words in KINDS.items() if found[kind]]
        yield f"Tất cả: {'; '.join(parts)}." if parts else "Không có ô nào để nhập."

    def document(self, *, file: str, into: str, applied: bool) -> dict[str, Any]:
        """The whole plan as JSON."""
        cells = [self._cell_document(cell) for cell in self.planned.cells]
        found = Counter(cell.kind.value for cell in self.planned.cells)
        left = [_left_document(sheet.title, item) for sheet in self.planned.sheets for item in sheet.left]
        left += [
            {"sheet": title, "row": None, "name": None, "code": reason.value, "reason": REASONS[reason]}
            for title, reason in self.planned.skipped
        ]
        counts = {kind.value: found[kind.value] for kind in CellKind}
        return {
            "file": file,
            "into": into,
            "mapping": [_column_document(s.title, c) for s in self.planned.sheets for c in s.mapping.columns],
            "cells": cells,
            "left_out": left,
            "counts": {**counts, "students": len(self._students()), "rows_left_out": len(left)},
            "remembered": self.planned.remembered,
            "applied": applied,
        }

    def _students(self) -> set[str]:
        return {item.student.code for sheet in self.planned.sheets for item in sheet.matched}

    def _cell_document(self, cell: PlannedCell) -> dict[str, Any]:
        column = self._column(cell)
        sheet, address = self.places.of(cell.key)
        plain = cell.kind in {CellKind.INVALID, CellKind.TWO_SOURCES}
        return {
            "sheet": sheet,
            "cell": address,
            "student_code": cell.key[1],
            "column": f"{cell.key[0]}.{cell.key[2]}",
            "before": shown(column, cell.before),
            "after": cell.after if plain else shown(column, cell.after),
            "kind": cell.kind.value,
            "message": self._note(cell) or None,
            "source": cell.source,
        }


def reason_words(item: LeftOut) -> str:
    """Why a row is left out."""
    return REASONS[item.reason].format(other=item.other)


def _in_general(reason: Reason, found: Sequence[LeftOut]) -> str:
    if reason is Reason.OTHER_CLASS:
        classes = Counter(item.other for item in found)
        return "thuộc lớp khác (" + ", ".join(f"{name}: {n}" for name, n in classes.items()) + ")"
    return f"{REASONS[reason]}, dòng {_runs(item.row.index + 1 for item in found)}"


def _runs(numbers: Iterable[int]) -> str:
    """`47, 49–52`."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _left_document(title: str, item: LeftOut) -> dict[str, Any]:
    return {
        "sheet": title,
        "row": item.row.index + 1,
        "name": item.row.name or None,
        "code": item.reason.value,
        "reason": reason_words(item),
    }


def _column_document(title: str, column: ColumnMapping) -> dict[str, Any]:
    return {
        "sheet": title,
        "letters": column.letters,
        "header": column.column.label,
        "column": column.target,
        "certainty": column.certainty.value,
        "identity": column.field or None,
        "why": WHY[column.why] if column.why else None,
        "candidates": list(column.candidates),
    }
