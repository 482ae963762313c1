"""Page and attachment as one report: which files were fetched beside a page, and what was read from which.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

CELLS = """
CREATE VIEW cells AS
SELECT
    v.report_id,
    t.version_id,
    v.is_current,
    a.address,
    COALESCE(
        t.raws ->> l.place::text,
        n.value::text,
        CASE WHEN substr(t.kinds, l.place, 1) = 's' THEN '/' ELSE '' END
    ) AS raw,
    CASE
        WHEN n.value IS NOT NULL THEN 'number'
        WHEN t.kinds IS NULL THEN 'blank'
        ELSE CASE substr(t.kinds, l.place, 1) WHEN 's' THEN 'slash' WHEN 't' THEN 'text' ELSE 'blank' END
    END AS kind,
    n.value,
    t.units ->> l.place::text AS unit,
    ARRAY[p.grids[l.place]::integer, p.rows[l.place], p.columns[l.place]::integer] AS at{more}
FROM table_cells t
JOIN report_versions v ON v.id = t.version_id
JOIN layout_cells l ON l.layout_id = t.layout_id
JOIN cell_addresses a ON a.id = l.address_id
JOIN placements p ON p.id = t.placement_id
CROSS JOIN LATERAL (
    SELECT COALESCE((t.exact ->> l.place::text)::numeric, t.numbers[l.place]::numeric) AS value
) n
WHERE t.kinds IS NULL OR substr(t.kinds, l.place, 1) <> '-'
"""
CAPTURE = ",\n    COALESCE(t.capture_id, v.capture_id) AS capture_id"
CELLS_COMMENTS = {
    None: "Every cell of every version, one a row, as printed",
    "report_id": "The report",
    "version_id": "The version",
    "is_current": "Whether it is the current version of the report",
    "address": "table.row.column",
    "raw": "Text as printed",
    "kind": "number, blank, slash or text",
    "value": "The number, exact; null unless kind is number. Blank is not zero",
    "unit": "Unit printed inside the cell, if any",
    "at": "Grid, row and column in the document, from 0",
    "capture_id": "The capture of the document that it stands in: the page, or a file that belongs to it",
}


def upgrade() -> None:
    op.create_table(
        "followings",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False, comment="Key"),
        sa.Column("page_capture_id", sa.BigInteger(), nullable=False, comment="The page, as captured"),
        sa.Column(
            "digest", sa.LargeBinary(), nullable=False, comment="Digest of its files: addresses and captures"
        ),
        sa.CheckConstraint("octet_length(digest) = 16", name=op.f("ck_followings_digest")),
        sa.ForeignKeyConstraint(
            ["page_capture_id"], ["captures.id"], name=op.f("fk_followings_page_capture_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_followings")),
        sa.UniqueConstraint("page_capture_id", "digest", name=op.f("uq_followings_page_capture_id_digest")),
        comment="Files fetched because a page held no tables: page and files are one report",
    )
    op.create_table(
        "followed_files",
        sa.Column("following_id", sa.BigInteger(), nullable=False, comment="The following"),
        sa.Column("position", sa.SmallInteger(), nullable=False, comment="Order on the page, from 1"),
        sa.Column("url", sa.Text(), nullable=False, comment="Address that the page gives"),
        sa.Column(
            "capture_id",
            sa.BigInteger(),
            nullable=True,
            comment="The file, as captured; null: it was not fetched",
        ),
        sa.Column("failure", sa.Text(), nullable=True, comment="Why it was not fetched"),
        sa.CheckConstraint(
            "(capture_id IS NULL) <> (failure IS NULL)", name=op.f("ck_followed_files_fetched_or_not")
        ),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"], name=op.f("fk_followed_files_capture_id")),
        sa.ForeignKeyConstraint(
            ["following_id"], ["followings.id"], name=op.f("fk_followed_files_following_id")
        ),
        sa.PrimaryKeyConstraint("following_id", "position", name=op.f("pk_followed_files")),
        comment="The files of a following, fetched or not",
    )
    op.create_index("ix_followed_files_capture_id", "followed_files", ["capture_id"], unique=False)
    op.create_table(
        "version_followings",
        sa.Column("version_id", sa.BigInteger(), nullable=False, comment="The version"),
        sa.Column("following_id", sa.BigInteger(), nullable=False, comment="The following"),
        sa.ForeignKeyConstraint(
            ["following_id"], ["followings.id"], name=op.f("fk_version_followings_following_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["report_versions.id"], name=op.f("fk_version_followings_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "following_id", name=op.f("pk_version_followings")),
        comment="Further sets of files that gave a version's content, beside the one it was read with",
    )
    op.create_index(
        "ix_version_followings_following_id", "version_followings", ["following_id"], unique=False
    )
    op.add_column(
        "report_versions",
        sa.Column(
            "following_id",
            sa.BigInteger(),
            nullable=True,
            comment="The files it was read with; null: the page alone",
        ),
    )
    op.create_foreign_key(
        op.f("fk_report_versions_following_id"), "report_versions", "followings", ["following_id"], ["id"]
    )
    op.create_index("ix_report_versions_following_id", "report_versions", ["following_id"], unique=False)
    op.add_column(
        "report_versions",
        sa.Column(
            "attachment_capture_id",
            sa.BigInteger(),
            nullable=True,
            comment="The file that most of it was read from; null: the page itself",
        ),
    )
    op.create_foreign_key(
        op.f("fk_report_versions_attachment_capture_id"),
        "report_versions",
        "captures",
        ["attachment_capture_id"],
        ["id"],
    )
    op.add_column(
        "table_cells",
        sa.Column(
            "capture_id",
            sa.BigInteger(),
            nullable=True,
            comment="The file that this table was read from; null: the version's own capture",
        ),
    )
    op.create_foreign_key(
        op.f("fk_table_cells_capture_id"), "table_cells", "captures", ["capture_id"], ["id"]
    )
    _make_view(CELLS.format(more=CAPTURE), CELLS_COMMENTS)


def downgrade() -> None:
    before = {column: words for column, words in CELLS_COMMENTS.items() if column != "capture_id"}
    _make_view(CELLS.format(more=""), before)
    op.drop_constraint(op.f("fk_table_cells_capture_id"), "table_cells", type_="foreignkey")
    op.drop_column("table_cells", "capture_id")
    op.drop_constraint(
        op.f("fk_report_versions_attachment_capture_id"), "report_versions", type_="foreignkey"
    )
    op.drop_column("report_versions", "attachment_capture_id")
    op.drop_index("ix_report_versions_following_id", table_name="report_versions")
    op.drop_constraint(op.f("fk_report_versions_following_id"), "report_versions", type_="foreignkey")
    op.drop_column("report_versions", "following_id")
    op.drop_index("ix_version_followings_following_id", table_name="version_followings")
    op.drop_table("version_followings")
    op.drop_index("ix_followed_files_capture_id", table_name="followed_files")
    op.drop_table("followed_files")
    op.drop_table("followings")


def _make_view(definition: str, comments: dict[str | None, str]) -> None:
    op.execute("DROP VIEW cells")
    op.execute(definition)
    for column, words in comments.items():
        target = "VIEW cells" if column is None else f"COLUMN cells.{column}"
        op.execute(f"COMMENT ON {target} IS '{words}'")
