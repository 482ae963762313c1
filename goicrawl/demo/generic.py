"""A replica of a portal of no known family: real next links; rows in a table or a definition list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from goicrawl.demo.markup import escape
from goicrawl.demo.site import Item, Portal, Request, Response


@dataclass
class GenericPortal(Portal):
    """`rows` says what a row of the list is: a table row or a dd."""

    directory: str = "/zfxxgk/nb/"
    per_page: int = 8
    rows: Literal["table", "dd"] = "table"

    def article_path(self, item: Item) -> str:
        day = item.published_on
        return f"{self.directory}{day.year}/{day:%m%d}/{item.key}.html"

    @property
    def pages(self) -> int:
        """How many list pages there are."""
        return max(1, -(-len(self.items) // self.per_page))

    def add_routes(self) -> None:
        self.column_path = f"{self.directory}index.html"
        self.routes[self.column_path] = self._list
        self.routes[self.directory] = self._list

    def _list(self, request: Request) -> Response:
        asked = request.query.get("page", "1")
        number = int(asked) if asked.isdecimal() else 1
        if not 1 <= number <= self.pages:
            return self.not_found()
        items = self.items[(number - 1) * self.per_page : number * self.per_page]
        rows = "\n".join(map(self._row, items))
        table = f'<table class="rows">\n{rows}\n</table>'
        main = (
            f"<h2>{escape(self.column_name)}</h2>\n"
            + (table if self.rows == "table" else f'<dl class="rows">\n{rows}\n</dl>')
            + f'\n<div class="pager">{self._pager(number)}</div>'
        )
        return self.answer(self.page(self.column_name, main, column=self.column_name))

    def _row(self, item: Item) -> str:
        day = item.published_on
        link = f'<a href="{self.link(item)}" title="{escape(item.title)}">{escape(item.cut_title)}</a>'
        if self.rows == "dd":
            return f"<dd>{link}<em>{day:%Y.%m.%d}</em></dd>"
        return f'<tr><td width="20">·</td><td>{link}</td><td width="110">[{day.isoformat()}]</td></tr>'

    def _pager(self, number: int) -> str:
        parts = [f"<span>第{number}页 共{self.pages}页</span>"]
        if number > 1:
            parts.append(f'<a href="index.html?page={number - 1}">上一页</a>')
        if number < self.pages:
            parts.append(f'<a href="index.html?page={number + 1}">下一页</a>')
        return "".join(parts)
