"""The tables. Every large one begins with the school, its distribution key: a request touches one school only.

Columns are what the service itself must know; the values of a student's sheet are one JSON text, `cells`, by column
key, so that a new subject needs no migration. Times are ISO 8601 texts in UTC.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

CODE = String(64)
AT = String(32)
_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
_OF_CLASS = ["classes.school_id", "classes.class_id"]
# One tree a table: its rows stand in the order of its key, so that a class lies together and a write touches fewer pages.
_BY_KEY = {"sqlite_with_rowid": False}


class Base(DeclarativeBase):
    """The models."""

    metadata = MetaData(naming_convention=_NAMES)


class Department(Base):
    """A department of education: sees its schools, writes in none."""

    __tablename__ = "departments"
    department_id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)


class School(Base):
    """A school, its current school year, and what it is set to where the circular of its programme leaves it open."""

    __tablename__ = "schools"
    school_id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(CODE, unique=True)
    name: Mapped[str] = mapped_column(String(200))
    level: Mapped[str] = mapped_column(String(16))
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.department_id"), index=True)
    school_year: Mapped[str] = mapped_column(String(9))
    least_subjects: Mapped[int | None]  # that a level asks for
    chosen_subjects: Mapped[int | None]  # that a student chooses


class SchoolYear(Base):
    """A school's year and the stage it is in (guide 2.4)."""

    __tablename__ = "school_years"
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.school_id"), primary_key=True)
    school_year: Mapped[str] = mapped_column(String(9), primary_key=True)
    stage: Mapped[int] = mapped_column(default=1)


class SchoolClass(Base):
    """A class of one year; `version` grows with every send that changes something, every lock and every setting."""

    __tablename__ = "classes"
    __table_args__ = (
        UniqueConstraint("school_id", "school_year", "name"),
        ForeignKeyConstraint(["school_id", "school_year"], ["school_years.school_id", "school_years.school_year"]),
        _BY_KEY,
    )
    school_id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(primary_key=True)
    school_year: Mapped[str] = mapped_column(String(9))
    name: Mapped[str] = mapped_column(CODE)
    grade_level: Mapped[str] = mapped_column(String(8))
    version: Mapped[int] = mapped_column(default=0)
    specialised: Mapped[str | None] = mapped_column(CODE)  # the subject of a chuyên class, by key


class ClassCounters(Base):
    """A class's line of the table of progress, kept in the transaction of every change."""

    __tablename__ = "class_summaries"
    __table_args__ = (ForeignKeyConstraint(["school_id", "class_id"], _OF_CLASS), _BY_KEY)
    school_id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(primary_key=True)
    total: Mapped[int] = mapped_column(default=0)
    profile_done: Mapped[int] = mapped_column(default=0)
    stage1_done: Mapped[int] = mapped_column(default=0)
    stage2_done: Mapped[int] = mapped_column(default=0)


class Student(Base):
    """A student's place in a class."""

    __tablename__ = "students"
    __table_args__ = (ForeignKeyConstraint(["school_id", "class_id"], _OF_CLASS), _BY_KEY)
    school_id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(primary_key=True)
    student_code: Mapped[str] = mapped_column(CODE, primary_key=True)
    position: Mapped[int]


class StoredRecord(Base):
    """One student's cells on one sheet, and how many required ones are blank in each block."""

    __tablename__ = "records"
    __table_args__ = (
        ForeignKeyConstraint(
            ["school_id", "class_id", "student_code"],
            ["students.school_id", "students.class_id", "students.student_code"],
        ),
        _BY_KEY,
    )
    school_id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(primary_key=True)
    student_code: Mapped[str] = mapped_column(CODE, primary_key=True)
    sheet: Mapped[str] = mapped_column(String(16), primary_key=True)
    school_year: Mapped[str] = mapped_column(String(9))  # in which the student was in this grade
    version: Mapped[int]
    missing_profile: Mapped[int]
    missing_hk1: Mapped[int]
    missing_hk2: Mapped[int]
    cells: Mapped[str] = mapped_column(Text)


class HistoryRow(Base):
    """The changed cells of one record in one send, before and after. Rows are only ever added."""

    __tablename__ = "history"
    __table_args__ = (
        ForeignKeyConstraint(["school_id", "class_id"], _OF_CLASS),
        _BY_KEY,
    )
    school_id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)  # of the class, after the send
    student_code: Mapped[str] = mapped_column(CODE, primary_key=True)
    sheet: Mapped[str] = mapped_column(String(16), primary_key=True)
    send_id: Mapped[str] = mapped_column(CODE)
    source: Mapped[str] = mapped_column(String(16))
    author: Mapped[str] = mapped_column(CODE)
    at: Mapped[str] = mapped_column(AT)
    changes: Mapped[str] = mapped_column(Text)


class Send(Base):
    """A submission that was carried out, and its receipt, word for word."""

    __tablename__ = "sends"
    __table_args__ = (ForeignKeyConstraint(["school_id", "class_id"], _OF_CLASS), _BY_KEY)
    school_id: Mapped[int] = mapped_column(primary_key=True)
    send_id: Mapped[str] = mapped_column(CODE, primary_key=True)
    class_id: Mapped[int]
    version: Mapped[int]  # of the class, after
    applied: Mapped[int]  # cells written
    author: Mapped[str] = mapped_column(CODE)
    at: Mapped[str] = mapped_column(AT)
    digest: Mapped[str] = mapped_column(String(64))
    receipt: Mapped[str] = mapped_column(Text)


class StoredLock(Base):
    """A completed block of a class."""

    __tablename__ = "locks"
    __table_args__ = (ForeignKeyConstraint(["school_id", "class_id"], _OF_CLASS), _BY_KEY)
    school_id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(primary_key=True)
    grade: Mapped[str] = mapped_column(String(8), primary_key=True)
    period: Mapped[str] = mapped_column(String(8), primary_key=True)
    at: Mapped[str] = mapped_column(AT)
    author: Mapped[str] = mapped_column(CODE)


class LockEvent(Base):
    """A lock or an unlock with its reason. Rows are only ever added."""

    __tablename__ = "lock_events"
    __table_args__ = (ForeignKeyConstraint(["school_id", "class_id"], _OF_CLASS), _BY_KEY)
    school_id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    grade: Mapped[str] = mapped_column(String(8), primary_key=True)
    period: Mapped[str] = mapped_column(String(8), primary_key=True)
    action: Mapped[str] = mapped_column(String(8))  # lock, unlock
    reason: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(CODE)
    at: Mapped[str] = mapped_column(AT)


class StoredAccount(Base):
    """Someone who signs in; a removed account stays, so that its name in the history keeps its meaning."""

    __tablename__ = "accounts"
    account_id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(CODE, unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(16))
    full_name: Mapped[str] = mapped_column(String(200))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.department_id"))
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.school_id"), index=True)
    disabled: Mapped[bool] = mapped_column(default=False)
    removed: Mapped[bool] = mapped_column(default=False)


class StoredRights(Base):
    """What a member of staff may do in a class: the words of `shared.sync_api.RIGHTS`, space-separated."""

    __tablename__ = "rights"
    __table_args__ = (ForeignKeyConstraint(["school_id", "class_id"], _OF_CLASS), _BY_KEY)
    school_id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.account_id"), primary_key=True)
    class_id: Mapped[int] = mapped_column(primary_key=True)
    rights: Mapped[str] = mapped_column(String(100))


class Token(Base):
    """A sign-in: the SHA-256 of its token, never the token itself. Times are seconds since 1970."""

    __tablename__ = "tokens"
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.account_id"), index=True)
    created_at: Mapped[int] = mapped_column(BigInteger)
    expires_at: Mapped[int] = mapped_column(BigInteger)
    revoked: Mapped[bool] = mapped_column(default=False)


class LoginAttempts(Base):
    """Failed sign-ins of one username or from one address (kept as a hash), and until when it has to wait."""

    __tablename__ = "login_attempts"
    subject: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[int] = mapped_column(BigInteger)
    wait_until: Mapped[int] = mapped_column(BigInteger)
