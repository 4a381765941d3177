"""One student's address in a school year, and what the checks say of it."""

from __future__ import annotations

from shared.check import check
from shared.layout import FIRST_ROW, PROFILE, sheet_layout
from shared.problems import Code, Finding, Severity
from shared.programmes import THPT
from shared.records import ClassData, ClassInfo, ClassKey, Row, Sheet
from tests.tables import good_profile

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
BLANK, UNKNOWN, OTHER_YEAR = Code.ADDR_INCOMPLETE, Code.ADDR_NOT_IN_CATALOGUE, Code.ADDR_NEW_2025
Names = tuple[str | None, str | None, str | None]
Said = tuple[Code, str, Severity, str | None]  # code, level, severity, suggestion

BAC_GIANG, LANG_GIANG, DAO_MY = "Tỉnh Bắc Giang", "Huyện Lạng Giang", "Xã Đào Mỹ"
HAI_PHONG, HONG_BANG = "Thành phố Hải Phòng", "Quận Hồng Bàng"
HO_CHI_MINH = "Thành phố Hồ Chí Minh"
HA_NOI, BA_DINH = "Thành phố Hà Nội", "Quận Ba Đình"


def found(school_year: str, names: Names, place: str = "residence") -> list[Finding]:
    """What the checks say of the addresses of one student whose other cells are faultless."""
    layout = sheet_layout(THPT, school_year, PROFILE)
    cells = good_profile(
        **{f"{place}__{level}": name for level, name in zip(("province", "district", "ward"), names, strict=True)}
    )
    if place != "residence":
        cells = {key: value for key, value in cells.items() if not key.startswith("residence")}
    sheet = Sheet(layout, (Row("HS01", FIRST_ROW, cells),), layout.index)
    info = ClassInfo(ClassKey("HP01", school_year, "12A1"), "THPT Lê Quý Đôn", THPT, stage=1)
    findings = check(ClassData(info, ("HS01",), {PROFILE: sheet}, {}))
    return [f for f in findings if f.code.startswith("ADDR") and f.column and f.column.startswith(f"profile.{place}")]


def said(school_year: str, *names: str | None, place: str = "residence") -> list[Said]:
    province, district, ward = names
    findings = found(school_year, (province, district, ward), place)
    return [(f.code, (f.column or "").rpartition(".")[2], f.severity, f.suggestion) for f in findings]


def words(school_year: str, *names: str | None) -> list[str]:
    province, district, ward = names
    return [f.message for f in found(school_year, (province, district, ward))]
