"""Which bodies are one organ over the years, by name and by organisation code; renamed and merged organs.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BODY_COLUMNS = {
    "place": "Its region's code today, one through all changes; of one that is no more: code-year",
    "organ": "Its name without place and joining words, short forms written out: to compare with",
    "line_organ": "The name that the organ bears in the end, after sure renames",
    "subject": "What it is about: the organ's name without words that many organs have",
}
LEVEL_COMMENT = "Level of its region; null where the code is not known"
CODE_COMMENT = "Organisation code that the index number begins with, where its check character holds"

BODY_CODES = """
CREATE VIEW body_codes AS
SELECT r.body_id, b.place, b.line_organ, v.organisation_code AS code,
    count(*) AS reports, min(r.report_year) AS first_year, max(r.report_year) AS last_year,
    min(v.id) AS version_id
FROM report_versions v
JOIN reports r ON r.id = v.report_id
JOIN bodies b ON b.id = r.body_id
WHERE v.is_current AND v.organisation_code IS NOT NULL
GROUP BY r.body_id, b.place, b.line_organ, v.organisation_code
"""
BODY_CODES_COMMENTS = {
    None: "Organisation codes whose check character holds, and the bodies on whose reports they are printed",
    "body_id": "The body",
    "place": "Its place",
    "line_organ": "Name of its organ after sure renames",
    "code": "Organisation code, nine characters (GB 11714)",
    "reports": "How many current versions of its reports print it in their index numbers",
    "first_year": "First report year of those",
    "last_year": "Last report year of those",
    "version_id": "One of these versions, the evidence",
}

SHARED_CODES = r"""
CREATE VIEW shared_codes AS
WITH bearers AS (
    SELECT c.place, c.code, c.line_organ, min(c.body_id) AS body_id,
        min(b.kind) AS kind, max(b.kind) AS other_kind, string_agg(DISTINCT b.subject, '') AS subject,
        array_agg(DISTINCT b.organ) AS organs
    FROM body_codes c
    JOIN bodies b ON b.id = c.body_id
    GROUP BY c.place, c.code, c.line_organ
), pairs AS (
    SELECT a.place, a.code, a.body_id, b.body_id AS other_body_id,
        CASE
            WHEN a.kind <> a.other_kind OR b.kind <> b.other_kind OR a.kind <> b.kind THEN 'different_kinds'
            WHEN EXISTS (
                SELECT FROM organ_successions s
                WHERE s.kind <> 'renamed' AND s.certainty = 'sure' AND (
                    (s.predecessor = ANY (a.organs) AND s.successor = ANY (b.organs))
                    OR (s.predecessor = ANY (b.organs) AND s.successor = ANY (a.organs)))
            ) THEN 'merger'
            WHEN NOT EXISTS (
                SELECT FROM organ_successions s
                WHERE s.kind = 'renamed' AND (
                    (s.predecessor = ANY (a.organs) AND s.successor = ANY (b.organs))
                    OR (s.predecessor = ANY (b.organs) AND s.successor = ANY (a.organs)))
            ) AND NOT EXISTS (
                SELECT FROM regexp_split_to_table(a.subject, '') AS letter
                WHERE letter <> '' AND strpos(b.subject, letter) > 0
            ) THEN 'unrelated_names'
            WHEN a.line_organ NOT LIKE '%' || regexp_replace(b.line_organ, '(.)', '\1%', 'g')
                AND b.line_organ NOT LIKE '%' || regexp_replace(a.line_organ, '(.)', '\1%', 'g')
                AND EXISTS (
                    SELECT FROM bodies ba
                    JOIN reports ra ON ra.body_id = ba.id
                    JOIN bodies bb ON bb.place = b.place AND bb.line_organ = b.line_organ
                    JOIN reports rb ON rb.body_id = bb.id AND rb.report_year = ra.report_year
                    WHERE ba.place = a.place AND ba.line_organ = a.line_organ
                ) THEN 'same_years'
        END AS against
    FROM bearers a
    JOIN bearers b ON b.place = a.place AND b.code = a.code AND a.line_organ < b.line_organ COLLATE "C"
)
SELECT place, code, body_id, other_body_id,
    bool_and(against IS NULL) OVER (PARTITION BY place, code) AS joins,
    against
FROM pairs
"""
SHARED_CODES_COMMENTS = {
    None: "Organs of one place that print one organisation code: one organ, or candidates for it",
    "place": "The place",
    "code": "The organisation code",
    "body_id": "A body of the one organ",
    "other_body_id": "A body of the other organ",
    "joins": "Whether the code makes one organ of all that print it here",
    "against": "Why not: different_kinds, merger, unrelated_names, same_years; null: other pairs do",
}

BODY_LINE = """
CREATE VIEW body_line AS
WITH RECURSIVE named AS (
    SELECT place, line_organ, min(id) AS line FROM bodies GROUP BY place, line_organ
), joined AS (
    SELECT DISTINCT na.line AS a, nb.line AS b
    FROM shared_codes s
    JOIN bodies ba ON ba.id = s.body_id
    JOIN named na ON na.place = ba.place AND na.line_organ = ba.line_organ
    JOIN bodies bb ON bb.id = s.other_body_id
    JOIN named nb ON nb.place = bb.place AND nb.line_organ = bb.line_organ
    WHERE s.joins
), edges AS (
    SELECT a, b FROM joined UNION SELECT b, a FROM joined
), reach AS (
    SELECT a, b FROM edges UNION SELECT reach.a, edges.b FROM reach JOIN edges ON edges.a = reach.b
), by_code AS (
    SELECT a AS line, min(b) AS first FROM reach GROUP BY a
)
SELECT b.id AS body_id, COALESCE(c.first, n.line) AS line_id,
    CASE WHEN c.first IS NULL THEN 'name' ELSE 'code' END AS joined_by
FROM bodies b
JOIN named n ON n.place = b.place AND n.line_organ = b.line_organ
LEFT JOIN by_code c ON c.line = n.line
"""
BODY_LINE_COMMENTS = {
    None: "Which bodies are one organ over the years: those with one line_id",
    "body_id": "The body; every body has one row",
    "line_id": "Line of the organ: the lowest key of its bodies",
    "joined_by": "name: place and sure renames alone; code: an organisation code as well",
}

BODY_SUCCESSIONS = """
CREATE VIEW body_successions AS
SELECT p.id AS predecessor_id, s.id AS successor_id, o.kind, o.certainty, o.since, o.until, o.note
FROM organ_successions o
JOIN bodies p ON p.organ = o.predecessor
JOIN bodies s ON s.organ = o.successor AND s.place = p.place
WHERE o.levels @> ARRAY[p.level]
UNION ALL
SELECT p.id, s.id, 'region_merged', 'sure', g.until, g.until, g.name || ' ended'
FROM regions g
CROSS JOIN LATERAL unnest(g.successors) AS later (code)
JOIN bodies p ON p.place = g.code || '-' || g.until
JOIN bodies s ON s.place = later.code AND s.line_organ = p.line_organ
"""
BODY_SUCCESSIONS_COMMENTS = {
    None: "Bodies of one place of which one followed the other; only sure renames make one line of them",
    "predecessor_id": "The earlier body",
    "successor_id": "The later body",
    "kind": "renamed, merged, split; region_merged: the same organ of a region that took its region over",
    "certainty": "sure, or usual: so in many regions, not in all",
    "since": "First year in which local organs did so; null: no fixed time",
    "until": "Last such year",
    "note": "What is known",
}

VIEWS = {
    "body_codes": (BODY_CODES, BODY_CODES_COMMENTS),
    "shared_codes": (SHARED_CODES, SHARED_CODES_COMMENTS),
    "body_line": (BODY_LINE, BODY_LINE_COMMENTS),
    "body_successions": (BODY_SUCCESSIONS, BODY_SUCCESSIONS_COMMENTS),
}
"""In the order in which they are made: each may use those before it."""


def upgrade() -> None:
    for name, comment in BODY_COLUMNS.items():
        op.add_column("bodies", sa.Column(name, sa.Text(), nullable=True, comment=comment))
    op.add_column("bodies", sa.Column("level", sa.Text(), nullable=True, comment=LEVEL_COMMENT))
    # Until goicrawl fills them in anew each body is an organ of its own.
    op.execute("DELETE FROM reference_data WHERE name = 'bodies'")
    op.execute("UPDATE bodies SET place = region_code, organ = name, line_organ = name, subject = ''")
    for name, comment in BODY_COLUMNS.items():
        op.alter_column("bodies", name, nullable=False, existing_type=sa.Text(), existing_comment=comment)
    op.create_index("ix_bodies_place_line_organ", "bodies", ["place", "line_organ"])
    op.add_column(
        "report_versions",
        sa.Column("organisation_code", sa.Text(), nullable=True, comment=CODE_COMMENT),
    )
    op.create_index(
        "ix_report_versions_organisation_code",
        "report_versions",
        ["organisation_code"],
        postgresql_where=sa.text("organisation_code IS NOT NULL"),
    )
    op.create_table(
        "organ_successions",
        sa.Column(
            "line", sa.Integer(), autoincrement=False, nullable=False, comment="Line in organ_successions.csv"
        ),
        sa.Column("predecessor", sa.Text(), nullable=False, comment="Earlier organ, as in bodies.organ"),
        sa.Column("successor", sa.Text(), nullable=False, comment="Later organ, as in bodies.organ"),
        sa.Column("predecessor_name", sa.Text(), nullable=False, comment="Earlier organ's name in full"),
        sa.Column("successor_name", sa.Text(), nullable=False, comment="Later organ's name in full"),
        sa.Column("kind", sa.Text(), nullable=False, comment="renamed, merged or split"),
        sa.Column(
            "certainty", sa.Text(), nullable=False, comment="sure, or usual: so in many regions, not in all"
        ),
        sa.Column(
            "levels", sa.ARRAY(sa.Text()), nullable=False, comment="Levels of government at which it holds"
        ),
        sa.Column(
            "since",
            sa.SmallInteger(),
            nullable=True,
            comment="First year in which local organs did so; null: no fixed time",
        ),
        sa.Column("until", sa.SmallInteger(), nullable=True, comment="Last such year"),
        sa.Column("note", sa.Text(), nullable=False, comment="What is known"),
        sa.CheckConstraint("kind IN ('renamed', 'merged', 'split')", name=op.f("ck_organ_successions_kind")),
        sa.CheckConstraint("certainty IN ('sure', 'usual')", name=op.f("ck_organ_successions_certainty")),
        sa.PrimaryKeyConstraint("line", name=op.f("pk_organ_successions")),
        comment="Organs renamed, merged and split in the reforms",
    )
    for name, (definition, comments) in VIEWS.items():
        op.execute(definition)
        for column, words in comments.items():
            target = f"VIEW {name}" if column is None else f"COLUMN {name}.{column}"
            op.execute(f"COMMENT ON {target} IS '{words}'")


def downgrade() -> None:
    for name in reversed(VIEWS):
        op.execute(f"DROP VIEW {name}")
    op.drop_table("organ_successions")
    op.drop_index(
        "ix_report_versions_organisation_code",
        table_name="report_versions",
        postgresql_where=sa.text("organisation_code IS NOT NULL"),
    )
    op.drop_column("report_versions", "organisation_code")
    op.drop_index("ix_bodies_place_line_organ", table_name="bodies")
    for name in ("level", *reversed(BODY_COLUMNS)):
        op.drop_column("bodies", name)
