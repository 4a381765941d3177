"""Commands about whole classes: the list, progress (2.4), completion (2.3), the school's stage."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import Any

from kqht.cli import Result
from kqht.doors import class_named, client
from kqht.shown import table
from shared.columns import Period
from shared.records import Lock, block_title
from shared.sync_api import ClassSummary
from shared.times import local_time


def classes(given: argparse.Namespace) -> Result:
    """The classes I may open, with lock state and progress."""
    with client() as api:
        found = api.classes(given.school, given.year)
    lines = table(
        ("Lớp", "Năm học", "Sĩ số", "Hồ sơ", "GĐ 1", "GĐ 2", "Đã khóa"),
        [
            (s.key.name, s.key.school_year, s.total, s.profile_done, s.stage1_done, s.stage2_done, _locks(s.locks))
            for s in found
        ],
    )
    return Result({"classes": [_summary(s) for s in found]}, lines if found else ["Chưa được cấp quyền lớp nào."])


def _locks(locks: Iterable[Lock]) -> str:
    return ", ".join(lock.title for lock in locks) or "chưa"


def _summary(summary: ClassSummary) -> dict[str, Any]:
    return {
        **_progress(summary),
        "school": summary.key.school,
        "school_year": summary.key.school_year,
        "rights": sorted(summary.rights),
        "locks": [_lock(lock) for lock in summary.locks],
    }


def _lock(lock: Lock) -> dict[str, str]:
    return {"grade": lock.grade, "period": lock.period.value, "at": lock.at, "by": lock.by}


def _progress(summary: ClassSummary) -> dict[str, Any]:
    return {
        "class": summary.key.name,
        "total": summary.total,
        "profile_done": summary.profile_done,
        "profile_missing": summary.total - summary.profile_done,
        "stage1_done": summary.stage1_done,
        "stage1_missing": summary.total - summary.stage1_done,
        "stage2_done": summary.stage2_done,
        "stage2_missing": summary.total - summary.stage2_done,
    }


def progress(given: argparse.Namespace) -> Result:
    """The guide's table 2.4, its total first."""
    with client() as api:
        if not given.school and api.me().school is None:
            return _department(api.request("GET", "/progress")["schools"])
        found = [_progress(summary) for summary in api.progress(given.school, given.year)]
    numbers = [name for name in _progress_header() if name != "class"]
    total = {"class": "Tổng khối 12", **{name: sum(row[name] for row in found) for name in numbers}}
    rows = [[i, *(row[name] for name in _progress_header())] for i, row in enumerate([total, *found], 1)]
    lines = [
        "Cập nhật thông tin cá nhân | Điểm 3 khối: giai đoạn 1 | giai đoạn 2 (đã hoàn thành, chưa hoàn thành)",
        *table(("STT", *_progress_header().values()), rows),
    ]
    return Result({"total": total, "classes": found}, lines)


def _department(schools: list[dict[str, Any]]) -> Result:
    """The same by school, for a department."""
    names = ("classes", "total", "profile_done", "stage1_done", "stage2_done")
    rows = [(s["code"], s["name"], s["school_year"], *(s[name] for name in names)) for s in schools]
    header = ("Mã", "Trường", "Năm học", "Lớp", "Học sinh", "Hồ sơ đủ", "GĐ1 đủ", "GĐ2 đủ")
    return Result({"schools": schools}, [*table(header, rows), "Một trường: kqht progress --school MÃ"])


def _progress_header() -> dict[str, str]:
    return {
        "class": "Lớp",
        "total": "Tổng số",
        "profile_done": "HS đã",
        "profile_missing": "HS chưa",
        "stage1_done": "GĐ1 đã",
        "stage1_missing": "GĐ1 chưa",
        "stage2_done": "GĐ2 đã",
        "stage2_missing": "GĐ2 chưa",
    }


def complete(given: argparse.Namespace) -> Result:
    """Xét hoàn thành: lock a block; refused with the list of what is missing."""
    with client() as api:
        key = class_named(api, given.school_class, given)
        lock = api.complete(key, given.grade, Period(given.period))
    document = {"class": given.school_class, "locked": _lock(lock)}
    return Result(document, [f"✔ Đã khóa {lock.title} của lớp {given.school_class} lúc {local_time(lock.at)}."])


def reopen(given: argparse.Namespace) -> Result:
    """Mở khóa a block for a reason that is kept."""
    period = Period(given.period)
    with client() as api:
        key = class_named(api, given.school_class, given)
        found = api.reopen(key, given.grade, period, given.reason)
    block = block_title(given.grade, period)
    return Result({"class": given.school_class, **found}, [f"✔ Đã mở khóa {block} của lớp {given.school_class}."])


def stage(given: argparse.Namespace) -> Result:
    """Set the stage that the school is in: which blanks of grade 12 are errors."""
    with client() as api:
        school = given.school or api.me().school
        api.request("PUT", f"/schools/{school}/stage", {"stage": int(given.stage)}, school_year=given.year)
    return Result({"stage": int(given.stage)}, [f"✔ Trường đang ở giai đoạn {given.stage}."])
