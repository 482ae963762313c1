"""The rows of the replica lists: reports, their false friends, and bulletins that make a list long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from goicrawl.demo.figures import Figures
from goicrawl.demo.site import Item


def report(figures: Figures, key: str, style: str, moved_from: str | None = None) -> Item:
    """The list's row of a report."""
    return Item(figures.title, figures.published_on, key, figures, style, moved_from)


def false_friends(name: str, years: Sequence[int], key: str) -> Iterator[Item]:
    """Four rows a year that a crawl must turn away. Titles of the usual kinds, pages without content."""
    for year in years:
        titles = (
            f"{name}{year}年政府网站工作年度报表",
            f"{name}{year}年法治政府建设年度报告",
            f"图解：{name}{year}年政府信息公开工作年度报告",
            f"关于做好{year}年政府信息公开工作年度报告编制和发布工作的通知",
        )
        for at, title in enumerate(titles):
            yield Item(title, date(year + 1, 1, 8 + 5 * at), f"{key}{year}{at}")


def bulletins(title: str, first: date, count: int, key: str) -> Iterator[Item]:
    """A bulletin a month: rows that make a list long."""
    day = first
    for number in range(count):
        yield Item(f"{title}（{day.year}年第{day.month}期）", day, f"{key}{number:03}")
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=first.day)
