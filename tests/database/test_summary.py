"""`goicrawl status`: figures of visits, reports, findings and the last crawl."""

from __future__ import annotations

import io

from rich.console import Console

from goicrawl.database import printing, summary
from goicrawl.database.store import Store
from goicrawl.extraction.report import Answer
from tests.database.material import PAGE, TOTAL, capture, report, with_cell


def filled(store: Store) -> summary.Summary:
    """Two portals visited, the first twice; three reports, one with a past; a visit under way."""
    first = store.begin_visit("http://one/", "130827", "older")
    store.finish_visit(first, "timeout")
    store.finish_visit(store.begin_visit("http://one/", "130827", "c1"), "ok", pages=5, reports=2)
    store.begin_visit("http://two/", None, "c1")
    store.store_report(report(), capture(store))
    store.store_report(
        with_cell(report(findings=report().findings[:1]), TOTAL, Answer("5", "number", 5)),
        capture(store, body=b"2", days=1),
    )
    store.store_report(report(report_year=2022, outcome="partial"), capture(store, url=PAGE + "2"))
    store.store_report(report(report_year=None, findings=()), capture(store, url=PAGE + "3"))
    return summary.summarise(store.engine)


def test_figures_are_those_of_current_versions_and_last_visits(store: Store) -> None:
    figures = filled(store)
    assert dict(figures.visits) == {"ok": 1, None: 1}
    assert figures.reports == ((2021, "complete", 1), (2022, "partial", 1), (None, "complete", 1))
    assert figures.findings == (("R2", "error", 3),)
    assert (figures.report_count, figures.versions, figures.captures, figures.bodies) == (3, 4, 4, 1)
    crawl = figures.last_crawl
    assert crawl is not None
    assert (crawl.id, crawl.visits, crawl.open_visits, crawl.pages) == ("c1", 2, 1, 5)


def test_an_empty_database_has_figures_too(store: Store) -> None:
    figures = summary.summarise(store.engine)
    assert (figures.portals_visited, figures.report_count, figures.last_crawl) == (0, 0, None)


def printed(figures: summary.Summary, *, terminal: bool) -> str:
    out = io.StringIO()
    printing.print_summary(figures, Console(file=out, force_terminal=terminal, width=100))
    return out.getvalue()


def test_plain_lines_where_there_is_no_terminal(store: Store) -> None:
    lines = printed(filled(store), terminal=False).splitlines()
    assert "reports\t3" in lines
    assert "reports by year\t2022\tpartial\t1" in lines
    assert "reports by year\tunknown\tcomplete\t1" in lines
    assert "visits by outcome\tunfinished\t1" in lines
    assert "findings by rule\tR2\terror\t3" in lines
    assert any(line.startswith("last crawl\tc1, 2 visits, 1 of them unfinished") for line in lines)
    assert not any("\x1b" in line or "│" in line for line in lines)


def test_tables_on_a_terminal(store: Store) -> None:
    text = printed(filled(store), terminal=True)
    assert "│" in text
    assert "partial" in text
