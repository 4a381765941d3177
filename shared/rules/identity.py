"""Personal numbers: who lacks one, and whether its digits agree with the birth and the sex (RULEBOOK 4)."""

from __future__ import annotations

from collections.abc import Iterator

from shared import phrases
from shared.catalogues import PROVINCE_PREFIXES
from shared.problems import Code, Issue
from shared.progress import is_foreign
from shared.rules.facts import StudentRow

NUMBER, CARD, PASSPORT = "national_id", "id_card", "passport"
FULL = 12
_SEXES = ("Nam", "Nữ")


def is_full(number: str | None) -> bool:
    """Whether a text is a number of twelve digits (NĐ 137/2015 art. 13)."""
    return number is not None and len(number) == FULL and number.isdecimal()


def agrees(number: str, birth_date: str, sex: str) -> bool:
    """Whether prefix, century, sex and year of a number all agree with a profile (TT 07/2016 art. 7)."""
    return (
        is_full(number)
        and number[:3] in PROVINCE_PREFIXES
        and sex_of(number) == sex
        and century_of(number) == int(birth_date[:2])
        and number[4:6] == birth_date[2:4]
    )


def sex_of(number: str) -> str:
    """The sex a number tells: even for men, odd for women (TT 07/2016 art. 7)."""
    return _SEXES[int(number[3]) % 2]


def century_of(number: str) -> int:
    """The first two digits of the birth year a number tells (TT 07/2016 art. 7)."""
    return 19 + int(number[3]) // 2


def identity_issues(row: StudentRow) -> Iterator[Issue]:
    """What is missing in, or contradicts, the numbers of a profile."""
    values = row.values
    number, card = values.get(NUMBER), values.get(CARD)
    yield from _missing_issues(row)
    if is_full(number) and is_full(card) and number != card:
        yield Issue(Code.ID_TWO_FIELDS, NUMBER, {"number": number, "card": card})
    if is_full(number):
        yield from _digit_issues(row, NUMBER, number or "")
    elif is_full(card):
        yield from _digit_issues(row, CARD, card or "")


def _missing_issues(row: StudentRow) -> Iterator[Issue]:
    values = row.values
    faulty = {issue.column for issue in row.issues}
    numbered = NUMBER in values or CARD in values or NUMBER in faulty or CARD in faulty
    foreign, passport = is_foreign(values), PASSPORT in values
    if not numbered and not (foreign and passport):
        yield Issue(Code.ID_MISSING, PASSPORT if foreign else NUMBER)
    if foreign and not passport and numbered:
        yield Issue(Code.ID_FOREIGN, PASSPORT, {"what": phrases.FOREIGNER_WITHOUT_PASSPORT})
    if not foreign and passport and not numbered:
        yield Issue(Code.ID_FOREIGN, PASSPORT, {"what": phrases.ONLY_PASSPORT})


def _digit_issues(row: StudentRow, column: str, number: str) -> Iterator[Issue]:
    """The parts of a number against the profile; none against the residence: the prefix tells the place of birth."""
    words = {"number": f"{row.layout.by_key[column].words} {number}"}
    if number[:3] not in PROVINCE_PREFIXES:
        yield Issue(Code.ID_PREFIX, column, {**words, "prefix": number[:3]})
    sex = row.values.get("sex")
    if sex and sex_of(number) != sex:
        yield Issue(Code.ID_SEX, column, {**words, "digit": number[3], "implied": sex_of(number), "sex": sex})
    birth = row.values.get("birth_date")
    if not birth:
        return
    century = century_of(number)
    if century != int(birth[:2]):
        span = f"{century}00–{century}99"
        yield Issue(Code.ID_CENTURY, column, {**words, "digit": number[3], "century": span, "year": birth[:4]})
    if number[4:6] != birth[2:4]:
        yield Issue(Code.ID_YEAR, column, {**words, "digits": number[4:6], "year": birth[:4]})
