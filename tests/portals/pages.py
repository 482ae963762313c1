"""Pages written for these tests: real templates' shapes, invented towns and sentences."""

from __future__ import annotations

from goicrawl.portals.family import Page


def page(markup: str, url: str = "https://www.zhaoxian-lizi.gov.cn/zwgk/zfxxgk/zfxxgknb/") -> Page:
    return Page.from_bytes(url, markup.encode(), {"Content-Type": "text/html; charset=utf-8"})


def document(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"


def items(first_year: int, last_year: int, tag: str = "span") -> str:
    """Rows of a plain list, newest first: <li><a href title>text</a><span>date</span></li>."""
    return "\n".join(
        f'<li><a href="./{year + 1}01/t{year + 1}0131_{year}7.html" title="柳河县{year}年政府信息公开'
        f'工作年度报告">柳河县{year}年政府信息公开工作年度报告</a><{tag}>{year + 1}-01-31</{tag}></li>'
        for year in range(last_year, first_year - 1, -1)
    )


def urls(listing_pages: object) -> list[str]:
    assert isinstance(listing_pages, tuple)
    return [request.url for request in listing_pages]
