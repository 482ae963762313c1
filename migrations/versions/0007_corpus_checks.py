"""What the checks over the corpus say, and people's verdicts on findings.

Revision ID: 0007
Revises: 0006
"""

# ruff: noqa: E501 (a comment on a column stays on one line)

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

CHECK_RESULTS = """
CREATE VIEW check_results AS
SELECT c.report_id, c.rule, p.at, c.status, NULLIF(c.reason, '') AS reason, c.version_id, c.other_version_id
FROM corpus_checks c
JOIN report_versions v ON v.id = c.version_id AND v.report_id = c.report_id AND v.is_current
LEFT JOIN report_versions o ON o.id = c.other_version_id
CROSS JOIN LATERAL unnest(c.places) AS p (at)
WHERE c.other_version_id IS NULL OR o.is_current
"""
CHECK_RESULTS_COMMENTS = {
    None: "What the checks over the corpus say, one place a row, while the versions compared are current",
    "report_id": "The report",
    "rule": "Identity that was checked",
    "at": "Address of a cell, a table, or name of a field",
    "status": "pass, fail, uncertain or not_assessable",
    "reason": "Why it is uncertain or not assessable",
    "version_id": "The version checked",
    "other_version_id": "Version of the year before that it was compared with, if any",
}

# N1 and T1 are checked when a report is read and again over the corpus, which knows more: where that was
# done, its result counts.
ALL_FINDINGS = """
CREATE VIEW all_findings AS
SELECT
    f.report_id || '-' || f.rule || '-' || left(encode(f.digest, 'hex'), 6) AS key,
    f.report_id, f.version_id, f.rule, f.severity, f.status, f.reason, f.at, f.left_value, f.right_value,
    f.message, f.operands, f.digest, w.verdict, w.note, w.person, w.given_at
FROM (
    SELECT v.report_id, f.version_id, f.rule, f.severity,
        CASE WHEN f.severity <> 'info' OR f.rule = 'N1' THEN 'fail' END AS status, NULL AS reason,
        f.at, f.left_value, f.right_value, f.message, NULL::jsonb AS operands, f.digest
    FROM findings f
    JOIN report_versions v ON v.id = f.version_id AND v.is_current
    WHERE f.rule NOT IN ('N1', 'T1') OR NOT EXISTS (
        SELECT FROM corpus_checks c
        WHERE c.report_id = v.report_id AND c.rule = f.rule AND c.version_id = f.version_id
    )
    UNION ALL
    SELECT c.report_id, c.version_id, c.rule, c.severity, c.status, c.reason, c.at, c.left_value,
        c.right_value, c.message, c.operands, c.digest
    FROM corpus_findings c
    JOIN report_versions v ON v.id = c.version_id AND v.report_id = c.report_id AND v.is_current
    LEFT JOIN report_versions o ON o.id = c.other_version_id
    WHERE c.other_version_id IS NULL OR o.is_current
) f
LEFT JOIN LATERAL (
    SELECT w.verdict, w.note, w.person, w.given_at FROM verdicts w
    WHERE w.report_id = f.report_id AND w.rule = f.rule AND w.at = f.at AND w.digest = f.digest
    ORDER BY w.id DESC LIMIT 1
) w ON w.verdict <> 'reopened'
"""
ALL_FINDINGS_COMMENTS = {
    None: "Every finding of the current versions, within and between reports, with the verdict that applies",
    "key": "What goicrawl findings calls it: report, rule and digest",
    "report_id": "The report",
    "version_id": "Its version",
    "rule": "Identity or rule",
    "severity": "error, warning or info",
    "status": "fail, or uncertain: something known may explain it; null for a note, which contradicts nothing",
    "reason": "What may explain it",
    "at": "Address of a cell, a table, or name of a field",
    "left_value": "Left side of the identity",
    "right_value": "Right side of the identity",
    "message": "In words",
    "operands": "The cells of all reports concerned; null where they are all of this one",
    "digest": "Digest of rule, place and operand values",
    "verdict": "accepted or dismissed by a person, for these very values; null if by nobody",
    "note": "Why, in the person's words",
    "person": "Who said so",
    "given_at": "When",
}

VIEWS = {
    "check_results": (CHECK_RESULTS, CHECK_RESULTS_COMMENTS),
    "all_findings": (ALL_FINDINGS, ALL_FINDINGS_COMMENTS),
}


def upgrade() -> None:
    op.add_column(
        "findings",
        sa.Column(
            "digest",
            sa.LargeBinary(),
            nullable=True,
            comment="Digest of rule, place and operand values: what a verdict is about",
        ),
    )
    op.create_check_constraint(op.f("ck_findings_digest"), "findings", "octet_length(digest) = 16")
    op.create_index(
        "ix_findings_undigested", "findings", ["version_id"], postgresql_where=sa.text("digest IS NULL")
    )
    op.create_table(
        "check_runs",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False, comment="Key"),
        sa.Column(
            "started_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="Begin",
        ),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True, comment="End; null until then"),
        sa.Column(
            "regions",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="What was asked for; empty: everything",
        ),
        sa.Column("rules", postgresql.ARRAY(sa.Text()), nullable=False, comment="Rules that were checked"),
        sa.Column(
            "checks_version",
            sa.Text(),
            nullable=False,
            comment="The checks that ran: version and digest of sources",
        ),
        sa.Column("reports", sa.Integer(), nullable=True, comment="How many reports were checked"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_runs")),
        comment="Runs of goicrawl check; no end: under way or killed",
    )
    op.create_table(
        "corpus_checks",
        sa.Column("report_id", sa.BigInteger(), nullable=False, comment="The report"),
        sa.Column("rule", sa.Text(), nullable=False, comment="Identity that was checked"),
        sa.Column("status", sa.Text(), nullable=False, comment="pass, fail, uncertain or not_assessable"),
        sa.Column(
            "reason",
            sa.Text(),
            nullable=False,
            comment="Why it is uncertain or not assessable; empty for pass and fail",
        ),
        sa.Column(
            "places",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="Cells, tables or fields of which it is so",
        ),
        sa.Column("version_id", sa.BigInteger(), nullable=False, comment="The version checked"),
        sa.Column(
            "other_version_id",
            sa.BigInteger(),
            nullable=True,
            comment="Version of the year before that it was compared with, if any",
        ),
        sa.Column("run_id", sa.Integer(), nullable=False, comment="The run that first said so"),
        sa.CheckConstraint(
            "status IN ('pass', 'fail', 'uncertain', 'not_assessable')", name=op.f("ck_corpus_checks_status")
        ),
        sa.CheckConstraint("cardinality(places) > 0", name=op.f("ck_corpus_checks_places")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_corpus_checks_report_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["report_versions.id"], name=op.f("fk_corpus_checks_version_id")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["check_runs.id"], name=op.f("fk_corpus_checks_run_id")),
        sa.PrimaryKeyConstraint("report_id", "rule", "status", "reason", name=op.f("pk_corpus_checks")),
        comment="What the checks over the corpus say of each report; by place: the view check_results",
    )
    op.create_table(
        "corpus_findings",
        sa.Column("report_id", sa.BigInteger(), nullable=False, comment="The report"),
        sa.Column("rule", sa.Text(), nullable=False, comment="Identity that fails"),
        sa.Column("at", sa.Text(), nullable=False, comment="Address of a cell, a table, or name of a field"),
        sa.Column("severity", sa.Text(), nullable=False, comment="error, warning or info"),
        sa.Column(
            "status", sa.Text(), nullable=False, comment="fail, or uncertain: something known may explain it"
        ),
        sa.Column("reason", sa.Text(), nullable=True, comment="What may explain it"),
        sa.Column("left_value", sa.Numeric(), nullable=True, comment="Left side of the identity"),
        sa.Column("right_value", sa.Numeric(), nullable=True, comment="Right side of the identity"),
        sa.Column("message", sa.Text(), nullable=False, comment="In words"),
        sa.Column(
            "operands",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="The cells: role, report_id, version_id, report_year, body, address, raw, kind, value",
        ),
        sa.Column(
            "digest",
            sa.LargeBinary(),
            nullable=False,
            comment="Digest of rule, place and operand values: what a verdict is about",
        ),
        sa.Column("version_id", sa.BigInteger(), nullable=False, comment="The version checked"),
        sa.Column(
            "other_version_id",
            sa.BigInteger(),
            nullable=True,
            comment="Version of the year before that it was compared with, if any",
        ),
        sa.Column("run_id", sa.Integer(), nullable=False, comment="The run that first said so"),
        sa.CheckConstraint(
            "severity IN ('error', 'warning', 'info')", name=op.f("ck_corpus_findings_severity")
        ),
        sa.CheckConstraint("status IN ('fail', 'uncertain')", name=op.f("ck_corpus_findings_status")),
        sa.CheckConstraint("octet_length(digest) = 16", name=op.f("ck_corpus_findings_digest")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_corpus_findings_report_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["report_versions.id"], name=op.f("fk_corpus_findings_version_id")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["check_runs.id"], name=op.f("fk_corpus_findings_run_id")),
        sa.PrimaryKeyConstraint("report_id", "rule", "at", name=op.f("pk_corpus_findings")),
        comment="What does not hold together between reports, with the cells it was said from",
    )
    op.create_index("ix_corpus_findings_rule", "corpus_findings", ["rule"])
    op.create_table(
        "verdicts",
        sa.Column(
            "id",
            sa.BigInteger(),
            sa.Identity(always=False),
            nullable=False,
            comment="Key; of several on the same values the highest counts",
        ),
        sa.Column("report_id", sa.BigInteger(), nullable=False, comment="The report"),
        sa.Column("rule", sa.Text(), nullable=False, comment="Rule of the finding"),
        sa.Column("at", sa.Text(), nullable=False, comment="Place of the finding"),
        sa.Column(
            "digest",
            sa.LargeBinary(),
            nullable=False,
            comment="Digest of the finding, as findings have it",
        ),
        sa.Column(
            "verdict", sa.Text(), nullable=False, comment="accepted, dismissed, or reopened: taken back"
        ),
        sa.Column("note", sa.Text(), nullable=False, comment="Why, in the person's words"),
        sa.Column("person", sa.Text(), nullable=False, comment="Who said so"),
        sa.Column(
            "given_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When",
        ),
        sa.Column("message", sa.Text(), nullable=False, comment="What the finding said then"),
        sa.CheckConstraint(
            "verdict IN ('accepted', 'dismissed', 'reopened')", name=op.f("ck_verdicts_verdict")
        ),
        sa.CheckConstraint("octet_length(digest) = 16", name=op.f("ck_verdicts_digest")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_verdicts_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdicts")),
        comment="What people say of findings; it goes with the values a finding is about",
    )
    op.create_index("ix_verdicts_report_id_rule_at", "verdicts", ["report_id", "rule", "at"])
    for name, (definition, comments) in VIEWS.items():
        op.execute(definition)
        for column, words in comments.items():
            target = f"VIEW {name}" if column is None else f"COLUMN {name}.{column}"
            quoted = words.replace("'", "''")
            op.execute(f"COMMENT ON {target} IS '{quoted}'")


def downgrade() -> None:
    for name in reversed(VIEWS):
        op.execute(f"DROP VIEW {name}")
    for name in ("verdicts", "corpus_findings", "corpus_checks", "check_runs"):
        op.drop_table(name)
    op.drop_index("ix_findings_undigested", table_name="findings", postgresql_where=sa.text("digest IS NULL"))
    op.drop_column("findings", "digest")
