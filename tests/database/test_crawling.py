"""Visits and captures: what a resumed crawl skips, and what is not captured twice."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
import sqlalchemy as sa

from goicrawl import registry
from goicrawl.database.errors import StoreError
from goicrawl.database.models import VISIT_OUTCOMES
from goicrawl.database.store import Store
from tests.database.material import FIRST_SEEN, PAGE, capture


def query(store: Store, text: str) -> list[Any]:
    with store.engine.connect() as connection:
        return list(connection.execute(sa.text(text)).all())


def test_a_resumed_crawl_skips_what_was_finished(store: Store) -> None:
    done = store.begin_visit("http://one/", "130827", "c1")
    store.begin_visit("http://two/", None, "c1")
    elsewhere = store.begin_visit("http://two/", None, "c2")
    store.finish_visit(done, "ok", "3 reports", pages=7, reports=3)
    store.finish_visit(elsewhere, "blocked", "403 twice\x00")
    assert store.finished_portals("c1") == {"http://one/"}
    assert store.finished_portals("c2") == {"http://two/"}
    assert store.finished_portals("c3") == set()
    again = store.begin_visit("http://two/", None, "c1")
    store.finish_visit(again, "timeout")
    assert store.finished_portals("c1") == {"http://one/", "http://two/"}
    assert query(store, "SELECT outcome, detail, pages, reports FROM visits ORDER BY id") == [
        ("ok", "3 reports", 7, 3),
        (None, "", 0, 0),
        ("blocked", "403 twice\ufffd", 0, 0),
        ("timeout", "", 0, 0),
    ]
    assert query(store, "SELECT id FROM crawls ORDER BY id") == [("c1",), ("c2",)]


def test_every_outcome_can_be_stored(store: Store) -> None:
    for outcome in VISIT_OUTCOMES:
        store.finish_visit(store.begin_visit("http://one/", None, "c"), outcome)
    assert query(store, "SELECT outcome FROM visits ORDER BY id") == [
        (outcome,) for outcome in VISIT_OUTCOMES
    ]


def test_unknown_outcomes_and_visits_are_refused(store: Store) -> None:
    visit = store.begin_visit("http://one/", None, "c")
    with pytest.raises(StoreError, match="'nothing' is not an outcome"):
        store.finish_visit(visit, "nothing")
    with pytest.raises(StoreError, match="no visit 99"):
        store.finish_visit(99, "ok")


def test_a_capture_is_known_by_its_bytes_and_either_address(store: Store) -> None:
    key = capture(store, body=b"page", requested_url="http://asked/")
    digest = hashlib.sha256(b"page").hexdigest()
    assert store.known_capture(PAGE, digest) == key
    assert store.known_capture("http://asked/", digest) == key
    assert store.known_capture("http://other/", digest) is None
    assert store.known_capture(PAGE, hashlib.sha256(b"other").hexdigest()) is None
    newer = capture(store, body=b"page", days=1)
    assert store.known_capture(PAGE, digest) == newer


def test_a_record_is_entered_once(store: Store) -> None:
    assert capture(store) == capture(store)
    assert capture(store) != capture(store, body=b"other")
    assert query(store, "SELECT count(*) FROM captures") == [(2,)]


def test_what_a_capture_keeps(store: Store) -> None:
    visit = store.begin_visit("http://one/", None, "c")
    capture(store, body=b"page")
    row = query(store, "SELECT * FROM captures")[0]
    assert (row.url, row.requested_url, row.fetched_at, row.status) == (PAGE, None, FIRST_SEEN, 200)
    assert row.headers == {"content-type": "text/html", "etag": '"x"'}
    assert (bytes(row.sha256), row.size) == (hashlib.sha256(b"page").digest(), 4)
    assert (row.warc_file, row.warc_length) == ("crawl.warc.gz", 104)
    assert visit > 0


def test_the_registry_is_mirrored_and_left_alone_when_unchanged(store: Store) -> None:
    known = registry.load()
    store.sync_registry(known)
    counts = query(
        store,
        "SELECT (SELECT count(*) FROM regions), (SELECT count(*) FROM portals), "
        "(SELECT count(*) FROM report_columns)",
    )
    assert counts == [(len(known.regions), len(known.portals), len(known.report_columns))]
    row = query(store, "SELECT name, province FROM regions WHERE code = '130827' AND until IS NULL")
    assert row == [("宽城满族自治县", "河北省")]
    before = query(store, "SELECT xmin::text, ctid::text FROM portals")
    store.sync_registry(known)
    assert query(store, "SELECT xmin::text, ctid::text FROM portals") == before
    fewer = registry.Registry(known.regions[:5], known.portals[:3], ())
    store.sync_registry(fewer)
    assert query(store, "SELECT count(*) FROM portals") == [(3,)]
    assert query(store, "SELECT count(*) FROM report_columns") == [(0,)]
