"""Which grade and term a whole sheet speaks of: its name, its titles, its school year, what the user says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from shared.columns import Term
from shared.foreign.meanings import plain_words, term_in
from shared.layout import GRADES

Found = TypeVar("Found", bound=str)
_GRADE = re.compile(r"(?<![a-z0-9])(?:lop|khoi|k)\s*(10|11|12)(?![0-9])")
_NAME = r"(?:10|11|12)(?:[a-z]{1,4}\d{0,2}|\s[a-z]{1,2}\d{1,2})"  # 11a1, 11 a1; never “tháng 11 năm”
_CLASS = re.compile(rf"(?<![a-z0-9])({_NAME})(?![a-z0-9])")
_NAMED_CLASS = re.compile(rf"(?<![a-z])lop\s*({_NAME})(?![a-z0-9])")
_YEAR = re.compile(r"(20\d\d)\s+(20\d\d)")


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for every column of a sheet that says nothing else."""

    grade: str | None = None
    term: Term | None = None
    class_name: str | None = None  # the class a title names, folded: `11a1`
    disputed: bool = False  # name, titles and school year contradict each other about the grade

    def completed(self, template: str) -> str | None:
        """`*.mathematics.*` with the sheet's grade and term; None where one is not known."""
        parts = template.split(".")
        if parts[0] == "*" and self.grade:
            parts[0] = self.grade
        if parts[-1] == "*" and self.term:
            parts[-1] = self.term.value
        return None if "*" in parts else ".".join(parts)


def context_of(title: str, titles: Iterable[str], school_year: str, given: Context) -> Context:
    """The context of a sheet in a workbook of a grade-12 class of `school_year`; what the user gave wins."""
    tab, lines = plain_words(title), [plain_words(text) for text in titles]
    named = _one(_grade(text) for text in (tab,)) or _one(map(_grade, lines))
    by_year = _one(_grade_of_year(line, school_year) for line in (tab, *lines))
    term = _term(tab, short=True) or _one(_term(line, short=False) for line in lines)
    several = len({g for g in (_grade(tab), *map(_grade, lines), by_year) if g}) > 1
    grade = given.grade or (None if several else named or by_year)
    classes = (
        match.group(1) for text in (tab, *lines) if (match := _NAMED_CLASS.search(text) or _CLASS.fullmatch(text))
    )
    return Context(grade, given.term or term, _one(name.replace(" ", "") for name in classes), several)


def _grade(text: str) -> str | None:
    found = {match.group(1)[:2] for pattern in (_GRADE, _CLASS) for match in pattern.finditer(text)}
    return found.pop() if len(found) == 1 else None


def _grade_of_year(text: str, school_year: str) -> str | None:
    years = {int(m.group(1)) for m in _YEAR.finditer(text) if int(m.group(2)) == int(m.group(1)) + 1}
    grade = str(12 - int(school_year[:4]) + years.pop()) if len(years) == 1 else ""
    return grade if grade in GRADES else None


def _term(text: str, *, short: bool) -> Term | None:
    """The one term of a text; a title's bare `CN` may be anything."""
    first, rest = term_in(text if short else re.sub(r"\bm?cn\b", " ", text))
    second, _ = term_in(rest)
    return first if second in {None, first} else None


def _one(found: Iterable[Found | None]) -> Found | None:
    """What all that speak agree on."""
    known = {value for value in found if value}
    return known.pop() if len(known) == 1 else None
