"""Each check of the rulebook's list (data/checks.json): a small sheet on which it speaks, and one on which it is silent."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from shared.check import check
from shared.layout import PROFILE
from shared.problems import Code, Finding, Refused
from shared.programmes import programme_for
from shared.records import Row
from shared.rules.dossiers import Dossier, Sent, is_stale, refuse_out_of_order
from tests.programmes import INFO_2018, INFO_GDTX, found_in, result_2018, result_gdtx, terms_of
from tests.tables import class_of, findings, good_profile, good_result

ROOT = Path(__file__).parents[2]
LISTED: Mapping[str, Mapping[str, Any]] = {
    check["id"]: check for check in json.loads((ROOT / "data" / "checks.json").read_text("utf-8"))["checks"]
}
Said = tuple[Finding, ...]


def profile(**changes: Any) -> Said:
    return findings(PROFILE, good_profile(**changes))


def profiles(*changes: Mapping[str, Any]) -> Said:
    return findings(PROFILE, *(good_profile(**one) for one in changes))


def result(grade: str = "11", stage: int = 1, **changes: Any) -> Said:
    return findings(grade, good_result(**changes), stage=stage)


def gdtx(**changes: Any) -> Said:
    return found_in(INFO_GDTX, "11", result_gdtx(**changes))


def tt22(**changes: Any) -> Said:
    return found_in(INFO_2018, "11", result_2018(**changes))


OTHER = {"national_id": "031205000124", "full_name": "Nguyễn Văn Bình"}


def grid(count: int, change: Callable[[int], Mapping[str, Any]]) -> Said:
    """A sheet of some students, each with cells of its own."""
    return findings("11", *(good_result(**change(i)) for i in range(count)))


def varied(i: int, **more: Any) -> dict[str, Any]:
    """Scores that keep the formula and are different for each student."""
    first, second = 60 + 3 * i, 70 + i * i % 17
    year = (2 * (first + 2 * second) + 3) // 6
    scores = zip(("semester_1", "semester_2", "year"), (first, second, year), strict=True)
    return {f"biology__{term}": tenths / 10 for term, tenths in scores} | more


def swapped(i: int) -> dict[str, Any]:
    own = varied(i)
    return {**own, "biology__semester_1": own["biology__semester_2"], "biology__semester_2": own["biology__semester_1"]}


def class_list(*codes: str | None) -> Said:
    """A result sheet whose rows bear these codes, in a class of HS01 and HS02."""
    data = class_of({"11": [good_result()] * 2})
    sheet = data.sheets["11"]
    rows = tuple(Row(code, 3 + i, {**good_result(), "student_code": code}) for i, code in enumerate(codes))
    return check(data.with_sheet(replace(sheet, rows=rows)))


def born(day: str) -> Said:
    data = class_of({PROFILE: [good_profile(birth_date=day)]})
    return check(replace(data, base_births={"HS01": "2005-07-12"}))


def of_class(name: str) -> Said:
    return findings("11", good_result(class_name=name))


@dataclass(frozen=True, slots=True)
class Case:
    """A sheet on which a check speaks, of which column; and one on which it does not."""

    speaks: Callable[[], Said]
    silent: Callable[[], Said]
    column: str | None = None


SHIFTED: dict[str, Any] = {  # the year of chemistry is lost, what follows has moved left by one cell
    "chemistry__year": 8.3, "biology__semester_1": 7.7, "biology__semester_2": 7.9, "biology__year": 8.6,
    "history__semester_1": 9.1, "history__semester_2": 8.9, "history__year": 7.8, "geography__semester_1": 8.7,
    "geography__semester_2": 8.4, "geography__year": 9.2, "civics__semester_1": 8.8, "civics__semester_2": 8.9,
    "civics__year": None,
}  # fmt: skip
LOW: dict[str, Any] = {f"academic_rating__{term}": "K" for term in ("semester_1", "semester_2", "year")}
SERIES: dict[str, Any] = {
    f"{s}__semester_2": score
    for s, score in zip(("mathematics", "literature", "physics", "chemistry"), (7.0, 7.1, 7.2, 7.3), strict=True)
}

CASES: Mapping[str, Case] = {
    "ID_MISSING": Case(lambda: profile(national_id=None), lambda: profile(national_id=None, id_card="031205000123")),
    "ID_LEADING_ZERO": Case(lambda: profile(national_id=31205000123.0), lambda: profile(national_id="031205000123")),
    "ID_LENGTH": Case(lambda: profile(national_id="03120500012"[:8]), lambda: profile(national_id="031205678")),
    "ID_SCI": Case(lambda: profile(national_id="3.1205E+10"), lambda: profile(national_id="031205000123")),
    "ID_DUP_FILE": Case(lambda: profiles({}, {"full_name": "Nguyễn Văn Bình"}), lambda: profiles({}, OTHER)),
    "ID_SEX": Case(lambda: profile(sex="Nữ"), lambda: profile(sex="Nữ", national_id="031305000123")),
    "ID_CENTURY": Case(lambda: profile(national_id="031005000123"), lambda: profile(national_id="031205000123")),
    "ID_YEAR": Case(lambda: profile(national_id="031204000123"), lambda: profile(national_id="001205000123")),
    "ID_PREFIX": Case(lambda: profile(national_id="003205000123"), lambda: profile(national_id="096205000123")),
    "ID_TWO_FIELDS": Case(lambda: profile(id_card="031205000124"), lambda: profile(id_card="031205000123")),
    "ID_FOREIGN": Case(
        lambda: profile(nationality="Lào"), lambda: profile(nationality="Lào", passport="P1234567", national_id=None)
    ),
    "DOB_TYPE": Case(lambda: profile(birth_date="31/02/2005"), lambda: profile(birth_date="12/07/2005")),
    "DOB_SWAP": Case(lambda: born("07/12/2005"), lambda: born("13/07/2005"), "profile.birth_date"),
    "DOB_RANGE": Case(
        lambda: profile(birth_date="12/07/2001", national_id="031201000123"),
        lambda: profile(birth_date="12/07/2002", national_id="031202000123"),
    ),
    "SEX_VALUE": Case(lambda: profile(sex="x"), lambda: profile(sex="Nam")),
    "ETHNIC_VALUE": Case(lambda: profile(ethnic_group="Tây"), lambda: profile(ethnic_group="Tày")),
    "ADDR_INCOMPLETE": Case(lambda: profile(residence__ward=None), profile, "profile.residence.ward"),
    "ADDR_NOT_IN_CATALOGUE": Case(lambda: profile(residence__ward="Xã Không Có"), profile, "profile.residence.ward"),
    "ADDR_NEW_2025": Case(
        lambda: profile(residence__province="Tỉnh Bắc Ninh", residence__district=None, residence__ward="Xã Lạng Giang"),
        profile,
        "profile.residence.province",  # and the ward: both cells must change
    ),
    "NAME_FORMAT": Case(lambda: profile(full_name="NGUYỄN văn An"), lambda: profile(full_name="Nguyễn Văn An")),
    "DUP_STUDENT": Case(
        lambda: profiles({}, {"national_id": "031205000124", "full_name": "nguyễn văn an"}), lambda: profiles({}, OTHER)
    ),
    "MOET_ID": Case(lambda: class_list("HS01", "HS02", None), lambda: class_list("HS01", "HS02")),
    "SC_DECIMAL": Case(lambda: result(chemistry__semester_1="7,9"), lambda: result(chemistry__semester_1=7.9)),
    "SC_DATE": Case(lambda: result(chemistry__semester_1=dt.date(2023, 9, 7)), lambda: result(chemistry__semester_1=7.9)),
    "SC_X10": Case(lambda: result(chemistry__semester_1=79), lambda: result(chemistry__semester_1=7.9)),
    "SC_RANGE": Case(lambda: result(chemistry__semester_1=-1), lambda: result(history__semester_1="8.6")),
    "SC_PRECISION": Case(lambda: result(chemistry__semester_1=7.88), lambda: result(chemistry__semester_1=7.9)),
    "SC_BLANK_STAGE1": Case(
        lambda: result(biology__semester_1=None), lambda: result("12", biology__semester_2=None, biology__year=None)
    ),
    "SC_BLANK_STAGE2": Case(
        lambda: result("12", 2, biology__year=None), lambda: result("12", 1, biology__year=None), "12.biology.year"
    ),
    "SC_CN_FORMULA": Case(lambda: result(biology__year=8.0), lambda: result(biology__year=7.9), "11.biology.year"),
    "SC_CN_RETEST": Case(
        lambda: result(**{k.replace(".", "__"): v for k, v in terms_of("biology", 4.0, 4.9, 5.0).items()}),
        lambda: result("12", 2, **{k.replace(".", "__"): v for k, v in terms_of("biology", 4.0, 4.9, 5.0).items()}),
        "11.biology.year",
    ),
    "SC_TB_CN": Case(lambda: result(average_score__year=8.7), lambda: result(average_score__year=8.6)),
    "SC_TB_FEASIBLE": Case(lambda: result(average_score__semester_1=9.3), result, "11.average_score.semester_1"),
    "SC_SHIFT": Case(lambda: result(**SHIFTED), result),
    "SC_SERIES": Case(
        lambda: result(**SERIES), lambda: result(**{**SERIES, "chemistry__semester_2": 7.2}), "11.mathematics.semester_2"
    ),
    "SC_CONSTANT": Case(
        lambda: grid(5, lambda i: varied(i, biology__semester_1=8.3)), lambda: grid(4, varied)
    ),
    "SC_COL_SWAP": Case(lambda: grid(6, swapped), lambda: grid(6, varied), "11.biology.year"),
    "SC_NN_LANG": Case(
        lambda: result(foreign_language__language=None), lambda: result(foreign_language__language="Tiếng Hàn")
    ),
    "SC_NN_CHANGE": Case(
        lambda: check(class_of({"10": [good_result()], "11": [good_result(foreign_language__language="Tiếng Nga")]})),
        lambda: check(class_of({"10": [good_result()], "11": [good_result()]})),
        "11.foreign_language.language",
    ),
    "HL_CODE": Case(lambda: result(academic_rating__year="T"), lambda: result(academic_rating__year="G")),
    "HL_TOO_HIGH": Case(lambda: result(chemistry__semester_1=6.4), lambda: result(academic_rating__year="G")),
    "HL_LOWER": Case(lambda: result(academic_rating__year="TB"), result, "11.academic_rating.year"),
    "HL_PROVEN_LOW": Case(
        lambda: result(average_score__semester_2=8.9, **LOW), lambda: result(average_score__semester_2=8.9)
    ),
    "HK_CODE": Case(lambda: result(conduct_rating__year="G"), lambda: result(conduct_rating__year="T")),
    "HK_CN": Case(lambda: result(conduct_rating__year="K"), result, "11.conduct_rating.year"),
    "RL_CN": Case(lambda: tt22(conduct_rating__year="K"), tt22, "11.conduct_rating.year"),
    "PROMOTION": Case(lambda: result(academic_rating__year="Y"), lambda: result("12", 2, academic_rating__year="Y")),
    "ELIGIBLE_EXAM": Case(
        lambda: result("12", 2, academic_rating__year="Kém"), lambda: result("11", academic_rating__year="Kém")
    ),
    "TPL_CLASS": Case(lambda: of_class("12A2"), lambda: of_class("12A1"), "11.class_name"),
    "TPL_COUNT": Case(lambda: class_list("HS01"), lambda: class_list("HS01", "HS02")),
    "GDTX_SUBJECTS": Case(
        lambda: gdtx(**{f"civics__{term}": None for term in ("semester_1", "semester_2", "year")}), gdtx
    ),
    "EXEMPT": Case(lambda: result(history__semester_1="Miễn"), result, "11.history.semester_1"),
}  # fmt: skip

# What needs a file or the service is tested there.
ELSEWHERE = {
    "TPL_COLUMNS": "tests/workbooks",
    "TPL_GHOST": "tests/workbooks",
    "TPL_MERGED": "tests/workbooks",
    "TPL_FORMULA_ERR": "tests/workbooks",
    "LOCKED": "tests/workbooks",
    "LOCK_INCOMPLETE": "tests/server",
}
NEVER = {"ID_PREFIX_RESIDENCE", "SC_TB_NINE"}  # the list says what must not be checked
WORKFLOW = {"SEND_ORDER", "SEND_STALE", "RULESET"}


def test_every_check_of_the_list_is_tried() -> None:
    assert len(LISTED) == 63
    assert CASES.keys() | ELSEWHERE.keys() | NEVER | WORKFLOW == LISTED.keys()


@pytest.mark.parametrize("name", CASES)
def test_the_check_speaks(name: str) -> None:
    case = CASES[name]
    found = [finding for finding in case.speaks() if finding.code == name]
    assert found
    stated = LISTED[name]["severity"]
    if stated != "repair":
        assert found[0].severity == stated
    if case.column:
        assert found[0].column == case.column


@pytest.mark.parametrize("name", CASES)
def test_the_check_is_silent(name: str) -> None:
    assert name not in {finding.code for finding in CASES[name].silent()}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_what_needs_a_file_or_the_service_is_tested_there(name: str) -> None:
    assert any(f"Code.{name}" in path.read_text("utf-8") for path in (ROOT / ELSEWHERE[name]).glob("test_*.py"))


def test_the_prefix_is_never_held_against_the_residence() -> None:
    assert profile(national_id="001205000123") == ()  # registered in Hà Nội, living in Bắc Giang


def test_the_average_is_never_the_mean_of_the_nine() -> None:
    assert result(average_score__semester_1=8.7, average_score__semester_2=8.7, average_score__year=8.7) == ()


def test_dossiers_go_in_their_order() -> None:
    sent: dict[Dossier, Sent] = {
        Dossier.SCHOOL: Sent(1, 1),
        Dossier.CLASS: Sent(31, 31),
        Dossier.STUDENT: Sent(1394, 1393),
    }
    for dossier in (Dossier.SCHOOL, Dossier.CLASS, Dossier.STUDENT):
        refuse_out_of_order(dossier, sent)
    with pytest.raises(Refused) as refused:
        refuse_out_of_order(Dossier.RESULT, sent)
    assert refused.value.code is Code.SEND_ORDER
    assert refused.value.params == {"what": "KQHT", "before": "Học sinh"}
    refuse_out_of_order(Dossier.RESULT, {**sent, Dossier.STUDENT: Sent(1394, 1394)})
    with pytest.raises(Refused) as refused:
        refuse_out_of_order(Dossier.CLASS, {})
    assert refused.value.params["before"] == "Trường"


def test_a_record_is_stale_when_it_moved_after_it_was_sent() -> None:
    assert [is_stale(version, sent) for version, sent in ((3, 2), (2, 2), (1, None))] == [True, False, False]


def test_a_rule_set_is_found_by_year_grade_and_level_or_refused() -> None:
    assert programme_for("THPT", "2022-2023", "10").key != programme_for("THPT", "2022-2023", "11").key
    with pytest.raises(Refused) as refused:
        programme_for("GDTX", "1999-2000", "10")
    assert refused.value.code is Code.RULESET
