"""Invented Vietnamese names, and the order in which a class register lists them."""

from __future__ import annotations

import unicodedata
from random import Random

MALE, FEMALE = "Nam", "Nữ"

_SURNAMES = {
    "Nguyễn": 36, "Trần": 11, "Phạm": 10, "Lê": 9, "Vũ": 8, "Đỗ": 5, "Bùi": 5, "Hoàng": 5, "Đặng": 3, "Ngô": 3,
    "Dương": 2, "Đinh": 2, "Đào": 2, "Lương": 2, "Phan": 2, "Trịnh": 2, "Mai": 1, "Cao": 1, "Đoàn": 2, "Tô": 1,
    "Hà": 1, "Lưu": 1, "Tạ": 1, "Khúc": 1, "Vương": 1,
}  # fmt: skip
_MIDDLE_WORDS = {
    MALE: "Văn Đức Minh Quang Hữu Anh Duy Đình Thành Tuấn Xuân Hoàng Gia Việt Trung Tiến Bảo Ngọc Thế Công",
    FEMALE: "Thị Ngọc Thu Phương Minh Khánh Hồng Thùy Thanh Mai Bích Diệu Kim Hải Quỳnh Thảo Lan Hà Như Yến",
}
_GIVEN_WORDS = {
    MALE: (
        "An Anh Bách Bình Cường Dũng Duy Dương Đạt Đăng Đức Hải Hiếu Hiển Hoàng Huy Hùng Hưng Khang Khánh Khoa Kiên "
        "Lâm Long Mạnh Minh Nam Nghĩa Nguyên Nhật Phong Phúc Phước Quân Quang Quyết Sơn Tài Tâm Thái Thành Thắng "
        "Thịnh Tiến Toàn Trung Trường Tuấn Tùng Việt Vinh Vũ"
    ),
    FEMALE: (
        "An Anh Ánh Băng Bình Châu Chi Diệp Dung Duyên Giang Hà Hằng Hạnh Hân Hiền Hoa Hòa Hồng Huệ Huyền Hương "
        "Khanh Lan Lê Liên Linh Loan Ly Mai My Nga Ngân Ngọc Nguyên Nhi Nhung Oanh Phương Phượng Quyên Quỳnh Tâm "
        "Thanh Thảo Thu Thủy Thư Trang Trà Trinh Tú Tuyết Uyên Vân Vy Xuân Yến"
    ),
}
_MIDDLE = {sex: words.split() for sex, words in _MIDDLE_WORDS.items()}
_GIVEN = {sex: words.split() for sex, words in _GIVEN_WORDS.items()}
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_MARKS = "\u0302\u0306\u031b"  # circumflex, breve, horn make another letter; the five tones do not


def invented_name(dice: Random, sex: str) -> str:
    """A full name that fits the sex."""
    surname = dice.choices(list(_SURNAMES), list(_SURNAMES.values()))[0]
    given = dice.choice(_GIVEN[sex])
    middle = dice.choice([word for word in _MIDDLE[sex] if word != given])
    return f"{surname} {middle} {given}"


def register_order(name: str) -> tuple[tuple[tuple[int, ...], str], ...]:
    """The key that sorts names as registers do: given name, middle, surname; letters first, tones after."""
    return tuple((_letters(word), word) for word in reversed(name.split()))


def _letters(word: str) -> tuple[int, ...]:
    decomposed = unicodedata.normalize("NFD", word.casefold())
    bare = "".join(char for char in decomposed if char.isalpha() or char in _MARKS)
    return tuple(_LETTERS.find(char) for char in unicodedata.normalize("NFC", bare))
