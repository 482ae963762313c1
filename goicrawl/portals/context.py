"""What a page is about, from its own words: its column name, its title, its address."""

from __future__ import annotations

import re

from goicrawl.portals.addresses import has_report_slug, has_website_slug
from goicrawl.portals.family import Page
from goicrawl.portals.texts import squeeze

REPORT_COLUMN_NAME = re.compile(
    r"(?:政[府务])?信息公开(?:工作)?(?:情况)?年(?:度)?(?:工作)?报(?:告)?|政务公开(?:工作)?年(?:度)?报(?:告)?|公开年报"
)
DISCLOSURE_NAME = re.compile(r"信息公开|政务公开")
_FOREIGN = re.compile(r"网站|法治|企业|上市公司|财政年报")


def own_names(page: Page) -> list[str]:
    """The names a page gives itself: ColumnName and ColumnType metas and the first part of its title."""
    names = page.selector.xpath(
        "//meta[@name='ColumnName' or @name='ColumnType' or @name='columnname']/@content"
    ).getall()
    title = page.selector.xpath("string((//title)[1])").get("")
    names.append(re.split(r"[_|]|--|—", title)[0])
    return [squeeze(name) for name in names if name.strip()]


def is_report_column(page: Page) -> bool:
    """Whether a page is (part of) a column of annual reports on open government information."""
    if has_website_slug(page.url):
        return False
    names = own_names(page)
    if any(_FOREIGN.search(name) for name in names):
        return False
    # A single report's page names its column too, but carries the title of an article.
    article = page.selector.xpath("//meta[@name='ArticleTitle']/@content").get("")
    if article.strip():
        return False
    return any(REPORT_COLUMN_NAME.search(name) for name in names) or has_report_slug(page.url)


def is_disclosure_section(page: Page) -> bool:
    """Whether a page belongs to the section on open government information."""
    return any(DISCLOSURE_NAME.search(name) for name in own_names(page)) or "xxgk" in page.url.lower()
