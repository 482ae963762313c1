"""Bodies that are perhaps meant: by pages that do not say surely whose report they hold, by short forms.

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

POSSIBLE_BODIES = """
CREATE VIEW possible_bodies AS
SELECT v.report_id, v.id AS version_id, c.region_code, c.name, c.why, b.id AS body_id
FROM report_candidates c
JOIN report_versions v ON v.id = c.version_id AND v.is_current
JOIN reports r ON r.id = v.report_id
LEFT JOIN bodies b ON b.organ = c.organ AND b.region_code LIKE
    COALESCE(c.region_code, regexp_replace(r.region_code, '(00)+$', '') || '%', '%')
"""
POSSIBLE_BODIES_COMMENTS = {
    None: "Whose report it may be, where that is in doubt: candidates, and which of them are known bodies",
    "report_id": "The report",
    "version_id": "Its current version",
    "region_code": "Region of the candidate; null: any region, of the portal where that is known",
    "name": "Full name of the candidate; without a place where the region is null",
    "why": "several_regions bear the name; level_above; lower_levels; region_not_said",
    "body_id": "A known body of this region and organ; null where there is none",
}

BODY_CANDIDATES = """
CREATE VIEW body_candidates AS
SELECT b.id AS body_id, o.organ, f.id AS candidate_id, 'short_form' AS why
FROM bodies b
CROSS JOIN LATERAL unnest(b.stands_for) AS o (organ)
LEFT JOIN bodies f ON f.place = b.place AND f.organ = o.organ AND f.id <> b.id
UNION ALL
SELECT p.body_id, o.line_organ, o.id, COALESCE(s.against, 'code_of_many')
FROM shared_codes s
CROSS JOIN LATERAL (VALUES (s.body_id, s.other_body_id), (s.other_body_id, s.body_id)) AS p (body_id, other)
JOIN bodies o ON o.id = p.other
WHERE NOT s.joins
"""
BODY_CANDIDATES_COMMENTS = {
    None: "Bodies that may be one organ with another and are not joined to it",
    "body_id": "The body",
    "organ": "Name of the organ that it may be",
    "candidate_id": "A known body of that organ in its place; null where there is none",
    "why": "short_form; one organisation code and what speaks against it; code_of_many: others print it",
}

VIEWS = {
    "possible_bodies": (POSSIBLE_BODIES, POSSIBLE_BODIES_COMMENTS),
    "body_candidates": (BODY_CANDIDATES, BODY_CANDIDATES_COMMENTS),
}


def upgrade() -> None:
    op.add_column(
        "bodies",
        sa.Column(
            "stands_for",
            postgresql.ARRAY(sa.Text()),
            server_default=sa.text("'{}'::text[]"),
            nullable=False,
            comment="Organs of which its name may be the short form; empty where it is none",
        ),
    )
    op.create_table(
        "report_candidates",
        sa.Column("version_id", sa.BigInteger(), nullable=False, comment="The version"),
        sa.Column("position", sa.SmallInteger(), nullable=False, comment="Order, from 1"),
        sa.Column(
            "region_code", sa.Text(), nullable=True, comment="Region of the candidate; null: any region"
        ),
        sa.Column(
            "name",
            sa.Text(),
            nullable=False,
            comment="Its full name; without a place where the region is null",
        ),
        sa.Column(
            "organ",
            sa.Text(),
            nullable=False,
            comment="The organ's name without place, as in bodies.organ",
        ),
        sa.Column(
            "why",
            sa.Text(),
            nullable=False,
            comment="several_regions bear the name; level_above; lower_levels; region_not_said",
        ),
        sa.CheckConstraint(
            "why IN ('several_regions', 'level_above', 'lower_levels', 'region_not_said')",
            name=op.f("ck_report_candidates_why"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["report_versions.id"], name=op.f("fk_report_candidates_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "position", name=op.f("pk_report_candidates")),
        comment="Bodies that a version may be of, where its page does not say surely which",
    )
    op.create_index("ix_report_candidates_region_code_name", "report_candidates", ["region_code", "name"])
    # The bodies stored so far get their short forms' full ones the next time anything is stored.
    op.execute("DELETE FROM reference_data WHERE name = 'bodies'")
    for name, (definition, comments) in VIEWS.items():
        op.execute(definition)
        for column, words in comments.items():
            target = f"VIEW {name}" if column is None else f"COLUMN {name}.{column}"
            op.execute(f"COMMENT ON {target} IS '{words}'")


def downgrade() -> None:
    for name in reversed(VIEWS):
        op.execute(f"DROP VIEW {name}")
    op.drop_index("ix_report_candidates_region_code_name", table_name="report_candidates")
    op.drop_table("report_candidates")
    op.drop_column("bodies", "stands_for")
