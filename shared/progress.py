"""How full a student's record is: blank required cells by lock, and the two stages of the report (guide 2.4)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from shared.cells import fold
from shared.columns import Period
from shared.layout import PROFILE, SheetLayout
from shared.studies import Demands, Study, demands_of, studied_electives, study_of

_CARD_LENGTHS = (9, 12)  # CMND, CCCD
_VIETNAM = ("vietnam", "vn", "vnm")  # folded
_STATE = ("chunghiavietnam", "xhcnvietnam")  # ends of its full name
TOO_FEW = "electives"  # stands among missing keys for electives that nobody has chosen yet
_NOTHING: Mapping[Period | None, frozenset[str]] = {None: frozenset(), **{period: frozenset() for period in Period}}


def is_foreign(cells: Mapping[str, str]) -> bool:
    """Whether a nationality other than Vietnamese is written in a profile; a blank one counts as Vietnamese."""
    nationality = cells.get("nationality")
    if nationality is None or nationality == "Việt Nam":
        return False
    folded = fold(nationality)
    return folded not in _VIETNAM and not folded.endswith(_STATE)


def missing_keys(
    layout: SheetLayout, cells: Mapping[str, str], study: Study | None = None
) -> Mapping[Period | None, frozenset[str]]:
    """The required cells that are blank, by the lock that covers them (guide 2.4); the profile's stand under None.

    A cell that holds the reason of its blank is not missing (RULEBOOK 6.4).
    """
    if layout.key == PROFILE:
        blank = _required_profile(layout).difference(cells)
        return {**_NOTHING, None: blank if "national_id" in cells else _without_number(blank, cells)}
    study = study or study_of(layout)
    if study.excused:
        return _NOTHING
    demands = demands_of(study.programme)
    if not demands.elective:
        return {None: frozenset(), **{period: keys.difference(cells) for period, keys in demands.everyone.items()}}
    return _with_electives(demands, study, cells)


def _with_electives(demands: Demands, study: Study, cells: Mapping[str, str]) -> Mapping[Period | None, frozenset[str]]:
    own = studied_electives(study, cells)
    too_few = study.electives is None and len(set(own) & set(demands.counted)) < study.programme.chosen
    found: dict[Period | None, frozenset[str]] = {None: frozenset()}
    for period, keys in demands.everyone.items():
        wanted = keys.union(*(demands.elective[subject][period] for subject in own))
        found[period] = wanted.difference(cells) | ({TOO_FEW} if too_few else frozenset())
    return found


@cache
def _required_profile(layout: SheetLayout) -> frozenset[str]:
    return frozenset(column.key for column in layout.stored if column.required)


def _without_number(blank: frozenset[str], cells: Mapping[str, str]) -> frozenset[str]:
    """A card's number stands for the personal number; a foreigner shows a passport instead (guide 2.1)."""
    card = cells.get("id_card", "")
    if card.isdecimal() and len(card) in _CARD_LENGTHS:
        return blank - {"national_id"}
    if is_foreign(cells):
        blank = blank - {"national_id"}
        return blank if "passport" in cells else blank | {"passport"}
    return blank


def missing(layout: SheetLayout, cells: Mapping[str, str], study: Study | None = None) -> dict[Period | None, int]:
    """How many required cells are blank, by the lock that covers them; the profile's stand under None."""
    return {period: len(keys) for period, keys in missing_keys(layout, cells, study).items()}


def stage1_done(
    missing10: Mapping[Period | None, int],
    missing11: Mapping[Period | None, int],
    missing12: Mapping[Period | None, int],
) -> bool:
    """Stage 1 of a student: grades 10 and 11 whole and HK I of grade 12 (guide 2.4)."""
    return not (any(missing10.values()) or any(missing11.values()) or missing12[Period.HK1])


def stage2_done(missing12: Mapping[Period | None, int]) -> bool:
    """Stage 2 of a student: HK II and the year of grade 12 (guide 2.4)."""
    return not missing12[Period.HK2]
