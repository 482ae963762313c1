"""Reads the CSV files of seeds/, strictly: a broken row is refused with its file and line."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from goicrawl.registry.records import LEVELS, Level, Portal, Region, RegistryError, ReportColumn

REGIONS = "regions.csv"
PORTALS = "portals.csv"
REPORT_COLUMNS = "report_columns.csv"

REGION_FIELDS = (
    "code", "name", "level", "province", "prefecture", "since", "until", "successors", "pinyin",
)  # fmt: skip
PORTAL_FIELDS = (
    "region_code", "region_name", "level", "province", "url", "reach", "reach_seen",
    "family_hint", "source_hint", "family", "encoding", "tls_profile", "allowed_hosts",
    "allow_loopback", "valid_from", "valid_until", "notes",
)  # fmt: skip
REPORT_COLUMN_FIELDS = (
    "region_code", "region_path", "level", "url", "scope", "evidence", "sample_report_url", "note",
)  # fmt: skip

# What the source writes as the prefecture of a division that stands directly under its province.
_DIRECT = "直辖"
_SUCCESSOR = re.compile(r"([1-9][0-9]{5})(?:\[([0-9]{4})\])?")
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")
# One expression instead of urlsplit: thousands of addresses are read whenever the program starts.
_ADDRESS = re.compile(
    r"https?://([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)(?::[1-9][0-9]{0,4})?(?:[/?#][^\s<>]*)?"
)

_NO_SUCCESSORS: tuple[tuple[str, ...], tuple[tuple[str, int], ...]] = ((), ())

Row = TypeVar("Row")


def seeds_folder() -> Path:
    """The folder of the seeds that come with the project: in an installed wheel, or in the repository.

    Raises:
        RegistryError: neither is there.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "_bundled" / "seeds", package.parent / "seeds"):
        if (folder / REGIONS).is_file():
            return folder
    raise RegistryError(
        f"no seeds: {REGIONS} is neither bundled with the package nor in {package.parent / 'seeds'}"
    )


# Called with each broken row instead of raising, so that a check can name them all.
Refuse = Callable[[RegistryError], None]


def read_regions(folder: Path, refuse: Refuse | None = None) -> tuple[Region, ...]:
    """The rows of regions.csv, in the file's order. Raises RegistryError with file and line."""
    return tuple(_read(folder / REGIONS, REGION_FIELDS, _region, refuse))


def read_portals(folder: Path, refuse: Refuse | None = None) -> tuple[Portal, ...]:
    """The rows of portals.csv, in the file's order. Raises RegistryError with file and line."""
    return tuple(_read(folder / PORTALS, PORTAL_FIELDS, _portal, refuse))


def read_report_columns(folder: Path, refuse: Refuse | None = None) -> tuple[ReportColumn, ...]:
    """The rows of report_columns.csv, in the file's order. Raises RegistryError with file and line."""
    return tuple(_read(folder / REPORT_COLUMNS, REPORT_COLUMN_FIELDS, _report_column, refuse))


def plain_host(host: str) -> str:
    """A host as it is compared: lower case, without a final dot and without a leading "www."."""
    return host.lower().rstrip(".").removeprefix("www.")


def host_of(url: str) -> str:
    """The host of an http or https address as it is compared. Raises ValueError where it has none."""
    match = _ADDRESS.fullmatch(url)
    if match is None:
        raise ValueError(f"{url!r} is not an address http://host/... or https://host/...")
    return plain_host(match[1])


def _read(
    path: Path, fields: tuple[str, ...], build: Callable[[list[str], int], Row], refuse: Refuse | None
) -> Iterator[Row]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise RegistryError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RegistryError(f"{path}: not UTF-8 at byte {error.start}") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        if tuple(next(reader, ())) != fields:
            raise RegistryError(f"{path}:1: the columns must be {','.join(fields)}")
        end = 1
        for values in reader:
            line, end = end + 1, reader.line_num
            try:
                if len(values) != len(fields):
                    raise ValueError(f"{len(values)} values for {len(fields)} columns")
                yield build(values, line)
            except ValueError as error:
                broken = RegistryError(f"{path}:{line}: {error}")
                if refuse is None:
                    raise broken from error
                refuse(broken)
    except csv.Error as error:
        raise RegistryError(f"{path}:{reader.line_num}: {error}") from error


def _region(values: list[str], line: int) -> Region:
    code, name, level, province, prefecture, since, until, successors, pinyin = values
    begin, end = _year(since), _year(until)
    if begin is None:
        raise ValueError("since is empty")
    if end is not None and end <= begin:
        raise ValueError(f"until {end} is not after since {begin}")
    codes, transfers = _successors(successors) if successors else _NO_SUCCESSORS
    return Region(
        _code(code), _required(name, "name"), _level(level), _required(province, "province"),
        None if prefecture in ("", _DIRECT) else prefecture,
        begin, end, codes, transfers, pinyin or None, line,
    )  # fmt: skip


class _Overrides(NamedTuple):
    """What a portal's row decides against the rule: the columns from `family` on."""

    family: str | None = None
    encoding: str | None = None
    tls_profile: str | None = None
    allowed_hosts: tuple[str, ...] = ()
    allow_loopback: bool = False
    valid_from: int | None = None
    valid_until: int | None = None
    notes: str | None = None


_NO_OVERRIDES = _Overrides()


def _portal(values: list[str], line: int) -> Portal:
    code, name, level, province, url, reach, seen, hint, source_hint, *special = values
    hosts = (host_of(url),) if url else ()
    overrides = _NO_OVERRIDES
    if any(special):
        overrides = _overrides(special)
        hosts = tuple(dict.fromkeys((*hosts, *overrides.allowed_hosts)))
    return Portal(
        _code(code) if code else None, _required(name, "region_name"), _level(level),
        _required(province, "province"), url or None, hosts, reach or None, seen or None,
        hint or None, source_hint or None, *overrides, line,
    )  # fmt: skip


def _overrides(values: list[str]) -> _Overrides:
    family, encoding, tls_profile, hosts, loopback, valid_from, valid_until, notes = values
    if loopback not in ("", "true", "false"):
        raise ValueError(f"allow_loopback must be true, false or empty, not {loopback!r}")
    begin, end = _year(valid_from), _year(valid_until)
    if begin is not None and end is not None and end <= begin:
        raise ValueError(f"valid_until {end} is not after valid_from {begin}")
    if encoding:
        try:
            codecs.lookup(encoding)
        except LookupError as error:
            raise ValueError(f"encoding: {error}") from error
    return _Overrides(
        family or None, encoding or None, tls_profile or None,
        tuple(_allowed_hosts(hosts)) if hosts else (), loopback == "true", begin, end, notes or None,
    )  # fmt: skip


def _report_column(values: list[str], line: int) -> ReportColumn:
    code, path, level, url, scope, evidence, sample, note = values
    for address in (url, sample):
        if address:
            host_of(address)
    if not url and not sample:
        raise ValueError("neither url nor sample_report_url")
    return ReportColumn(
        _code(code), _required(path, "region_path"), _level(level), url or None,
        _required(scope, "scope"), _required(evidence, "evidence"), sample or None, note or None, line,
    )  # fmt: skip


def _required(text: str, column: str) -> str:
    if not text.strip():
        raise ValueError(f"{column} is empty")
    return text


def _code(text: str) -> str:
    if len(text) != 6 or not (text.isascii() and text.isdecimal()):
        raise ValueError(f"{text!r} is not a six-digit region code")
    return text


# The same few words fill these columns thousands of times, so each is checked once.
@cache
def _level(text: str) -> Level:
    for level in LEVELS:
        if level == text:
            return level
    raise ValueError(f"level must be {', '.join(LEVELS)}, not {text!r}")


@cache
def _year(text: str) -> int | None:
    if text == "":
        return None
    if len(text) != 4 or not (text.isascii() and text.isdecimal()):
        raise ValueError(f"{text!r} is not a year")
    return int(text)


def _allowed_hosts(text: str) -> Iterator[str]:
    for host in text.split(";"):
        plain = plain_host(host.strip())
        if _HOST.fullmatch(plain) is None:
            raise ValueError(f"allowed_hosts: {host!r} is not a host name")
        yield plain


def _successors(text: str) -> tuple[tuple[str, ...], tuple[tuple[str, int], ...]]:
    """`500157` is a successor; `659006[2020]` is territory that went to 659006 in 2020."""
    codes: list[str] = []
    transfers: list[tuple[str, int]] = []
    for part in text.split(";"):
        match = _SUCCESSOR.fullmatch(part)
        if match is None:
            raise ValueError(f"successors: {part!r} is neither a code nor code[year]")
        if match[2] is None:
            codes.append(match[1])
        else:
            transfers.append((match[1], int(match[2])))
    return tuple(codes), tuple(transfers)
