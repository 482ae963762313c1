"""Reports that stand in files: the files are fetched, archived, joined with their page, and read again."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
import sqlalchemy as sa
from rich.console import Console
from sqlalchemy.engine import Engine

from goicrawl import registry as registries
from goicrawl.archive.reader import iterate
from goicrawl.config import Config
from goicrawl.database import server
from goicrawl.demo.figures import Figures, load
from goicrawl.demo.replicas import ReplicaServer, serve
from goicrawl.demo.site import Request, Response, redirect
from goicrawl.demo.word_file import WORD_TYPE, word_file
from goicrawl.exports.export import export
from goicrawl.reading.limits import limits_of
from goicrawl.reading.version import parser_version
from goicrawl.reparsing.pages import Selection
from goicrawl.reparsing.progress import ReparseProgress
from goicrawl.reparsing.reparse import ReparseSummary, reparse
from tests.documents.printed_pdf import pdf_of
from tests.spiders.world import COLUMN, Answer, Site, home, html, listing, portal, visit

FIGURES = load()["suqian_2024"]
PAGE = "/zfxxgk/nb/2024/t20250120_11.html"
REST = "<div class='footer'><a href='/down/2019.pdf'>历年目录</a></div>"


@pytest.fixture
def settings_of_test(database: Config, engine: Engine, tmp_path: Path) -> Config:
    """A database of the test's own: the same report on another test's portal would be the same report."""
    url = engine.url.render_as_string(hide_password=False)
    return dataclasses.replace(database, database_url=url, archive_dir=tmp_path / "archive")


@pytest.fixture
def connection(engine: Engine) -> Iterator[sa.Connection]:
    with engine.connect() as open_connection:
        yield open_connection


def page(inner: str, figures: Figures = FIGURES, outside: str = "") -> Response:
    """A report's page whose article holds this markup."""
    return html(
        f"<h1>{figures.title}</h1><div>索引号：{figures.report_year}-7</div>"
        f"<div id='zoom'>{inner}</div>{outside}{REST}"
    )


def site(host: str, inner: str, files: dict[str, Answer], outside: str = "") -> Site:
    answers: dict[str, Answer] = {
        "/": home(),
        COLUMN: listing((PAGE, FIGURES.title)),
        PAGE: page(inner, outside=outside),
        **files,
    }
    return Site(host, answers)


def word(figures: Figures = FIGURES) -> Response:
    return Response(word_file(figures), content_type=WORD_TYPE)


def file(data: bytes, content_type: str = "application/octet-stream", *more: tuple[str, str]) -> Response:
    return Response(data, content_type=content_type, headers=more)


def again(config: Config) -> ReparseSummary:
    engine = server.connect(config, migrate=False)
    try:
        return reparse(
            engine, config.archive_dir, Selection(parser_version(), again=True), processes=1,
            limits=limits_of(config), progress=ReparseProgress(Console(quiet=True)),
        )  # fmt: skip
    finally:
        engine.dispose()


VERSIONS = """
SELECT v.number, v.is_current, v.cause, v.outcome, v.reasons, r.report_year, s.url AS page,
    v.capture_id, v.attachment_capture_id, f.url AS file, v.index_number, v.title, v.id
FROM report_versions v JOIN reports r ON r.id = v.report_id JOIN report_sources s ON s.report_id = r.id
LEFT JOIN captures f ON f.id = v.attachment_capture_id
WHERE s.url LIKE :host ORDER BY v.id
"""
CELLS = """
SELECT c.address, c.value, p.url FROM cells c JOIN captures p ON p.id = c.capture_id
WHERE c.version_id = :version
"""


def versions(connection: sa.Connection, host: str) -> list[sa.Row[tuple[object, ...]]]:
    connection.rollback()
    return list(connection.execute(sa.text(VERSIONS), {"host": f"http://{host}:%"}))


def cells(connection: sa.Connection, version: int) -> tuple[dict[str, object], set[str]]:
    """The numbers of a version, and the paths of what they were read from."""
    rows = connection.execute(sa.text(CELLS), {"version": version}).all()
    return {row.address: row.value for row in rows}, {urlsplit(row.url).path for row in rows}


def captures(connection: sa.Connection, host: str) -> list[str]:
    connection.rollback()
    query = sa.text("SELECT url FROM captures WHERE url LIKE :host ORDER BY id")
    return [urlsplit(url).path for url in connection.scalars(query, {"host": f"http://{host}:%"})]


VSB = "/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid=42"
HEX = "/c1/2025/files/e9a132febe0b407c8466863f980608e1.docx"
NAMED = ("Content-Disposition", "attachment; filename*=UTF-8''" + quote("年报.docx"))
MOJIBAKE = (
    "Content-Disposition",
    'attachment; filename="' + "年报.pdf".encode("gbk").decode("latin-1") + '"',
)
PDF = pdf_of(FIGURES)
SHAPES: dict[str, tuple[str, str, Response]] = {
    "word": (f"<p>附件：<a href='{HEX}'>下载</a></p>", HEX, word()),
    "iframe": ("<iframe src='P020250120351.pdf'></iframe>", "/zfxxgk/nb/2024/P020250120351.pdf", file(PDF)),
    "pdfshow": ("<div id='pdfshow' data-value='/a/b.pdf'></div>", "/a/b.pdf", file(PDF, "application/pdf")),
    "viewer": ("<iframe src='/js/web/viewer.html?file=%2Fa%2Fc.pdf'></iframe>", "/a/c.pdf", file(PDF)),
    "vsb": (f"<a href='{VSB}'>附件1</a>", VSB, file(word_file(FIGURES), "application/octet-stream", NAMED)),
    "script": ("<script>showVsbpdfIframe(\"/__local/9.pdf\",'1','2')</script>", "/__local/9.pdf", file(PDF)),
    "lonsun": (
        "<a href='/group6/M00/0A/report'>年报</a>",
        "/group6/M00/0A/report",
        file(PDF, "x/y", MOJIBAKE),
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_report_in_a_file(settings_of_test: Config, connection: sa.Connection, shape: str) -> None:
    inner, path, answer = SHAPES[shape]
    world = site(f"www.{shape}-file.localhost", inner, {path: answer})
    with serve([world]) as running:
        one = portal(running, world.host)
        first = visit(settings_of_test, one)
        second = visit(settings_of_test, one)
    assert (first.outcome, first.inserted, first.files, first.files_missed) == ("ok", 1, 1, 0)
    assert (second.outcome, second.noops, second.unchanged) == ("ok", 1, second.pages)
    assert "/down/2019.pdf" not in world.asked
    (version,) = versions(connection, world.host)
    assert (version.outcome, version.reasons, version.report_year) == ("complete", [], 2024)
    assert (version.title, version.index_number) == (FIGURES.title, "2024-7")
    assert urlsplit(version.page).path == PAGE
    assert urlsplit(version.file).path == urlsplit(path).path
    assert cells(connection, version.id) == (dict(FIGURES.cells), {urlsplit(path).path})
    captured = captures(connection, world.host)
    assert captured.count(PAGE) == captured.count(urlsplit(path).path) == 1
    done = again(settings_of_test)
    assert (done.insert, done.update, done.noop, done.refreshed, done.missing) == (0, 0, 1, 0, [])
    assert len(versions(connection, world.host)) == 1


def changed(figures: Figures = FIGURES) -> Figures:
    """The same report with one figure corrected, and what depends on it."""
    address = "disclosure.normative_documents.in_force"
    return dataclasses.replace(figures, cells={**figures.cells, address: figures.cells[address] + 1})


def test_a_file_that_changes_under_its_page_makes_a_new_version(
    settings_of_test: Config, connection: sa.Connection
) -> None:
    world = site("www.changed-file.localhost", f"<a href='{HEX}'>下载</a>", {HEX: word()})
    with serve([world]) as running:
        one = portal(running, world.host)
        visit(settings_of_test, one)
        world.answers[HEX] = word(changed())
        second = visit(settings_of_test, one)
        found = versions(connection, world.host)
        assert (second.new_versions, second.noops) == (1, 0)
        assert [(v.number, v.is_current, v.cause) for v in found] == [
            (1, False, "first"),
            (2, True, "published"),
        ]
        assert found[0].capture_id == found[1].capture_id
        assert found[0].attachment_capture_id != found[1].attachment_capture_id
        assert [cells(connection, v.id)[0] for v in found] == [dict(FIGURES.cells), dict(changed().cells)]
        done = again(settings_of_test)
        assert (done.update, done.noop, done.refreshed) == (0, 2, 0)
        assert versions(connection, world.host) == found
        world.answers[HEX] = word()
        assert visit(settings_of_test, one).new_versions == 1
    found = versions(connection, world.host)
    assert [(v.number, v.is_current) for v in found] == [(1, False), (2, False), (3, True)]
    assert captures(connection, world.host).count(HEX) == 3
    assert again(settings_of_test).noop == 3


def test_other_bytes_of_the_same_report_make_none(
    settings_of_test: Config, connection: sa.Connection
) -> None:
    world = site("www.same-file.localhost", f"<a href='{HEX}'>下载</a>", {HEX: word()})
    with serve([world]) as running:
        one = portal(running, world.host)
        visit(settings_of_test, one)
        world.answers[HEX] = file(word_file(FIGURES) + b"\0", WORD_TYPE)
        second = visit(settings_of_test, one)
        world.answers[PAGE] = page(f"<a href='{HEX}'>下载</a><p>浏览 17 次</p>")
        third = visit(settings_of_test, one)
    assert (second.noops, third.noops) == (1, 1)
    assert captures(connection, world.host).count(HEX) == 2
    assert len(versions(connection, world.host)) == 1
    done = again(settings_of_test)
    assert (done.noop, done.update, done.insert) == (3, 0, 0)


def test_a_file_that_is_gone_is_told_and_the_page_kept(
    settings_of_test: Config, connection: sa.Connection
) -> None:
    world = site("www.gone-file.localhost", f"<a href='{HEX}'>下载</a>", {})
    with serve([world]) as running:
        one = portal(running, world.host)
        first = visit(settings_of_test, one)
        before = versions(connection, world.host)
        assert again(settings_of_test).noop == 1
        world.answers[HEX] = word()
        second = visit(settings_of_test, one)
        found = versions(connection, world.host)
        del world.answers[HEX]
        third = visit(settings_of_test, one)
    assert (first.outcome, first.inserted, first.files_missed) == ("ok", 1, 1)
    assert f"1 files of report pages are gone, the first {running.url(world.host, HEX)}" in first.detail
    assert [v.outcome for v in before] == ["attachment_only"]
    assert before[0].reasons[-1] == f"attachment_not_fetched: {running.url(world.host, HEX)}: gone: HTTP 404"
    assert (second.new_versions, third.noops, third.files_missed) == (1, 1, 1)
    assert [(v.outcome, v.cause, v.is_current) for v in found] == [
        ("attachment_only", "first", False),
        ("complete", "published", True),
    ]
    assert versions(connection, world.host) == found
    assert again(settings_of_test).noop == 2
    assert versions(connection, world.host) == found


def test_a_file_that_is_refused_names_the_visit(settings_of_test: Config, connection: sa.Connection) -> None:
    world = site("www.refused-file.localhost", f"<a href='{HEX}'>下载</a>", {HEX: html("no", 403)})
    with serve([world]) as running:
        seen = visit(settings_of_test, portal(running, world.host))
    assert (seen.outcome, seen.inserted, seen.files_missed) == ("blocked", 1, 1)
    (version,) = versions(connection, world.host)
    assert (version.outcome, version.report_year) == ("attachment_only", 2024)
    assert any(
        reason.startswith("attachment_not_fetched: ") and "403" in reason for reason in version.reasons
    )


def test_files_elsewhere_or_too_large_are_not_taken(
    settings_of_test: Config, connection: sa.Connection
) -> None:
    away = "http://www.elsewhere.localhost:1/files/a.pdf"
    large, moved = "/files/large.pdf", "/files/moved.pdf"
    inner = f"<a href='{away}'>1</a><a href='{large}'>2</a><a href='{moved}'>3</a>"
    files: dict[str, Answer] = {large: file(b"%PDF-" + b" " * 1_100_000), moved: redirect(away)}
    world = site("www.bounds-file.localhost", inner, files)
    with serve([world]) as running:
        seen = visit(settings_of_test, portal(running, world.host))
        assert running.requests["www.elsewhere.localhost"] == 0
    assert (seen.outcome, seen.files, seen.files_missed) == ("off_site", 0, 3)
    (version,) = versions(connection, world.host)
    missed = [reason for reason in version.reasons if reason.startswith("attachment_not_fetched: ")]
    assert [reason.split(": ")[2] for reason in missed] == ["off_site", "parse_error", "off_site"]


def test_robots_txt_holds_for_files(settings_of_test: Config, connection: sa.Connection) -> None:
    robots = Response(b"User-agent: *\nDisallow: /c1/\n", content_type="text/plain")
    world = site(
        "www.robots-file.localhost", f"<a href='{HEX}'>下载</a>", {HEX: word(), "/robots.txt": robots}
    )
    with serve([world]) as running:
        seen = visit(settings_of_test, portal(running, world.host))
    assert HEX not in world.asked
    assert (seen.outcome, seen.files_missed) == ("blocked", 1)
    assert [v.outcome for v in versions(connection, world.host)] == ["attachment_only"]


def test_a_page_with_tables_fetches_none(settings_of_test: Config, connection: sa.Connection) -> None:
    from goicrawl.demo.reports import report_body

    world = site(
        "www.tables-file.localhost", report_body(FIGURES, "plain"), {HEX: word()}, f"<a href='{HEX}'>x</a>"
    )
    with serve([world]) as running:
        seen = visit(settings_of_test, portal(running, world.host))
    assert (seen.outcome, seen.files) == ("ok", 0)
    assert HEX not in world.asked
    (version,) = versions(connection, world.host)
    assert (version.outcome, version.attachment_capture_id) == ("complete", None)


def test_files_of_several_years_are_reports_of_their_own(
    settings_of_test: Config, connection: sa.Connection
) -> None:
    years = [load()[name] for name in ("suqian_2023", "suqian_2024")]
    paths = [f"/files/{figures.report_year}.docx" for figures in years]
    links = "".join(
        f"<p><a href='{path}'>{f.title}.docx</a></p>" for path, f in zip(paths, years, strict=True)
    )
    files: dict[str, Answer] = {path: word(f) for path, f in zip(paths, years, strict=True)}
    world = site("www.years-file.localhost", links, files)
    world.answers[PAGE] = html(
        f"<h1>宿迁市政府信息公开工作年度报告（2023—2024年）</h1><div id='zoom'>{links}</div>"
    )
    world.answers[COLUMN] = listing((PAGE, "宿迁市政府信息公开工作年度报告（2023—2024年）"))
    with serve([world]) as running:
        seen = visit(settings_of_test, portal(running, world.host))
    assert (seen.outcome, seen.inserted) == ("ok", 2)
    found = {v.report_year: v for v in versions(connection, world.host)}
    for figures, path in zip(years, paths, strict=True):
        version = found[figures.report_year]
        assert version.outcome == "complete"
        assert cells(connection, version.id) == (dict(figures.cells), {path})


def test_a_file_is_asked_for_with_its_page_and_after_it(settings_of_test: Config) -> None:
    referers: list[str | None] = []

    def answer(request: Request) -> Response:
        referers.append(request.headers.get("referer"))
        return word()

    world = site("www.referer-file.localhost", f"<a href='{HEX}'>下载</a>", {HEX: answer})
    running: ReplicaServer
    with serve([world]) as running:
        visit(settings_of_test, portal(running, world.host))
        assert referers == [running.url(world.host, PAGE)]
    assert world.asked.index(HEX) > world.asked.index(PAGE)


def test_names_that_come_with_a_file_name_nothing(
    settings_of_test: Config, connection: sa.Connection
) -> None:
    """Two files with one text and one name, which points out of every folder, are two captures."""
    evil = "../../../报告.docx"
    named = ("Content-Disposition", f'attachment; filename="{quote(evil)}"')
    paths = ["/attach/download.jsp?id=1", "/attach/download.jsp?id=2"]
    links = "".join(f"<a href='{path}'>{evil}</a>" for path in paths)
    files: dict[str, Answer] = {
        path: file(word_file(figures), "application/octet-stream", named)
        for path, figures in zip(paths, (FIGURES, changed()), strict=True)
    }
    world = site("www.names-file.localhost", links, files)
    with serve([world]) as running:
        seen = visit(settings_of_test, portal(running, world.host))
        urls = [running.url(world.host, path) for path in paths]
    assert (seen.outcome, seen.files) == ("ok", 2)
    archived = {one.capture.url: one.capture.body for one in iterate(settings_of_test.archive_dir)}
    assert [archived[url] for url in urls] == [word_file(FIGURES), word_file(changed())]
    folder = settings_of_test.archive_dir
    written = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    assert all(re.fullmatch(r"goicrawl-\d+-[0-9a-f]+\.warc\.gz", name) for name in written), written
    (version,) = versions(connection, world.host)
    assert version.outcome == "complete"
    query = sa.text("SELECT at, left_value, right_value FROM findings WHERE rule = 'J1'")
    address = "disclosure.normative_documents.in_force"
    assert [tuple(row) for row in connection.execute(query)] == [
        (address, FIGURES.cells[address], FIGURES.cells[address] + 1)
    ]
    out = export(
        settings_of_test, registries.load(), folder.parent / "csv", Console(quiet=True), counties=["321300"]
    )
    exported = {path for one in out for path, _ in one.files}
    assert exported == set((folder.parent / "csv").iterdir())
    assert all(path.name.startswith("321300_") and "报告" not in path.name for path in exported)


def test_pictures_are_fetched_where_the_report_is_a_picture(
    settings_of_test: Config, connection: sa.Connection
) -> None:
    pictures = {
        f"/W02025012035100000{n}.png": file(b"\x89PNG\r\n\x1a\n" + bytes([n]), "image/png") for n in (1, 2)
    }
    inner = "".join(f"<p><img src='{path}'></p>" for path in pictures) + "<img src='/images/icon.gif'>"
    world = site("www.picture-file.localhost", inner, dict(pictures))
    with serve([world]) as running:
        seen = visit(settings_of_test, portal(running, world.host))
    assert (seen.outcome, seen.files, seen.files_missed) == ("ok", 2, 0)
    assert "/images/icon.gif" not in world.asked
    (version,) = versions(connection, world.host)
    assert version.outcome == "image_only"
    unread = [reason for reason in version.reasons if reason.startswith("attachment_unread: ")]
    assert len(unread) == 2
