"""Invented students: name, birth, sex, identity number and home, all of a valid form and none of a real person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from random import Random

from server.demo.names import FEMALE, MALE, invented_name
from shared.catalogues.units_2023 import PROVINCES

Place = tuple[str, str, str]  # province, district, ward

HOME_PROVINCE = "Thành phố Hải Phòng"
_DISTRICTS = {
    "Quận Lê Chân": 22, "Quận Ngô Quyền": 16, "Quận Hồng Bàng": 12, "Quận Hải An": 12, "Quận Kiến An": 10,
    "Huyện An Dương": 9, "Huyện Thuỷ Nguyên": 8, "Quận Dương Kinh": 5, "Huyện An Lão": 3, "Huyện Kiến Thuỵ": 3,
}  # fmt: skip
_ELSEWHERE = ("Tỉnh Hải Dương", "Tỉnh Quảng Ninh", "Tỉnh Thái Bình", "Tỉnh Nam Định", "Tỉnh Bắc Giang")
_PREFIXES = {"031": 90, "030": 3, "022": 2, "034": 2, "036": 1, "001": 1, "024": 1}
_ETHNIC = {"Kinh": 985, "Tày": 5, "Nùng": 3, "Mường": 4, "Hoa": 3}
_ISSUER = "Cục Cảnh sát QLHC về TTXH"


@dataclass(frozen=True, slots=True)
class Person:
    """A student before anything is entered."""

    name: str
    sex: str
    born: dt.date
    national_id: str
    home: Place


@dataclass
class Register:
    """Hands out identity numbers and student codes, each once."""

    numbers: set[str] = field(default_factory=set)
    codes: int = 0

    def national_id(self, dice: Random, sex: str, born: dt.date) -> str:
        """An unused number: province of birth, century and sex, year, six digits."""
        prefix = dice.choices(list(_PREFIXES), list(_PREFIXES.values()))[0]
        start = prefix + str(2 * (born.year // 100 - 19) + (sex != MALE)) + f"{born:%y}"
        number = f"{start}{dice.randrange(1_000_000):06}"
        while number in self.numbers:
            number = f"{start}{dice.randrange(1_000_000):06}"
        self.numbers.add(number)
        return number

    def student_code(self, school_number: int) -> str:
        """The next code, ten digits as text, in the manner of the ministry's codes."""
        self.codes += 1
        return f"31{school_number:03}{self.codes:05}"


def dice_of(*names: object) -> Random:
    """The dice of one thing: the same names always fall the same way."""
    return Random("/".join(map(str, names)))  # noqa: S311  invented data, no secret


@cache
def wards_of(province: str) -> Mapping[str, tuple[str, ...]]:
    """District → wards of a province."""
    lines = (line.partition(":") for line in PROVINCES[province].split("\n"))
    return {district: tuple(wards.split(",")) for district, _, wards in lines}


def invented_home(dice: Random) -> Place:
    """A home, nearly always in the city of the guide."""
    if dice.random() < 0.96:
        province, district = HOME_PROVINCE, dice.choices(list(_DISTRICTS), list(_DISTRICTS.values()))[0]
    else:
        province = dice.choice(_ELSEWHERE)
        district = dice.choice(list(wards_of(province)))
    return province, district, dice.choice(wards_of(province)[district])


def invented_person(dice: Random, register: Register, birth_year: int, sex: str | None = None) -> Person:
    """A student of a cohort; a few are a year older."""
    sex = sex or dice.choices((FEMALE, MALE), (53, 47))[0]
    year = birth_year if dice.random() < 0.97 else birth_year - 1
    born = dt.date(year, 1, 1) + dt.timedelta(days=dice.randrange(365))
    return Person(invented_name(dice, sex), sex, born, register.national_id(dice, sex, born), invented_home(dice))


def profile_cells(dice: Random, person: Person) -> dict[str, str]:
    """The person's profile as a school has entered it; the fields that the guide requires are all there."""
    province, district, ward = person.home
    return {
        "full_name": person.name,
        "national_id": person.national_id,
        "birth_date": person.born.isoformat(),
        "sex": person.sex,
        "student_status": "Đang học",
        "ethnic_group": dice.choices(list(_ETHNIC), list(_ETHNIC.values()))[0],
        "nationality": "Việt Nam",
        "residence.province": province,
        "residence.district": district,
        "residence.ward": ward,
        "residence.street": _street(dice, ward),
        "sessions_a_week": "6 buổi/tuần",
        **_optional_cells(dice, person),
    }


def _street(dice: Random, ward: str) -> str:
    return f"Thôn {dice.randint(1, 9)}" if ward.startswith("Xã ") else f"Tổ dân phố số {dice.randint(1, 20)}"


def _optional_cells(dice: Random, person: Person) -> dict[str, str]:
    cells: dict[str, str] = {}
    if dice.random() < 0.6:
        issued = dt.date(2021, 3, 1) + dt.timedelta(days=dice.randrange(500))
        cells |= {"id_card": person.national_id, "id_card_date": issued.isoformat(), "id_card_place": _ISSUER}
    if dice.random() < 0.8:
        cells["youth_union"] = "Có"
    if dice.random() < 0.15:
        cells["eye_disease"] = "Cận thị"
    return cells
