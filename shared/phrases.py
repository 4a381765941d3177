"""The parts of sentences that depend on what was found, in Vietnamese: what `messages.py` puts in its gaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shared.columns import Term

TERM_WORDS = {Term.SEMESTER_1: "học kỳ I", Term.SEMESTER_2: "học kỳ II", Term.YEAR: "cả năm"}

# names (checks.json: NAME_FORMAT)
LEGACY_LETTERS = "có vẻ viết bằng bảng mã cũ (TCVN3, VNI)"
DIGITS = "có chữ số"
STRANGE_LETTERS = "có ký tự lạ"
SMALL_INITIALS = "có chữ đầu viết thường"
MIXED_CAPITALS = "viết hoa lẫn lộn"

FOREIGNER_WITHOUT_PASSPORT = "Học sinh quốc tịch nước ngoài chưa có số hộ chiếu."
ONLY_PASSPORT = "Học sinh quốc tịch Việt Nam chỉ có số hộ chiếu, chưa có số định danh."
LANGUAGE_MISSING = "Có điểm ngoại ngữ nhưng chưa ghi Môn ngoại ngữ."
CONDUCT_CODE = " (T là mã hạnh kiểm, có thể các ô bị lệch cột)"
LOST_CELL = "mất một ô, các ô sau dồn sang trái"
EXTRA_CELL = "thừa một ô, các ô sau bị đẩy sang phải"
SEMESTERS_SWAPPED = "đổi cột HK1 với HK2"
RISING, FALLING = "tăng", "giảm"


BLANK = "(trống)"  # a blank cell in a sentence


def length_of(number: str) -> str:
    """How long a number is, and whether something else stands among its digits."""
    digits = sum(char.isdecimal() for char in number)
    return f"{digits} chữ số" if digits == len(number) else f"{digits} chữ số lẫn với ký tự khác"


def perhaps_lost_zero(number: str) -> str:
    """What a number of eight digits may have been: an identity card's, without its first 0."""
    return f" Nếu là CMND mất số 0 ở đầu thì số đúng là {number}."


def either(words: Iterable[str]) -> str:
    """`8.4 hoặc 8.5`."""
    return " hoặc ".join(words)


def perhaps(name: str | None) -> str:
    """A name to suggest, or nothing."""
    return f" Có phải “{name}”?" if name else ""


def perhaps_scores(scores: Iterable[str]) -> str:
    """The scores that a cell may have been."""
    return f" Có thể là {either(scores)}."


def other_changes(ways: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Other single cells that would satisfy a formula, by header: `HK1` with `6.8` and `6.9`."""
    changes = [f"{header} thành {either(scores)}" for header, scores in ways if scores]
    return f" (hoặc sửa {', hoặc '.join(changes)})" if changes else ""


def unknown_language(name: str) -> str:
    """A language that the catalogue does not have."""
    return f"Môn ngoại ngữ {name} không có trong danh mục."


def constant_column(score: str, column: str) -> str:
    """A column in which the whole class has one score."""
    return f"Cả lớp cùng điểm {score} ở cột {column}."


def same_columns(column: str, other: str) -> str:
    """Two columns alike."""
    return f"Cột {column} giống hệt cột {other}."


def swapped_columns(term: str, subject: str) -> str:
    """A term's columns of two subjects exchanged."""
    return f"đổi cột {term} với môn {subject}"


RESIDENCE_PARTS = ("tỉnh, huyện, xã", "tỉnh, xã")  # with districts, and since there are none
NO_DISTRICTS = "nhưng từ 01/7/2025 không còn cấp huyện. Hãy để trống ô này"
NO_WARDS = "nhưng trước 01/7/2025 nơi này là huyện không có xã. Hãy để trống ô này"
_ADDRESS_CELLS = ("Tỉnh/TP", "Quận/Huyện", "Phường/Xã", "Thôn/Số nhà")
_MOST_NAMES = 5  # more units than these help nobody choose


def ward_lies_in(ward: str, districts: Iterable[str]) -> str:
    """Where the catalogue has a ward."""
    return f" Theo danh mục, {ward} thuộc {either(districts)}."


def write_full_name(unit: str) -> str:
    """A unit that is known by a fuller name."""
    return f"chưa đúng tên đầy đủ trong danh mục hành chính. Hãy ghi “{unit}”"


def perhaps_one_of(names: Sequence[str]) -> str:
    """Names of which one may be meant, or nothing."""
    return f" Có phải {either(f'“{name}”' for name in names)}?" if 0 < len(names) <= _MOST_NAMES else ""


def not_in_catalogue(within: str, units: Sequence[str], hint: str) -> str:
    """A unit that is not known, within one that is."""
    place = f" của {within}" if within else ""
    return f"không có trong danh mục hành chính{place}.{perhaps_one_of(units)}{hint} Hãy ghi đủ tên như trong danh mục"


def _choose(names: Sequence[str]) -> str:
    return f" {either(f'“{name}”' for name in names)}" if 0 < len(names) <= _MOST_NAMES else ""


def new_unit(olds: Sequence[str]) -> str:
    """A unit of July 2025 in an earlier year, and what it was before."""
    return f"là đơn vị hành chính lập từ 01/7/2025, không dùng cho năm học này. Hãy ghi tên cũ{_choose(olds)}"


def other_home(unit: str) -> str:
    """A province or district that a ward of July 2025 was not in before."""
    return f"nhưng trước 01/7/2025 nơi này không thuộc đơn vị đó. Hãy ghi “{unit}”"


def old_unit(news: Sequence[str]) -> str:
    """A unit of before July 2025, and what it became."""
    return f"là đơn vị hành chính trước 01/7/2025. Hãy ghi tên mới{_choose(news)}"


def misplaced(names: Sequence[str | None], street: str | None, *, whole: bool) -> str:
    """An address that is understood and stands in the wrong cells: what each cell should hold."""
    cells = ", ".join(
        f"{cell} “{name}”" for cell, name in zip(_ADDRESS_CELLS, (*names, street), strict=True) if name is not None
    )
    what = "là cả địa chỉ trong một ô" if whole else "có vẻ nhầm ô"
    return f"{what}. Hãy ghi {cells}"


def average_short(level: str, least: str, found: str) -> str:
    """TB môn below what a rating asks."""
    return f"{level} cần TB môn ≥ {least}, TB môn là {found}"


def one_of_short(level: str, subjects: Iterable[str], least: str, found: str) -> str:
    """None of the main subjects at what a rating asks."""
    return f"{level} cần một trong các môn {', '.join(subjects)} ≥ {least}, cao nhất là {found}"


def subjects_short(level: str, least: str, found: Iterable[str]) -> str:
    """Subjects below the floor of a rating."""
    return f"{level} cần mọi môn ≥ {least}: {', '.join(found)}"


def comments_short(level: str, subjects: Iterable[str], allowed: int = 0) -> str:
    """Comment subjects that are not passed."""
    wanted = f"không quá {allowed} môn nhận xét CĐ" if allowed else "mọi môn đánh giá bằng nhận xét xếp loại Đ"
    return f"{level} cần {wanted}: {', '.join(subjects)} CĐ"


def special_short(level: str, least: str, found: str) -> str:
    """The subject of a chuyên class below what a rating asks."""
    return f"{level} của lớp chuyên cần môn chuyên ≥ {least}: {found}"


def count_short(level: str, least: int, mark: str, found: int) -> str:
    """Too few subjects at the mark of a level."""
    return f"{level} cần ít nhất {least} môn ≥ {mark}, mới có {found} môn"


def met(average: str, main: str | None, lowest: str) -> str:
    """How a rating is reached: TB môn, the best of the main subjects, the lowest subject."""
    return ", ".join(part for part in (f"TB môn {average}", main, f"môn thấp nhất {lowest}") if part)


def met_count(count: int, mark: str, lowest: str) -> str:
    """How a level is reached: how many subjects reach its mark, the lowest subject."""
    return f"{count} môn ≥ {mark}, môn thấp nhất {lowest}"


def lifted(subject: str) -> str:
    """A rating that is lifted because one subject alone had lowered it."""
    return f"; được nâng một mức vì chỉ do một môn {subject} mà bị xuống"


def no_unlisted_below(average: str, floor: str) -> str:
    """No subject outside the report can lie below a floor."""
    return f"với TB môn {average}, không môn ngoài báo cáo nào có thể dưới {floor}"


AFTER_TRAINING = " Nếu là kết quả sau rèn luyện trong hè thì giữ và ghi lý do, ví dụ “Đ (rèn luyện hè)”."
AFTER_RETEST = " Nếu là kết quả kiểm tra lại trong hè thì giữ và ghi lý do, ví dụ “Đ (kiểm tra lại)”."
ALL_REPORTED = "mọi môn đều có trong báo cáo"
UNLISTED = "các môn không báo cáo (Tin học, Công nghệ, GDQP-AN, Thể dục)"
UNRATED_CONDUCT = "Nếu học viên không xếp loại hạnh kiểm, hãy ghi lý do vào ô, ví dụ “Miễn: tự học có hướng dẫn”."
OTHER_PROGRAMME = " ({code} là mã của chương trình khác)"


def reason_given(reason: str) -> str:
    """The reason recorded beside an unusual value."""
    return f" Lý do đã ghi: {reason}."


def cells_words(cells: Sequence[str]) -> str:
    """Some cells by name, the first few."""
    shown = ", ".join(cells[:4])
    return f"{shown} và {len(cells) - 4} ô khác" if len(cells) > 4 else shown


def not_chosen(chosen: Iterable[str]) -> str:
    """A subject that the student did not choose."""
    return f"học sinh không học môn này (môn lựa chọn: {', '.join(chosen) or BLANK})"


def not_in_programme(circular: str) -> str:
    """A subject of another programme than the student's."""
    return f"môn này không có trong chương trình của học sinh ({circular})"


SOURCE_WORDS = {
    "abroad": "kết quả học ở nước ngoài",
    "individual": "học theo kế hoạch giáo dục cá nhân",
    "transferred": "học bạ chuyển đến",
}
DOSSIERS = {"school": "Trường", "class": "Lớp", "student": "Học sinh", "result": "KQHT"}


def study_place(grade: str, *, chosen: bool) -> str:
    """Where the profile says how a grade was studied."""
    return f"cột {'Môn lựa chọn' if chosen else 'Năm học'} của lớp {grade}"


def electives_found(names: Sequence[str]) -> str:
    """The electives that have results."""
    return f"Có {len(names)} môn lựa chọn có kết quả ({', '.join(names)})" if names else "Chưa có môn lựa chọn nào"


def electives_named(names: Sequence[str]) -> str:
    """The electives that the profile names."""
    return f"Ghi {len(names)} môn lựa chọn ({', '.join(names)})"


def outside_ages(youngest: int, oldest: int | None) -> str:
    """The ages that are usual."""
    return f"ngoài khoảng {youngest}–{oldest} tuổi" if oldest else f"dưới {youngest} tuổi"
