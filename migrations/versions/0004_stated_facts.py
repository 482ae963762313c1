"""Numbers that reports state in prose.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stated_facts",
        sa.Column("version_id", sa.BigInteger(), nullable=False, comment="The version"),
        sa.Column("position", sa.SmallInteger(), nullable=False, comment="Order in the report, from 1"),
        sa.Column(
            "quantity",
            sa.Text(),
            nullable=False,
            comment="What it counts: docs/reading-reports.md lists them",
        ),
        sa.Column(
            "value", sa.Numeric(), nullable=False, comment="The number as printed, in the unit printed"
        ),
        sa.Column(
            "raw", sa.Text(), nullable=False, comment="The number as printed, or the words that say zero"
        ),
        sa.Column(
            "unit",
            sa.Text(),
            nullable=True,
            comment="Unit as printed; null for none, and for zero in words",
        ),
        sa.Column(
            "qualifier",
            sa.Text(),
            nullable=True,
            comment="Words that make it approximate; null where it is exact",
        ),
        sa.Column(
            "period",
            sa.Text(),
            nullable=True,
            comment="year, previous_year, cumulative, part_of_year, other_year; null where it is not sure",
        ),
        sa.Column(
            "period_raw", sa.Text(), nullable=True, comment="The words that say its time; null where none do"
        ),
        sa.Column(
            "whose",
            sa.Text(),
            nullable=True,
            comment="Organs or area that the sentence names, as printed",
        ),
        sa.Column(
            "part_of", sa.Text(), nullable=True, comment="Quantity of the sentence that it is a part of"
        ),
        sa.Column(
            "section",
            sa.SmallInteger(),
            nullable=True,
            comment="Number of its chapter; null where there is none",
        ),
        sa.Column("sentence", sa.Text(), nullable=False, comment="Its sentence in full"),
        sa.Column(
            "place",
            sa.Integer(),
            nullable=False,
            comment="Chapter, counted from 0; in a report without any the block of the document",
        ),
        sa.Column(
            "start", sa.Integer(), nullable=False, comment="Where in its text the number stands, from 0"
        ),
        sa.CheckConstraint(
            "period IN ('year', 'previous_year', 'cumulative', 'part_of_year', 'other_year')",
            name=op.f("ck_stated_facts_period"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["report_versions.id"], name=op.f("fk_stated_facts_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "position", name=op.f("pk_stated_facts")),
        comment="Numbers that a report states in prose, with their sentences; never cells",
    )
    op.create_index("ix_stated_facts_quantity", "stated_facts", ["quantity"])


def downgrade() -> None:
    op.drop_table("stated_facts")
