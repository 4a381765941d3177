"""Which column of a foreign sheet goes where: proposed from its words, remembered, or said by the user; doubts are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256

from shared.cells import fold
from shared.columns import TERM_HEADERS
from shared.foreign.context import Context
from shared.foreign.meanings import Kind, Meaning, Vocabulary
from shared.foreign.tables import HeaderColumn, Table
from shared.foreign.words import IDENTITY
from shared.layout import PROFILE, SheetLayout, split_public
from shared.records import a1

LEAVE_OUT = ""  # a target that says: this column is not taken
_ANY = "*"


class Certainty(StrEnum):
    """How sure it is where a column goes."""

    SURE = "sure"
    LIKELY = "likely"  # accepted unless the user says otherwise
    DOUBTFUL = "doubtful"  # asked
    GIVEN = "given"  # said by the user
    REMEMBERED = "remembered"  # confirmed at an earlier time
    IDENTITY = "identity"  # tells whose row it is
    LEFT_OUT = "left_out"


class Why(StrEnum):
    """Why a column is doubtful."""

    NO_GRADE = "no_grade"
    NO_TERM = "no_term"
    TWICE = "twice"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """A column and its target: `11.mathematics.year`; the template keeps `*` for what the sheet as a whole says."""

    column: HeaderColumn
    certainty: Certainty
    template: str = LEAVE_OUT
    target: str | None = None
    field: str = ""  # what it tells of the student, where it does
    why: Why | None = None
    candidates: tuple[str, ...] = ()

    @property
    def letters(self) -> str:
        """The column's letters in the file."""
        return a1(1, self.column.at)[:-1]


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """A sheet's columns with their targets."""

    table: Table
    context: Context
    columns: tuple[ColumnMapping, ...]
    remembered: bool = False

    @property
    def doubtful(self) -> tuple[ColumnMapping, ...]:
        """The columns that must be decided before anything is taken."""
        return tuple(c for c in self.columns if c.certainty is Certainty.DOUBTFUL)

    @property
    def taken(self) -> tuple[ColumnMapping, ...]:
        """The columns whose values come in."""
        return tuple(c for c in self.columns if c.target and c.certainty is not Certainty.DOUBTFUL)

    def fields(self, key: str) -> tuple[int, ...]:
        """The columns that tell one thing of the students."""
        return tuple(c.column.at for c in self.columns if c.field == key)

    @property
    def fingerprint(self) -> str:
        """The same for the same header words in the same order, whatever the titles say."""
        return fingerprint(self.table)

    def confirmed(self) -> dict[str, str]:
        """What to remember: header → template, empty for a column that is left out."""
        return {c.column.label: c.template if c.target else LEAVE_OUT for c in self.columns if not c.field or c.target}


def fingerprint(table: Table) -> str:
    """The digest of a table's header words."""
    return sha256("\n".join(fold(column.label) for column in table.columns).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Said:
    """What is known beside the words: earlier confirmations, and `header → target` of the user, by folded header or letters."""

    remembered: Mapping[str, str] | None = None
    given: Mapping[str, str] = field(default_factory=dict)

    def target_for(self, column: HeaderColumn) -> str | None:
        """The user's own target for a column: by its letters, its whole header, or its lowest words."""
        letters = a1(1, column.at)[:-1]
        keys = (letters, *(fold(text) for text in (column.label, " ".join(column.path), column.path[-1])))
        return next((self.given[key] for key in keys if key in self.given), None)


def given_keys(text: str) -> tuple[str, ...]:
    """How a header named by the user is looked up: its words, and for `F` or `HL` the letters of a column too."""
    letters = text.isascii() and text.isupper() and text.isalpha() and len(text) <= 2
    return (fold(text), text) if letters else (fold(text),)


class Proposer:
    """Makes the mapping of one sheet in the class workbook's layouts."""

    def __init__(self, layouts: Iterable[SheetLayout]) -> None:
        self.layouts = {layout.key: layout for layout in layouts}
        self.words = Vocabulary(self.layouts.values())
        self.grades = tuple(key for key in self.layouts if key != PROFILE)

    def propose(self, table: Table, context: Context, said: Said) -> SheetMapping:
        """Every column with its target and how sure it is."""
        meanings = {column.at: self.words.meaning(column.path) for column in table.columns}
        rated = any(m.key == "academic_rating" for m in meanings.values())
        columns = [self._column(c, self._hk(c, meanings[c.at], rated=rated), context, said) for c in table.columns]
        return SheetMapping(table, context, tuple(_once(columns)), said.remembered is not None)

    def is_target(self, target: str) -> bool:
        """Whether a public name is a column of this workbook."""
        sheet, key = split_public(target)
        return sheet in self.layouts and key in self.layouts[sheet].by_key

    def _hk(self, column: HeaderColumn, meaning: Meaning, *, rated: bool) -> Meaning:
        """`HK` alone is hạnh kiểm beside a học lực; without one it might be a học kỳ."""
        if meaning.key == "conduct_rating" and "hk" in {fold(text) for text in column.path}:
            return replace(meaning, sure=False, doubt=meaning.doubt or not rated)
        return meaning

    def _column(self, column: HeaderColumn, meaning: Meaning, context: Context, said: Said) -> ColumnMapping:
        """What the user says goes before what is remembered, and that before what the words propose."""
        field = meaning.key if meaning.kind is Kind.FIELD else ""
        template = self._template(meaning)
        kept = (said.remembered or {}).get(column.label)
        given = said.target_for(column)
        if given:
            return ColumnMapping(column, Certainty.GIVEN, _generalised(given, template, context), given, field)
        if given is None and kept:
            found = ColumnMapping(column, Certainty.REMEMBERED, kept, context.completed(kept), field)
            return self._checked(found, context)
        if field in IDENTITY and given is None:
            return ColumnMapping(column, Certainty.IDENTITY, field=field)
        if LEAVE_OUT in {given, kept, template}:
            return ColumnMapping(column, Certainty.LEFT_OUT, field=field)
        return self._proposed(ColumnMapping(column, Certainty.SURE, template, field=field), meaning, context)

    def _proposed(self, found: ColumnMapping, meaning: Meaning, context: Context) -> ColumnMapping:
        sure = meaning.sure and not found.column.guessed
        certainty = Certainty.SURE if sure else Certainty.LIKELY
        found = replace(found, certainty=certainty, target=context.completed(found.template))
        if meaning.doubt:
            return _doubtful(found, Why.UNCLEAR, self._fillings(found.template, context))
        return self._checked(found, context)

    def _template(self, meaning: Meaning) -> str:
        """Where a meaning goes, as far as the words themselves tell."""
        grade = meaning.grade or _ANY
        if meaning.kind is Kind.LANGUAGE:
            return f"{grade}.{meaning.key}.language"
        if meaning.kind is Kind.SUBJECT:
            return f"{grade}.{meaning.key}.{meaning.term.value if meaning.term else _ANY}"
        if meaning.kind is Kind.FIELD and meaning.key in self.layouts[PROFILE].by_key and meaning.key not in IDENTITY:
            return f"{PROFILE}.{meaning.key}"
        return LEAVE_OUT

    def _checked(self, found: ColumnMapping, context: Context) -> ColumnMapping:
        """Doubtful where the grade or the term is missing; left out where the workbook has no such column."""
        if found.target is None:
            grade, *_, term = found.template.split(".")
            if grade == _ANY and not context.grade:
                return _doubtful(found, Why.NO_GRADE, self._fillings(found.template, context))
            return _doubtful(found, Why.NO_TERM, self._fillings(found.template, context)) if term == _ANY else found
        if self.is_target(found.target):
            return found
        return ColumnMapping(found.column, Certainty.LEFT_OUT, field=found.field)

    def _fillings(self, template: str, context: Context) -> tuple[str, ...]:
        """Every target that a template may stand for."""
        grades = [context.grade] if context.grade else list(self.grades)
        found = (
            replace(context, grade=g, term=context.term or t).completed(template) for g in grades for t in TERM_HEADERS
        )
        return tuple(dict.fromkeys(target for target in found if target and self.is_target(target)))


def _doubtful(found: ColumnMapping, why: Why, candidates: tuple[str, ...]) -> ColumnMapping:
    return replace(found, certainty=Certainty.DOUBTFUL, why=why, candidates=candidates)


def _generalised(target: str, own: str, context: Context) -> str:
    """A target as it is remembered: what the sheet as a whole says, and not the header, is left open for the next sheet."""
    parts, said = target.split("."), own.split(".")
    if parts[0] != PROFILE and said[0] in {_ANY, ""} and parts[0] == context.grade:
        parts[0] = _ANY
    if parts[0] != PROFILE and said[-1] in {_ANY, ""} and context.term and parts[-1] == context.term.value:
        parts[-1] = _ANY
    return ".".join(parts)


def _once(columns: Iterable[ColumnMapping]) -> Iterable[ColumnMapping]:
    """Two columns that claim one target are both doubtful, unless the user has said which."""
    found = tuple(columns)
    claims = Counter(c.target for c in found if c.target)
    given = {c.target for c in found if c.certainty is Certainty.GIVEN}
    for column in found:
        target = column.target
        if target is None or claims[target] == 1 or column.certainty is Certainty.GIVEN:
            yield column
        elif target in given:
            yield replace(column, certainty=Certainty.LEFT_OUT, template=LEAVE_OUT, target=None)
        else:
            yield column if column.certainty is Certainty.DOUBTFUL else _doubtful(column, Why.TWICE, (target,))
