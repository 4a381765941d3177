"""Programmes: which subjects a grade reports in a school year, in which order, and how it is rated. One line a subject."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from shared.columns import COMMENTS, Choice, Kind, Programme, Subject
from shared.problems import Code, Refused

THPT = "THPT"
GDTX = "GDTX"
LEVELS = (THPT, GDTX)

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
LEVELS_2018 = (  # of both ratings (TT22 art. 8 and 9)
    Choice("T", "T", ("Tốt", "Tot")),
    Choice("K", "K", ("Khá", "Kha")),
    Choice("Đ", "Đ", ("Đạt",)),
    Choice("CĐ", "CĐ", ("Chưa đạt",)),
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


def _elective(key: str, name: str, *aliases: str) -> Subject:
    return Subject(key, name, aliases, elective=True)


def _comment(key: str, name: str, *aliases: str, elective: bool = False) -> Subject:
    return Subject(key, name, aliases, Kind.RATING, COMMENTS, elective=elective, in_average=False)


# TT 13/2022 (RULEBOOK 2.2): the guide's order where a subject stands in both programmes, the new ones after it
SUBJECTS_2018 = (
    Subject("mathematics", "Toán", ("Toán học",)),
    Subject("literature", "Ngữ văn", ("Văn",)),
    _elective("physics", "Vật lí", "Vật lý", "Lí", "Lý"),
    _elective("chemistry", "Hóa học", "Hóa"),
    _elective("biology", "Sinh học", "Sinh"),
    Subject("history", "Lịch sử", ("Sử",)),
    _elective("geography", "Địa lí", "Địa lý", "Địa"),
    _elective("economics_law", "GDKT&PL", "Giáo dục kinh tế và pháp luật", "KTPL", "GDKTPL", "KT&PL"),
    _elective("informatics", "Tin học", "Tin"),
    _elective("technology", "Công nghệ", "Công nghệ CN", "Công nghệ NN"),
    Subject("defence", "GDQP-AN", ("Giáo dục quốc phòng và an ninh", "GDQP&AN", "GDQP", "GDQPAN", "Quốc phòng")),
    Subject("foreign_language", "Ngoại ngữ 1", ("Ngoại ngữ", "NN1", "NN"), with_language=True),
    Subject("foreign_language_2", "Ngoại ngữ 2", ("NN2",), with_language=True, elective=True, on_request=True),
    replace(_elective("ethnic_language", "Tiếng DTTS", "Tiếng dân tộc thiểu số", "Tiếng dân tộc"), on_request=True),
    _comment("physical_education", "GDTC", "Giáo dục thể chất", "Thể dục"),
    _comment("experiential_activities", "HĐTN, HN", "Hoạt động trải nghiệm, hướng nghiệp", "HĐTN", "HĐTN-HN", "HĐTNHN"),
    _comment("local_education", "GDĐP", "Nội dung giáo dục của địa phương", "Nội dung giáo dục địa phương", "NDGDĐP"),
    _comment("music", "Âm nhạc", "Nhạc", elective=True),
    _comment("fine_arts", "Mĩ thuật", "Mỹ thuật", elective=True),
)
RATINGS_2018 = (
    Subject("academic_rating", "Học tập", ("Học lực", "Kết quả học tập"), Kind.RATING, LEVELS_2018, in_average=False),
    Subject(
        "conduct_rating", "Rèn luyện", ("Hạnh kiểm", "Kết quả rèn luyện"), Kind.RATING, LEVELS_2018, in_average=False
    ),
)

THPT_2006 = Programme(
    "thpt_2006", "TT 58/2011, TT 26/2020", (*SUBJECTS_2006, AVERAGE, *RATINGS_2006), min_unlisted=0, max_unlisted=4
)
# as before TT 26/2020 came into force on 11 October 2020: Ngoại ngữ is not yet one of the main subjects of art. 13
THPT_2006_BEFORE_2020 = replace(THPT_2006, key="thpt_2006_before_2020", circular="TT 58/2011")
THPT_2018 = Programme("thpt_2018", "TT 22/2021", (*SUBJECTS_2018, *RATINGS_2018), chosen=4, older=THPT_2006)

# RULEBOOK 3: Ngoại ngữ and GDCD are taught where they can be; some learners are not rated for conduct
_FREE_2006 = frozenset({"civics", "foreign_language"})
GDTX_2006 = replace(
    THPT_2006,
    key="gdtx_2006",
    circular="QĐ 02/2007, TT 26/2014",
    subjects=(
        *(replace(s, elective=s.key in _FREE_2006) for s in SUBJECTS_2006),
        AVERAGE,
        RATINGS_2006[0],
        replace(RATINGS_2006[1], required=False),
    ),
    sure=False,
)
# RULEBOOK 3: Ngữ văn, Toán, Lịch sử and electives; all of it from background, so nothing of it is ever an error
_COMPULSORY_GDTX = frozenset({"mathematics", "literature", "history"})
_CHOSEN_GDTX = frozenset({"physics", "chemistry", "biology", "geography", "economics_law", "informatics", "technology"})
_NOT_GDTX = frozenset({"defence", "physical_education", "music", "fine_arts"})


def _of_gdtx(subject: Subject) -> Subject:
    compulsory = subject.key in _COMPULSORY_GDTX
    return replace(subject, elective=not compulsory, on_request=not compulsory and subject.key not in _CHOSEN_GDTX)


GDTX_2018 = Programme(
    "gdtx_2018",
    "TT 43/2021",
    (
        *(_of_gdtx(s) for s in SUBJECTS_2018 if s.key not in _NOT_GDTX),
        RATINGS_2018[0],
        replace(RATINGS_2018[1], required=False),
    ),
    chosen=4,
    sure=False,
    older=GDTX_2006,
)

# The first school year of each, by level and grade: TT22 art. 21 and TT43 art. 19 take over grade by grade
# (data/rule_sets.json; RULEBOOK 2.1 and 3). Who repeats a grade goes by the year in which it was passed.
Since = tuple[tuple[str, Programme], ...]
_BEFORE_2018 = (("2012-2013", THPT_2006_BEFORE_2020), ("2020-2021", THPT_2006))
PROGRAMMES: Mapping[tuple[str, str], Since] = {
    (THPT, "10"): (*_BEFORE_2018, ("2022-2023", THPT_2018)),
    (THPT, "11"): (*_BEFORE_2018, ("2023-2024", THPT_2018)),
    (THPT, "12"): (*_BEFORE_2018, ("2024-2025", THPT_2018)),
    (GDTX, "10"): (("2007-2008", GDTX_2006), ("2022-2023", GDTX_2018)),
    (GDTX, "11"): (("2007-2008", GDTX_2006), ("2023-2024", GDTX_2018)),
    (GDTX, "12"): (("2007-2008", GDTX_2006), ("2024-2025", GDTX_2018)),
}


def programme_for(level: str, school_year: str, grade: str) -> Programme:
    """The programme of a grade in a school year; `Refused(RULESET)` when none is known."""
    known = [programme for first, programme in PROGRAMMES.get((level, grade), ()) if first <= school_year]
    if not known:
        raise Refused(Code.RULESET, level=level, school_year=school_year, grade=grade)
    return known[-1]
