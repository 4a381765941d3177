"""How a student went through a grade: electives, other years, other sources; what is open, asked for and said."""

from __future__ import annotations

from typing import Any

import pytest

from shared.cells import from_cell, shown
from shared.check import check
from shared.columns import Kind, Period
from shared.layout import class_layouts, sheet_layout
from shared.problems import Code, Finding, Severity
from shared.programmes import GDTX_2018, THPT, THPT_2006, THPT_2006_BEFORE_2020, THPT_2018
from shared.progress import TOO_FEW, missing, missing_keys
from shared.schemas.rows import load_row
from shared.studies import closed_keys, study_of
from tests.programmes import (
    CHOSEN,
    INFO_2018,
    INFO_GDTX,
    INFO_GDTX_2018,
    TT22_YEAR,
    class_in,
    codes_in,
    found_in,
    result_2018,
    result_gdtx,
    result_gdtx_2018,
    terms_of,
)
from tests.tables import INFO, Cells, good_result

SHEET = sheet_layout(THPT, TT22_YEAR, "11")
PROFILE_2018 = sheet_layout(THPT, TT22_YEAR, "profile")
NAMED = {"grade_11.electives": ",".join(CHOSEN)}


# --- the sheets


def test_the_sheet_of_the_2018_programme() -> None:
    groups = list(dict.fromkeys(column.group for column in SHEET.columns if not column.optional))
    assert groups == [
        "STT", "Tên lớp", "Mã định danh", "Họ tên", "Số định danh cá nhân", "Toán", "Ngữ văn", "Lịch sử", "GDQP-AN",
        "Ngoại ngữ 1", "GDTC", "HĐTN, HN", "GDĐP", "Học tập", "Rèn luyện", "Trạng thái",
    ]  # fmt: skip
    assert list(dict.fromkeys(column.group for column in SHEET.columns if column.optional)) == [
        "Vật lí", "Hóa học", "Sinh học", "Địa lí", "GDKT&PL", "Tin học", "Công nghệ", "Ngoại ngữ 2", "Tiếng DTTS",
        "Âm nhạc", "Mĩ thuật", "GDCD", "TB môn",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("level", "year"),
    [(level, f"{start}-{start + 1}") for level in ("THPT", "GDTX") for start in range(2020, 2031)],
)
def test_every_class_of_every_year_has_sheets_with_unique_columns(level: str, year: str) -> None:
    for layout in class_layouts(level, year):
        assert len(layout.index) == len(layout.columns)
        words = [column.words for column in layout.columns]
        assert len(set(words)) == len(words)


def test_ratings_offer_their_own_codes_and_read_the_older_ones() -> None:
    academic = SHEET.by_key["academic_rating.year"]
    assert [choice.text for choice in academic.choices] == ["T", "K", "Đ", "CĐ"]
    assert [choice.key for choice in academic.also] == ["G", "TB", "Y", "KEM"]
    assert from_cell(academic, "Giỏi") == "G"
    assert shown(academic, "KEM") == "Kém"


def test_chosen_subjects_are_written_by_name() -> None:
    column = PROFILE_2018.by_key["grade_10.electives"]
    assert column.kind is Kind.SUBJECTS
    for typed in (
        "Địa lí, Vật lí, Hóa học, Tin học", "vật lý; hóa;địa lý; tin", "Tin học + Địa + Lí + Hóa",
        "geography,physics,chemistry,informatics",
    ):  # fmt: skip
        assert from_cell(column, typed) == "physics,chemistry,geography,informatics"
    assert shown(column, "physics,music") == "Vật lí, Âm nhạc"
    _, errors = load_row(PROFILE_2018, {"grade_10.electives": "Vật lí, Thiên văn"})
    assert [issue.code for issue in errors["grade_10.electives"]] == [Code.CATALOGUE_VALUE]


def test_a_name_with_a_comma_is_one_subject() -> None:
    column = sheet_layout("GDTX", TT22_YEAR, "profile").by_key["grade_10.electives"]
    assert from_cell(column, "Vật lí, HĐTN, HN") == "physics,experiential_activities"


def test_classes_of_the_2006_programme_choose_nothing() -> None:
    columns = sheet_layout(THPT, "2022-2023", "profile").by_key
    assert "grade_10.electives" not in columns
    assert [choice.text for choice in columns["grade_10.school_year"].choices][:2] == ["2020-2021", "2019-2020"]


# --- what a student is asked for


def test_a_study_is_the_class_s_unless_the_profile_says_otherwise() -> None:
    assert study_of(SHEET).programme is THPT_2018
    assert study_of(SHEET, {"full_name": "An"}) is study_of(SHEET)
    repeated = study_of(SHEET, {"grade_11.school_year": "2022-2023", "grade_10.school_year": "2020-2021"})
    assert (repeated.programme, repeated.school_year) == (THPT_2006, "2022-2023")
    assert study_of(SHEET, {"grade_11.school_year": "2019-2020"}).programme is THPT_2006_BEFORE_2020
    unknown = study_of(SHEET, {"grade_11.school_year": "1990-1991"})
    assert (unknown.programme, unknown.school_year) == (THPT_2018, "2023-2024")
    assert study_of(SHEET, NAMED).electives == frozenset(CHOSEN)
    assert study_of(SHEET, {**NAMED, "grade_11.school_year": "2022-2023"}).electives is None


def test_cells_closed_to_a_student() -> None:
    def subjects(profile: dict[str, str]) -> set[str | None]:
        return {SHEET.by_key[key].subject for key in closed_keys(SHEET, study_of(SHEET, profile))}

    assert subjects({}) == {"civics", "average_score"}
    assert subjects(NAMED) == {
        "civics", "average_score", "biology", "economics_law", "technology", "foreign_language_2", "ethnic_language",
        "music", "fine_arts",
    }  # fmt: skip
    left = subjects({"grade_11.school_year": "2021-2022"})
    assert left >= {"defence", "economics_law", "informatics", "physical_education"}
    assert not left & {"civics", "average_score", "physics", "academic_rating", "conduct_rating"}
    assert "foreign_language_2.language" in closed_keys(SHEET, study_of(SHEET, NAMED))


def test_what_is_asked_for_with_and_without_a_word_about_electives() -> None:
    compulsory = 5 + 3 + 2
    assert missing(SHEET, {}, study_of(SHEET, NAMED)) == {
        None: 0,
        Period.HK1: compulsory + 4,
        Period.HK2: 2 * compulsory + 8,
    }
    assert missing(SHEET, {})[Period.HK1] == compulsory + 1
    assert TOO_FEW in missing_keys(SHEET, {})[Period.HK1]
    four = {f"{subject}.semester_1": "8.0" for subject in CHOSEN}
    assert missing(SHEET, four)[Period.HK1] == compulsory
    assert missing(SHEET, four)[Period.HK2] == 2 * (compulsory + 4)
    three = {f"{subject}.semester_1": "8.0" for subject in CHOSEN[:3]}
    assert missing(SHEET, three)[Period.HK1] == compulsory + 1
    language_2 = {**three, "foreign_language_2.semester_1": "8.0"}
    assert TOO_FEW in missing_keys(SHEET, language_2)[Period.HK1]  # taught on request, not one of the chosen


def test_nothing_is_asked_for_where_the_source_excuses() -> None:
    for source, blanks in (("abroad", 0), ("individual", 0), ("transferred", 10 + 1)):
        assert missing(SHEET, {}, study_of(SHEET, {"grade_11.source": source}))[Period.HK1] == blanks


def test_gdtx_asks_for_less() -> None:
    sheet = sheet_layout("GDTX", "2022-2023", "11")
    assert missing(sheet, {})[Period.HK1] == 7 + 1
    assert missing(sheet, {"civics.year": "8.0"})[Period.HK1] == 7 + 1 + 1
    new = sheet_layout("GDTX", TT22_YEAR, "11")
    assert new.programme is GDTX_2018
    assert TOO_FEW not in missing_keys(new, {})[Period.HK1] or not GDTX_2018.sure


# --- what is said


def said(cells: Cells, profile: dict[str, Any] | None = None, grade: str = "11", **facts: Any) -> list[Finding]:
    return list(found_in(INFO_2018, grade, cells, profile, **facts))


def codes(found: list[Finding]) -> list[tuple[Code, Severity]]:
    return [(finding.code, finding.severity) for finding in found]


def test_a_student_with_named_electives() -> None:
    assert said(result_2018(), {"grade_11.electives": "Vật lí, Hóa học, Địa lí, Tin học"}) == []
    (found,) = said(result_2018(geography__semester_1=None), {"grade_11.electives": "Vật lí, Hóa học, Địa lí, Tin học"})
    assert (found.code, found.column) == (Code.SC_BLANK_STAGE1, "11.geography.semester_1")


def test_a_mark_in_a_subject_not_chosen() -> None:
    profile = {"grade_11.electives": "Vật lí, Hóa học, Sinh học, Tin học"}
    found = said(result_2018(**{k.replace(".", "__"): 8.0 for k in terms_of("biology", 8, 8, 8)}), profile)
    assert codes(found) == [(Code.MH_UNSTUDIED, Severity.ERROR)]
    assert (found[0].column, found[0].value) == ("11.geography.semester_1", "8.0")
    assert found[0].message == (
        "Địa lí HK1 ghi 8.0, nhưng học sinh không học môn này (môn lựa chọn: Vật lí, Hóa học, Sinh học, Tin học). "
        "Hãy xóa kết quả môn này, hoặc sửa cột Môn lựa chọn của lớp 11 ở trang Hồ sơ."
    )


def test_electives_shown_only_by_marks() -> None:
    assert said(result_2018()) == []
    none = {f"{s}__{t}": None for s in CHOSEN for t in ("semester_1", "semester_2", "year")}
    (found,) = [f for f in said(result_2018(**none)) if f.code is Code.MH_COUNT]
    assert (found.severity, found.column) == (Severity.ERROR, "11.physics.semester_1")
    assert found.message.startswith("Chưa có môn lựa chọn nào, cần 4.")
    three = {f"informatics__{t}": None for t in ("semester_1", "semester_2", "year")}
    (found,) = [f for f in said(result_2018(**three)) if f.code is Code.MH_COUNT]
    assert "Có 3 môn lựa chọn có kết quả (Vật lí, Hóa học, Địa lí), cần 4" in found.message
    five = result_2018(**{f"biology__{t}": 8.0 for t in ("semester_1", "semester_2", "year")})
    assert codes(said(five)) == [(Code.MH_COUNT, Severity.WARNING)]
    second_language = result_2018(
        **{f"foreign_language_2__{t}": 8.0 for t in ("semester_1", "semester_2", "year")},
        foreign_language_2__language="Tiếng Pháp",
    )
    assert said(second_language) == []


def test_the_number_of_named_electives() -> None:
    three = "Vật lí, Hóa học, Địa lí"
    found = said(
        result_2018(**{f"informatics__{t}": None for t in ("semester_1", "semester_2", "year")}),
        {"grade_11.electives": three},
    )
    assert codes(found) == [(Code.MH_COUNT, Severity.WARNING)]
    assert (found[0].column, found[0].value) == ("profile.grade_11.electives", three)
    assert found[0].message.startswith("Ghi 3 môn lựa chọn (Vật lí, Hóa học, Địa lí), cần 4.")


def test_the_number_of_electives_of_gdtx_is_a_setting_and_warns() -> None:
    three = {f"informatics__{t}": None for t in ("semester_1", "semester_2", "year")}
    row = result_gdtx_2018(**three)
    assert [(f.code, f.severity) for f in found_in(INFO_GDTX_2018, "11", row)] == [(Code.MH_COUNT, Severity.WARNING)]
    assert codes_in(INFO_GDTX_2018, "11", row, chosen_subjects=3) == []
    named = {"grade_11.electives": "Vật lí, Hóa học, Địa lí"}
    assert codes_in(INFO_GDTX_2018, "11", row, named, chosen_subjects=3) == []
    assert Code.MH_COUNT in codes_in(INFO_GDTX_2018, "11", row, named)


def test_gdtx_may_lack_foreign_language_and_civics() -> None:
    free = {f"{s}__{t}": None for s in ("civics", "foreign_language") for t in ("semester_1", "semester_2", "year")}
    (found,) = found_in(INFO_GDTX, "11", result_gdtx(**free, foreign_language__language=None))
    assert (found.code, found.severity, found.column) == (Code.GDTX_SUBJECTS, Severity.INFO, "11.civics.semester_1")
    assert "GDCD, Ngoại ngữ" in found.message
    half = result_gdtx(civics__semester_2=None)
    assert codes_in(INFO_GDTX, "11", half) == [Code.SC_BLANK_STAGE1]
    assert set(
        codes_in(INFO_GDTX, "11", result_gdtx(**{f"biology__{t}": None for t in ("semester_1", "semester_2", "year")}))
    ) == {Code.SC_BLANK_STAGE1}


def test_adults_learn_at_gdtx() -> None:
    for born, codes_found in (("1980-07-12", []), ("2006-01-01", []), ("2007-01-01", [Code.DOB_RANGE])):
        profile = {"birth_date": born, "national_id": f"031{2 if born[0] == '2' else 0}{born[2:4]}000123"}
        assert codes_in(INFO_GDTX, "11", result_gdtx(), profile) == codes_found, born


def test_a_repeater_is_judged_by_the_programme_of_the_year_passed() -> None:
    old = {"grade_11.school_year": "2021-2022"}
    row = good_result()
    assert said(row, old) == []
    assert codes(said(good_result(academic_rating__year="T"), old)) == [(Code.HL_CODE, Severity.ERROR)]
    too_high = said(good_result(chemistry__semester_1=6.4), old)
    assert Code.HL_TOO_HIGH in {f.code for f in too_high}
    assert Code.SC_BLANK_STAGE1 in {f.code for f in said(good_result(civics__year=None), old)}
    assert [f.code for f in said(good_result(defence__year=8.0), old)] == [Code.MH_UNSTUDIED]
    lost = said(row)
    assert {f.code for f in lost} >= {Code.MH_UNSTUDIED, Code.SC_BLANK_STAGE1, Code.HL_CODE}


def test_results_from_abroad_may_be_blank_and_say_so() -> None:
    blank = {key: None for key in result_2018() if key.startswith(("history", "defence"))}
    cells = {key: cell for key, cell in result_2018().items() if key not in blank}
    (found,) = said(cells, {"grade_11.source": "Học ở nước ngoài"})
    assert (found.code, found.severity) == (Code.EXEMPT, Severity.INFO)
    assert found.message == (
        "6 ô để trống vì: kết quả học ở nước ngoài (Lịch sử HK1, Lịch sử HK2, Lịch sử CN, GDQP-AN HK1 và 2 ô khác)."
    )
    assert {f.code for f in said(cells, {"grade_11.source": "Học bạ chuyển đến"})} == {Code.SC_BLANK_STAGE1}


def test_a_changed_language_is_answered_by_its_reason() -> None:
    def both(now: str) -> list[Severity]:
        sheets = {"10": [good_result()], "11": [good_result(foreign_language__language=now)]}
        return [f.severity for f in check(class_in(INFO, sheets)) if f.code is Code.SC_NN_CHANGE]

    assert both("Tiếng Pháp") == [Severity.WARNING]
    assert both("Tiếng Pháp (đổi ngoại ngữ)") == [Severity.INFO]
