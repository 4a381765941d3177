"""The compiled catalogues are what their sources say, and the core's table of columns is sound."""

import json

import pytest

from shared.layout import class_layouts, sheet_layout, year_of_grade
from shared.problems import Code, Refused
from shared.programmes import programme_for
from tools.build_catalogues import MODULES, ROOT


@pytest.mark.parametrize("name", MODULES)
def test_compiled_catalogues_are_current(name: str) -> None:
    assert (ROOT / "shared" / "catalogues" / name).read_text("utf-8") == MODULES[name]()


def test_the_guide_s_columns_in_the_guide_s_order() -> None:
    layout = sheet_layout("THPT", "2022-2023", "11")
    groups = list(dict.fromkeys(column.group for column in layout.columns))
    assert groups == [
        "STT", "Tên lớp", "Mã định danh", "Họ tên", "Số định danh cá nhân", "Toán", "Ngữ văn", "Vật lý", "Hóa học",
        "Sinh học", "Lịch sử", "Địa lý", "GDCD", "Ngoại ngữ", "TB môn", "Học lực", "Hạnh kiểm", "Trạng thái",
    ]  # fmt: skip
    assert [c.header for c in layout.columns if c.group == "Ngoại ngữ"] == ["Môn ngoại ngữ", "HK1", "HK2", "CN"]


def test_column_keys_are_unique_on_every_sheet() -> None:
    for layout in class_layouts("THPT", "2022-2023"):
        assert len(layout.index) == len(layout.columns)


RULE_SETS = json.loads((ROOT / "data" / "rule_sets.json").read_text("utf-8"))
CIRCULARS = {
    "TT58": "thpt_2006_before_2020",
    "TT58+26": "thpt_2006",
    "TT22": "thpt_2018",
    "QD02/2007+TT26/2014": "gdtx_2006",
    "TT43": "gdtx_2018",
}


@pytest.mark.parametrize("level", ["THPT", "GDTX"])
def test_programmes_by_level_year_and_grade(level: str) -> None:
    for years, grades in RULE_SETS[level].items():
        year, _, open_end = years.partition(" and ")
        ends = [year, year_of_grade(year, "10")] if open_end == "before" else [year]
        ends += ["2029-2030"] if open_end == "later" else []
        for each in ends:
            for grade, circular in grades.items():
                assert programme_for(level, each, grade).key == CIRCULARS[circular], (each, grade)


def test_a_programme_before_all_known_ones_is_refused() -> None:
    assert year_of_grade("2022-2023", "10") == "2020-2021"
    for level, year, grade in (("THPT", "2005-2006", "10"), ("GDTX", "2000-2001", "12"), ("THCS", "2022-2023", "10")):
        with pytest.raises(Refused) as refused:
            programme_for(level, year, grade)
        assert refused.value.code is Code.RULESET
