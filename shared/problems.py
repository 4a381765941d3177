"""What can be wrong: a closed list of codes, refusals, issues in cells and findings in sheets. No words stand here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """An error blocks locking and submission; a warning asks for a look; info only tells."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Code(StrEnum):
    """Everything the program can find wrong or refuse; codes are never renamed or used again."""

    # cells of a profile (the ids of the RULEBOOK's list of checks)
    ID_MISSING = "ID_MISSING"
    ID_LEADING_ZERO = "ID_LEADING_ZERO"
    ID_LENGTH = "ID_LENGTH"
    ID_SCI = "ID_SCI"
    ID_DUP_FILE = "ID_DUP_FILE"
    ID_SEX = "ID_SEX"
    ID_CENTURY = "ID_CENTURY"
    ID_YEAR = "ID_YEAR"
    ID_PREFIX = "ID_PREFIX"
    ID_TWO_FIELDS = "ID_TWO_FIELDS"
    ID_FOREIGN = "ID_FOREIGN"
    DOB_TYPE = "DOB_TYPE"
    DOB_SWAP = "DOB_SWAP"
    DOB_RANGE = "DOB_RANGE"
    SEX_VALUE = "SEX_VALUE"
    ETHNIC_VALUE = "ETHNIC_VALUE"
    ADDR_INCOMPLETE = "ADDR_INCOMPLETE"
    ADDR_NOT_IN_CATALOGUE = "ADDR_NOT_IN_CATALOGUE"
    ADDR_NEW_2025 = "ADDR_NEW_2025"
    NAME_FORMAT = "NAME_FORMAT"
    DUP_STUDENT = "DUP_STUDENT"
    PROFILE_MISSING = "PROFILE_MISSING"
    PHONE_LEADING_ZERO = "PHONE_LEADING_ZERO"
    CATALOGUE_VALUE = "CATALOGUE_VALUE"
    DATE_VALUE = "DATE_VALUE"
    TEXT_CHARACTERS = "TEXT_CHARACTERS"
    # scores
    SC_TYPE = "SC_TYPE"
    SC_DECIMAL = "SC_DECIMAL"
    SC_DATE = "SC_DATE"
    SC_X10 = "SC_X10"
    SC_RANGE = "SC_RANGE"
    SC_PRECISION = "SC_PRECISION"
    SC_BLANK_STAGE1 = "SC_BLANK_STAGE1"
    SC_BLANK_STAGE2 = "SC_BLANK_STAGE2"
    SC_EARLY_STAGE2 = "SC_EARLY_STAGE2"
    SC_CN_FORMULA = "SC_CN_FORMULA"
    SC_CN_RETEST = "SC_CN_RETEST"
    SC_TB_CN = "SC_TB_CN"
    SC_TB_FEASIBLE = "SC_TB_FEASIBLE"
    SC_TB_LOW = "SC_TB_LOW"
    SC_SHIFT = "SC_SHIFT"
    SC_SERIES = "SC_SERIES"
    SC_CONSTANT = "SC_CONSTANT"
    SC_COL_SWAP = "SC_COL_SWAP"
    SC_NN_LANG = "SC_NN_LANG"
    SC_NN_CHANGE = "SC_NN_CHANGE"
    GDTX_SUBJECTS = "GDTX_SUBJECTS"
    MH_UNSTUDIED = "MH_UNSTUDIED"
    MH_COUNT = "MH_COUNT"
    EXEMPT = "EXEMPT"
    # ratings
    HL_CODE = "HL_CODE"
    HL_TOO_HIGH = "HL_TOO_HIGH"
    HL_LOWER = "HL_LOWER"
    HL_PROVEN_LOW = "HL_PROVEN_LOW"
    HK_CODE = "HK_CODE"
    HK_CN = "HK_CN"
    RL_CN = "RL_CN"
    NX_CODE = "NX_CODE"
    NX_CN = "NX_CN"
    PROMOTION = "PROMOTION"
    ELIGIBLE_EXAM = "ELIGIBLE_EXAM"
    # the workbook
    MOET_ID = "MOET_ID"
    MOET_ID_DUPLICATE = "MOET_ID_DUPLICATE"
    MOET_ID_UNKNOWN = "MOET_ID_UNKNOWN"
    ROW_MISSING = "ROW_MISSING"
    ROW_IDENTITY = "ROW_IDENTITY"
    TPL_COLUMNS = "TPL_COLUMNS"
    TPL_SHEET = "TPL_SHEET"
    TPL_EXTRA_SHEET = "TPL_EXTRA_SHEET"
    TPL_CLASS = "TPL_CLASS"
    TPL_COUNT = "TPL_COUNT"
    TPL_GHOST = "TPL_GHOST"
    TPL_MERGED = "TPL_MERGED"
    TPL_HIDDEN_ROWS = "TPL_HIDDEN_ROWS"
    TPL_FORMULA_ERR = "TPL_FORMULA_ERR"
    TPL_FORMULA_EMPTY = "TPL_FORMULA_EMPTY"
    # work with the service
    CONFLICT = "CONFLICT"
    LOCKED = "LOCKED"
    FORBIDDEN_CELL = "FORBIDDEN_CELL"
    LOCK_INCOMPLETE = "LOCK_INCOMPLETE"
    SEND_ORDER = "SEND_ORDER"
    SEND_STALE = "SEND_STALE"
    # refusals: the whole request or file
    RULESET = "RULESET"
    FILE_UNREADABLE = "file.unreadable"
    FILE_MISSING = "file.missing"
    FILE_NOT_WRITABLE = "file.not_writable"
    FILE_EXISTS = "file.exists"
    TEMPLATE_FOREIGN = "template.foreign"
    TEMPLATE_OLDER = "template.older"
    TEMPLATE_NEWER = "template.newer"
    TEMPLATE_DAMAGED = "template.damaged"
    CLASS_OTHER = "class.other"
    CLASS_UNKNOWN = "class.unknown"
    SCHOOL_UNKNOWN = "school.unknown"
    ACCOUNT_UNKNOWN = "account.unknown"
    ACCOUNT_EXISTS = "account.exists"
    SEND_UNKNOWN = "send.unknown"
    SEND_REUSED = "send.reused"
    SEND_MALFORMED = "send.malformed"
    NOT_SIGNED_IN = "auth.not_signed_in"
    SIGN_IN_FAILED = "auth.failed"
    SIGN_IN_THROTTLED = "auth.throttled"
    FORBIDDEN = "auth.forbidden"
    NOT_REACHABLE = "service.not_reachable"
    SERVICE_FAILED = "service.failed"
    DATABASE_UNUSABLE = "database.unusable"
    PLACE_UNUSABLE = "file.place_unusable"
    PORT_TAKEN = "service.port_taken"
    NOT_FOUND = "request.not_found"
    REQUEST_INVALID = "request.invalid"
    ALREADY_LOCKED = "lock.already"
    NOT_LOCKED = "lock.not_locked"
    CELL_UNKNOWN = "cell.unknown"
    NOT_IN_CONFLICT = "cell.not_in_conflict"
    OFFER_UNKNOWN = "offer.unknown"
    OFFER_CLOSED = "offer.not_applicable"
    OFFER_OVERLAP = "offer.overlap"


class Refused(Exception):
    """A request that is not carried out: a code of the catalogue and the facts its sentence needs."""

    def __init__(self, code: Code, **params: Any) -> None:
        super().__init__(code.value)
        self.code = code
        self.params: dict[str, Any] = params


@dataclass(frozen=True, slots=True)
class Issue:
    """Something found in one cell of a row, before it has a place on a sheet."""

    code: Code
    column: str | None = None  # the column's key on its sheet
    params: Mapping[str, Any] = field(default_factory=dict)
    suggestion: str | None = None  # as the cell would show it
    severity: Severity | None = None  # when it is not the code's usual one


@dataclass(frozen=True, slots=True)
class Finding:
    """An issue with its place, as the user meets it. `column` is public: `11.mathematics.year`."""

    code: Code
    severity: Severity
    sheet: str  # the title on the tab, empty for the workbook as a whole
    cell: str  # A1 address, empty for a sheet as a whole
    student_code: str | None
    column: str | None
    value: str | None
    message: str
    suggestion: str | None


def offer_id(code: Code, *parts: str) -> str:
    """The name by which an offer is taken; it stays the same while the sheet does."""
    return ":".join((code.value, *parts))
