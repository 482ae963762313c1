"""Tables that mirror the seeds and the forms: replaced as a whole when those change."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    Integer,
    SmallInteger,
    Text,
    UniqueConstraint,
    func,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from goicrawl.database.models.base import Base, Code, one_of

LEVELS = ("province", "prefecture", "county")
VALUE_TYPES = ("int", "decimal", "signed_int")


class ReferenceData(Base):
    __tablename__ = "reference_data"
    __table_args__ = ({"comment": "Which seeds and forms the reference tables were last filled from"},)

    name: Mapped[str] = mapped_column(primary_key=True, comment="registry or forms")
    fingerprint: Mapped[str] = mapped_column(comment="SHA-256 of the data they were filled from")
    loaded_at: Mapped[datetime] = mapped_column(server_default=func.now(), comment="When they were filled")


class Region(Base):
    __tablename__ = "regions"
    __table_args__ = (
        one_of("level", LEVELS),
        CheckConstraint("until IS NULL OR since < until", name="years"),
        Index("ix_regions_name", "name"),
        {"comment": "Administrative divisions under one code and name, with the years they bore them"},
    )

    code: Mapped[str] = mapped_column(primary_key=True, comment="GB/T 2260 code, six digits")
    since: Mapped[Code] = mapped_column(primary_key=True, comment="First year with this code and name")
    until: Mapped[Code | None] = mapped_column(comment="First year no longer valid; null while valid")
    name: Mapped[str] = mapped_column(comment="Name as official in those years")
    level: Mapped[str] = mapped_column(comment="province, prefecture or county")
    province: Mapped[str] = mapped_column(comment="Name of the province it lies in")
    prefecture: Mapped[str | None] = mapped_column(comment="Name of the prefecture it lies in, if any")
    successors: Mapped[list[str]] = mapped_column(ARRAY(Text), comment="Codes that took over when it ended")
    pinyin: Mapped[str | None] = mapped_column(comment="Name in pinyin, to sort by")


class Portal(Base):
    __tablename__ = "portals"
    __table_args__ = (
        one_of("level", LEVELS),
        Index("ix_portals_region_code", "region_code"),
        Index("ix_portals_url", "url"),
        {"comment": "Government portals: whom to ask"},
    )

    line: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, comment="Line in portals.csv"
    )
    region_code: Mapped[str | None] = mapped_column(comment="Code of the region whose portal it is")
    region_name: Mapped[str] = mapped_column(comment="Name of that region")
    level: Mapped[str] = mapped_column(comment="province, prefecture or county")
    province: Mapped[str] = mapped_column(comment="Name of the province")
    url: Mapped[str | None] = mapped_column(comment="Home page; null where none is known")
    hosts: Mapped[list[str]] = mapped_column(ARRAY(Text), comment="Hosts it answers under, without www.")
    family_hint: Mapped[str | None] = mapped_column(comment="A guess at its CMS family")
    reach: Mapped[str | None] = mapped_column(comment="How a script reached it when the seeds were made")


class ReportColumn(Base):
    __tablename__ = "report_columns"
    __table_args__ = (
        Index("ix_report_columns_region_code", "region_code"),
        {"comment": "Pages known to list a region's annual reports"},
    )

    line: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, comment="Line in report_columns.csv"
    )
    region_code: Mapped[str] = mapped_column(comment="Code of the region")
    url: Mapped[str | None] = mapped_column(
        comment="Address of the list; null where only one report is known"
    )
    scope: Mapped[str] = mapped_column(
        comment="Whose reports it holds: own, office, aggregator, on-parent, subunit"
    )
    evidence: Mapped[str] = mapped_column(comment="How far the address can be trusted")
    sample_report_url: Mapped[str | None] = mapped_column(comment="Address of one report in it")
    note: Mapped[str | None] = mapped_column(comment="Anything else")


class OrganSuccession(Base):
    __tablename__ = "organ_successions"
    __table_args__ = (
        one_of("kind", ("renamed", "merged", "split")),
        one_of("certainty", ("sure", "usual")),
        {"comment": "Organs renamed, merged and split in the reforms"},
    )

    line: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, comment="Line in organ_successions.csv"
    )
    predecessor: Mapped[str] = mapped_column(comment="Earlier organ, as in bodies.organ")
    successor: Mapped[str] = mapped_column(comment="Later organ, as in bodies.organ")
    predecessor_name: Mapped[str] = mapped_column(comment="Earlier organ's name in full")
    successor_name: Mapped[str] = mapped_column(comment="Later organ's name in full")
    kind: Mapped[str] = mapped_column(comment="renamed, merged or split")
    certainty: Mapped[str] = mapped_column(comment="sure, or usual: so in many regions, not in all")
    levels: Mapped[list[str]] = mapped_column(ARRAY(Text), comment="Levels of government at which it holds")
    since: Mapped[Code | None] = mapped_column(
        comment="First year in which local organs did so; null: no fixed time"
    )
    until: Mapped[Code | None] = mapped_column(comment="Last such year")
    note: Mapped[str] = mapped_column(comment="What is known")


class Form(Base):
    __tablename__ = "forms"
    __table_args__ = ({"comment": "Versions of the report's official form"},)

    id: Mapped[str] = mapped_column(primary_key=True, comment="f2021, f2019, …")
    name: Mapped[str] = mapped_column(comment="The document that sets it")
    first_year: Mapped[Code] = mapped_column(comment="First report year")
    last_year: Mapped[Code | None] = mapped_column(comment="Last report year; null while in use")


class CellAddress(Base):
    """Ids are given once and never change; a form that is new adds rows."""

    __tablename__ = "cell_addresses"
    __table_args__ = (
        UniqueConstraint("address"),
        {"comment": "Every cell that a form has: the only place where a cell's name is written"},
    )

    id: Mapped[int] = mapped_column(
        SmallInteger, Identity(always=False), primary_key=True, comment="Short key, for layouts"
    )
    address: Mapped[str] = mapped_column(comment="table.row.column")
    table_name: Mapped[str] = mapped_column(comment="Table: disclosure, requests, remedies, statistics")
    row_name: Mapped[str] = mapped_column(comment="Row within the table")
    column_name: Mapped[str] = mapped_column(comment="Column within the table")


class FormCell(Base):
    __tablename__ = "form_cells"
    __table_args__ = (
        one_of("value_type", VALUE_TYPES),
        Index("ix_form_cells_address_id", "address_id"),
        {"comment": "Each form's own words for its cells"},
    )

    form: Mapped[str] = mapped_column(ForeignKey("forms.id"), primary_key=True, comment="The form")
    address_id: Mapped[Code] = mapped_column(
        ForeignKey("cell_addresses.id"), primary_key=True, comment="The cell"
    )
    position: Mapped[Code] = mapped_column(comment="Place in printed order, from 1")
    row_label: Mapped[str] = mapped_column(comment="Row label, Chinese")
    column_label: Mapped[str] = mapped_column(comment="Column head, Chinese")
    english: Mapped[str] = mapped_column(comment="Row and column in English")
    unit: Mapped[str | None] = mapped_column(comment="Unit of the number")
    value_type: Mapped[str] = mapped_column(comment="int, decimal or signed_int")
