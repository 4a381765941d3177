"""`kqht import-sheet`: a foreign sheet's columns proposed, confirmed and remembered; its values shown, then taken as edits."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from addin import importing, mappings
from addin.import_cells import CellKind, SheetPlan
from addin.importing import ImportPlan, Request
from kqht.cli import CONFLICTS, DONE, FINDINGS, Result, say
from kqht.import_words import WHY, Words
from kqht.offline import opened
from kqht.shown import counts_line
from shared.cells import fold
from shared.check import counts
from shared.columns import Term
from shared.foreign.context import Context
from shared.foreign.mapping import Certainty, ColumnMapping, Proposer, Why, given_keys
from shared.foreign.source import SourceSheet
from shared.foreign.students import Reason
from shared.problems import Code, Refused
from shared.records import Snapshot
from workbooks.foreign import read_foreign
from workbooks.port import Reading

TERMS: Mapping[str, Term] = {"hk1": Term.SEMESTER_1, "hk2": Term.SEMESTER_2, "cn": Term.YEAR}
_NOTHING = "✔ Không còn ô nào để ghi vào sổ."
_YES = frozenset({"c", "co", "có", "y"})
_REMAIN = (CellKind.LOCKED, CellKind.CONFLICT, CellKind.FORBIDDEN)
_SPOILED = (CellKind.INVALID, CellKind.TWO_SOURCES, CellKind.UNPLACED)


def import_sheet(given: argparse.Namespace) -> Result:
    """Nhập từ bảng khác: proposal and preview first; edits only when confirmed, in one write."""
    sources = read_foreign(Path(given.file))
    with opened(given.into) as workbook:
        reading = workbook.read()
        session = _Session(given, sources, reading)
        planned = session.settled()
        words = Words(planned, full=given.full)
        lines = words.lines()
        agreed = not planned.doubtful and bool(planned.sheets) and (given.yes or session.confirmed(planned, lines))
        checked = importing.apply(workbook, planned) if agreed else None
    applied = checked is not None and bool(planned.to_write)
    if agreed:
        school = reading.state.base.info.key.school
        mappings.remember(school, {s.mapping.fingerprint: s.mapping.confirmed() for s in planned.sheets})
    document = words.document(file=given.file, into=given.into, applied=applied)
    if checked is not None:
        document["findings"] = counts(checked.findings)
        lines += [_done(planned, given.into), counts_line(counts(checked.findings))]
    else:
        lines.append(_not_done(planned, given))
    return Result(document, lines, _exit_code(planned, applied=agreed))


def _exit_code(planned: ImportPlan, *, applied: bool) -> int:
    kinds = {cell.kind for cell in planned.cells}
    if planned.doubtful or not planned.sheets:
        return FINDINGS
    if not applied:
        return DONE
    return CONFLICTS if kinds & set(_REMAIN) else FINDINGS if kinds & set(_SPOILED) else DONE


def _done(planned: ImportPlan, into: str) -> str:
    number = len(planned.to_write)
    if not number:
        return _NOTHING
    return f"✔ Đã nhập {number} ô vào {into}; chưa gửi đi đâu. Xem lại bằng kqht check, gửi bằng kqht send."


def _not_done(planned: ImportPlan, given: argparse.Namespace) -> str:
    if not planned.sheets:
        return "✖ Không có gì để nhập vào sổ này."
    if planned.doubtful:
        first = next(c for s in planned.sheets for c in s.mapping.doubtful)
        example = first.candidates[0] if first.candidates else ""
        return (
            "✖ Chưa nhập: còn cột cần chọn (dấu ?). Chọn bằng --grade, --term, hoặc --map; ví dụ "
            f"--map '{first.column.label}={example}' để lấy, --map '{first.column.label}=' để bỏ."
        )
    if not planned.to_write:
        return _NOTHING
    again = f"kqht import-sheet {given.file} --into {given.into} --yes"
    return f"Sẽ nhập {len(planned.to_write)} ô; chưa ghi gì. Nhập luôn: {again}"


class _Session:
    """One file, one workbook, and what the user says of them."""

    def __init__(self, given: argparse.Namespace, sources: tuple[SourceSheet, ...], reading: Reading) -> None:
        self.given, self.sources, self.reading = given, sources, reading
        base = reading.state.base
        self.school = base.info.key.school
        self.request = _request(given, sources, base)
        self.kept = mappings.load(self.school)
        self.asks = not given.json and not given.yes and sys.stdin.isatty()

    def settled(self) -> ImportPlan:
        """The plan, after the doubts that a person at the terminal settles."""
        planned = self._planned()
        if self.given.forget:
            if mappings.forget(self.school, (s.mapping.fingerprint for s in planned.sheets)):
                say("Đã quên các cột xác nhận lần trước của bảng này.")
            self.kept = mappings.load(self.school)
            planned = self._planned()
        _refuse_senseless(planned, (text.rpartition("=")[0] for text in self.given.map))
        shown: set[str] = set()
        while self.asks and planned.doubtful:
            sheet = next(s for s in planned.sheets if s.mapping.doubtful)
            if sheet.title not in shown:
                shown.add(sheet.title)
                for line in (f"Trang “{sheet.title}”:", *Words(planned, full=False).mapping(sheet)):
                    say(line)
            self._ask(sheet, sheet.mapping.doubtful[0], Words(planned, full=False))
            planned = self._planned()
        return planned

    def confirmed(self, planned: ImportPlan, lines: Iterable[str]) -> bool:
        """Whether the person at the terminal agrees; no terminal, no import."""
        if not self.asks or not planned.to_write:
            return False
        for line in lines:
            say(line)
        return _answer(f"Nhập {len(planned.to_write)} ô trên vào sổ? [c/K] ") in _YES

    def _planned(self) -> ImportPlan:
        return importing.plan(self.reading, self.sources, self.request, self.kept)

    def _ask(self, sheet: SheetPlan, column: ColumnMapping, words: Words) -> None:
        if column.why is Why.NO_GRADE:
            grades = self.reading.state.base.grades
            chosen = _answer(f"Trang “{sheet.title}” là kết quả khối nào? [{'/'.join(grades)}, Enter: bỏ trang này] ")
            self._say_of(sheet, Why.NO_GRADE, Context(grade=chosen) if chosen in grades else None)
        elif column.why is Why.NO_TERM:
            chosen = _answer(f"Trang “{sheet.title}” là kết quả kỳ nào? [{'/'.join(TERMS)}, Enter: bỏ các cột này] ")
            self._say_of(sheet, Why.NO_TERM, Context(term=TERMS[chosen]) if chosen in TERMS else None)
        else:
            self._decide(sheet, column, _chosen(column, words))

    def _say_of(self, sheet: SheetPlan, why: Why, context: Context | None) -> None:
        """What holds for a whole sheet; without an answer its open columns are left out."""
        if context is None:
            for column in sheet.mapping.doubtful:
                if column.why is why:
                    self._decide(sheet, column, "")
            return
        known = self.request.contexts.get(sheet.title, Context())
        both = Context(context.grade or known.grade, context.term or known.term)
        self.request = replace(self.request, contexts={**self.request.contexts, sheet.title: both})

    def _decide(self, sheet: SheetPlan, column: ColumnMapping, target: str) -> None:
        given = {**self.request.given, f"{sheet.title}!{column.letters}": target}
        self.request = replace(self.request, given=given)


def _chosen(column: ColumnMapping, words: Words) -> str:
    """The target that the person picks for a column; nothing leaves it out."""
    start = f"Cột {column.letters} “{column.column.label}” ({WHY[column.why or Why.UNCLEAR]})"
    if len(column.candidates) == 1:
        return (
            column.candidates[0]
            if _answer(f"{start}: lấy vào {words.name_of(column.candidates[0])}? [c/K] ") in _YES
            else ""
        )
    for number, target in enumerate(column.candidates, 1):
        say(f"  {number}. {words.name_of(target)}")
    answer = _answer(f"{start}: lấy vào đâu? [số, Enter: bỏ cột] ")
    chosen = int(answer) if answer.isdecimal() else 0
    return column.candidates[chosen - 1] if 0 < chosen <= len(column.candidates) else ""


def _answer(question: str) -> str:
    sys.stderr.write(question)
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold()


def _request(given: argparse.Namespace, sources: tuple[SourceSheet, ...], base: Snapshot) -> Request:
    titles = [source.title for source in sources]
    for title in given.sheet:
        if title not in titles:
            raise Refused(Code.REQUEST_INVALID, what=f"tệp không có trang “{title}”; các trang: {', '.join(titles)}")
    if given.grade and given.grade not in base.grades:
        raise Refused(Code.REQUEST_INVALID, what=f"sổ không có trang của khối {given.grade}")
    proposer = Proposer(base.info.layouts(base.grades))
    said: dict[str, str] = {}
    for text in given.map:
        header, equals, target = text.rpartition("=")
        if not equals or (target and not proposer.is_target(target)):
            what = f"--map '{text}': cần dạng 'TIÊU ĐỀ=11.mathematics.year', hoặc 'TIÊU ĐỀ=' để bỏ cột"
            raise Refused(Code.REQUEST_INVALID, what=what)
        sheet, mark, letters = header.rpartition("!")
        own = mark and sheet in titles and letters.isupper()
        said |= dict.fromkeys((header,) if own else given_keys(header), target)
    context = Context(given.grade, TERMS.get(given.term or ""))
    return Request(tuple(given.sheet), context, {}, said, given.overwrite_mine)


def _refuse_senseless(planned: ImportPlan, headers: Iterable[str]) -> None:
    """Refuse a file without any table, a header that stands nowhere, and two columns told to go to one place."""
    if planned.skipped and not planned.sheets and all(reason is Reason.NO_TABLE for _, reason in planned.skipped):
        what = "không thấy dòng tiêu đề có Họ tên hoặc Mã định danh trong trang nào của tệp"
        raise Refused(Code.REQUEST_INVALID, what=what)
    known = set()
    for sheet in planned.sheets:
        for c in sheet.mapping.columns:
            known |= {f"{sheet.title}!{c.letters}", c.letters}
            known |= {fold(text) for text in (c.column.label, c.column.path[-1])}
        twice = Counter(c.target for c in sheet.mapping.columns if c.certainty is Certainty.GIVEN)
        if target := next((target for target, times in twice.items() if times > 1), None):
            raise Refused(Code.REQUEST_INVALID, what=f"--map cho hai cột của trang “{sheet.title}” cùng vào {target}")
    if planned.sheets and (unknown := next((text for text in headers if not known & {text, fold(text)}), None)):
        raise Refused(Code.REQUEST_INVALID, what=f"--map: không có cột nào mang tiêu đề “{unknown}”")
