"""Which list of administrative units a school year goes by."""

from __future__ import annotations

from enum import StrEnum


class Edition(StrEnum):
    """A list of administrative units, by when it was in force."""

    MID_2023 = "2023"  # three levels: 63 provinces, 705 districts
    JANUARY_2025 = "2025-01"  # three levels, after the mergers of 2023 and 2024
    JULY_2025 = "2025-07"  # two levels: 34 provinces (QĐ 19/2025/QĐ-TTg)


def two_levels(school_year: str) -> bool:
    """Whether a school year (`2025-2026`) knows provinces and wards only: units in force from 1 July 2025."""
    return int(school_year[:4]) >= 2025


def editions_of(school_year: str) -> tuple[Edition, ...]:
    """The lists whose names are good in a school year, the preferred one first; units were merged from late 2023 on."""
    if two_levels(school_year):
        return (Edition.JULY_2025,)
    if int(school_year[:4]) >= 2023:
        return (Edition.MID_2023, Edition.JANUARY_2025)
    return (Edition.MID_2023,)
