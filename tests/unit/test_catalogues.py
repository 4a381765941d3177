"""The compiled catalogues are what their sources say, and the core's table of columns is sound."""

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


def test_a_programme_is_found_by_year_grade_and_level_only() -> None:
    assert year_of_grade("2022-2023", "10") == "2020-2021"
    assert programme_for("THPT", "2022-2023", "12").key == "thpt_2006"
    with pytest.raises(Refused) as refused:
        programme_for("THPT", "2022-2023", "10")
    assert refused.value.code is Code.RULESET
