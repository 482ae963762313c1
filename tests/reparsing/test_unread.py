"""Pages that a crawl could not read are named in the database, and a reparse reads them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sqlalchemy.engine import Engine

from goicrawl import config
from goicrawl.config import Config
from goicrawl.demo.replicas import serve
from goicrawl.demo.site import Response
from goicrawl.reading.version import parser_version
from tests.renderings import sample
from tests.reparsing.material import LIMITS, NOT_ONE_CURRENT, again, counts, rows
from tests.spiders.world import COLUMN, Site, home, listing, portal, visit

VERSIONS = """
SELECT r.report_year, v.number, v.is_current, v.outcome, v.reasons, v.parser_version
FROM reports r JOIN report_versions v ON v.report_id = r.id ORDER BY r.id, v.number
"""
LATE = ["time_limit: reading it took longer than 0.001 seconds"]


def configured(engine: Engine, folder: Path) -> Config:
    return config.load(
        {
            "GOICRAWL_DATA_DIR": str(folder),
            "GOICRAWL_DATABASE_URL": engine.url.render_as_string(hide_password=False),
            "GOICRAWL_DELAY": "0",
        }
    )


def one_report(host: str) -> Site:
    page = Response(sample("official", 9).data, content_type="text/html; charset=utf-8")
    title = "宽城满族自治县2021年政府信息公开工作年度报告"
    answers = {"/": home(), COLUMN: listing((f"{COLUMN}t2022_9.html", title)), f"{COLUMN}t2022_9.html": page}
    return Site(host, answers)


def test_a_page_that_a_crawl_could_not_read_is_read_by_a_reparse(engine: Engine, tmp_path: Path) -> None:
    generous = configured(engine, tmp_path)
    hasty = replace(generous, read_page_seconds=0.001)
    site = one_report("www.late.localhost")
    with serve([site]) as server:
        for _ in range(2):
            seen = visit(hasty, portal(server, site.host))
            assert (seen.outcome, seen.inserted, seen.new_versions) == ("parse_error", 0, 0)
            assert "1 of 1 pages not read" in seen.detail
            assert LATE[0] in seen.detail
            # The second visit finds the same bytes unread, and stores nothing more.
            assert rows(engine, VERSIONS) == [(None, 1, True, "attachment_only", LATE, None)]
        still = again(engine, generous.archive_dir, limits=replace(LIMITS, page_seconds=0.001))
        assert (counts(still), len(still.unread)) == ((0, 0, 0, 0), 1)
        assert rows(engine, VERSIONS) == [(None, 1, True, "attachment_only", LATE, None)]
        # What could not be read is in no form.
        assert again(engine, generous.archive_dir, form="f2021").stored == 0
        done = again(engine, generous.archive_dir, form="none")
        assert (counts(done), done.skipped) == ((0, 1, 0, 1), 0)
        assert rows(engine, VERSIONS) == [
            (2021, 1, False, "attachment_only", LATE, None),
            (2021, 2, True, "complete", [], parser_version()),
        ]
        assert rows(engine, NOT_ONE_CURRENT) == []
        assert again(engine, generous.archive_dir).skipped == 1
        # Unread once more, in a crawl: what is known of these bytes stays.
        assert visit(hasty, portal(server, site.host)).outcome == "parse_error"
        assert rows(engine, VERSIONS)[1] == (2021, 2, True, "complete", [], parser_version())


def test_a_page_that_changed_and_could_not_be_read_hides_nothing(engine: Engine, tmp_path: Path) -> None:
    generous = configured(engine, tmp_path)
    hasty = replace(generous, read_page_seconds=0.001)
    site = one_report("www.changed.localhost")
    address = f"{COLUMN}t2022_9.html"
    with serve([site]) as server:
        assert visit(generous, portal(server, site.host)).inserted == 1
        first = site.answers[address]
        assert isinstance(first, Response)
        body = first.body.replace(b"</body>", "<p>七、补充说明。</p></body>".encode())
        site.answers[address] = replace(first, body=body)
        assert visit(hasty, portal(server, site.host)).outcome == "parse_error"
    kept = (2021, 1, True, "complete", [], parser_version())
    assert rows(engine, VERSIONS) == [kept, (2021, 2, False, "attachment_only", LATE, None)]
    done = again(engine, generous.archive_dir)
    assert (counts(done), done.skipped) == ((0, 1, 0, 1), 1)
    assert [row[2:4] for row in rows(engine, VERSIONS)] == [
        (False, "complete"), (False, "attachment_only"), (True, "complete"),
    ]  # fmt: skip
    assert rows(engine, NOT_ONE_CURRENT) == []
