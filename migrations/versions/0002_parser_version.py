"""Which parser made a version, what it was told, and which captures were read again by which parser.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "report_versions",
        sa.Column(
            "parser_version",
            sa.Text(),
            nullable=True,
            comment="The parser that read it so: version and digest of its sources; null before it was kept",
        ),
    )
    op.add_column(
        "report_versions",
        sa.Column(
            "listed_on",
            sa.Date(),
            nullable=True,
            comment="Date that the list page gave and the parser was told, if any",
        ),
    )
    op.create_table(
        "rereadings",
        sa.Column("capture_id", sa.BigInteger(), autoincrement=False, nullable=False, comment="The capture"),
        sa.Column("parser_version", sa.Text(), nullable=False, comment="The parser that read it last"),
        sa.Column(
            "read_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When that was",
        ),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"], name=op.f("fk_rereadings_capture_id")),
        sa.PrimaryKeyConstraint("capture_id", name=op.f("pk_rereadings")),
        comment="Captures that were read again from the archive, and by which parser last",
    )


def downgrade() -> None:
    op.drop_table("rereadings")
    op.drop_column("report_versions", "listed_on")
    op.drop_column("report_versions", "parser_version")
