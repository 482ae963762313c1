"""The tables, as typed SQLAlchemy models. migrations/ makes them; a test holds the two together."""

from __future__ import annotations

from goicrawl.database.models.base import Base
from goicrawl.database.models.cells import Layout, LayoutCell, Placement, TableCells
from goicrawl.database.models.checking import VERDICTS, CheckRun, CorpusCheck, CorpusFinding, Verdict
from goicrawl.database.models.crawling import VISIT_OUTCOMES, Capture, Crawl, Rereading, Visit
from goicrawl.database.models.followings import FollowedFile, Following, VersionFollowing
from goicrawl.database.models.reference import (
    CellAddress,
    Form,
    FormCell,
    OrganSuccession,
    Portal,
    ReferenceData,
    Region,
    ReportColumn,
)  # fmt: skip
from goicrawl.database.models.reports import (
    Body,
    Finding,
    Report,
    ReportCandidate,
    ReportSource,
    ReportVersion,
    Section,
    StatedFact,
    VersionCapture,
)  # fmt: skip

__all__ = [
    "VERDICTS", "VISIT_OUTCOMES", "Base", "Body", "Capture", "CellAddress", "CheckRun", "CorpusCheck",
    "CorpusFinding", "Crawl", "Finding", "FollowedFile", "Following", "Form", "FormCell", "Layout",
    "LayoutCell", "OrganSuccession", "Placement", "Portal", "ReferenceData", "Region", "Report",
    "ReportCandidate", "ReportColumn", "ReportSource", "ReportVersion", "Rereading", "Section",
    "StatedFact", "TableCells", "Verdict", "VersionCapture", "VersionFollowing", "Visit",
]  # fmt: skip
