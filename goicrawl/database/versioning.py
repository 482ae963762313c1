"""Which version of which report an item is: decided on a report's state alone, without the database.

A report may stand on several pages: its own portal's, a copy on the prefecture's, an attachment. Each of
them is a *source*, and for each the store knows which version it showed last. So two pages that differ
never fight: each is compared with what *it* showed before, and a page that shows what it showed before
is `noop`, whatever the others show.

The current version is a function of that state alone: of the versions that the sources show now, the
one most fully read (complete before partial before free text, and so on), and of several the one of the
source that was found first. Crawling in another order or once more does not change it.

A capture older than what its source showed last (the archive is being read again) makes no version
current: it belongs to the past. Neither does one that could not be read, where anything else is known: what
its source shows now nobody knows, and its version waits to be read again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import Literal

from goicrawl.extraction.report import Report
from goicrawl.reading.unread import is_unread

StoreOutcome = Literal["insert", "new_version", "noop"]
FULLNESS = ("complete", "partial", "free_text", "attachment_only", "image_only", "not_a_report")


@dataclass(frozen=True, slots=True)
class Origin:
    """Which files a version's tables were read from: (address, capture) of the files it was read with."""

    files: tuple[tuple[str, int], ...] = ()

    def capture_of(self, url: str | None) -> int | None:
        """The capture of a file by its address; None for None, which is the page itself."""
        return None if url is None else dict(self.files)[url]


@dataclass(slots=True)
class Version:
    """A version, stored already (`report` None) or to be stored. `captures` are those that showed it.

    `following_id` is the set of files that it was read with, `followings` are further ones that gave the
    same, and `files` the captures in any of them.
    """

    id: int
    number: int
    content_digest: bytes
    reading_digest: bytes
    capture_id: int
    outcome: str
    is_current: bool
    captures: set[int] = field(default_factory=set)
    report: Report | None = None
    cause: str = "first"
    listed_on: date | None = None
    following_id: int | None = None
    followings: set[int] = field(default_factory=set)
    files: frozenset[int] = frozenset()
    origin: Origin = Origin()

    def has(self, capture_id: int) -> bool:
        """Whether this capture showed it."""
        return self.capture_id == capture_id or capture_id in self.captures

    def was_read_from(self, capture_id: int, files: frozenset[int] = frozenset()) -> bool:
        """Whether it was read from this capture, and these files or some of them, and no other showed it."""
        alone = self.capture_id == capture_id and self.captures <= {capture_id}
        return alone and self.files <= files

    def is_from(self, capture_id: int, files: frozenset[int]) -> bool:
        """Whether these very bytes showed it."""
        return self.has(capture_id) and files <= self.files


@dataclass(slots=True)
class Source:
    """A page that the report stands on, the version it showed last and when."""

    id: int
    url: str
    version: Version
    seen_at: datetime
    portal_url: str | None = None
    list_url: str | None = None
    is_new: bool = False
    moved: bool = False


@dataclass(slots=True)
class ReportState:
    """A report as far as a batch needs to know it. `versions` in the order of their numbers."""

    id: int
    body_id: int | None
    report_year: int | None
    scope: str | None
    url: str | None
    region_code: str | None
    versions: list[Version] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    is_new: bool = False
    changed: bool = False
    """More of its body, year, scope or region became known with this batch."""
    absorbed: list[int] = field(default_factory=list)
    """Keys of stored reports that turned out to be this one."""
    now: ReportState | None = None
    """The report that this one turned out to be."""

    def agrees_with(self, body_id: int | None, report_year: int | None, scope: str | None) -> bool:
        """Whether what is known of both could be one report."""
        pairs = ((self.body_id, body_id), (self.report_year, report_year), (self.scope, scope))
        return all(ours is None or theirs is None or ours == theirs for ours, theirs in pairs)

    def was_read_from(self, capture_id: int, files: frozenset[int] = frozenset()) -> bool:
        """Whether all that is stored of it was read from this capture and these files, and from no other."""
        stored = not self.is_new and self.versions != []
        return stored and all(version.was_read_from(capture_id, files) for version in self.versions)

    def absorb(self, other: ReportState) -> None:
        """Take over the versions and pages of a report that turned out to be this one."""
        number = max((version.number for version in self.versions), default=0)
        for version in other.versions:
            number += 1
            version.number = number
            self.versions.append(version)
        self.sources.update(other.sources)
        if not other.is_new:
            self.absorbed.append(other.id)
        self.absorbed += other.absorbed
        other.now = self
        _choose_current(self)

    def take_over(self, misread: list[Version], other: ReportState) -> None:
        """Take versions that were read wrongly as another report's; what that one showed before counts again.

        A report of which nothing is left is absorbed.
        """
        number = max((version.number for version in self.versions), default=0)
        for version in misread:
            number += 1
            version.number, version.is_current = number, False
            self.versions.append(version)
        taken = {version.id for version in misread}
        other.versions = [version for version in other.versions if version.id not in taken]
        if not other.versions:
            self.absorbed += [other.id, *other.absorbed]
            other.now = self
            return
        for source in other.sources.values():
            if source.version.id in taken:
                source.version, source.moved = other.versions[-1], True
        if other.sources:
            _choose_current(other)
        else:
            other.versions[-1].is_current = True


@dataclass(frozen=True, slots=True)
class Seen:
    """One item of a batch: a report as read from one capture of one page, and its files if it has any.

    `fetched_at` is the time of the newest of these bytes.
    """

    report: Report
    content_digest: bytes
    reading_digest: bytes
    capture_id: int
    fetched_at: datetime
    url: str
    portal_url: str | None
    list_url: str | None
    listed_on: date | None = None
    following_id: int | None = None
    files: frozenset[int] = frozenset()
    origin: Origin = Origin()


_unsaved = count(2**62)
"""Keys of what is not stored yet: later than every key of the database, in the order of the batch."""


def place(state: ReportState, seen: Seen) -> tuple[StoreOutcome, Version]:
    """Enter an item into a report's state; returns what that was and the version that says what it says."""
    if is_unread(seen.report) and state.versions:
        known = next((v for v in state.versions if v.has(seen.capture_id)), None)
        if known is not None:
            return "noop", known
        return "new_version", _add_version(state, seen, "published")
    source = state.sources.get(seen.url)
    if source is not None and seen.fetched_at < source.seen_at:
        match = _showing(state, seen)
        if match is not None:
            return "noop", _confirmed(match, seen)
        return "new_version", _add_version(state, seen, _cause(state, seen, source))
    if source is not None and source.version.content_digest == seen.content_digest:
        return "noop", _confirmed(source.version, seen)
    match = _shown_elsewhere(state, source, seen)
    outcome: StoreOutcome = "noop" if match is not None else "new_version" if state.versions else "insert"
    if match is not None:
        version = _confirmed(match, seen)
    else:
        version = _add_version(state, seen, _cause(state, seen, source))
    if source is None:
        state.sources[seen.url] = Source(
            next(_unsaved), seen.url, version, seen.fetched_at, seen.portal_url, seen.list_url, is_new=True
        )
    else:
        source.version, source.seen_at, source.moved = version, seen.fetched_at, True
    _choose_current(state)
    return outcome, version


def _showing(state: ReportState, seen: Seen) -> Version | None:
    """The version with this content, best the one that was read from this very capture."""
    matches = [v for v in state.versions if v.content_digest == seen.content_digest]
    return next((v for v in matches if v.capture_id == seen.capture_id), matches[-1] if matches else None)


def _shown_elsewhere(state: ReportState, source: Source | None, seen: Seen) -> Version | None:
    """A version with this content that another page shows, or that older bytes, read anew, made.

    A version from before the one that this page showed last does not count: a page that is changed back
    has changed.
    """
    shown = {s.version.id for s in state.sources.values()}
    latest = state.versions[-1].number if source is None and state.versions else 0
    latest = source.version.number if source is not None else latest
    return next(
        (
            v
            for v in state.versions
            if v.content_digest == seen.content_digest and (v.id in shown or v.number > latest)
        ),
        None,
    )


def _confirmed(version: Version, seen: Seen) -> Version:
    if version.capture_id != seen.capture_id:
        version.captures.add(seen.capture_id)
    elif version.following_id in (None, seen.following_id):
        if version.reading_digest != seen.reading_digest or version.following_id != seen.following_id:
            version.reading_digest, version.report = seen.reading_digest, seen.report
            version.listed_on, version.origin = seen.listed_on, seen.origin
            version.following_id = seen.following_id
        return version
    if seen.following_id not in (None, version.following_id):
        version.followings.add(seen.following_id)
        version.files |= seen.files
    return version


def _cause(state: ReportState, seen: Seen, source: Source | None) -> str:
    if not state.versions:
        return "first"
    if any(v.is_from(seen.capture_id, seen.files) for v in state.versions):
        return "reread"
    return "source" if source is None else "published"


def _add_version(state: ReportState, seen: Seen, cause: str) -> Version:
    version = Version(
        id=next(_unsaved),
        number=1 + max((v.number for v in state.versions), default=0),
        content_digest=seen.content_digest,
        reading_digest=seen.reading_digest,
        capture_id=seen.capture_id,
        outcome=seen.report.outcome,
        is_current=False,
        report=seen.report,
        cause=cause,
        listed_on=seen.listed_on,
        following_id=seen.following_id,
        files=seen.files,
        origin=seen.origin,
    )
    state.versions.append(version)
    return version


def _choose_current(state: ReportState) -> None:
    best = min(state.sources.values(), key=lambda s: (FULLNESS.index(s.version.outcome), s.id)).version
    for version in state.versions:
        version.is_current = version is best
