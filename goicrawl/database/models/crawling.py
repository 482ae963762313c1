"""Tables of the crawl: crawls, visits of portals, captures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from goicrawl.database.models.base import Base, BigKey, one_of

VISIT_OUTCOMES = (
    "ok", "no_report_column", "empty_list", "blocked", "tls_failure", "timeout", "dns_failure", "gone",
    "needs_browser", "off_site", "parse_error",
)  # fmt: skip
"""How a visit of a portal can end."""


class Crawl(Base):
    __tablename__ = "crawls"
    __table_args__ = ({"comment": "Runs of the crawler; a resumed run goes on under the same id"},)

    id: Mapped[str] = mapped_column(primary_key=True, comment="Name of the crawl")
    started_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), comment="When its first visit began"
    )


class Visit(Base):
    __tablename__ = "visits"
    __table_args__ = (
        one_of("outcome", VISIT_OUTCOMES),
        CheckConstraint("(outcome IS NULL) = (finished_at IS NULL)", name="finished"),
        CheckConstraint("pages >= 0 AND reports >= 0", name="counts"),
        Index("ix_visits_crawl_id_portal_url", "crawl_id", "portal_url"),
        Index("ix_visits_portal_url_id", "portal_url", "id"),
        {"comment": "One visit of one portal, the crawl's unit of work. No outcome: under way or killed"},
    )

    id: Mapped[BigKey] = mapped_column(comment="Key")
    crawl_id: Mapped[str] = mapped_column(ForeignKey("crawls.id"), comment="The crawl it belongs to")
    portal_url: Mapped[str] = mapped_column(comment="Home page of the portal visited")
    region_code: Mapped[str | None] = mapped_column(comment="Region whose portal it is")
    started_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp(), comment="Begin")
    finished_at: Mapped[datetime | None] = mapped_column(comment="End; null until then")
    outcome: Mapped[str | None] = mapped_column(comment="How it ended; null until then")
    detail: Mapped[str] = mapped_column(server_default="", comment="What stood behind the outcome")
    pages: Mapped[int] = mapped_column(Integer, server_default="0", comment="Pages fetched")
    reports: Mapped[int] = mapped_column(Integer, server_default="0", comment="Reports read")


class Capture(Base):
    __tablename__ = "captures"
    __table_args__ = (
        CheckConstraint("octet_length(sha256) = 32", name="sha256"),
        CheckConstraint("status BETWEEN 100 AND 999", name="status"),
        Index("ix_captures_sha256", "sha256"),
        Index("ix_captures_url", "url", postgresql_using="hash"),
        Index("ix_captures_visit_id", "visit_id"),
        {"comment": "Responses as served; the bytes stand in the WARC archive, this is its index"},
    )

    id: Mapped[BigKey] = mapped_column(comment="Key")
    visit_id: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("visits.id"), comment="The visit that fetched it"
    )
    url: Mapped[str] = mapped_column(comment="Address that answered, after redirects")
    requested_url: Mapped[str | None] = mapped_column(comment="Address asked for; null where it is the same")
    fetched_at: Mapped[datetime] = mapped_column(comment="When it was served")
    status: Mapped[int] = mapped_column(SmallInteger, comment="HTTP status")
    headers: Mapped[Any] = mapped_column(
        JSONB, comment="Headers worth a query, names in lower case; all of them stand in the WARC record"
    )
    sha256: Mapped[bytes] = mapped_column(LargeBinary, comment="SHA-256 of the body")
    size: Mapped[int] = mapped_column(BigInteger, comment="Length of the body in bytes")
    warc_file: Mapped[str] = mapped_column(comment="WARC file, relative to the archive")
    warc_offset: Mapped[int] = mapped_column(
        BigInteger, comment="Where its record begins in the file, in bytes"
    )
    warc_length: Mapped[int] = mapped_column(BigInteger, comment="Length of the record in the file, in bytes")


class Rereading(Base):
    """What a reparse that was interrupted goes on from. Pages that could not be read have no row."""

    __tablename__ = "rereadings"
    __table_args__ = (
        {"comment": "Captures that were read again from the archive, and by which parser last"},
    )

    capture_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("captures.id"), primary_key=True, autoincrement=False, comment="The capture"
    )
    parser_version: Mapped[str] = mapped_column(comment="The parser that read it last")
    read_at: Mapped[datetime] = mapped_column(server_default=func.now(), comment="When that was")
