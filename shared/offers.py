"""Offers: repairs that may be right but ask first, each with every cell before and after (RULEBOOK 1.8 and 7).

A row that has lost a cell and columns that have changed places are one offer each; a single cell that can be read in
more than one way is one offer a reading. Nothing outside an offer's cells changes when it is taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from shared import offer_phrases as phrases
from shared.cells import clean_text, from_cell, raw_text, shown, to_cell
from shared.columns import STUDENT_CODE, Column
from shared.comparison import Comparison, OfferedCell, compare
from shared.layout import GRADES, PROFILE, SheetLayout
from shared.phrases import BLANK
from shared.problems import Code, Refused, offer_id
from shared.records import Cells, ClassData, Lock, Row, Sheet, a1
from shared.rules.asking import ASKED, Question, code_questions, language_questions, row_questions
from shared.rules.facts import StudentRow
from shared.rules.reading import read_row, sheet_proves_day_first
from shared.rules.shifts import Shift, carried, shift_of
from shared.rules.swaps import Swap, swaps
from shared.rules.tidy import raw_shown
from shared.studies import study_of

OFFERED = ASKED | {Code.SC_SHIFT, Code.SC_COL_SWAP, Code.MOET_ID_UNKNOWN}  # findings behind which an offer may stand
MANY_POINTS = 3  # scores of a class without their decimal point that are one habit, and one question (RULEBOOK 7)


@dataclass(frozen=True, slots=True)
class Offer:
    """A repair to be taken or left as a whole."""

    id: str  # stays the same while the sheet does
    code: Code
    sheet: str  # the title on the tab
    sheet_key: str
    title: str
    cells: tuple[OfferedCell, ...]
    side_by_side: Comparison | None = None  # when it changes several cells
    note: str = ""  # what the offer cannot know
    reason: str = ""  # why it cannot be taken now

    @property
    def applicable(self) -> bool:
        """Whether it may be taken now."""
        return not self.reason

    @property
    def places(self) -> frozenset[tuple[str, int, str]]:
        """What it writes: sheet key, row and column key of each cell."""
        return frozenset((self.sheet_key, cell.row, cell.column) for cell in self.cells)


def offers(
    data: ClassData, locks: Collection[Lock] = (), sheets: Collection[str] = (PROFILE, *GRADES)
) -> tuple[Offer, ...]:
    """Every offer of a class, or of some of its sheets: for columns, for rows, then single cells in reading order."""
    profiles = _profiles(data)
    found = (
        offer
        for key in (PROFILE, *GRADES)
        if key in data.sheets and key in sheets
        for offer in _SheetOffers(data, data.sheets[key], profiles).all()
    )
    return tuple(_judged(offer, data.sheets[offer.sheet_key], locks) for offer in found)


def _profiles(data: ClassData) -> dict[str, Cells]:
    """The profiles by student code, as far as they can be read."""
    sheet = data.sheets.get(PROFILE)
    if sheet is None:
        return {}
    day_first = sheet_proves_day_first(sheet)
    rows = (read_row(sheet.layout, row, day_first=day_first)[0] for row in reversed(sheet.rows))
    return {row.code: row.values for row in rows if row.code is not None}


def _judged(offer: Offer, sheet: Sheet, locks: Iterable[Lock]) -> Offer:
    """The offer, closed when it would write in a locked block or in a column that is gone."""
    columns = [column for column in sheet.layout.columns if any(cell.column == column.key for cell in offer.cells)]
    closed = [lock for lock in locks if any((lock.grade, lock.period) == (sheet.layout.key, c.period) for c in columns)]
    gone = [column.words for column in columns if column.key not in sheet.columns]
    if offer.reason:
        return offer
    if gone:
        return replace(offer, reason=phrases.columns_gone(gone))
    return replace(offer, reason=phrases.is_locked(lock.title for lock in closed)) if closed else offer


class _SheetOffers:
    """The offers of one sheet."""

    def __init__(self, data: ClassData, sheet: Sheet, profiles: Mapping[str, Cells]) -> None:
        self.data, self.sheet, self.layout = data, sheet, sheet.layout
        self.columns: dict[str, Column] = {column.key: column for column in sheet.layout.columns}
        self.profiles, self.day_first = profiles, sheet_proves_day_first(sheet)
        self.rows = [self._read(row) for row in sheet.rows]
        seen = Counter(row.code for row in self.rows)
        self.told = [row for row in self.rows if row.code is not None and seen[row.code] == 1]
        self.names = {row.number: self._name(row) for row in self.rows}

    def _read(self, raw: Row) -> StudentRow:
        layout = self.layout
        study = study_of(layout, self.profiles.get(raw.student_code or "")) if layout.programme else None
        return read_row(layout, raw, day_first=self.day_first, study=study, info=self.data.info)[0]

    def all(self) -> Iterator[Offer]:
        """Columns, rows, cells; a cell of a row or column that is offered as a whole is not offered for itself."""
        whole = [*self._swaps(), *self._shifts()] if self.layout.programme else []
        yield from whole
        moved = {(row, column.rpartition(".")[0]) for offer in whole for _, row, column in offer.places}
        asked = [q for q in self._questions() if (q.row.number, q.column.rpartition(".")[0]) not in moved]
        points = [question for question in asked if question.code is Code.SC_X10]
        together = points if len(points) >= MANY_POINTS else []
        if together:
            yield self._points(together)
        yield from (self._single(question) for question in asked if question not in together)

    def _questions(self) -> list[Question]:
        found = [*code_questions(self.rows, self.data.roster, self._known_names())]
        found += [question for row in self.told for question in row_questions(row)]
        if self.layout.programme:
            found += language_questions(self.told)
        order = {column.key: at for at, column in enumerate(self.layout.columns)}
        return sorted(found, key=lambda asked: (asked.row.number, order[asked.column]))

    def _known_names(self) -> dict[str, str]:
        known, now = self.data.base_names, self.profiles
        names = {code: known.get(code) or now.get(code, {}).get("full_name", "") for code in self.data.roster}
        return {code: name for code, name in names.items() if name}

    def _shifts(self) -> Iterator[Offer]:
        for row in self.told:
            if shift := shift_of(row):
                cells = tuple(self._cell(row, key, after) for key, after in shift.cells.items())
                title, note = self._shift_words(row, shift)
                yield self._offer(Code.SC_SHIFT, (row.code or "",), title, cells, note)

    def _shift_words(self, row: StudentRow, shift: Shift) -> tuple[str, str]:
        score, student, start = phrases.fitting(shift.after, shift.total), self._student(row), self._words(shift.start)
        notes = []
        if shift.lost:
            title = phrases.lost_cell(student, shift.subject.name, start, shift.fill, score)
        else:
            title = phrases.extra_cell(student, shift.subject.name, start, score)
        if shift.fill:
            notes.append(phrases.which_was_lost(shift.subject.name, shift.fill))
        if shift.dropped:
            key, value = shift.dropped
            notes.append(phrases.without_place(value, self._words(key)))
        return title, " ".join(notes)

    def _swaps(self) -> Iterator[Offer]:
        for swap in dict.fromkeys(swap for _, swap in swaps(self.rows)):
            concerned = [row for row in self.told if swap.concerns(row)]
            alone = len(self.told) - len(concerned)
            cells = tuple(cell for row in concerned for cell in self._exchanged(row, swap))
            title = phrases.exchange(self._words(swap.first), self._words(swap.second))
            offer = self._offer(
                Code.SC_COL_SWAP, (swap.first, swap.second), title, cells, phrases.left_alone(alone) if alone else ""
            )
            nobody = [row.number for row in self.rows if row not in self.told and self._exchanges(row, swap)]
            yield replace(offer, reason=phrases.rows_of_nobody(nobody)) if nobody else offer

    def _exchanges(self, row: StudentRow, swap: Swap) -> bool:
        return any(row.raw.get(key) is not None for key in (swap.first, swap.second))

    def _exchanged(self, row: StudentRow, swap: Swap) -> Iterator[OfferedCell]:
        for key, other in ((swap.first, swap.second), (swap.second, swap.first)):
            yield self._cell(row, key, carried(row, other, key))

    def _points(self, questions: Sequence[Question]) -> Offer:
        """One question for all the scores of a sheet that were typed with a comma where a point was expected."""
        cells = tuple(self._cell(asked.row, asked.column, asked.after) for asked in questions)
        return self._offer(Code.SC_X10, (), phrases.lost_points(len(cells)), cells, "")

    def _single(self, question: Question) -> Offer:
        row, column = question.row, self.columns[question.column]
        cell = self._cell(row, column.key, question.after)
        if question.code is Code.MOET_ID:
            parts = [question.after]  # the row is known by nothing else
        else:
            parts = [row.code or "", column.key, *([question.after] if question.reading else [])]
        before, after = cell.before or BLANK, cell.shown or BLANK
        change = phrases.one_cell(self._student(row), column.words, before, after)
        return self._offer(question.code, parts, change, (cell,), "")

    def _offer(self, code: Code, parts: Sequence[str], title: str, cells: tuple[OfferedCell, ...], note: str) -> Offer:
        changed = tuple(cell for cell in cells if cell.before != cell.shown)
        return Offer(
            id=offer_id(code, self.layout.key, *parts),
            code=code,
            sheet=self.layout.title,
            sheet_key=self.layout.key,
            title=title,
            cells=changed,
            side_by_side=compare(self.sheet, changed, self.names) if len(changed) > 1 else None,
            note=note,
        )

    def _cell(self, row: StudentRow, key: str, after: str | None) -> OfferedCell:
        column = self.columns[key]
        raw = row.raw.get(key)
        value = from_cell(column, raw)
        as_is = value == after or isinstance(raw, (int, float))  # a number, or only its form differs
        before = shown(column, value) if as_is else raw_shown(raw) or None
        at = self.sheet.columns.get(key)
        cell = "" if at is None else a1(row.number, at)
        return OfferedCell(row.number, row.code, key, cell, before, after, shown(column, after))

    def _words(self, key: str) -> str:
        return self.columns[key].words

    def _student(self, row: StudentRow) -> str:
        return phrases.student_row(self.names[row.number], row.number)

    def _name(self, row: StudentRow) -> str:
        name = clean_text(raw_text(row.raw.get("full_name"))) or self.data.base_names.get(row.code or "", "")
        return name or row.code or ""


def chosen(found: Sequence[Offer], names: Iterable[str]) -> tuple[Offer, ...]:
    """The offers of some names, or all whose names begin so; `Refused` for one unknown, closed or touching another."""
    picked: dict[str, Offer] = {}
    for name in names:
        meant = [o for o in found if o.id == name] or [o for o in found if o.id.startswith(f"{name}:")]
        if not meant:
            raise Refused(Code.OFFER_UNKNOWN, offer=name)
        picked |= {offer.id: offer for offer in meant}
    for offer in picked.values():
        if not offer.applicable:
            raise Refused(Code.OFFER_CLOSED, offer=offer.id, reason=offer.reason)
    for offer in picked.values():
        for other in picked.values():
            if offer.id < other.id and touching(offer, other):
                raise Refused(Code.OFFER_OVERLAP, first=offer.id, second=other.id)
    return tuple(picked.values())


def touching(offer: Offer, other: Offer) -> bool:
    """Whether two offers write in the same cell."""
    return bool(offer.places & other.places)


def with_offers(data: ClassData, taken: Iterable[Offer]) -> ClassData:
    """The class as it will read once some offers are taken."""
    for offer in taken:
        sheet = data.sheets[offer.sheet_key]
        after = {cell.row: {c.column: c.after for c in offer.cells if c.row == cell.row} for cell in offer.cells}
        rows = tuple(_written(sheet.layout, row, after.get(row.number, {})) for row in sheet.rows)
        data = data.with_sheet(replace(sheet, rows=rows))
    return data


def _written(layout: SheetLayout, row: Row, after: dict[str, str | None]) -> Row:
    columns = {column.key: column for column in layout.columns}
    cells = {**row.cells, **{key: to_cell(columns[key], value) for key, value in after.items()}}
    return replace(row, student_code=after.get(STUDENT_CODE, row.student_code), cells=cells) if after else row
