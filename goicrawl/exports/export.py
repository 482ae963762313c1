"""What the command `goicrawl export` does: which regions, one after the other, and a line for each file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import track
from sqlalchemy.engine import Engine

from goicrawl.config import Config
from goicrawl.database import server
from goicrawl.exports.errors import ExportError
from goicrawl.exports.names import Language
from goicrawl.exports.region_files import Written, regions_with_reports, write_region
from goicrawl.registry import Registry


def export(
    config: Config,
    registry: Registry,
    folder: Path,
    console: Console,
    *,
    counties: Sequence[str] = (),
    province: str | None = None,
    everything: bool = False,
    language: Language = "zh",
) -> list[Written]:
    """Write the files of the regions asked for (`counties` are codes or names), and print what was written.

    A region asked for by itself gets its files even without reports; `province` and `everything` mean
    every region with reports.

    Raises:
        ExportError: nothing was asked for, what was asked for is unknown, or a file cannot be written.
        DatabaseError: the database cannot be used.
    """
    if not counties and province is None and not everything:
        raise ExportError("say what to export: --county CODE, --province NAME or --all")
    codes = [_code_of(county, registry) for county in counties]
    if province is not None and not any(region.province == province for region in registry.regions):
        raise ExportError(f"no province {province!r}")
    engine = server.connect(config)
    try:
        if province is not None or everything:
            codes += _codes_in(registry, regions_with_reports(engine), None if everything else province)
        return _write(engine, registry, list(dict.fromkeys(codes)), folder, language, console)
    finally:
        engine.dispose()


def _write(
    engine: Engine,
    registry: Registry,
    codes: Sequence[str],
    folder: Path,
    language: Language,
    console: Console,
) -> list[Written]:
    written = []
    for code in track(codes, "exporting", console=console, disable=not console.is_terminal or len(codes) < 2):
        done = write_region(engine, code, _name(code, registry), folder, language)
        written.append(done)
        for path, rows in done.files:
            console.print(f"{path}: {rows} rows", markup=False, highlight=False, soft_wrap=True)
        if done.reports == 0:
            console.print(f"{code} {_name(code, registry)}: no reports stored, the files hold headers only")
    if not codes:
        console.print("no reports stored, nothing written")
    return written


def _code_of(county: str, registry: Registry) -> str:
    if registry.region(county) is not None:
        return county
    named = registry.regions_named(county)
    if len(named) == 1:
        return named[0].code
    if named:
        which = ", ".join(f"{region.code} {region.province}" for region in named)
        raise ExportError(f"{county} is the name of {len(named)} regions, give a code: {which}")
    raise ExportError(f"no region {county!r}: give a code such as 130827, or a full name")


def _codes_in(registry: Registry, codes: Sequence[str], province: str | None) -> list[str]:
    if province is None:
        return list(codes)
    return [
        code
        for code in codes
        if (region := registry.region(code)) is not None and region.province == province
    ]


def _name(code: str, registry: Registry) -> str:
    region = registry.region(code)
    return code if region is None else region.name
