"""No page is too mangled: every family answers, and what it answers keeps the rules of a listing."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goicrawl.portals import FAMILIES, Page, recognise
from goicrawl.portals.links import find_report_columns
from tests.portals.pages import document, items
from tests.portals.test_families import jpage, record, store

URL = "https://www.lizi.gov.cn/zwgk/nb/index.html"
WHOLE = document(
    f'<div class="menu"><ul><li><a href="/nb/">政府信息<br>公开年报</a></li></ul></div>'
    f"<ul>{items(2015, 2023)}</ul>"
    f'<div id="38486">{store(record(2014) + record(2013))}</div>{jpage(38486, 50)}'
    "<script>createPageHTML('page_div',3,1,'fg','shtml',89);</script>"
    '<script>createPageHTML(3, 0, "index", "html")</script>'
    '<div class="page"><a href="?page=2">2</a><a href="?page=2">下一页</a></div>'
)
PIECES = [
    "<ul>",
    "</ul>",
    "<li>",
    "</li>",
    "<table><tr><td>",
    "</table>",
    "<a href='/a/1.html'>",
    "<a href=",
    "</a>",
    "<dl><dd>",
    "<span>2024-01-31</span>",
    "2024-99-99",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<datastore>",
    "</datastore>",
    "<record><![CDATA[",
    "]]></record>",
    "createPageHTML(9,0,'index','html')",
    "createPageHTML('p',",
    "dataStore=['a",
    "'\\u",
    "$('#1').jpage({",
    "<nextgroup>",
    "政府信息公开年报",
    "下一页",
    "\x00",
    "\ufffe",
    "<base href='http://['>",
    "<iframe src=//>",
    "&#x110000;",
    "onclick=\"window.open('",
    "<option value=/>",
]


def check(body: bytes) -> None:
    page = Page.from_bytes(URL, body)
    for family in FAMILIES:
        family.recognises(page)
        listing = family.read_list(page)
        addresses = [entry.url for entry in listing.entries]
        assert len(addresses) == len(set(addresses))
        keys = [request.key for request in listing.next_pages]
        assert len(keys) == len(set(keys))
        for address in [*addresses, *(request.url for request in listing.next_pages)]:
            assert urlsplit(address).scheme in ("http", "https")
            assert urlsplit(address).hostname
        assert all(entry.title for entry in listing.entries)
    for link in find_report_columns(page):
        assert urlsplit(link.url).scheme in ("http", "https")
    assert recognise(page) in FAMILIES


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_noise(body: bytes) -> None:
    check(body)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_pieces_in_any_order(pieces: list[str]) -> None:
    check("".join(pieces).encode("utf-8", errors="replace"))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(WHOLE)), st.integers(0, 400))
def test_a_page_with_a_piece_cut_out(start: int, length: int) -> None:
    check((WHOLE[:start] + WHOLE[start + length :]).encode())


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00" * 1000,
        b"<" * 5000,
        b"<div>" * 20_000 + b"<a href='/a/12345.html'>x</a>",
        b"<ul><li><a href='/a/1.html'>" * 3000,
        b"<datastore>" * 2000,
        b"createPageHTML(" * 3000,
        b"<script>createPageHTML(" + b"(" * 5000 + b"</script>",
        b"dataStore=['" + b"\\" * 20_000,
        b"<script>" + b"/*" * 20_000 + b"</script>",
        "<a href='/x/'>政府信息公开".encode() * 2000,
        b"\xff\xfe<\x00a\x00",
    ],
)
def test_pathological_pages(body: bytes) -> None:
    check(body)
