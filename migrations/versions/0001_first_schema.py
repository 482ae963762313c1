"""The first schema: whom to ask, what was fetched, what the reports say.

Revision ID: 0001
Revises: none
"""

# ruff: noqa: E501 (a comment on a column stays on one line)

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Every cell as it was read, put together from what `table_cells` keeps.
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
    ARRAY[p.grids[l.place]::integer, p.rows[l.place], p.columns[l.place]::integer] AS at
FROM table_cells t
JOIN report_versions v ON v.id = t.version_id
JOIN layout_cells l ON l.layout_id = t.layout_id
JOIN cell_addresses a ON a.id = l.address_id
JOIN placements p ON p.id = t.placement_id
CROSS JOIN LATERAL (SELECT COALESCE((t.exact ->> l.place::text)::numeric, t.numbers[l.place]::numeric) AS value) n
WHERE t.kinds IS NULL OR substr(t.kinds, l.place, 1) <> '-'
"""
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
}


def upgrade() -> None:
    op.create_table(
        "bodies",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False, comment="Key"),
        sa.Column("region_code", sa.Text(), nullable=False, comment="Region the organ belongs to"),
        sa.Column("name", sa.Text(), nullable=False, comment="Full official name"),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            comment="government, office, department, township, subdistrict, other",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bodies")),
        sa.UniqueConstraint("region_code", "name", name=op.f("uq_bodies_region_code_name")),
        comment="Organs that issue reports",
    )
    op.create_index("ix_bodies_name", "bodies", ["name"], unique=False)
    op.create_table(
        "cell_addresses",
        sa.Column(
            "id",
            sa.SmallInteger(),
            sa.Identity(always=False),
            nullable=False,
            comment="Short key, for layouts",
        ),
        sa.Column("address", sa.Text(), nullable=False, comment="table.row.column"),
        sa.Column(
            "table_name",
            sa.Text(),
            nullable=False,
            comment="Table: disclosure, requests, remedies, statistics",
        ),
        sa.Column("row_name", sa.Text(), nullable=False, comment="Row within the table"),
        sa.Column("column_name", sa.Text(), nullable=False, comment="Column within the table"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cell_addresses")),
        sa.UniqueConstraint("address", name=op.f("uq_cell_addresses_address")),
        comment="Every cell that a form has: the only place where a cell's name is written",
    )
    op.create_table(
        "crawls",
        sa.Column("id", sa.Text(), nullable=False, comment="Name of the crawl"),
        sa.Column(
            "started_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When its first visit began",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crawls")),
        comment="Runs of the crawler; a resumed run goes on under the same id",
    )
    op.create_table(
        "forms",
        sa.Column("id", sa.Text(), nullable=False, comment="f2021, f2019, …"),
        sa.Column("name", sa.Text(), nullable=False, comment="The document that sets it"),
        sa.Column("first_year", sa.SmallInteger(), nullable=False, comment="First report year"),
        sa.Column(
            "last_year", sa.SmallInteger(), nullable=True, comment="Last report year; null while in use"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forms")),
        comment="Versions of the report's official form",
    )
    op.create_table(
        "layouts",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False, comment="Key"),
        sa.Column("digest", sa.LargeBinary(), nullable=False, comment="Digest of its addresses in order"),
        sa.Column("table_name", sa.Text(), nullable=False, comment="The table"),
        sa.Column("size", sa.SmallInteger(), nullable=False, comment="How many cells"),
        sa.CheckConstraint("octet_length(digest) = 16", name=op.f("ck_layouts_digest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_layouts")),
        sa.UniqueConstraint("digest", name=op.f("uq_layouts_digest")),
        comment="Ordered cells of one table, shared by the reports that print them; never changed",
    )
    op.create_table(
        "placements",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False, comment="Key"),
        sa.Column("digest", sa.LargeBinary(), nullable=False, comment="Digest of its places in order"),
        sa.Column(
            "grids",
            postgresql.ARRAY(sa.SmallInteger()),
            nullable=False,
            comment="Grid of the document, from 0",
        ),
        sa.Column("rows", postgresql.ARRAY(sa.Integer()), nullable=False, comment="Row of the grid, from 0"),
        sa.Column(
            "columns",
            postgresql.ARRAY(sa.SmallInteger()),
            nullable=False,
            comment="Column of the grid, from 0",
        ),
        sa.CheckConstraint(
            "cardinality(grids) = cardinality(rows) AND cardinality(rows) = cardinality(columns)",
            name=op.f("ck_placements_sizes"),
        ),
        sa.CheckConstraint("octet_length(digest) = 16", name=op.f("ck_placements_digest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placements")),
        sa.UniqueConstraint("digest", name=op.f("uq_placements_digest")),
        comment="Where the cells of a table were printed, shared by the reports that print them alike",
    )
    op.create_table(
        "portals",
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False, comment="Line in portals.csv"),
        sa.Column("region_code", sa.Text(), nullable=True, comment="Code of the region whose portal it is"),
        sa.Column("region_name", sa.Text(), nullable=False, comment="Name of that region"),
        sa.Column("level", sa.Text(), nullable=False, comment="province, prefecture or county"),
        sa.Column("province", sa.Text(), nullable=False, comment="Name of the province"),
        sa.Column("url", sa.Text(), nullable=True, comment="Home page; null where none is known"),
        sa.Column(
            "hosts",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="Hosts it answers under, without www.",
        ),
        sa.Column("family_hint", sa.Text(), nullable=True, comment="A guess at its CMS family"),
        sa.Column(
            "reach", sa.Text(), nullable=True, comment="How a script reached it when the seeds were made"
        ),
        sa.CheckConstraint("level IN ('province', 'prefecture', 'county')", name=op.f("ck_portals_level")),
        sa.PrimaryKeyConstraint("line", name=op.f("pk_portals")),
        comment="Government portals: whom to ask",
    )
    op.create_index("ix_portals_region_code", "portals", ["region_code"], unique=False)
    op.create_index("ix_portals_url", "portals", ["url"], unique=False)
    op.create_table(
        "reference_data",
        sa.Column("name", sa.Text(), nullable=False, comment="registry or forms"),
        sa.Column(
            "fingerprint", sa.Text(), nullable=False, comment="SHA-256 of the data they were filled from"
        ),
        sa.Column(
            "loaded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When they were filled",
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_reference_data")),
        comment="Which seeds and forms the reference tables were last filled from",
    )
    op.create_table(
        "regions",
        sa.Column("code", sa.Text(), nullable=False, comment="GB/T 2260 code, six digits"),
        sa.Column("since", sa.SmallInteger(), nullable=False, comment="First year with this code and name"),
        sa.Column(
            "until", sa.SmallInteger(), nullable=True, comment="First year no longer valid; null while valid"
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="Name as official in those years"),
        sa.Column("level", sa.Text(), nullable=False, comment="province, prefecture or county"),
        sa.Column("province", sa.Text(), nullable=False, comment="Name of the province it lies in"),
        sa.Column(
            "prefecture", sa.Text(), nullable=True, comment="Name of the prefecture it lies in, if any"
        ),
        sa.Column(
            "successors",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="Codes that took over when it ended",
        ),
        sa.Column("pinyin", sa.Text(), nullable=True, comment="Name in pinyin, to sort by"),
        sa.CheckConstraint("level IN ('province', 'prefecture', 'county')", name=op.f("ck_regions_level")),
        sa.CheckConstraint("until IS NULL OR since < until", name=op.f("ck_regions_years")),
        sa.PrimaryKeyConstraint("code", "since", name=op.f("pk_regions")),
        comment="Administrative divisions under one code and name, with the years they bore them",
    )
    op.create_index("ix_regions_name", "regions", ["name"], unique=False)
    op.create_table(
        "report_columns",
        sa.Column(
            "line", sa.Integer(), autoincrement=False, nullable=False, comment="Line in report_columns.csv"
        ),
        sa.Column("region_code", sa.Text(), nullable=False, comment="Code of the region"),
        sa.Column(
            "url",
            sa.Text(),
            nullable=True,
            comment="Address of the list; null where only one report is known",
        ),
        sa.Column(
            "scope",
            sa.Text(),
            nullable=False,
            comment="Whose reports it holds: own, office, aggregator, on-parent, subunit",
        ),
        sa.Column("evidence", sa.Text(), nullable=False, comment="How far the address can be trusted"),
        sa.Column("sample_report_url", sa.Text(), nullable=True, comment="Address of one report in it"),
        sa.Column("note", sa.Text(), nullable=True, comment="Anything else"),
        sa.PrimaryKeyConstraint("line", name=op.f("pk_report_columns")),
        comment="Pages known to list a region's annual reports",
    )
    op.create_index("ix_report_columns_region_code", "report_columns", ["region_code"], unique=False)
    op.create_table(
        "form_cells",
        sa.Column("form", sa.Text(), nullable=False, comment="The form"),
        sa.Column("address_id", sa.SmallInteger(), nullable=False, comment="The cell"),
        sa.Column("position", sa.SmallInteger(), nullable=False, comment="Place in printed order, from 1"),
        sa.Column("row_label", sa.Text(), nullable=False, comment="Row label, Chinese"),
        sa.Column("column_label", sa.Text(), nullable=False, comment="Column head, Chinese"),
        sa.Column("english", sa.Text(), nullable=False, comment="Row and column in English"),
        sa.Column("unit", sa.Text(), nullable=True, comment="Unit of the number"),
        sa.Column("value_type", sa.Text(), nullable=False, comment="int, decimal or signed_int"),
        sa.CheckConstraint(
            "value_type IN ('int', 'decimal', 'signed_int')", name=op.f("ck_form_cells_value_type")
        ),
        sa.ForeignKeyConstraint(["address_id"], ["cell_addresses.id"], name=op.f("fk_form_cells_address_id")),
        sa.ForeignKeyConstraint(["form"], ["forms.id"], name=op.f("fk_form_cells_form")),
        sa.PrimaryKeyConstraint("form", "address_id", name=op.f("pk_form_cells")),
        comment="Each form's own words for its cells",
    )
    op.create_index("ix_form_cells_address_id", "form_cells", ["address_id"], unique=False)
    op.create_table(
        "layout_cells",
        sa.Column("layout_id", sa.Integer(), nullable=False, comment="The layout"),
        sa.Column("place", sa.SmallInteger(), nullable=False, comment="Place in the arrays, from 1"),
        sa.Column("address_id", sa.SmallInteger(), nullable=False, comment="The cell"),
        sa.ForeignKeyConstraint(
            ["address_id"], ["cell_addresses.id"], name=op.f("fk_layout_cells_address_id")
        ),
        sa.ForeignKeyConstraint(["layout_id"], ["layouts.id"], name=op.f("fk_layout_cells_layout_id")),
        sa.PrimaryKeyConstraint("layout_id", "place", name=op.f("pk_layout_cells")),
        comment="Which address each place of a layout has",
    )
    op.create_index("ix_layout_cells_address_id", "layout_cells", ["address_id"], unique=False)
    op.create_table(
        "reports",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False, comment="Key"),
        sa.Column("body_id", sa.Integer(), nullable=True, comment="The body that reports"),
        sa.Column("report_year", sa.SmallInteger(), nullable=True, comment="The year reported on"),
        sa.Column(
            "scope",
            sa.Text(),
            nullable=True,
            comment="organ: the body itself; level: a government and its departments; jurisdiction: all below it",
        ),
        sa.Column(
            "url", sa.Text(), nullable=True, comment="Its page, where body, year or scope is not known"
        ),
        sa.Column(
            "region_code",
            sa.Text(),
            nullable=True,
            comment="Region of the body, else of the portal it was found on",
        ),
        sa.CheckConstraint("scope IN ('organ', 'level', 'jurisdiction')", name=op.f("ck_reports_scope")),
        sa.CheckConstraint(
            "(url IS NULL) = (num_nulls(body_id, report_year, scope) = 0)", name=op.f("ck_reports_identity")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_reports_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        comment="One body's annual report on one year, whatever pages it stands on",
    )
    op.create_index(
        "ix_reports_region_code_report_year", "reports", ["region_code", "report_year"], unique=False
    )
    op.create_index("ix_reports_report_year", "reports", ["report_year"], unique=False)
    op.create_index("ix_reports_body_id_report_year", "reports", ["body_id", "report_year"], unique=False)
    op.create_index(
        "uq_reports_identity",
        "reports",
        ["body_id", "report_year", "scope"],
        unique=True,
        postgresql_where=sa.text("url IS NULL"),
    )
    op.create_index(
        "uq_reports_page",
        "reports",
        ["url", "body_id", "report_year", "scope"],
        unique=True,
        postgresql_where=sa.text("url IS NOT NULL"),
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "visits",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False, comment="Key"),
        sa.Column("crawl_id", sa.Text(), nullable=False, comment="The crawl it belongs to"),
        sa.Column("portal_url", sa.Text(), nullable=False, comment="Home page of the portal visited"),
        sa.Column("region_code", sa.Text(), nullable=True, comment="Region whose portal it is"),
        sa.Column(
            "started_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
            comment="Begin",
        ),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True, comment="End; null until then"),
        sa.Column("outcome", sa.Text(), nullable=True, comment="How it ended; null until then"),
        sa.Column(
            "detail", sa.Text(), server_default="", nullable=False, comment="What stood behind the outcome"
        ),
        sa.Column("pages", sa.Integer(), server_default="0", nullable=False, comment="Pages fetched"),
        sa.Column("reports", sa.Integer(), server_default="0", nullable=False, comment="Reports read"),
        sa.CheckConstraint(
            "outcome IN ('ok', 'no_report_column', 'empty_list', 'blocked', 'tls_failure', 'timeout', 'dns_failure', 'gone', 'needs_browser', 'off_site', 'parse_error')",
            name=op.f("ck_visits_outcome"),
        ),
        sa.CheckConstraint("(outcome IS NULL) = (finished_at IS NULL)", name=op.f("ck_visits_finished")),
        sa.CheckConstraint("pages >= 0 AND reports >= 0", name=op.f("ck_visits_counts")),
        sa.ForeignKeyConstraint(["crawl_id"], ["crawls.id"], name=op.f("fk_visits_crawl_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visits")),
        comment="One visit of one portal, the crawl's unit of work. No outcome: under way or killed",
    )
    op.create_index("ix_visits_crawl_id_portal_url", "visits", ["crawl_id", "portal_url"], unique=False)
    op.create_index("ix_visits_portal_url_id", "visits", ["portal_url", "id"], unique=False)
    op.create_table(
        "captures",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False, comment="Key"),
        sa.Column("visit_id", sa.BigInteger(), nullable=True, comment="The visit that fetched it"),
        sa.Column("url", sa.Text(), nullable=False, comment="Address that answered, after redirects"),
        sa.Column(
            "requested_url", sa.Text(), nullable=True, comment="Address asked for; null where it is the same"
        ),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False, comment="When it was served"),
        sa.Column("status", sa.SmallInteger(), nullable=False, comment="HTTP status"),
        sa.Column(
            "headers",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="Headers worth a query, names in lower case; all of them stand in the WARC record",
        ),
        sa.Column("sha256", sa.LargeBinary(), nullable=False, comment="SHA-256 of the body"),
        sa.Column("size", sa.BigInteger(), nullable=False, comment="Length of the body in bytes"),
        sa.Column("warc_file", sa.Text(), nullable=False, comment="WARC file, relative to the archive"),
        sa.Column(
            "warc_offset",
            sa.BigInteger(),
            nullable=False,
            comment="Where its record begins in the file, in bytes",
        ),
        sa.Column(
            "warc_length",
            sa.BigInteger(),
            nullable=False,
            comment="Length of the record in the file, in bytes",
        ),
        sa.CheckConstraint("octet_length(sha256) = 32", name=op.f("ck_captures_sha256")),
        sa.CheckConstraint("status BETWEEN 100 AND 999", name=op.f("ck_captures_status")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_captures_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_captures")),
        comment="Responses as served; the bytes stand in the WARC archive, this is its index",
    )
    op.create_index("ix_captures_sha256", "captures", ["sha256"], unique=False)
    op.create_index("ix_captures_url", "captures", ["url"], unique=False, postgresql_using="hash")
    op.create_index("ix_captures_visit_id", "captures", ["visit_id"], unique=False)
    op.create_table(
        "report_versions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False, comment="Key"),
        sa.Column("report_id", sa.BigInteger(), nullable=False, comment="The report"),
        sa.Column(
            "number",
            sa.SmallInteger(),
            nullable=False,
            comment="Counted from 1 in the order they were stored",
        ),
        sa.Column("is_current", sa.Boolean(), nullable=False, comment="The one to use"),
        sa.Column(
            "cause",
            sa.Text(),
            nullable=False,
            comment="first; published: page changed; source: another page differs; reread: same bytes, read anew",
        ),
        sa.Column(
            "capture_id",
            sa.BigInteger(),
            nullable=False,
            comment="The capture that this version was read from",
        ),
        sa.Column(
            "stored_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was stored",
        ),
        sa.Column(
            "content_digest",
            sa.LargeBinary(),
            nullable=False,
            comment="Digest of what is printed: cells, sections, metadata, form, outcome",
        ),
        sa.Column(
            "reading_digest",
            sa.LargeBinary(),
            nullable=False,
            comment="Digest of everything else read from the bytes",
        ),
        sa.Column(
            "outcome",
            sa.Text(),
            nullable=False,
            comment="complete, partial, attachment_only, image_only, free_text, not_a_report",
        ),
        sa.Column("reasons", postgresql.ARRAY(sa.Text()), nullable=False, comment="Why it is not complete"),
        sa.Column("form", sa.Text(), nullable=True, comment="Form whose tables it uses"),
        sa.Column("title", sa.Text(), nullable=True, comment="Title"),
        sa.Column("issuing_body", sa.Text(), nullable=True, comment="Issuing body, normalised"),
        sa.Column("region_code", sa.Text(), nullable=True, comment="Region code as read"),
        sa.Column("report_year", sa.SmallInteger(), nullable=True, comment="Report year as read"),
        sa.Column("scope", sa.Text(), nullable=True, comment="Scope as read"),
        sa.Column("period_from", sa.Date(), nullable=True, comment="First day reported on"),
        sa.Column("period_to", sa.Date(), nullable=True, comment="Last day reported on"),
        sa.Column("index_number", sa.Text(), nullable=True, comment="Index number as printed"),
        sa.Column("subject_category", sa.Text(), nullable=True, comment="Subject category as printed"),
        sa.Column("issuing_body_printed", sa.Text(), nullable=True, comment="Issuing body as printed"),
        sa.Column("document_number", sa.Text(), nullable=True, comment="Document number as printed"),
        sa.Column("validity", sa.Text(), nullable=True, comment="Validity as printed"),
        sa.Column("written_on", sa.Date(), nullable=True, comment="Date written, as printed"),
        sa.Column("published_on", sa.Date(), nullable=True, comment="Date published, as printed"),
        sa.Column("media_type", sa.Text(), nullable=True, comment="What the bytes were read as"),
        sa.Column("encoding", sa.Text(), nullable=True, comment="Encoding they were read in"),
        sa.Column(
            "attachments",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=True,
            comment="Files linked: url, title, media_type; null if none",
        ),
        sa.CheckConstraint(
            "cause IN ('first', 'published', 'source', 'reread')", name=op.f("ck_report_versions_cause")
        ),
        sa.CheckConstraint(
            "outcome IN ('complete', 'partial', 'attachment_only', 'image_only', 'free_text', 'not_a_report')",
            name=op.f("ck_report_versions_outcome"),
        ),
        sa.CheckConstraint(
            "(period_from IS NULL) = (period_to IS NULL)", name=op.f("ck_report_versions_period")
        ),
        sa.CheckConstraint(
            "octet_length(content_digest) = 16 AND octet_length(reading_digest) = 16",
            name=op.f("ck_report_versions_digests"),
        ),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"], name=op.f("fk_report_versions_capture_id")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_report_versions_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_versions")),
        sa.UniqueConstraint("report_id", "number", name=op.f("uq_report_versions_report_id_number")),
        comment="A report's states, each with all it said; exactly one is current",
    )
    op.create_index("ix_report_versions_capture_id", "report_versions", ["capture_id"], unique=False)
    op.create_index(
        "uq_report_versions_current",
        "report_versions",
        ["report_id"],
        unique=True,
        postgresql_where=sa.text("is_current"),
    )
    op.create_table(
        "findings",
        sa.Column("version_id", sa.BigInteger(), nullable=False, comment="The version"),
        sa.Column("position", sa.SmallInteger(), nullable=False, comment="Order, from 1"),
        sa.Column("rule", sa.Text(), nullable=False, comment="Identity or rule that fails"),
        sa.Column("severity", sa.Text(), nullable=False, comment="error, warning or info"),
        sa.Column("at", sa.Text(), nullable=False, comment="Address of a cell, or name of a field"),
        sa.Column("left_value", sa.Numeric(), nullable=True, comment="Left side of the identity"),
        sa.Column("right_value", sa.Numeric(), nullable=True, comment="Right side of the identity"),
        sa.Column("message", sa.Text(), nullable=False, comment="In words"),
        sa.CheckConstraint("severity IN ('error', 'warning', 'info')", name=op.f("ck_findings_severity")),
        sa.ForeignKeyConstraint(["version_id"], ["report_versions.id"], name=op.f("fk_findings_version_id")),
        sa.PrimaryKeyConstraint("version_id", "position", name=op.f("pk_findings")),
        comment="What a report says that does not hold together",
    )
    op.create_index("ix_findings_rule", "findings", ["rule"], unique=False)
    op.create_table(
        "report_sources",
        sa.Column(
            "id",
            sa.BigInteger(),
            sa.Identity(always=False),
            nullable=False,
            comment="Key; the lowest is the page it was first found on",
        ),
        sa.Column("report_id", sa.BigInteger(), nullable=False, comment="The report"),
        sa.Column("url", sa.Text(), nullable=False, comment="Address of the page"),
        sa.Column(
            "version_id", sa.BigInteger(), nullable=False, comment="The version it showed when last captured"
        ),
        sa.Column("portal_url", sa.Text(), nullable=True, comment="Portal it was found on"),
        sa.Column("list_url", sa.Text(), nullable=True, comment="List it was found in"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_report_sources_report_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["report_versions.id"], name=op.f("fk_report_sources_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_sources")),
        sa.UniqueConstraint("report_id", "url", name=op.f("uq_report_sources_report_id_url")),
        comment="The pages a report stands on, and which version each of them shows",
    )
    op.create_index("ix_report_sources_url", "report_sources", ["url"], unique=False, postgresql_using="hash")
    op.create_index("ix_report_sources_version_id", "report_sources", ["version_id"], unique=False)
    op.create_table(
        "sections",
        sa.Column("version_id", sa.BigInteger(), nullable=False, comment="The version"),
        sa.Column("position", sa.SmallInteger(), nullable=False, comment="Order in the report, from 1"),
        sa.Column("number", sa.SmallInteger(), nullable=False, comment="Its number as printed"),
        sa.Column("heading", sa.Text(), nullable=False, comment="Heading as printed"),
        sa.Column("text", sa.Text(), nullable=False, comment="Prose"),
        sa.ForeignKeyConstraint(["version_id"], ["report_versions.id"], name=op.f("fk_sections_version_id")),
        sa.PrimaryKeyConstraint("version_id", "position", name=op.f("pk_sections")),
        comment="The chapters of a report, tables left out",
    )
    op.create_table(
        "table_cells",
        sa.Column("version_id", sa.BigInteger(), nullable=False, comment="The version"),
        sa.Column("layout_id", sa.Integer(), nullable=False, comment="Which cells these are"),
        sa.Column("placement_id", sa.Integer(), nullable=False, comment="Where on the page they stand"),
        sa.Column(
            "numbers",
            postgresql.ARRAY(sa.Integer()),
            nullable=False,
            comment="The numbers, null where a cell has none or it stands in exact",
        ),
        sa.Column(
            "exact",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=True,
            comment="Numbers that are no 32-bit integers, exactly, by place",
        ),
        sa.Column(
            "kinds",
            sa.Text(),
            nullable=True,
            comment="A letter a cell: . number, b blank, s slash, t text, - absent; null: only numbers and blanks",
        ),
        sa.Column(
            "raws",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=True,
            comment="Printed text by place, where number and kind do not already say it",
        ),
        sa.Column(
            "units",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=True,
            comment="Units printed inside cells, by place",
        ),
        sa.CheckConstraint(
            "kinds ~ '^[-.bst]+$' AND length(kinds) = cardinality(numbers)", name=op.f("ck_table_cells_kinds")
        ),
        sa.CheckConstraint("cardinality(numbers) > 0", name=op.f("ck_table_cells_numbers")),
        sa.ForeignKeyConstraint(["layout_id"], ["layouts.id"], name=op.f("fk_table_cells_layout_id")),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placements.id"], name=op.f("fk_table_cells_placement_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["report_versions.id"], name=op.f("fk_table_cells_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "layout_id", name=op.f("pk_table_cells")),
        comment="The cells of one printed table; the view cells shows them one by one",
    )
    op.create_table(
        "version_captures",
        sa.Column("version_id", sa.BigInteger(), nullable=False, comment="The version"),
        sa.Column("capture_id", sa.BigInteger(), nullable=False, comment="The capture"),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"], name=op.f("fk_version_captures_capture_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["report_versions.id"], name=op.f("fk_version_captures_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "capture_id", name=op.f("pk_version_captures")),
        comment="Further captures that showed a version's content, beside the one it was read from",
    )
    op.create_index("ix_version_captures_capture_id", "version_captures", ["capture_id"], unique=False)
    op.execute(CELLS)
    for column, words in CELLS_COMMENTS.items():
        target = "VIEW cells" if column is None else f"COLUMN cells.{column}"
        op.execute(f"COMMENT ON {target} IS '{words}'")


def downgrade() -> None:
    op.execute("DROP VIEW cells")
    op.drop_index("ix_version_captures_capture_id", table_name="version_captures")
    op.drop_table("version_captures")
    op.drop_table("table_cells")
    op.drop_table("sections")
    op.drop_index("ix_report_sources_version_id", table_name="report_sources")
    op.drop_index("ix_report_sources_url", table_name="report_sources", postgresql_using="hash")
    op.drop_table("report_sources")
    op.drop_index("ix_findings_rule", table_name="findings")
    op.drop_table("findings")
    op.drop_index(
        "uq_report_versions_current", table_name="report_versions", postgresql_where=sa.text("is_current")
    )
    op.drop_index("ix_report_versions_capture_id", table_name="report_versions")
    op.drop_table("report_versions")
    op.drop_index("ix_captures_visit_id", table_name="captures")
    op.drop_index("ix_captures_url", table_name="captures", postgresql_using="hash")
    op.drop_index("ix_captures_sha256", table_name="captures")
    op.drop_table("captures")
    op.drop_index("ix_visits_portal_url_id", table_name="visits")
    op.drop_index("ix_visits_crawl_id_portal_url", table_name="visits")
    op.drop_table("visits")
    op.drop_index(
        "uq_reports_page",
        table_name="reports",
        postgresql_where=sa.text("url IS NOT NULL"),
        postgresql_nulls_not_distinct=True,
    )
    op.drop_index("uq_reports_identity", table_name="reports", postgresql_where=sa.text("url IS NULL"))
    op.drop_index("ix_reports_report_year", table_name="reports")
    op.drop_index("ix_reports_body_id_report_year", table_name="reports")
    op.drop_index("ix_reports_region_code_report_year", table_name="reports")
    op.drop_table("reports")
    op.drop_index("ix_layout_cells_address_id", table_name="layout_cells")
    op.drop_table("layout_cells")
    op.drop_index("ix_form_cells_address_id", table_name="form_cells")
    op.drop_table("form_cells")
    op.drop_index("ix_report_columns_region_code", table_name="report_columns")
    op.drop_table("report_columns")
    op.drop_index("ix_regions_name", table_name="regions")
    op.drop_table("regions")
    op.drop_table("reference_data")
    op.drop_index("ix_portals_url", table_name="portals")
    op.drop_index("ix_portals_region_code", table_name="portals")
    op.drop_table("portals")
    op.drop_table("placements")
    op.drop_table("layouts")
    op.drop_table("forms")
    op.drop_table("crawls")
    op.drop_table("cell_addresses")
    op.drop_index("ix_bodies_name", table_name="bodies")
    op.drop_table("bodies")
