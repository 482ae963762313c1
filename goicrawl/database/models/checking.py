"""Tables of the checks over the corpus, and of what people say of findings."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Numeric,
    Text,
    func,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from goicrawl.checks.results import STATUSES
from goicrawl.database.models.base import Base, BigKey, one_of
from goicrawl.database.models.reports import SEVERITIES

VERDICTS = ("accepted", "dismissed", "reopened")
"""The finding is right; it is none, the report is as it should be; what was said before is taken back."""


class CheckRun(Base):
    __tablename__ = "check_runs"
    __table_args__ = ({"comment": "Runs of goicrawl check; no end: under way or killed"},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True, comment="Key")
    started_at: Mapped[datetime] = mapped_column(server_default=func.now(), comment="Begin")
    finished_at: Mapped[datetime | None] = mapped_column(comment="End; null until then")
    regions: Mapped[list[str]] = mapped_column(ARRAY(Text), comment="What was asked for; empty: everything")
    rules: Mapped[list[str]] = mapped_column(ARRAY(Text), comment="Rules that were checked")
    checks_version: Mapped[str] = mapped_column(comment="The checks that ran: version and digest of sources")
    reports: Mapped[int | None] = mapped_column(Integer, comment="How many reports were checked")


class CorpusCheck(Base):
    """Compact: a report has one row for each rule, status and reason, with all the places it is so."""

    __tablename__ = "corpus_checks"
    __table_args__ = (
        one_of("status", STATUSES),
        CheckConstraint("cardinality(places) > 0", name="places"),
        {"comment": "What the checks over the corpus say of each report; by place: the view check_results"},
    )

    report_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True, comment="The report"
    )
    rule: Mapped[str] = mapped_column(primary_key=True, comment="Identity that was checked")
    status: Mapped[str] = mapped_column(primary_key=True, comment="pass, fail, uncertain or not_assessable")
    reason: Mapped[str] = mapped_column(
        primary_key=True, comment="Why it is uncertain or not assessable; empty for pass and fail"
    )
    places: Mapped[list[str]] = mapped_column(
        ARRAY(Text), comment="Cells, tables or fields of which it is so"
    )
    version_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("report_versions.id"), comment="The version checked"
    )
    other_version_id: Mapped[int | None] = mapped_column(
        BigInteger, comment="Version of the year before that it was compared with, if any"
    )
    run_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("check_runs.id"), comment="The run that first said so"
    )


class CorpusFinding(Base):
    __tablename__ = "corpus_findings"
    __table_args__ = (
        one_of("severity", SEVERITIES),
        one_of("status", ("fail", "uncertain")),
        CheckConstraint("octet_length(digest) = 16", name="digest"),
        Index("ix_corpus_findings_rule", "rule"),
        {"comment": "What does not hold together between reports, with the cells it was said from"},
    )

    report_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True, comment="The report"
    )
    rule: Mapped[str] = mapped_column(primary_key=True, comment="Identity that fails")
    at: Mapped[str] = mapped_column(
        primary_key=True, comment="Address of a cell, a table, or name of a field"
    )
    severity: Mapped[str] = mapped_column(comment="error, warning or info")
    status: Mapped[str] = mapped_column(comment="fail, or uncertain: something known may explain it")
    reason: Mapped[str | None] = mapped_column(comment="What may explain it")
    left_value: Mapped[Decimal | None] = mapped_column(Numeric, comment="Left side of the identity")
    right_value: Mapped[Decimal | None] = mapped_column(Numeric, comment="Right side of the identity")
    message: Mapped[str] = mapped_column(comment="In words")
    operands: Mapped[Any] = mapped_column(
        JSONB, comment="The cells: role, report_id, version_id, report_year, body, address, raw, kind, value"
    )
    digest: Mapped[bytes] = mapped_column(
        LargeBinary, comment="Digest of rule, place and operand values: what a verdict is about"
    )
    version_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("report_versions.id"), comment="The version checked"
    )
    other_version_id: Mapped[int | None] = mapped_column(
        BigInteger, comment="Version of the year before that it was compared with, if any"
    )
    run_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("check_runs.id"), comment="The run that first said so"
    )


class Verdict(Base):
    """Never changed and never removed: a new verdict is a new row; the newest on the same values counts."""

    __tablename__ = "verdicts"
    __table_args__ = (
        one_of("verdict", VERDICTS),
        CheckConstraint("octet_length(digest) = 16", name="digest"),
        Index("ix_verdicts_report_id_rule_at", "report_id", "rule", "at"),
        {"comment": "What people say of findings; it goes with the values a finding is about"},
    )

    id: Mapped[BigKey] = mapped_column(comment="Key; of several on the same values the highest counts")
    report_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("reports.id"), comment="The report")
    rule: Mapped[str] = mapped_column(comment="Rule of the finding")
    at: Mapped[str] = mapped_column(comment="Place of the finding")
    digest: Mapped[bytes] = mapped_column(LargeBinary, comment="Digest of the finding, as findings have it")
    verdict: Mapped[str] = mapped_column(comment="accepted, dismissed, or reopened: taken back")
    note: Mapped[str] = mapped_column(comment="Why, in the person's words")
    person: Mapped[str] = mapped_column(comment="Who said so")
    given_at: Mapped[datetime] = mapped_column(server_default=func.now(), comment="When")
    message: Mapped[str] = mapped_column(comment="What the finding said then")


__all__ = ["VERDICTS", "CheckRun", "CorpusCheck", "CorpusFinding", "Verdict"]
