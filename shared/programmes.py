"""Programmes: which subjects a grade reports in a school year, in which order, and how it is rated. One line a subject."""

from __future__ import annotations

from collections.abc import Mapping

from shared.columns import Choice, Kind, Programme, Subject
from shared.problems import Code, Refused

THPT = "THPT"
GDTX = "GDTX"

ACADEMIC_2006 = (
    Choice("G", "G", ("Giỏi", "Gioi")),
    Choice("K", "K", ("Khá", "Kha")),
    Choice("TB", "TB", ("Trung bình", "T.Bình", "TrB")),
    Choice("Y", "Y", ("Yếu", "Yeu")),
    Choice("KEM", "Kém", ()),
)
CONDUCT_2006 = (
    Choice("T", "T", ("Tốt", "Tot")),
    Choice("K", "K", ("Khá", "Kha")),
    Choice("TB", "TB", ("Trung bình", "T.Bình", "TrB")),
    Choice("Y", "Y", ("Yếu", "Yeu")),
)

SUBJECTS_2006 = (
    Subject("mathematics", "Toán", ("Toán học",)),
    Subject("literature", "Ngữ văn", ("Văn",)),
    Subject("physics", "Vật lý", ("Vật lí", "Lý")),
    Subject("chemistry", "Hóa học", ("Hóa",)),
    Subject("biology", "Sinh học", ("Sinh",)),
    Subject("history", "Lịch sử", ("Sử",)),
    Subject("geography", "Địa lý", ("Địa lí", "Địa")),
    Subject("civics", "GDCD", ("Giáo dục công dân", "GD&CD", "GD CD", "GD&DC", "GD&ĐT")),
    Subject("foreign_language", "Ngoại ngữ", ("Ngoại ngữ 1", "NN"), with_language=True),
)
AVERAGE = Subject("average_score", "TB môn", ("Trung bình môn", "TBM"), in_average=False, required=False)
RATINGS_2006 = (
    Subject("academic_rating", "Học lực", ("HL",), Kind.RATING, ACADEMIC_2006, in_average=False),
    Subject("conduct_rating", "Hạnh kiểm", ("HK", "Hành kiểm"), Kind.RATING, CONDUCT_2006, in_average=False),
)

THPT_2006 = Programme(
    "thpt_2006", "TT 58/2011, TT 26/2020", (*SUBJECTS_2006, AVERAGE, *RATINGS_2006), min_unlisted=0, max_unlisted=4
)

_ANY = "*"
PROGRAMMES: Mapping[tuple[str, str, str], Programme] = {
    # (level, school year, grade): TT22 art. 21 takes over grade by grade from 2022-2023 (RULEBOOK 2.1)
    (THPT, "2018-2019", _ANY): THPT_2006,
    (THPT, "2019-2020", _ANY): THPT_2006,
    (THPT, "2020-2021", _ANY): THPT_2006,
    (THPT, "2021-2022", _ANY): THPT_2006,
    (THPT, "2022-2023", "11"): THPT_2006,
    (THPT, "2022-2023", "12"): THPT_2006,
    (THPT, "2023-2024", "12"): THPT_2006,
}


def programme_for(level: str, school_year: str, grade: str) -> Programme:
    """The programme of a grade in a school year; `Refused(RULESET)` when none is known."""
    found = PROGRAMMES.get((level, school_year, grade)) or PROGRAMMES.get((level, school_year, _ANY))
    if found is None:
        raise Refused(Code.RULESET, level=level, school_year=school_year, grade=grade)
    return found
