"""The rest of a profile: age, names, ethnic group, student status."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from shared import phrases
from shared.cells import LEGACY_LETTERS
from shared.nearness import nearest, the_nearest
from shared.problems import Code, Issue, Severity
from shared.profile_fields import ELECTIVES, ETHNIC_CHOICES, GRADES, STATUS_CHOICES, study_key, year_of_grade
from shared.programmes import GDTX, programme_for
from shared.rules.facts import StudentRow

YOUNGEST, OLDEST = 17, 20  # of grade 12 on 31/12 of the school year's first calendar year (checks.json: DOB_RANGE)
AGES: Mapping[str, tuple[int, int | None]] = {GDTX: (16, None)}  # adults learn there too
_NAMES = ("full_name", "other_name")
_ETHNIC = ("ethnic_group", "ethnic_group_on_birth_certificate")
_ETHNIC_KEYS = frozenset(choice.key for choice in ETHNIC_CHOICES)
_STATUS_KEYS = frozenset(choice.key for choice in STATUS_CHOICES)
_ETHNIC_SPELLINGS = {word: choice.key for choice in ETHNIC_CHOICES for word in (*choice.aliases, choice.key)}
_NAME_MARKS = str.maketrans("", "", " '’-.")


def age_issues(row: StudentRow) -> Iterator[Issue]:
    """A birth year unusual for the class's grade (checks.json: DOB_RANGE)."""
    birth = row.values.get("birth_date")
    if not birth:
        return
    year = int(row.layout.school_year[:4])
    age = year - int(birth[:4])
    grade = row.info.grade if row.info else GRADES[-1]
    youngest, oldest = AGES.get(row.layout.level, (YOUNGEST, OLDEST))
    years_before = int(GRADES[-1]) - int(grade)
    youngest, oldest = youngest - years_before, oldest and oldest - years_before
    if age < youngest or (oldest is not None and age > oldest):
        facts = {"year": year, "age": age, "span": phrases.outside_ages(youngest, oldest), "grade": grade}
        yield Issue(Code.DOB_RANGE, "birth_date", facts)


def study_issues(row: StudentRow) -> Iterator[Issue]:
    """Chosen subjects that are too few or too many (TT13/2022; a setting for GDTX)."""
    for grade in GRADES:
        key = study_key(grade, ELECTIVES)
        named = row.values.get(key)
        if named is None:
            continue
        programme = programme_for(row.layout.level, year_of_grade(row.layout.school_year, grade), grade)
        counted = [s for s in programme.electives if not s.on_request and s.key in named.split(",")]
        wanted = (row.info.chosen_subjects if row.info and not programme.sure else None) or programme.chosen
        if len(counted) != wanted:
            names = phrases.electives_named([subject.name for subject in counted])
            facts = {"what": names, "wanted": wanted, "place": phrases.study_place(grade, chosen=True)}
            yield Issue(Code.MH_COUNT, key, facts, severity=Severity.WARNING)


def name_issues(row: StudentRow) -> Iterator[Issue]:
    """Names with characters or capitals that no birth certificate has (checks.json: NAME_FORMAT)."""
    for key in _NAMES:
        name = row.values.get(key)
        if name and (what := _name_fault(name)):
            yield Issue(Code.NAME_FORMAT, key, {"what": what})


@lru_cache(maxsize=4096)
def _name_fault(name: str) -> str | None:
    if len(LEGACY_LETTERS.findall(name.replace("\u00ad", "¬"))) >= 2:
        return phrases.LEGACY_LETTERS
    if any(char.isdigit() for char in name):
        return phrases.DIGITS
    if not name.translate(_NAME_MARKS).isalpha():
        return phrases.STRANGE_LETTERS
    if name.isupper() or name.istitle():
        return None
    words = [word for word in re.split(r"[ '’.-]", name) if word]
    if any(word[0].islower() for word in words):
        return phrases.SMALL_INITIALS
    return phrases.MIXED_CAPITALS if any(len(word) > 1 and word.isupper() for word in words) else None


def ethnic_issues(row: StudentRow) -> Iterator[Issue]:
    """Ethnic groups that are not in the catalogue; the nearest name is only suggested (checks.json: ETHNIC_VALUE)."""
    for key in _ETHNIC:
        value = row.values.get(key)
        if value and value not in _ETHNIC_KEYS:
            likely = _likely_groups(value)
            severity = None if key == _ETHNIC[0] else Severity.WARNING
            suggestion = likely[0] if len(likely) == 1 else None
            yield Issue(Code.ETHNIC_VALUE, key, {"hint": phrases.perhaps_one_of(likely)}, suggestion, severity)


@lru_cache(maxsize=1024)
def _likely_groups(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_ETHNIC_SPELLINGS[word] for word in nearest(value, _ETHNIC_SPELLINGS)))


def status_issues(row: StudentRow) -> Iterator[Issue]:
    """A student's status that is not in the catalogue, which a school may extend (RULEBOOK 5)."""
    value = row.values.get("student_status")
    if value and value not in _STATUS_KEYS:
        choices = ", ".join(choice.text for choice in STATUS_CHOICES)
        suggestion = the_nearest(value, _STATUS_KEYS)
        yield Issue(Code.CATALOGUE_VALUE, "student_status", {"choices": choices}, suggestion, Severity.WARNING)
