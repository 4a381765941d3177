"""What a class and a school may be set to: the subject of a chuyên class, and numbers that a circular leaves open."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("classes", sa.Column("specialised", sa.String(length=64), nullable=True))
    op.add_column("schools", sa.Column("least_subjects", sa.Integer(), nullable=True))
    op.add_column("schools", sa.Column("chosen_subjects", sa.Integer(), nullable=True))
