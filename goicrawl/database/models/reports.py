"""Tables of the reports: bodies, reports, sources, versions, sections, findings."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
Identity,
    Index,
    Integer,
    LargeBinary,
    Numeric,
    Text,
    UniqueConstraint,
    func,
    text,
)  # fmt: skip
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from goicrawl.database.models.base import Base, BigKey, Code, one_of
from goicrawl.extraction.report import PERIODS, REPORT_OUTCOMES
from goicrawl.registry.body_candidates import WHYS

SCOPES = ("organ", "level", "jurisdiction")
SEVERITIES = ("error", "warning", "info")
CAUSES = ("first", "published", "source", "reread")
"""Why a version was made: the report's first; its page changed; another page says otherwise; the same
bytes were read differently."""


class Body(Base):
    __tablename__ = "bodies"
    __table_args__ = (
        UniqueConstraint("region_code", "name"),
        Index("ix_bodies_name", "name"),
        Index("ix_bodies_place_line_organ", "place", "line_organ"),
        {"comment": "Organs that issue reports"},
    )

    id: Mapped[int] = mapped_column(Integer, Identity(always=False), primary_key=True, comment="Key")
    region_code: Mapped[str] = mapped_column(comment="Region the organ belongs to")
    name: Mapped[str] = mapped_column(comment="Full official name")
    kind: Mapped[str] = mapped_column(comment="government, office, department, township, subdistrict, other")
    place: Mapped[str] = mapped_column(
        comment="Its region's code today, one through all changes; of one that is no more: code-year"
    )
    organ: Mapped[str] = mapped_column(
        comment="Its name without place and joining words, short forms written out: to compare with"
    )
    line_organ: Mapped[str] = mapped_column(
        comment="The name that the organ bears in the end, after sure renames"
    )
    subject: Mapped[str] = mapped_column(
        comment="What it is about: the organ's name without words that many organs have"
    )
    level: Mapped[str | None] = mapped_column(comment="Level of its region; null where the code is not known")
    stands_for: Mapped[list[str]] = mapped_column(
        ARRAY(Text),
        server_default=text("'{}'::text[]"),
        comment="Organs of which its name may be the short form; empty where it is none",
    )


class Report(Base):
    """Identity is body, year and scope where all are known, else the address of the page."""

    __tablename__ = "reports"
    __table_args__ = (
        one_of("scope", SCOPES),
        CheckConstraint("(url IS NULL) = (num_nulls(body_id, report_year, scope) = 0)", name="identity"),
        Index(
            "uq_reports_identity", "body_id", "report_year", "scope", unique=True,
            postgresql_where=text("url IS NULL"),
        ),
        Index(
            "uq_reports_page", "url", "body_id", "report_year", "scope", unique=True,
            postgresql_where=text("url IS NOT NULL"), postgresql_nulls_not_distinct=True,
        ),
        Index("ix_reports_region_code_report_year", "region_code", "report_year"),
        Index("ix_reports_report_year", "report_year"),
        Index("ix_reports_body_id_report_year", "body_id", "report_year"),
        {"comment": "One body's annual report on one year, whatever pages it stands on"},
    )  # fmt: skip

    id: Mapped[BigKey] = mapped_column(comment="Key")
    body_id: Mapped[int | None] = mapped_column(
        Integer, ForeignKey("bodies.id"), comment="The body that reports"
    )
    report_year: Mapped[Code | None] = mapped_column(comment="The year reported on")
    scope: Mapped[str | None] = mapped_column(
        comment="organ: the body itself; level: a government and its departments; jurisdiction: all below it"
    )
    url: Mapped[str | None] = mapped_column(comment="Its page, where body, year or scope is not known")
    region_code: Mapped[str | None] = mapped_column(
        comment="Region of the body, else of the portal it was found on"
    )


class ReportVersion(Base):
    __tablename__ = "report_versions"
    __table_args__ = (
        one_of("outcome", REPORT_OUTCOMES),
        one_of("cause", CAUSES),
        CheckConstraint(
            "octet_length(content_digest) = 16 AND octet_length(reading_digest) = 16", name="digests"
        ),
        CheckConstraint("(period_from IS NULL) = (period_to IS NULL)", name="period"),
        UniqueConstraint("report_id", "number"),
        Index("uq_report_versions_current", "report_id", unique=True, postgresql_where=text("is_current")),
        Index("ix_report_versions_capture_id", "capture_id"),
        Index(
            "ix_report_versions_organisation_code", "organisation_code",
            postgresql_where=text("organisation_code IS NOT NULL"),
        ),
        Index("ix_report_versions_following_id", "following_id"),
        {"comment": "A report's states, each with all it said; exactly one is current"},
    )  # fmt: skip

    id: Mapped[BigKey] = mapped_column(comment="Key")
    report_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("reports.id"), comment="The report")
    number: Mapped[Code] = mapped_column(comment="Counted from 1 in the order they were stored")
    is_current: Mapped[bool] = mapped_column(comment="The one to use")
    cause: Mapped[str] = mapped_column(
        comment="first; published: page changed; source: another page differs; reread: same bytes, read anew"
    )
    capture_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("captures.id"), comment="The capture that this version was read from"
    )
    stored_at: Mapped[datetime] = mapped_column(server_default=func.now(), comment="When it was stored")
    content_digest: Mapped[bytes] = mapped_column(
        LargeBinary, comment="Digest of what is printed: cells, sections, metadata, form, outcome"
    )
    reading_digest: Mapped[bytes] = mapped_column(
        LargeBinary, comment="Digest of everything else read from the bytes"
    )
    outcome: Mapped[str] = mapped_column(
        comment="complete, partial, attachment_only, image_only, free_text, not_a_report"
    )
    reasons: Mapped[list[str]] = mapped_column(ARRAY(Text), comment="Why it is not complete")
    form: Mapped[str | None] = mapped_column(comment="Form whose tables it uses")
    title: Mapped[str | None] = mapped_column(comment="Title")
    issuing_body: Mapped[str | None] = mapped_column(comment="Issuing body, normalised")
    region_code: Mapped[str | None] = mapped_column(comment="Region code as read")
    report_year: Mapped[Code | None] = mapped_column(comment="Report year as read")
    scope: Mapped[str | None] = mapped_column(comment="Scope as read")
    period_from: Mapped[date | None] = mapped_column(comment="First day reported on")
    period_to: Mapped[date | None] = mapped_column(comment="Last day reported on")
    index_number: Mapped[str | None] = mapped_column(comment="Index number as printed")
    subject_category: Mapped[str | None] = mapped_column(comment="Subject category as printed")
    issuing_body_printed: Mapped[str | None] = mapped_column(comment="Issuing body as printed")
    document_number: Mapped[str | None] = mapped_column(comment="Document number as printed")
    validity: Mapped[str | None] = mapped_column(comment="Validity as printed")
    written_on: Mapped[date | None] = mapped_column(comment="Date written, as printed")
    published_on: Mapped[date | None] = mapped_column(comment="Date published, as printed")
    media_type: Mapped[str | None] = mapped_column(comment="What the bytes were read as")
    encoding: Mapped[str | None] = mapped_column(comment="Encoding they were read in")
    attachments: Mapped[Any | None] = mapped_column(
        JSONB, comment="Files linked: url, title, media_type; null if none"
    )
    parser_version: Mapped[str | None] = mapped_column(
        comment="The parser that read it so: version and digest of its sources; null before it was kept"
    )
    listed_on: Mapped[date | None] = mapped_column(
        comment="Date that the list page gave and the parser was told, if any"
    )
    organisation_code: Mapped[str | None] = mapped_column(
        comment="Organisation code that the index number begins with, where its check character holds"
    )
    following_id: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("followings.id"), comment="The files it was read with; null: the page alone"
    )
    attachment_capture_id: Mapped[int | None] = mapped_column(
        BigInteger,
        ForeignKey("captures.id"),
        comment="The file that most of it was read from; null: the page itself",
    )


class ReportSource(Base):
    __tablename__ = "report_sources"
    __table_args__ = (
        UniqueConstraint("report_id", "url"),
        Index("ix_report_sources_url", "url", postgresql_using="hash"),
        Index("ix_report_sources_version_id", "version_id"),
        {"comment": "The pages a report stands on, and which version each of them shows"},
    )

    id: Mapped[BigKey] = mapped_column(comment="Key; the lowest is the page it was first found on")
    report_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("reports.id"), comment="The report")
    url: Mapped[str] = mapped_column(comment="Address of the page")
    version_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("report_versions.id"), comment="The version it showed when last captured"
    )
    portal_url: Mapped[str | None] = mapped_column(comment="Portal it was found on")
    list_url: Mapped[str | None] = mapped_column(comment="List it was found in")


class VersionCapture(Base):
    __tablename__ = "version_captures"
    __table_args__ = (
        Index("ix_version_captures_capture_id", "capture_id"),
        {"comment": "Further captures that showed a version's content, beside the one it was read from"},
    )

    version_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("report_versions.id"), primary_key=True, comment="The version"
    )
    capture_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("captures.id"), primary_key=True, comment="The capture"
    )


class Section(Base):
    __tablename__ = "sections"
    __table_args__ = ({"comment": "The chapters of a report, tables left out"},)

    version_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("report_versions.id"), primary_key=True, comment="The version"
    )
    position: Mapped[Code] = mapped_column(primary_key=True, comment="Order in the report, from 1")
    number: Mapped[Code] = mapped_column(comment="Its number as printed")
    heading: Mapped[str] = mapped_column(comment="Heading as printed")
    text: Mapped[str] = mapped_column(comment="Prose")


class StatedFact(Base):
    __tablename__ = "stated_facts"
    __table_args__ = (
        one_of("period", PERIODS),
        Index("ix_stated_facts_quantity", "quantity"),
        {"comment": "Numbers that a report states in prose, with their sentences; never cells"},
    )

    version_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("report_versions.id"), primary_key=True, comment="The version"
    )
    position: Mapped[Code] = mapped_column(primary_key=True, comment="Order in the report, from 1")
    quantity: Mapped[str] = mapped_column(comment="What it counts: docs/reading-reports.md lists them")
    value: Mapped[Decimal] = mapped_column(Numeric, comment="The number as printed, in the unit printed")
    raw: Mapped[str] = mapped_column(comment="The number as printed, or the words that say zero")
    unit: Mapped[str | None] = mapped_column(comment="Unit as printed; null for none, and for zero in words")
    qualifier: Mapped[str | None] = mapped_column(
        comment="Words that make it approximate; null where it is exact"
    )
    period: Mapped[str | None] = mapped_column(
        comment="year, previous_year, cumulative, part_of_year, other_year; null where it is not sure"
    )
    period_raw: Mapped[str | None] = mapped_column(comment="The words that say its time; null where none do")
    whose: Mapped[str | None] = mapped_column(comment="Organs or area that the sentence names, as printed")
    part_of: Mapped[str | None] = mapped_column(comment="Quantity of the sentence that it is a part of")
    section: Mapped[Code | None] = mapped_column(comment="Number of its chapter; null where there is none")
    sentence: Mapped[str] = mapped_column(comment="Its sentence in full")
    place: Mapped[int] = mapped_column(
        Integer, comment="Chapter, counted from 0; in a report without any the block of the document"
    )
    start: Mapped[int] = mapped_column(Integer, comment="Where in its text the number stands, from 0")


class ReportCandidate(Base):
    __tablename__ = "report_candidates"
    __table_args__ = (
        one_of("why", WHYS),
        Index("ix_report_candidates_region_code_name", "region_code", "name"),
        {"comment": "Bodies that a version may be of, where its page does not say surely which"},
    )

    version_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("report_versions.id"), primary_key=True, comment="The version"
    )
    position: Mapped[Code] = mapped_column(primary_key=True, comment="Order, from 1")
    region_code: Mapped[str | None] = mapped_column(comment="Region of the candidate; null: any region")
    name: Mapped[str] = mapped_column(comment="Its full name; without a place where the region is null")
    organ: Mapped[str] = mapped_column(comment="The organ's name without place, as in bodies.organ")
    why: Mapped[str] = mapped_column(
        comment="several_regions bear the name; level_above; lower_levels; region_not_said"
    )


class Finding(Base):
    __tablename__ = "findings"
    __table_args__ = (
        one_of("severity", SEVERITIES),
        CheckConstraint("octet_length(digest) = 16", name="digest"),
        Index("ix_findings_rule", "rule"),
        Index("ix_findings_undigested", "version_id", postgresql_where=text("digest IS NULL")),
        {"comment": "What a report says that does not hold together"},
    )

    version_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("report_versions.id"), primary_key=True, comment="The version"
    )
    position: Mapped[Code] = mapped_column(primary_key=True, comment="Order, from 1")
    rule: Mapped[str] = mapped_column(comment="Identity or rule that fails")
    severity: Mapped[str] = mapped_column(comment="error, warning or info")
    at: Mapped[str] = mapped_column(comment="Address of a cell, or name of a field")
    left_value: Mapped[Decimal | None] = mapped_column(Numeric, comment="Left side of the identity")
    right_value: Mapped[Decimal | None] = mapped_column(Numeric, comment="Right side of the identity")
    message: Mapped[str] = mapped_column(comment="In words")
    digest: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="Digest of rule, place and operand values: what a verdict is about"
    )


__all__ = [
    "Body",
    "Finding",
    "Report",
    "ReportCandidate",
    "ReportSource",
    "ReportVersion",
    "Section",
    "StatedFact",
    "VersionCapture",
]
