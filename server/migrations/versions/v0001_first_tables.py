"""The first tables, and the triggers that keep history and lock events append-only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_APPEND_ONLY = ("history", "lock_events")


def upgrade() -> None:
    _schools()
    _classes()
    _students()
    _records()
    _history()
    _sends()
    _locks()
    _accounts()
    _sign_ins()
    _append_only(op.get_bind().dialect.name)


def _schools() -> None:
    op.create_table(
        "departments",
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("department_id", name="pk_departments"),
        sa.UniqueConstraint("name", name="uq_departments_name"),
    )
    op.create_table(
        "schools",
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("school_year", sa.String(length=9), nullable=False),
        sa.ForeignKeyConstraint(["department_id"], ["departments.department_id"], name="fk_schools_departments"),
        sa.PrimaryKeyConstraint("school_id", name="pk_schools"),
        sa.UniqueConstraint("code", name="uq_schools_code"),
    )
    op.create_index("ix_schools_department_id", "schools", ["department_id"])
    op.create_table(
        "school_years",
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("school_year", sa.String(length=9), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.school_id"], name="fk_school_years_schools"),
        sa.PrimaryKeyConstraint("school_id", "school_year", name="pk_school_years"),
    )


def _classes() -> None:
    op.create_table(
        "classes",
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("school_year", sa.String(length=9), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("grade_level", sa.String(length=8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "school_year"],
            ["school_years.school_id", "school_years.school_year"],
            name="fk_classes_school_years",
        ),
        sa.PrimaryKeyConstraint("school_id", "class_id", name="pk_classes"),
        sa.UniqueConstraint("school_id", "school_year", "name", name="uq_classes_school_id_school_year_name"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "class_summaries",
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("profile_done", sa.Integer(), nullable=False),
        sa.Column("stage1_done", sa.Integer(), nullable=False),
        sa.Column("stage2_done", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "class_id"], ["classes.school_id", "classes.class_id"], name="fk_class_summaries_classes"
        ),
        sa.PrimaryKeyConstraint("school_id", "class_id", name="pk_class_summaries"),
        sqlite_with_rowid=False,
    )


def _students() -> None:
    op.create_table(
        "students",
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("student_code", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "class_id"], ["classes.school_id", "classes.class_id"], name="fk_students_classes"
        ),
        sa.PrimaryKeyConstraint("school_id", "class_id", "student_code", name="pk_students"),
        sqlite_with_rowid=False,
    )


def _records() -> None:
    op.create_table(
        "records",
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("student_code", sa.String(length=64), nullable=False),
        sa.Column("sheet", sa.String(length=16), nullable=False),
        sa.Column("school_year", sa.String(length=9), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("missing_profile", sa.Integer(), nullable=False),
        sa.Column("missing_hk1", sa.Integer(), nullable=False),
        sa.Column("missing_hk2", sa.Integer(), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "class_id", "student_code"],
            ["students.school_id", "students.class_id", "students.student_code"],
            name="fk_records_students",
        ),
        sa.PrimaryKeyConstraint("school_id", "class_id", "student_code", "sheet", name="pk_records"),
        sqlite_with_rowid=False,
    )


def _history() -> None:
    op.create_table(
        "history",
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("student_code", sa.String(length=64), nullable=False),
        sa.Column("sheet", sa.String(length=16), nullable=False),
        sa.Column("send_id", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("author", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "class_id"], ["classes.school_id", "classes.class_id"], name="fk_history_classes"
        ),
        sa.PrimaryKeyConstraint("school_id", "class_id", "version", "student_code", "sheet", name="pk_history"),
        sqlite_with_rowid=False,
    )


def _sends() -> None:
    op.create_table(
        "sends",
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("send_id", sa.String(length=64), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("applied", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "class_id"], ["classes.school_id", "classes.class_id"], name="fk_sends_classes"
        ),
        sa.PrimaryKeyConstraint("school_id", "send_id", name="pk_sends"),
        sqlite_with_rowid=False,
    )


def _locks() -> None:
    op.create_table(
        "locks",
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(length=8), nullable=False),
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("author", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "class_id"], ["classes.school_id", "classes.class_id"], name="fk_locks_classes"
        ),
        sa.PrimaryKeyConstraint("school_id", "class_id", "grade", "period", name="pk_locks"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "lock_events",
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(length=8), nullable=False),
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("action", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "class_id"], ["classes.school_id", "classes.class_id"], name="fk_lock_events_classes"
        ),
        sa.PrimaryKeyConstraint("school_id", "class_id", "version", "grade", "period", name="pk_lock_events"),
        sqlite_with_rowid=False,
    )


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=64), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("full_name", sa.String(length=200), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["department_id"], ["departments.department_id"], name="fk_accounts_departments"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.school_id"], name="fk_accounts_schools"),
        sa.PrimaryKeyConstraint("account_id", name="pk_accounts"),
        sa.UniqueConstraint("username", name="uq_accounts_username"),
    )
    op.create_index("ix_accounts_school_id", "accounts", ["school_id"])
    op.create_table(
        "rights",
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("rights", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name="fk_rights_accounts"),
        sa.ForeignKeyConstraint(
            ["school_id", "class_id"], ["classes.school_id", "classes.class_id"], name="fk_rights_classes"
        ),
        sa.PrimaryKeyConstraint("school_id", "account_id", "class_id", name="pk_rights"),
        sqlite_with_rowid=False,
    )


def _sign_ins() -> None:
    op.create_table(
        "tokens",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name="fk_tokens_accounts"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_tokens"),
    )
    op.create_index("ix_tokens_account_id", "tokens", ["account_id"])
    op.create_table(
        "login_attempts",
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("wait_until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name="pk_login_attempts"),
    )


def _append_only(dialect: str) -> None:
    if dialect == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )
    for table in _APPEND_ONLY:
        if dialect == "postgresql":
            for events, level in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
                op.execute(
                    f"CREATE TRIGGER {table}_append_only_{level.lower()} BEFORE {events} ON {table} "
                    f"FOR EACH {level} EXECUTE FUNCTION refuse_change()"
                )
        else:
            for change in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_append_only_{change.lower()} BEFORE {change} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
